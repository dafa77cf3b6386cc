import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Arrival, ArrivalKind
from bot.channels.errors import Malformed, Unauthentic
from bot.channels.zalo_bot.channel import ZaloBot
from bot.channels.zalo_bot.events import read_event
from bot.messages import Gesture
from bot.phrasebook import Phrasebook
from tests.bot.channels.zalo_bot.conftest import HEADERS, NOW, SECRET
from tests.support.zalo_bot_server import CITIZEN, GROUP, TOKEN, ZaloBotServer

pytestmark = pytest.mark.anyio
EVENTS = ZaloBotServer()
"""Not served here: it only writes events."""


def body_of(event: object) -> bytes:
    return json.dumps(event).encode()


def said(kind: str, **message: Any) -> Arrival | None:
    return read_event(EVENTS.event(kind, **message), NOW)


@pytest.fixture
def reader(book: Phrasebook) -> ZaloBot:
    return ZaloBot(TOKEN, SECRET, book, lambda: NOW)


def test_case_38_both_envelopes_are_read_alike(reader: ZaloBot) -> None:
    event = EVENTS.event("text", text="Lệ phí khai sinh?")

    nested = reader.read(body_of({"ok": True, "result": event}), HEADERS)

    assert reader.read(body_of(event), HEADERS) == nested
    (arrival,) = nested
    assert (arrival.channel, arrival.user_id, arrival.text) == (
        "zalo_bot", CITIZEN, "Lệ phí khai sinh?",
    )  # fmt: skip
    assert arrival.event_id == event["message"]["message_id"]
    assert arrival.sent_at.isoformat() == "2025-06-19T06:55:31.602000+00:00"
    assert arrival.kind is ArrivalKind.MESSAGE


@pytest.mark.parametrize(
    "headers", [{}, {"x-bot-api-secret-token": ""}, {"x-bot-api-secret-token": SECRET + "x"},
                {"x-bot-api-secret-token": "chuỗi-bí-mật"}],
)  # fmt: skip
def test_case_38_a_missing_or_wrong_secret_is_refused_before_anything_is_parsed(
    reader: ZaloBot, headers: dict[str, str]
) -> None:
    for body in (body_of(EVENTS.event("text", text="Chào")), b"{ no JSON", b"\xff\xfe"):
        with pytest.raises(Unauthentic):
            reader.read(body, headers)


def test_without_a_secret_of_our_own_everything_is_refused(book: Phrasebook) -> None:
    open_door = ZaloBot(TOKEN, "", book, lambda: NOW)

    for body in (body_of(EVENTS.event("text", text="Chào")), b""):
        with pytest.raises(Unauthentic):
            open_door.read(body, {"x-bot-api-secret-token": ""})


@pytest.mark.parametrize("headers", [HEADERS, {}])
def test_case_38_an_empty_body_that_tries_the_address_holds_nothing(
    reader: ZaloBot, headers: dict[str, str]
) -> None:
    assert reader.read(b"", headers) == ()


@pytest.mark.parametrize("body", [b"{", b"[]", b"1", b'"text"', b"\xff", b"[" * 200_000])
def test_an_authentic_body_that_is_no_event_is_malformed_and_not_quoted(
    reader: ZaloBot, body: bytes
) -> None:
    with pytest.raises(Malformed) as caught:
        reader.read(body, HEADERS)
    assert str(caught.value) == "The body is no JSON object."


@pytest.mark.parametrize(
    ("kind", "message", "gesture"),
    [
        ("image", {"photo_url": "https://photo.zdn.vn/a.jpg"}, Gesture.PHOTO),
        ("image", {"photo": "https://photo.zdn.vn/a.jpg"}, Gesture.PHOTO),
        ("sticker", {"sticker": "d063f44dc80821567819", "url": "https://zalo.me"}, Gesture.STICKER),
        ("voice", {"voice_url": "https://voice.zdn.vn/a.aac"}, Gesture.VOICE),
        ("unsupported", {}, Gesture.UNSUPPORTED),
    ],
)
def test_case_41_what_holds_no_words_is_a_gesture_in_a_private_chat_and_nothing_in_a_group(
    kind: str, message: dict[str, str], gesture: Gesture
) -> None:
    arrival = said(kind, **message)

    assert arrival is not None
    assert (arrival.gesture, arrival.text) == (gesture, "")
    assert said(kind, group=True, **message) is None


