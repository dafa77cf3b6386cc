"""How long one has to wait after wrong attempts at a dossier; no clock, no storage.

Attempts are counted by dossier code (whether or not there is one), by person and by block of
network addresses. Some are free; after them each further one makes the wait twice as long.

What that leaves to somebody who guesses at one dossier, from any number of accounts and addresses:
15 attempts in the first 24 hours, and never more in any; from then on one a day, for a quiet day
takes one failure back. 379 in a year of 365 days, so four digits are found with a chance of 3.8 %
by then, 7.4 % where telephone and identity number are both accepted (the tests play it through).
A year of birth is one of some eighty: 15 attempts find it with a chance of 19 % on the first day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

DAY_SECONDS: Final = 86_400.0
HOUR_SECONDS: Final = 3_600.0

FIRST_WAIT_SECONDS: Final = 60.0

_MOST_DOUBLINGS: Final = 30
"""More make no difference to any wait, and floats have an end."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures are free, and what those after them cost."""

    free: int
    """So many failures; the wait begins with the last of them."""
    longest_seconds: float
    """No wait is longer; 0: there is none."""
    forget_seconds: float
    """So long without a failure takes one back."""


BY_CODE: Final = Limit(free=5, longest_seconds=DAY_SECONDS, forget_seconds=DAY_SECONDS)
"""Forgets slowly: who waits a day after each burst would else get eleven attempts a day for ever,
and 40 % of all four digits in a year."""

BY_PERSON: Final = Limit(free=5, longest_seconds=DAY_SECONDS, forget_seconds=DAY_SECONDS / 5)
"""Who mistyped five times is free again a day later."""

BY_ADDRESS: Final = Limit(free=20, longest_seconds=HOUR_SECONDS, forget_seconds=DAY_SECONDS / 20)
"""A whole town may sit behind one address of a telephone company: the wait stays short."""

OWN_MISTAKES: Final = Limit(free=0, longest_seconds=0.0, forget_seconds=DAY_SECONDS)
"""What one person failed at one code: taken back when she gets it right, and only that.

A right look-up that took everything back would let somebody with a dossier of his own guess at
those of others for ever.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """Failures of one subject. Times are seconds since 1970."""

    failures: int
    last_at: float
    locked_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose attempt it is: names by which nobody is recognised, and the limit of each."""

    limits: Mapping[str, Limit] = field(repr=False)
    own: str = field(default="", repr=False)
    """Who tried this very code; empty: no code was tried."""

    @property
    def counted(self) -> Mapping[str, Limit]:
        """Everything a failure is counted for."""
        return {**self.limits, self.own: OWN_MISTAKES} if self.own else self.limits


def wait_seconds(limit: Limit, failures: int) -> float:
    """Return how long to wait after so many failures.

    >>> [wait_seconds(BY_CODE, failures) for failures in (4, 5, 6, 7)]
    [0.0, 60.0, 120.0, 240.0]
    """
    if failures < limit.free:
        return 0.0
    doubled = FIRST_WAIT_SECONDS * 2.0 ** min(failures - limit.free, _MOST_DOUBLINGS)
    return min(doubled, limit.longest_seconds)


def left(limit: Limit, count: Count, now: float) -> int:
    """Return how many failures still count; a clock that runs back forgets nothing."""
    quiet = max(now - count.last_at, 0.0)
    return max(count.failures - int(quiet // limit.forget_seconds), 0)


def failed(limit: Limit, count: Count | None, now: float) -> Count:
    """Return the count after one more failure."""
    failures = 1 + (0 if count is None else left(limit, count, now))
    before = 0.0 if count is None else count.locked_until
    last_at = now if count is None else max(now, count.last_at)
    return Count(failures, last_at, max(before, now + wait_seconds(limit, failures)))


def forgiven(limit: Limit, count: Count, mistakes: int, now: float) -> Count | None:
    """Return the count without so many failures; None: nothing is left of it."""
    failures = left(limit, count, now) - mistakes
    return Count(failures, max(now, count.last_at)) if failures > 0 else None


def locked_until(subjects: Subjects, counts: Mapping[str, Count], now: float) -> float | None:
    """Return until when an attempt is refused, None where it is not.

    Args:
        subjects: whose attempt.
        counts: what is kept of any of them.
        now: seconds since 1970.
    """
    ends = (counts[one].locked_until for one in subjects.limits if one in counts)
    return max((end for end in ends if end > now), default=None)


def after(
    subjects: Subjects, counts: Mapping[str, Count], now: float, *, right: bool
) -> Mapping[str, Count | None]:
    """Return what has to be kept after an attempt: the counts that change, None for one that goes.

    A right one takes back what the same person failed at the same code.
    """
    if not right:
        return {one: failed(limit, counts.get(one), now) for one, limit in subjects.counted.items()}
    own = counts.get(subjects.own)
    if own is None:
        return {}
    mistakes = left(OWN_MISTAKES, own, now)
    known = {one: limit for one, limit in subjects.limits.items() if one in counts and mistakes}
    changed = {one: forgiven(limit, counts[one], mistakes, now) for one, limit in known.items()}
    return {**changed, subjects.own: None}
