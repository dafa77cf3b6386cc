"""Every field of every kind of event, replaced by what nobody promised (case 17).

A reader that fails makes the platform bring the same event for hours, and keeps from us what the
person writes next.
"""

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from bot.channels.base import Arrival, ArrivalKind, Channel
from bot.channels.errors import Malformed, Unauthentic
from bot.channels.zalo_bot.channel import ZaloBot
from tests.bot.channels.telegram.bots import HEADERS as OF_TELEGRAM
from tests.bot.channels.telegram.bots import a_channel as a_telegram
from tests.support.desks import a_desk
from tests.support.telegram_updates import (
    a_membership,
    a_message,
    a_press,
    an_update,
    in_a_group,
)
from tests.support.zalo_bot_server import TOKEN, ZaloBotServer
from tests.support.zalo_oa_channel import a_reader
from tests.support.zalo_oa_events import a_payload, event_names, mac

LONGEST_ID = 200
"""Of the columns that keep ids."""

BOT = ZaloBotServer()
"""Not served here: it only writes events."""

SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
DAMAGED: tuple[object, ...] = (
    None, True, 0, -5, 1.5, 10**30, 1e300, "", " ", "x" * 500, "a\0b", "\ud83d", "\u202e", [],
    ["x"], [{}], {}, {"id": "x"},
)  # fmt: skip

Read = Callable[[Any], Sequence[Arrival]]


def places(tree: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything within `tree`."""
    inside: Sequence[tuple[Any, object]] = ()
    if isinstance(tree, dict):
        inside = list(tree.items())
    elif isinstance(tree, list):
        inside = list(enumerate(tree))
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def damaged(event: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield `event` with one thing in it replaced, for every thing and every replacement."""
    for path in places(event):
        for value in DAMAGED:
            copied: Any = copy.deepcopy(event)
            holder = copied
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value
            yield path, copied


def in_telegram(event: Any) -> Sequence[Arrival]:
    return _telegram().read(json.dumps(event).encode(), OF_TELEGRAM)


def in_zalo_bot(event: Any) -> Sequence[Arrival]:
    return _zalo_bot().read(json.dumps(event).encode(), {"x-bot-api-secret-token": SECRET})


def in_zalo_oa(event: Any) -> Sequence[Arrival]:
    body = json.dumps(event).encode()
    timestamp = str(event.get("timestamp")).encode("utf-8", "replace").decode()
    signature = mac(body, timestamp)
    return a_reader().read(body, {"x-zevent-signature": f"mac={signature}"})


@cache
def _telegram() -> Channel:
    return a_telegram()


@cache
def _zalo_bot() -> Channel:
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    return ZaloBot(TOKEN, SECRET, a_desk().book, lambda: now)


def _events() -> Iterator[tuple[str, Read, Mapping[str, Any]]]:
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    yield "telegram text", in_telegram, an_update(message=a_message("xin chào"))
    yield "telegram command", in_telegram, an_update(message=a_message("/start", entities=command))
    yield "telegram photo", in_telegram, an_update(message=a_message(photo=[{}], caption="đây"))
    yield "telegram group", in_telegram, an_update(message=in_a_group("@motcua_bot xin chào"))
    yield "telegram edited", in_telegram, an_update(edited_message=a_message("sửa"))
    yield "telegram press", in_telegram, an_update(callback_query=a_press("ask:1.001193"))
    yield "telegram member", in_telegram, an_update(my_chat_member=a_membership("kicked"))
    contents: dict[str, dict[str, Any]] = {
        "text": {"text": "xin chào"},
        "image": {"photo_url": "https://x.zdn.vn/a.jpg", "caption": "đây"},
        "voice": {"voice_url": "https://x.zdn.vn/a.aac"},
        "unsupported": {},
    }
    for kind, content in contents.items():
        yield f"zalo bot {kind}", in_zalo_bot, {"ok": True, "result": BOT.event(kind, **content)}
    for name in event_names():
        yield f"zalo oa {name}", in_zalo_oa, a_payload(name)


@pytest.mark.parametrize(
    ("read", "event"), [pytest.param(read, event, id=name) for name, read, event in _events()]
)
def test_case_17_whatever_stands_in_one_field_of_an_event_nothing_breaks(
    read: Read, event: Mapping[str, Any]
) -> None:
    tried = 0
    for path, broken in damaged(event):
        tried += 1
        try:
            arrivals = read(broken)
        except (Malformed, Unauthentic):
            continue
        for arrival in arrivals:
            kept = (arrival.user_id, arrival.event_id, arrival.choice, arrival.reference)
            assert arrival.user_id or arrival.kind is ArrivalKind.NOTICED, path
            assert arrival.event_id, path
            assert all(len(one) <= LONGEST_ID and "\0" not in one for one in kept), path
            "".join((*kept, arrival.text)).encode()  # no half of a surrogate pair
    assert tried > len(DAMAGED)