def test_case_41_the_words_under_a_photo_are_read() -> None:
    arrival = said("image", photo_url="https://photo.zdn.vn/a.jpg", caption="Mẫu này là gì?")

    assert arrival is not None
    assert (arrival.text, arrival.gesture) == ("Mẫu này là gì?", None)


def test_a_group_is_answered_only_where_it_calls_the_bot() -> None:
    assert said("text", group=True, text="Chiều nay họp nhé") is None

    called = EVENTS.event("text", group=True, text="@Bot Một Cửa  lệ phí khai sinh?")
    arrival = read_event(called, NOW, "Bot Một Cửa")

    assert arrival is not None
    assert (arrival.user_id, arrival.text) == (GROUP, "lệ phí khai sinh?")
    assert arrival.message.in_group


def test_a_call_without_a_question_gets_help() -> None:
    arrival = said("text", group=True, text="@Bot")

    assert arrival is not None
    assert arrival.gesture is Gesture.HELP


def test_a_command_is_a_gesture() -> None:
    arrival = said("text", text="/xoadulieu")

    assert arrival is not None
    assert (arrival.gesture, arrival.text) == (Gesture.ERASE, "")


def test_what_a_bot_wrote_is_never_answered() -> None:
    assert said("text", text="Chào", **{"from": {"id": "1", "is_bot": True}}) is None


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event_name": "message.text.received"},
        {"ok": True, "result": {"event_name": "message.unsupported.received"}},
        {"event_name": "message.reaction.received", "message": {"chat": {"id": "1"}}},
        {"event_name": ["x"], "message": {"chat": {"id": "1"}}},
        {"event_name": "message.text.received", "message": {"chat": {"id": 7 * "x" * 99}}},
    ],
)
def test_what_names_nobody_or_is_not_known_is_passed_over(event: dict[str, Any]) -> None:
    assert read_event(event, NOW) is None


def test_an_id_of_64_bits_written_as_a_number_is_not_rounded(reader: ZaloBot) -> None:
    body = body_of(EVENTS.event("text", text="Chào", chat={"id": 6_142_494_823_123_456_789}))

    (arrival,) = reader.read(body, HEADERS)

    assert arrival.user_id == "6142494823123456789"


def test_an_event_without_an_id_is_the_same_when_it_comes_again() -> None:
    event = EVENTS.event("text", text="Chào", message_id=None)
    other = EVENTS.event("text", text="Chào bạn", message_id=None)

    first, again, differs = (read_event(one, NOW) for one in (event, dict(event), other))

    assert first is not None
    assert first == again
    assert differs is not None
    assert first.event_id != differs.event_id


NAMES = st.sampled_from(
    ["ok", "result", "event_name", "message", "chat", "id", "chat_type", "from", "is_bot", "text",
     "caption", "photo", "message_id", "date"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)


@given(st.dictionaries(NAMES, JSON, max_size=6), st.dictionaries(NAMES, JSON, max_size=9))
def test_nothing_that_is_sent_raises(event: dict[str, Any], message: dict[str, Any]) -> None:
    shaped = {"event_name": "message.text.received", **event, "message": message}
    bot = ZaloBot(TOKEN, SECRET, Phrasebook({}), lambda: NOW)

    for payload in (event, shaped, {"result": shaped}):
        for arrival in bot.read(body_of(payload), HEADERS):
            assert len(arrival.event_id) <= 200
            assert arrival.sent_at.tzinfo is not None
            arrival.text.encode()
