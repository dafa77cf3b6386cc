"""A channel in memory that keeps the promises of `bot.channels.base`, and arrivals for it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.channels.base import Arrival, ArrivalKind, Outgoing, Part, Sent
from bot.channels.errors import DeliveryFailed, Malformed, Unauthentic
from bot.messages import Reply
from bot.rendering import render_plain

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
LAN, HUNG = "9007199254740993", "2"
"""People; the first number is one that a float cannot hold."""


def an_arrival(event_id: str, text: str = "", user_id: str = LAN, **parts: Any) -> Arrival:
    """A message of somebody on the channel `telegram`."""
    given: dict[str, Any] = {"channel": "telegram", "sent_at": NOON, **parts}
    return Arrival(event_id=event_id, user_id=user_id, text=text, **given)


class FakeChannel:
    """Sends into a list; `failing` is asked before each part and may raise what it likes."""

    def __init__(self, name: str = "telegram", part_length: int = 10_000) -> None:
        self.name = name
        self.part_length = part_length
        self.sent: list[tuple[str, str]] = []
        """Person and text, in the order of sending."""
        self.typing: list[str] = []
        self.acknowledged: list[str] = []
        self.failing: Callable[[Outgoing], DeliveryFailed | None] = lambda _outgoing: None
        self.arrived = asyncio.Event()

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        if headers.get("x-secret") != "bi-mat":
            raise Unauthentic("secret")
        if body == b"?":
            raise Malformed("not readable")
        user_id, event_id, text = body.decode().split("|")
        return [an_arrival(event_id, text, user_id, channel=self.name)] if text else []

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        text = render_plain(reply)
        pieces = [
            text[start : start + self.part_length]
            for start in range(0, len(text), self.part_length)
        ]
        return [Part({"text": piece, "turn": turn}, {"text": f"plain {piece}"}) for piece in pieces]

    async def send(self, outgoing: Outgoing) -> Sent:
        if (error := self.failing(outgoing)) is not None:
            raise error
        self.sent.append((outgoing.user_id, str(outgoing.part.body["text"])))
        return Sent(f"m{len(self.sent)}")

    async def acknowledge(self, arrival: Arrival) -> None:
        self.acknowledged.append(arrival.query)

    async def show_typing(self, user_id: str) -> None:
        self.typing.append(user_id)

    async def close(self) -> None:
        self.sent.append(("", "closed"))

    def to(self, user_id: str) -> list[str]:
        """What a person got, in order."""
        return [text for person, text in self.sent if person == user_id]


def an_event(event_id: str, kind: ArrivalKind, user_id: str = LAN) -> Arrival:
    """Something that is no message."""
    return an_arrival(event_id, user_id=user_id, kind=kind)
