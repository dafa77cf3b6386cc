"""Keeps slips and reminders: the adapter of `bot.filings.ports.FilingDesk` and of our pages' ports.

Codes are known to the conversations of those who hold them; the store has keyed hashes alone. A
code that expired and one that never was go the same way: the same statements in the same order,
the same count of failures.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from api.dossier_desk.moments import moment
from api.dossier_desk.ports import Tries
from api.filing_desk.codes import MOST_TRIES, new_code
from api.filing_desk.ports import CounterResult, CounterSlip
from bot.dossiers.codes import normal_form
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import Asker, DossierBook, Locked
from bot.dossiers.status import WITH_RESULT
from bot.dossiers.tries import BY_ADDRESS, BY_PERSON, DAY_SECONDS, Subjects
from bot.errors import StoreUnavailable
from bot.filings.codes import read_code
from bot.filings.ports import FilingTerms, NoSlip, Reminder, Slip, SlipResult
from bot.filings.state import Filing
from bot.filings.storing import GuidedDossiers, KeptSlip, Look, Reminders, Slips
from bot.guide.filing import ticked
from bot.messages import ConversationKey

MOST_TICKED: Final = 200
"""Keys on one slip, those of papers that other answers asked for among them."""

BY_OFFICIAL: Final = BY_ADDRESS
"""An official reads many codes a day, and is known by name."""

_PAPER_KEY: Final = re.compile(r"[0-9a-f]{8}", re.ASCII)
"""What `bot.guide.filing.paper_key` returns."""

_NO_CODE: Final = "Chưa tạo được mã phiếu mới. Hãy thử lại sau."


@dataclass(frozen=True, slots=True)
class FilingShelf:
    """Where the desk keeps everything."""

    slips: Slips
    reminders: Reminders
    guided: GuidedDossiers
    tries: Tries
    """Those of dossiers too: names are told apart, so that mistakes there lock nothing here."""
    book: DossierBook
    """Asked whether a dossier that somebody names has its result already."""


class SlipDesk:
    """Keeps slips and reminders."""

    def __init__(
        self,
        shelf: FilingShelf,
        key: FactorKey,
        terms: Callable[[], FilingTerms],
        clock: Callable[[], datetime],
        make_code: Callable[[], str] = new_code,
    ) -> None:
        """Keep what is needed.

        Args:
            shelf: where things are kept.
            key: hashes codes, and names those who try.
            terms: what is offered at this moment.
            clock: the time of day, aware.
            make_code: makes a code that nobody foretells.
        """
        self._make_code = make_code
        self._shelf = shelf
        self._key = key
        self._terms = terms
        self._clock = clock

    @property
    def terms(self) -> FilingTerms:
        """What is offered now."""
        return self._terms()

    async def keep(self, key: ConversationKey, filing: Filing) -> Slip:
        """Keep a filing: on a new slip where it has none, else on its own; see the port."""
        slip, code = None, read_code(filing.slip)
        if code:
            slip = await self._shelf.slips.write(
                self._hash(code), key, filing, self._until(), self._now()
            )
        for _ in range(MOST_TRIES):
            if slip is not None:
                return _with_code(slip, code, filing.asides)
            code = self._make_code()
            slip = await self._shelf.slips.begin(
                self._hash(code), key, filing, self._until(), self._now()
            )
        raise StoreUnavailable(_NO_CODE)

    async def latest(self, key: ConversationKey, code: str) -> Slip | None:
        """Return the slip that this person holds, as it is now; None: it has expired."""
        code = read_code(code)
        kept = await self._shelf.slips.read(self._hash(code), self._now(), key)
        return _with_code(kept.slip, code) if kept is not None and kept.held else None

    async def open(self, asker: Asker, code: str) -> SlipResult:
        """Return the slip of a code that was typed or scanned; the asker becomes a holder."""
        person = self._key.subject("slip-person", asker.key.channel, asker.key.user_id)
        limits = {person: BY_PERSON}
        if asker.address:
            limits[self._of_address(asker.address)] = BY_ADDRESS
        found = await self._find(Subjects(limits), read_code(code))
        if isinstance(found, KeptSlip):
            await self._shelf.slips.hold(self._hash(read_code(code)), asker.key, self._now())
            return found.slip
        return found

    async def let_go(self, key: ConversationKey, code: str) -> None:
        """Tell this person of the slip no more; without any holder it is forgotten."""
        await self._shelf.slips.let_go(self._hash(read_code(code)), key)

    async def remind(self, key: ConversationKey, filing: Filing, at: datetime) -> None:
        """Remind this person once of a filing, in the place of an earlier reminder of it."""
        await self._shelf.reminders.put(key, filing, at.timestamp(), self._now())

    async def reminders(self, key: ConversationKey) -> Sequence[Reminder]:
        """Return what this person is to be reminded of, the next first."""
        return await self._shelf.reminders.list(key)

    async def do_not_remind(self, key: ConversationKey, procedure: str) -> None:
        """Forget the reminder of this procedure; empty: all of them."""
        await self._shelf.reminders.remove(key, procedure)

    async def filed(self, procedure: str, dossier: str) -> None:
        """Note that a guided filing became this dossier, so that its end is counted."""
        code = normal_form(dossier)
        if code is None:
            return
        name = self._key.guided_name(code)
        await self._shelf.guided.note(name, procedure, self._now())
        status = await self._shelf.book.get(code)  # behind the note: its end may come in between
        if status is not None and status.state in WITH_RESULT:
            await self._shelf.guided.complete(name, self._now())

    async def open_for_page(self, address: str, code: str) -> SlipResult:
        """Return the slip of a code to whoever has it; see `api.filing_desk.ports.SlipPages`."""
        found = await self._find(self._at_address(address), read_code(code))
        return found.slip if isinstance(found, KeptSlip) else found

    async def tick_on_page(self, address: str, code: str, key: str, *, on: bool) -> SlipResult:
        """Tick a paper, or take the tick away; see `api.filing_desk.ports.SlipPages`."""
        code = read_code(code)
        found = await self._find(self._at_address(address), code)
        if not isinstance(found, KeptSlip):
            return found
        if not _PAPER_KEY.fullmatch(key):
            return found.slip

        def tick(filing: Filing) -> Filing:
            has_room = len(filing.ticked) < MOST_TICKED
            return ticked(filing, key, on=on) if has_room or not on else filing

        slip = await self._shelf.slips.change(self._hash(code), tick, self._until(), self._now())
        return NoSlip() if slip is None else _with_code(slip, code)

    async def at_counter(self, staff_id: int, code: str) -> CounterResult:
        """Return the slip of a code to an official; see `api.filing_desk.ports.SlipCounter`."""
        found = await self._find(self._of_official(staff_id), read_code(code))
        return CounterSlip(found.slip, found.told) if isinstance(found, KeptSlip) else found

    async def check(
        self, staff_id: int, code: str, seen: Collection[str], missing: Collection[str]
    ) -> CounterResult:
        """Keep which papers were there; see `api.filing_desk.ports.SlipCounter`."""
        code = read_code(code)
        found = await self._find(self._of_official(staff_id), code)
        if not isinstance(found, KeptSlip):
            return found
        look = Look(staff_id, _paper_keys(seen), _paper_keys(missing))
        kept = await self._shelf.slips.check(self._hash(code), look, self._now())
        if kept is None:
            return NoSlip()
        return CounterSlip(_with_code(kept.slip, code), kept.told, kept.telling)

    async def _find(self, subjects: Subjects, code: str) -> KeptSlip | NoSlip | Locked:
        """Return the slip of a code, and count a wrong one; the same work for every code."""
        until = await self._shelf.tries.locked_until(subjects, self._now())
        if until is not None:
            return Locked(moment(until))
        kept = await self._shelf.slips.read(self._hash(code), self._now())
        right = kept is not None
        until = await self._shelf.tries.settle(subjects, right=right, now=self._now())
        if until is not None:
            return Locked(moment(until))
        return NoSlip() if kept is None else replace(kept, slip=_with_code(kept.slip, code))

    def _now(self) -> float:
        return self._clock().timestamp()

    def _until(self) -> float:
        return self._now() + self._terms().days * DAY_SECONDS

    def _hash(self, code: str) -> str:
        """Return by what a slip is kept; what is no code has a hash too, of which there is none."""
        return self._key.subject("slip", code)

    def _of_address(self, address: str) -> str:
        return self._key.subject("slip-address", address)

    def _at_address(self, address: str) -> Subjects:
        return Subjects({self._of_address(address): BY_ADDRESS})

    def _of_official(self, staff_id: int) -> Subjects:
        return Subjects({self._key.subject("slip-official", str(staff_id)): BY_OFFICIAL})


def _paper_keys(given: Collection[str]) -> Sequence[str]:
    return sorted({key for key in given if _PAPER_KEY.fullmatch(key)})[:MOST_TICKED]


def _with_code(slip: Slip, code: str, asides: int = 0) -> Slip:
    return replace(slip, filing=replace(slip.filing, slip=code, asides=asides))
