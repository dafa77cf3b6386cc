"""Asking for a telephone number by Zalo's own form, and keeping it sealed (protocols §1.3, §1.4).

What is typed is masked before it is kept, a number too; so the citizen taps Zalo's form, whose
answer is the event `user_submit_info`.
"""

from collections.abc import Callable, Sequence
from typing import Final

from bot.channels.base import Arrival, Part
from bot.channels.sharing import SealedPhones
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.sealing import Seal, WrongKey
from bot.messages import (
    FOLLOWED,
    ConversationKey,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook

LONGEST_TITLE: Final = 100
LONGEST_SUBTITLE: Final = 500
"""Of a `request_user_info`, as resellers of the API document it (read in November 2026)."""

PHONE_KEPT: Final = "phone_kept"
PHONE_UNUSABLE: Final = "phone_unusable"
"""Kinds of the answers to a number."""

_PHONE: Final = "phone"


class GivenPhones:
    """Telephone numbers in the form in which Zalo wants them, sealed where they are kept."""

    def __init__(self, store: SealedPhones, seal: Seal) -> None:
        """Take where they are kept, and what seals them."""
        self._store = store
        self._seal = seal

    def close(self, phone: str) -> str:
        """Return `phone`, encrypted."""
        return self._seal.close({_PHONE: phone})

    async def keep(self, key: ConversationKey, sealed: str, at: float) -> bool:
        """Keep a sealed number; see `SealedPhones.keep`."""
        return await self._store.keep(key, sealed, at)

    async def turn_over(self) -> int:
        """Seal what was sealed with a former key with the first one; return how many there were.

        Nothing is done where there is one key. What no key opens stays as it is.

        Raises:
            StoreUnavailable: some were not sealed anew.
        """
        return await self._store.rewrite(self._turned) if self._seal.has_former_keys else 0

    def _turned(self, sealed: str) -> str:
        try:
            return self._seal.turn(sealed)
        except WrongKey:
            return sealed

    async def find(self, key: ConversationKey) -> str:
        """Return a person's number; empty: none is kept, or its key is gone, and so is the number.

        Raises:
            StoreUnavailable: it cannot be read.
        """
        sealed = await self._store.find(key)
        if not sealed:
            return ""
        try:
            return str(self._seal.open(sealed).get(_PHONE, ""))
        except WrongKey:
            await self._store.erase(key)
            return ""


class PhoneSharing:
    """The adapter of `bot.channels.sharing.Sharing`."""

    def __init__(
        self, phones: GivenPhones, book: Phrasebook, clock: Callable[[], float], image: str = ""
    ) -> None:
        """Take what is needed.

        Args:
            phones: where numbers are kept.
            book: says what the number is for.
            clock: seconds since 1970.
            image: the address of a picture for the form, PNG or JPEG; empty: it has none.
        """
        self._phones = phones
        self._book = book
        self._clock = clock
        self._image = image

    async def asks(self, key: ConversationKey, reply: Reply) -> Sequence[Part]:
        """Ask behind the reply to whoever agreed to be told, unless her number is known."""
        if reply.outcome.kind != FOLLOWED or key.user_id.startswith(f"{ANONYMOUS}:"):
            return ()
        return () if await self._phones.find(key) else (self._request(),)

    async def take(self, arrival: Arrival) -> Reply | None:
        """Keep the number of whoever is told of a dossier; see the port."""
        if not arrival.sealed:
            return _said(self._book, PHONE_UNUSABLE)
        key = ConversationKey(arrival.channel, arrival.user_id)
        kept = await self._phones.keep(key, arrival.sealed, self._clock())
        return _said(self._book, PHONE_KEPT) if kept else None

    def _request(self) -> Part:
        form = {
            "title": self._book.say("phone.ask"),
            "subtitle": self._book.say("phone.purpose"),
            **({"image_url": self._image} if self._image else {}),
        }
        payload = {"template_type": "request_user_info", "elements": [form]}
        return Part({"attachment": {"type": "template", "payload": payload}})


def _said(book: Phrasebook, kind: str) -> Reply:
    keys = {PHONE_KEPT: "phone.kept", PHONE_UNUSABLE: "phone.unusable"}
    return Reply((Paragraph(book.say(keys[kind])),), Outcome(OutcomeFamily.SMALL_TALK, kind))
