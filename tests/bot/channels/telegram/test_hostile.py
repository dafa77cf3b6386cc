"""What nobody promised to send (case 17 of protocols.md §8)."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Arrival
from bot.channels.errors import Malformed
from bot.channels.telegram.channel import TelegramChannel
from tests.bot.channels.telegram.bots import HEADERS, NOW, a_channel, read_one
from tests.support.telegram_updates import (
    a_message,
    an_update,
    as_bytes,
)


@pytest.fixture(scope="module")
def channel() -> TelegramChannel:
    return a_channel()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'"text"', b"[]", b"null", b"\xff\xfe", b"[" * 200_000, b'{"message": {}}',
     b'{"update_id": "7"}', b'{"update_id": true}', b'{"update_id": 1e400}'],
    ids=range(11),
)  # fmt: skip
def test_case_17_what_is_no_update_is_malformed(channel: TelegramChannel, body: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        channel.read(body, HEADERS)

    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "update",
    [
        an_update(),
        an_update(something_of_next_year={"a": [1]}),
        an_update(message=None),
        an_update(message="text"),
        an_update(message={}),
        an_update(message={"text": "không có chat"}),
        an_update(message=a_message("a", chat={"id": 2**70, "type": "private"})),
        an_update(message=a_message("a", chat={"id": True, "type": "private"})),
        an_update(message=a_message("a", chat={"id": 7, "type": ["private"]})),
        an_update(my_chat_member={"chat": {"id": 7, "type": {}}, "new_chat_member": {}}),
        an_update(message=a_message(text_of_next_year="a")),
        an_update(callback_query={"id": 7, "data": ["x"], "message": 3}),
        an_update(my_chat_member={"chat": a_message()["chat"], "new_chat_member": None}),
    ],
)
def test_case_17_unknown_fields_and_types_are_no_error(
    channel: TelegramChannel, update: dict[str, Any]
) -> None:
    assert list(channel.read(as_bytes(update), HEADERS)) == []


def test_case_17_a_message_of_two_megabytes_is_read(channel: TelegramChannel) -> None:
    assert len(read_one(channel, message=a_message("ă" * 2_000_000)).text) == 2_000_000


@pytest.mark.parametrize("date", [None, -1, 10**15, "hôm nay", 2**62])
def test_a_date_that_is_none_is_now(channel: TelegramChannel, date: object) -> None:
    assert read_one(channel, message=a_message("a", date=date)).sent_at == NOW


def test_what_no_database_stores_is_left_out_of_a_text(channel: TelegramChannel) -> None:
    body = as_bytes(an_update(message=a_message("căn\0 cước \ud83d")))
    (arrival,) = channel.read(body, HEADERS)

    assert arrival.text == "căn cước "
    assert arrival.text.encode()


_channel = cache(a_channel)

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["message", "chat", "from", "id", "type", "text", "data", "caption", "photo", "date",
             "update_id", "entities", "user", "reply_to_message", "new_chat_member", "status"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
    content=_json,
    chat=st.sampled_from(["private", "group", "supergroup", "channel"]) | _json,
)
def test_case_17_nothing_that_can_be_written_as_json_breaks_the_reading(
    kind: str, content: object, chat: object
) -> None:
    channel = _channel()
    typed = {"chat": {"id": -5, "type": chat}}
    for given_content in (content, {**typed, **content} if isinstance(content, dict) else typed):
        found = channel.read(json.dumps({"update_id": 7, kind: given_content}).encode(), HEADERS)
        assert all(isinstance(one, Arrival) for one in found)
