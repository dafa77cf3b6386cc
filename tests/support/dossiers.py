"""Dossiers for tests: one in each state, and a desk in memory that keeps every promise."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from bot.dossiers.ports import (
    Asker,
    Away,
    Found,
    Locked,
    LookUpResult,
    NoMatch,
    Remembered,
    Terms,
)
from bot.dossiers.status import (
    DossierStatus,
    FactorKind,
    Payment,
    State,
    Stay,
    Step,
    Supplement,
)
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey

VIETNAM: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 11, 22, 15, tzinfo=VIETNAM)
"""Sunday afternoon; 08:00 UTC, when the messages of most tests are sent."""

CODE: Final = "H17.15-261116-0012"
OTHER_CODE: Final = "H17.15-261102-0345"
FACTOR: Final = "5678"
"""The last digits of the telephone number given with each dossier here."""

OPEN: Final = Terms(is_open=True, factors=(FactorKind.PHONE, FactorKind.IDENTITY))
"""Look-ups are open, and two kinds of digits are accepted."""

MOST_WRONG: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
WORD_LIVES: Final = timedelta(minutes=15)
_LETTERS: Final = "23479ACDEFGHJKMNPQRTUVWXY"
"""Signs that are not taken for one another."""

_UNIT: Final = "UBND phường Ngô Quyền"
_RECEIVED: Final = datetime(2026, 11, 16, 8, 30, tzinfo=VIETNAM)
_DUE: Final = datetime(2026, 11, 25, 17, tzinfo=VIETNAM)


def a_dossier(state: State = State.PROCESSING, code: str = CODE, **changes: Any) -> DossierStatus:
    """A registration of residence, received on Monday 16/11/2026 and due on 25/11/2026."""
    changed = changes.get("changed_at", NOW - timedelta(days=2))
    values: dict[str, Any] = {
        "code": code,
        "state": state,
        "changed_at": changed,
        "as_of": changed,
        "procedure_code": "1.004222",
        "procedure_name": "Đăng ký thường trú",
        "unit": _UNIT,
        "received_at": _RECEIVED,
        "due_at": _DUE,
        "applicant": "N*** V** A**",
        "history": _history(state, changed),
    }
    return DossierStatus(**(values | _OF_STATE.get(state, {}) | changes))


def a_dossier_in_each_state() -> tuple[DossierStatus, ...]:
    """Ten dossiers, in the order of the numbers of their states."""
    return tuple(a_dossier(state, f"H17.15-261116-{state:04}") for state in State)


def _history(state: State, changed: datetime) -> tuple[Step, ...]:
    first = Step(_RECEIVED, State.REGISTERED, _UNIT)
    return (first,) if state is State.REGISTERED else (first, Step(changed, state, _UNIT))


_OF_STATE: Final[dict[State, dict[str, Any]]] = {
    State.REGISTERED: {"received_at": None, "due_at": None},
    State.REFUSED: {"due_at": None},
    State.SUPPLEMENT: {
        "supplement": Supplement(
            papers=("Giấy tờ chứng minh chỗ ở hợp pháp",),
            note="Bản chụp bị mờ, đề nghị nộp lại.",
            asked_at=NOW - timedelta(days=2),
            until=date(2026, 12, 4),
        ),
        "stays": (Stay(NOW - timedelta(days=2)),),
    },
    State.PAYMENT: {"payments": (Payment("Lệ phí đăng ký cư trú", 20_000, paid=False),)},
    State.DONE: {
        "results": ("Thông báo kết quả giải quyết",),
        "collect": "Nhận tại bộ phận một cửa",
    },
    State.RETURNED: {
        "results": ("Thông báo kết quả giải quyết",),
        "returned_at": NOW - timedelta(days=2),
    },
}


@dataclass
class _Wish:
    """What one person agreed to for one dossier."""

    followed: bool
    own: bool
    """That it is remembered was asked for, and does not end with the messages."""


@dataclass
class MemoryDesk:
    """Keeps the promises of `bot.dossiers.ports.DossierDesk` in memory.

    The clock is a function, so that a test can let words and locks expire.
    """

    terms: Terms = OPEN
    clock: Callable[[], datetime] = lambda: NOW
    unreachable: bool = False
    """The source does not answer: only what was told before to whoever proved it is known."""
    broken: bool = False
    """The store cannot be used: every method raises StoreUnavailable."""
    reopened: list[str] = field(default_factory=list)
    """Codes that somebody vouched for, in order."""
    told_at: dict[str, float] = field(default_factory=dict)
    """When an alert about a dossier was sent, by its code."""
    _records: dict[str, tuple[DossierStatus, frozenset[str]]] = field(
        default_factory=dict, init=False
    )
    _wishes: dict[ConversationKey, dict[str, _Wish]] = field(default_factory=dict, init=False)
    _wrong: dict[str, tuple[int, datetime]] = field(default_factory=dict, init=False)
    _words: dict[str, tuple[str, datetime]] = field(default_factory=dict, init=False)
    _handed: int = field(default=0, init=False)

    def put(self, status: DossierStatus, *factors: str) -> None:
        """Let a dossier be found by its code and one of the factors; without any by FACTOR."""
        self._records[status.code] = (status, frozenset(factors or (FACTOR,)))

    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Find the dossier whose code and factor these are; wrong ones are counted."""
        self._check()
        counted = [f"person {asker.key.channel} {asker.key.user_id}", f"code {code}"]
        counted += [f"address {asker.address}"] if asker.address else []
        if (until := self._locked_until(counted)) is not None:
            return Locked(until)
        known = self._records.get(code)
        by_code_alone = not self.terms.factors
        if known is None or not (by_code_alone or factor in known[1]):
            self._count(counted)
            return Away() if self.unreachable else NoMatch()
        return self._told(asker.key, replace(known[0], terse=True) if by_code_alone else known[0])

    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Find a dossier for whose proof the caller vouches."""
        self._check()
        self.reopened.append(code)
        return self._opened(asker, code)

    def _opened(self, asker: Asker, code: str) -> LookUpResult:
        known = self._records.get(code)
        if known is None:
            return Away() if self.unreachable else NoMatch()
        terse = not self.terms.factors
        return self._told(asker.key, replace(known[0], terse=True) if terse else known[0])

    async def remembered(self, key: ConversationKey) -> Sequence[Remembered]:
        """Return what this person agreed to have remembered, the latest first."""
        self._check()
        return tuple(
            Remembered(code, self._name_of(code), wish.followed, self.told_at.get(code, 0.0))
            for code, wish in reversed(self._wishes.get(key, {}).items())
        )

    async def remember(
        self, key: ConversationKey, code: str, *, follow: bool, seen_at: float = 0.0
    ) -> None:
        """Keep the consent; following never ends by it."""
        self._check()
        wishes = self._wishes.setdefault(key, {})
        wish = wishes.setdefault(code, _Wish(follow, own=not follow))
        wish.followed = wish.followed or follow
        wish.own = wish.own or not follow

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """Stop telling, of all for an empty code; `entirely`: remember it no longer."""
        self._check()
        wishes = self._wishes.get(key, {})
        for one in [code] if code else list(wishes):
            if one in wishes and (entirely or not wishes[one].own):
                del wishes[one]
            elif one in wishes:
                wishes[one].followed = False

    async def hand_over(self, code: str) -> str:
        """Return a word that opens the dossier once within a quarter of an hour."""
        self._check()
        self._handed += 1
        number, word = self._handed * 7_919_003_141, ""
        for _ in range(8):
            number, at = divmod(number, len(_LETTERS))
            word += _LETTERS[at]
        self._words[word] = (code, self.clock() + WORD_LIVES)
        return word

    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Open what the word stands for, once; wrong words are counted like wrong factors."""
        self._check()
        counted = [f"person {asker.key.channel} {asker.key.user_id}"]
        if (until := self._locked_until(counted)) is not None:
            return Locked(until)
        code, expires = self._words.pop(word, ("", self.clock()))
        if not code or expires <= self.clock():
            self._count(counted)
            return NoMatch()
        return self._opened(asker, code)

    def followers(self, code: str) -> Collection[ConversationKey]:
        """Return who is told of changes of a dossier."""
        return [
            key for key, wishes in self._wishes.items() if code in wishes and wishes[code].followed
        ]

    def _told(self, key: ConversationKey, status: DossierStatus) -> Found | Away:
        wish = self._wishes.get(key, {}).get(status.code)
        found = Found(status, wish is not None and wish.followed, wish is not None)
        return Away(found) if self.unreachable else found

    def _name_of(self, code: str) -> str:
        known = self._records.get(code)
        return known[0].procedure_name if known else ""

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable("The dossiers could not be read.")

    def _locked_until(self, counted: Sequence[str]) -> datetime | None:
        ends = [
            since + LOCKED_FOR
            for one in counted
            for count, since in [self._wrong.get(one, (0, self.clock()))]
            if count >= MOST_WRONG and since + LOCKED_FOR > self.clock()
        ]
        return max(ends, default=None)

    def _count(self, counted: Sequence[str]) -> None:
        for one in counted:
            count, since = self._wrong.get(one, (0, self.clock()))
            if since + LOCKED_FOR <= self.clock():
                count = 0
            self._wrong[one] = (count + 1, self.clock())
