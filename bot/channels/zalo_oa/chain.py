"""The chain of pairs, each made once from the one before: taking over without losing a link.

An answer of Zalo's is the only copy of the next refresh token. It is kept at once in a side record
(a file of this machine), then in the row that all replicas share, and only then read and put in
force. Whoever comes next, after whatever happened, finds it in one of the three places and takes
it over: an answer belongs to a version, so none is taken over twice or too late.
"""

from dataclasses import dataclass
from typing import Final

from bot.channels.errors import ChannelBroken, FateUnknown
from bot.channels.zalo_oa.oauth import may_hold_tokens
from bot.channels.zalo_oa.pairs import (
    Attempt,
    Pending,
    RawAnswer,
    TokenPair,
    pending_json,
    read_pending,
)
from bot.channels.zalo_oa.sealing import Seal, WrongKey
from bot.channels.zalo_oa.token_ports import Alarm, KeptTokens, SideRecord, TokenStore
from bot.errors import StoreUnavailable

NOT_STORED: Final = "zalo_token_not_stored"
SIDE_RECORD_FAILED: Final = "zalo_token_side_record_failed"


@dataclass(frozen=True, slots=True)
class Link:
    """Where the chain stands."""

    version: int = 0
    pair: TokenPair | None = None
    """None: nobody gave consent yet, or the key that would open it is lost."""
    attempt_at: float | None = None
    """When a renewal of this very pair began that left nothing else behind."""
    failed_at: float | None = None
    failure: str = ""
    unsettled: bool = False
    """An answer waits to be taken over."""


class TokenChain:
    """Reads the chain, and adds to it."""

    def __init__(self, store: TokenStore, side: SideRecord, seal: Seal, alarm: Alarm) -> None:
        self.store: Final = store
        self._side = side
        self._seal = seal
        self._alarm = alarm
        self._caught: RawAnswer | None = None
        """An answer that the store would not take yet."""

    async def read(self) -> Link:
        """Return where the chain stands; changes nothing.

        Raises:
            StoreUnavailable: the store cannot be read.
            WrongKey: what is kept cannot be opened.
        """
        row = await self.store.read()
        link = self._link(row)
        pending = self._pending(row)
        waits = self._caught is not None or self._side.read() is not None
        return Link(
            link.version,
            link.pair,
            pending.at if isinstance(pending, Attempt) and pending.base == link.version else None,
            link.failed_at,
            link.failure,
            unsettled=waits or isinstance(pending, RawAnswer),
        )

    async def settle(self) -> Link:
        """Take over the answer that waits, if one does; to be called alone.

        Raises:
            StoreUnavailable, WrongKey: as `read`; what waits goes on waiting.
        """
        row = await self.store.read()
        for answer in (self._caught, self._beside(), self._pending(row)):
            version = row.version if row else 0
            # later than the row: the database is an older copy of itself
            if isinstance(answer, RawAnswer) and answer.base >= version:
                await self._promote(answer, row)
                row = await self.store.read()
        self._forget()
        return await self.read()

    async def start_over(self) -> Link:
        """Return the end of a chain that no key opens any more; to be called alone."""
        row = await self.store.read()
        self._forget()
        return Link(row.version if row else 0)

    async def begin(self, link: Link, now: float) -> None:
        """Note that the pair is being renewed, and that the answer can be kept.

        Raises:
            StoreUnavailable: it could not be: nothing may be asked of Zalo.
        """
        try:
            self._side.prepare()
        except StoreUnavailable:
            self._alarm(SIDE_RECORD_FAILED, "prepare")
            raise
        attempt = self._seal.close(pending_json(Attempt(link.version, now)))
        await self.store.note_pending(attempt)

    def catch(self, raw: bytes, link: Link, now: float, oa_id: str = "") -> RawAnswer:
        """Keep what Zalo answered, before anything else: no step here waits for anybody."""
        answer = RawAnswer(link.version, now, raw.decode("utf-8", "replace"), oa_id)
        if may_hold_tokens(raw):
            self._caught = answer
            try:
                self._side.write(self._seal.close(pending_json(answer)))
            except StoreUnavailable:  # the store is next, and memory holds it until then
                self._alarm(SIDE_RECORD_FAILED, "write")
        return answer

    async def take_over(self, answer: RawAnswer, link: Link) -> Link:
        """Put the answer in force. Where the store fails it is in force here, and waits there.

        Raises:
            ChannelBroken: Zalo refused.
            FateUnknown: it was no answer of Zalo's.
        """
        try:
            pair = answer.pair(link.pair)
        except (ChannelBroken, FateUnknown):
            self._forget()
            raise
        try:
            await self.store.note_pending(self._seal.close(pending_json(answer)))
            return await self.settle()
        except StoreUnavailable:
            self._alarm(NOT_STORED, "")
            return Link(link.version + 1, pair, unsettled=True)

    async def _promote(self, answer: RawAnswer, row: KeptTokens | None) -> None:
        sealed_before = row.sealed if row and row.sealed else None
        try:
            before = self._pair(sealed_before)
        except WrongKey:
            before = None  # the answer is younger, and we could open that
        try:
            pair = answer.pair(before)
        except (ChannelBroken, FateUnknown):
            return  # it only looked like one that holds tokens
        previous = self._turned(sealed_before) if sealed_before else None
        sealed = self._seal.close(pair.as_json())
        await self.store.replace(sealed, previous, row.version if row else 0, answer.at)

    def _forget(self) -> None:
        self._caught = None
        try:
            self._side.clear()
        except StoreUnavailable:  # what stays there is older than the row from now on
            self._alarm(SIDE_RECORD_FAILED, "clear")

    def _turned(self, sealed: str) -> str:
        """The pair before, under the first key; as it is where no key opens it."""
        try:
            return self._seal.turn(sealed)
        except WrongKey:
            return sealed

    def _link(self, row: KeptTokens | None) -> Link:
        if row is None:
            return Link()
        pair = self._pair(row.sealed)
        return Link(row.version, pair, failed_at=row.failed_at, failure=row.failure or "")

    def _pair(self, sealed: str | None) -> TokenPair | None:
        return TokenPair.of_json(self._seal.open(sealed)) if sealed else None

    def _pending(self, row: KeptTokens | None) -> Pending | None:
        if row is None or row.pending is None:
            return None
        return read_pending(self._seal.open(row.pending))

    def _beside(self) -> Pending | None:
        sealed = self._side.read()
        return None if sealed is None else read_pending(self._seal.open(sealed))
