"""Zalo Official Account as a channel: reads events, dresses replies, sends messages."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import httpx

from bot.channels.base import Arrival, Outgoing, Part, Sent
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    RecipientGone,
    TryLater,
    Unauthentic,
    WindowClosed,
)
from bot.channels.pictures import PictureAddress, no_address
from bot.channels.untrusted import load
from bot.channels.zalo_oa.api import Answer, Api
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.codes import failure, wants_new_token
from bot.channels.zalo_oa.dressing import dress
from bot.channels.zalo_oa.events import ANONYMOUS, NAME, Seal, read_event
from bot.channels.zalo_oa.ports import AccessTokens
from bot.channels.zalo_oa.signature import HEADER, Signature
from bot.channels.zalo_oa.windows import FREE_SECONDS, OPEN_SECONDS
from bot.messages import Reply
from bot.phrasebook import Phrasebook

TO_PEOPLE: Final = "/v3.0/oa/message/cs"
TO_ANONYMOUS: Final = "/v2.0/oa/message"
"""For those who are not logged in; the official SDK of 2024 knows no newer address."""

_BUSY: Final = -32
_CLOSED_API: Final = -240
_UNPAID: Final = frozenset({-211, -320, -321})
"""No quota, no account or no money: of a message that would be charged they say nothing about
those that are free, and the channel goes on."""


class ZaloOa:
    """The channel `zalo_oa`."""

    def __init__(  # noqa: PLR0913 - what a channel needs, once
        self,
        client: httpx.AsyncClient,
        tokens: AccessTokens,
        signature: Signature,
        book: Phrasebook,
        clock: Callable[[], float],
        *,
        jitter: Callable[[], float] = lambda: 0.0,
        oa_id: Callable[[], str] = lambda: "",
        seal: Seal | None = None,
        address: PictureAddress = no_address,
    ) -> None:
        """Take what the channel needs.

        Args:
            client: its `base_url` is Zalo's OA API; `close` closes it.
            tokens: the access token.
            signature: what events are signed with.
            book: says how to choose from a menu.
            clock: seconds since 1970.
            jitter: chance between 0 and 1; spreads processes that were stopped together.
            oa_id: the account whose events are answered, for several may have granted the app, and
                the token is of one; empty: it is not known, and all are.
            seal: encrypts a telephone number that a citizen gives; None: none is wanted.
            address: where Zalo fetches our pictures from.
        """
        self._client = client
        self._tokens = tokens
        self._signature = signature
        self._book = book
        self._clock = clock
        self._oa_id = oa_id
        self._seal = seal
        self._address = address
        self._brake = Brake(clock, jitter)
        self._api = Api(client, self._brake)

    @property
    def name(self) -> str:
        """The channel in `ConversationKey`."""
        return NAME

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        """Return what the webhook request holds; nothing for what does not concern us.

        The signature covers a field of the body, so the body is read as JSON before it is known
        to be Zalo's; nothing but that field is looked at until then. A body with nothing in it, as
        checks of the address send it, means nothing and needs no signature.

        Raises:
            Unauthentic: the request is not Zalo's.
        """
        if body.strip() in {b"", b"{}"}:
            return ()
        data = load(body)
        if data is None:
            raise Unauthentic("no object of JSON")
        self._signature.check(body, data.get("timestamp"), headers.get(HEADER))
        now = datetime.fromtimestamp(self._clock(), UTC)
        arrival = read_event(data, body, now, self._oa_id(), self._seal)
        return () if arrival is None else (arrival,)

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        """Return the messages of `reply`; see `bot.channels.zalo_oa.dressing`."""
        return dress(reply, turn, self._book, self._address)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one message; where the token is refused, renew it once and send again.

        Raises:
            DeliveryFailed: one of its kinds; `WindowClosed("window")` without asking Zalo.
        """
        age = self._clock() - outgoing.last_seen_at
        if age > OPEN_SECONDS:
            raise WindowClosed("window")
        if wait := self._brake.wait_seconds():
            raise TryLater("rate limit", wait, everybody=True)
        path, recipient = _recipient(outgoing.user_id)
        request = {"recipient": recipient, "message": dict(outgoing.part.body)}
        token = await self._tokens.current()
        answer = await self._api.post(path, token, request)
        if wants_new_token(answer.code):
            token = await self._tokens.renew(token)
            answer = await self._api.post(path, token, request)
        if answer.code != 0:
            raise self._failure(answer, path, age)
        self._brake.passed()
        charged = age > FREE_SECONDS or (path == TO_PEOPLE and not answer.free)
        return Sent(answer.message_id, charged)

    def _failure(self, answer: Answer, path: str, age: float) -> DeliveryFailed:
        if answer.code == _BUSY:
            return TryLater(str(_BUSY), self._brake.hit(), everybody=True)
        if answer.code in _UNPAID and age > FREE_SECONDS:
            return WindowClosed(str(answer.code))  # what is free still goes out
        error = failure(answer.code)
        if answer.code == _CLOSED_API and path == TO_ANONYMOUS and isinstance(error, ChannelBroken):
            return RecipientGone(str(answer.code))  # people who are logged in are not concerned
        return error

    async def acknowledge(self, arrival: Arrival) -> None:
        """Do nothing: Zalo wants no word about presses."""

    async def show_typing(self, user_id: str) -> None:
        """Do nothing: the OA API has no sign for it (protocols §1.4)."""

    async def close(self) -> None:
        """Close connections."""
        await self._client.aclose()


def _recipient(user_id: str) -> tuple[str, Mapping[str, str]]:
    """Return where a message to this person is posted, and how she is named there."""
    if not user_id.startswith(f"{ANONYMOUS}:"):
        return TO_PEOPLE, {"user_id": user_id}
    _, person, conversation = user_id.split(":")
    return TO_ANONYMOUS, {"anonymous_id": person, "conversation_id": conversation}
