"""What the web routes ask for, and nothing more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from api.errors import TooMany
from api.filing_desk.ports import SlipPages
from api.limits import Admission, Limiter
from api.limits.addresses import address_block
from api.machine_keys import MachineKeys
from api.meters import Meters
from api.wiring.messaging import Messaging
from bot.dossiers.ports import DossierBook, DossierDesk
from bot.engine import Engine
from bot.errors import StoreUnavailable
from bot.held import NOTHING_HELD, Held
from bot.messages import ConversationKey, IncomingMessage, Reply, is_ratable
from knowledge.library import Library

if TYPE_CHECKING:
    from api.wiring.staff import StaffOffice
    from api.wiring.zalo import ZaloOffice

WEB_CHANNEL = "web"
PORTAL_CHANNEL = "portal"
"""Portals that look up dossiers for people whom we do not know."""


class Sessions(Protocol):
    """Tokens of the web page and the API."""

    async def open(self) -> str:
        """Return the token of a new session."""
        ...

    async def user_id(self, token: str) -> str | None:
        """Return the user that the token stands for, None for a token never given out."""
        ...

    async def check(self) -> None:
        """Return if messages can be read and kept."""
        ...


class Backlog(Protocol):
    """What waits to be answered or delivered."""

    async def waiting(self) -> Mapping[str, Mapping[str, tuple[int, float]]]:
        """Return by queue and channel how many rows wait and the age of the oldest in seconds."""
        ...


class Replies(Protocol):
    """What was answered before."""

    async def latest(self, key: ConversationKey) -> tuple[Reply, int, int] | None:
        """Return the reply given last, the number of its turn, and its rating (1, -1; 0: none).

        None: nothing was answered yet.
        """
        ...

    async def number_of(self, key: ConversationKey, event_id: str) -> int | None:
        """Return the number of the turn that answered an event; None: none is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """A reply of the web, and how it can be rated."""

    reply: Reply
    turn: int | None = None
    """Its number; None: it cannot be rated."""
    rating: int = 0
    """1 for 👍, -1 for 👎."""


@dataclass(slots=True)
class Services:
    """Everything the routes need. All methods may raise `bot.errors.StoreUnavailable`.

    Engine, library and what is held are exchanged while the server runs: ask for them each time.
    """

    engine: Engine
    library: Library
    sessions: Sessions
    replies: Replies
    now: Callable[[], datetime]
    """The time of day, aware."""
    message_max_characters: int
    body_max_bytes: int
    limiter: Limiter
    meters: Meters
    backlog: Backlog
    metrics_token: str
    """What Prometheus sends; empty: nobody may ask."""
    messaging: Messaging | None = None
    """None: no channel is on."""
    zalo: "ZaloOffice | None" = None
    """Who keeps the Official Account authorised; None: Zalo OA is off."""
    zalo_verification: str = ""
    """What Zalo wants the start page to say, to see whose domain it is; empty: nothing."""
    held: Held = NOTHING_HELD
    """What of the library is not told."""
    dossiers: DossierDesk | None = None
    """Where citizens look up dossiers; None: nowhere."""
    book: DossierBook | None = None
    """Where other systems send updates of dossiers; None: nowhere."""
    keys: MachineKeys | None = None
    """With which other systems prove who they are; None: none can."""

    slips: SlipPages | None = None
    """Where slips of guided filings are shown; None: nowhere."""
    staff: "StaffOffice | None" = None
    """What the pages for officials need; None: there are none."""

    def open_slips(self, slips: SlipPages, staff: "StaffOffice") -> None:
        """Show slips of guided filings, to citizens and at the counter."""
        self.slips, self.staff = slips, staff

    def open_dossiers(self, desk: DossierDesk, book: DossierBook, keys: MachineKeys) -> None:
        """Look up and keep dossiers with these."""
        self.dossiers, self.book, self.keys = desk, book, keys

    def looks_up_dossiers(self) -> bool:
        """Tell whether citizens can look up dossiers now."""
        return self.dossiers is not None and self.dossiers.terms.is_open

    def put_in_force(self, engine: Engine, library: Library, held: Held) -> None:
        """Answer from now on with these; turns that began before end with those they had."""
        self.engine, self.library, self.held = engine, library, held

    def too_long(self, text: str) -> str:
        """Return what to tell about a text that is too long, nothing about any other."""
        if len(text) <= self.message_max_characters:
            return ""
        return (
            f"Tin nhắn dài {len(text)} ký tự, tối đa là {self.message_max_characters}. "
            "Bạn viết ngắn lại giúp nhé."
        )

    async def open_session(self, address: str) -> str:
        """Return the token of a new session, asked for from a network address.

        Raises:
            TooMany: this address opens too many.
        """
        self._admit(await self.limiter.admit_session(address_block(address)))
        return await self.sessions.open()

    async def answer(
        self, token: str, event_id: str, text: str = "", choice: str = "", address: str = ""
    ) -> Told | None:
        """Answer a message of the session; None: there is no such session.

        `address`: of the network, from which it came.

        Raises:
            TooMany: the session, or everybody together, writes too fast.
        """
        user_id = await self.sessions.user_id(token)
        if user_id is None:
            return None
        self._admit(await self.limiter.admit(WEB_CHANNEL, user_id, event_id))
        began = self.now()
        key = ConversationKey(WEB_CHANNEL, user_id)
        block = address_block(address)
        message = IncomingMessage(key, event_id, began, text, choice, address=block)
        reply = await self.engine.answer(message)
        seconds = (self.now() - began).total_seconds()
        self.meters.turn_answered(WEB_CHANNEL, reply.outcome.family.value, seconds)
        self.meters.acted(WEB_CHANNEL, reply.outcome.kind)
        turn = await self.replies.number_of(key, event_id) if is_ratable(reply) else None
        return Told(reply, turn)

    async def admit_look_up(self, who: str) -> None:
        """Let a look-up pass, of a block of network addresses, or for a dossier of a known portal.

        Raises:
            TooMany: they, or everybody together, ask too fast.
        """
        self._admit(await self.limiter.admit(PORTAL_CHANNEL, who))

    def _admit(self, admission: Admission) -> None:
        if not admission.admitted:
            self.meters.throttled(WEB_CHANNEL)
            raise TooMany(admission.retry_after)

    async def latest(self, token: str) -> Told | None:
        """Return what the session was told last, None for a new or unknown one."""
        user_id = await self.sessions.user_id(token)
        if user_id is None:
            return None
        latest = await self.replies.latest(ConversationKey(WEB_CHANNEL, user_id))
        if latest is None:
            return None
        reply, turn, rating = latest
        return Told(reply, turn if is_ratable(reply) else None, rating)

    async def is_ready(self) -> bool:
        """Tell whether a message could be answered and kept now."""
        try:
            await self.sessions.check()
        except StoreUnavailable:
            return False
        return len(self.library) > 0
