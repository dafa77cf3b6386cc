"""Followed dossiers are asked about evenly, by one process, and changes become alerts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import structlog

from api.jobs.following import AT_ONCE, LOOK_SECONDS, MOST_TRIES, REST_SECONDS, Following
from bot.dossiers.factors import KeptFactor
from bot.dossiers.ports import AnswerUnreadable, Kept, SourceUnreachable
from bot.dossiers.status import DossierStatus, DossierUpdate, State
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 30.0
EVERY_SECONDS = 1800.0
CODES = tuple(f"H17.15-261116-{number:04}" for number in range(1, 11))
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


class Enough(BaseException):
    """Ends a loop that never ends."""


class Hours:
    """A clock that goes on when somebody sleeps; hours pass in no time."""

    def __init__(self, until: float = 1e9) -> None:
        self.now = 1000.0
        self._end = self.now + until

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        wake = self.now + seconds
        for _ in range(20):  # whoever sleeps less comes first
            await asyncio.sleep(0)
        self.now = max(self.now, wake)
        if self.now >= self._end:
            raise Enough


class Book:
    """Keeps what is put, and knows who is followed."""

    def __init__(self, codes: Sequence[str] = CODES) -> None:
        self.codes = codes
        self.kept: list[str] = []
        self.error: Exception | None = None

    async def codes_followed(self, limit: int, after: str = "") -> Sequence[str]:
        return [code for code in self.codes if code > after][:limit]

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        if self.error is not None:
            raise self.error
        assert source == "tracuuhoso"
        self.kept += [one.code for one in updates]
        return [Kept.KNOWN for _ in updates]

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        raise NotImplementedError

    async def get(self, code: str) -> DossierStatus | None:
        raise NotImplementedError


class System:
    """Tells about every dossier, at the times kept; fails as it is told to."""

    def __init__(self, hours: Hours) -> None:
        self.asked: list[tuple[float, str]] = []
        self.fails: Callable[[str], Exception | None] = lambda _code: None
        self.busiest = 0
        self._hours = hours
        self._busy = 0

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        self.asked.append((self._hours.now, code))
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        await asyncio.sleep(0)
        self._busy -= 1
        if error := self.fails(code):
            raise error
        return [DossierUpdate(code, AT, State.PROCESSING)]

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Free:
    """Nobody else asks; or somebody always does."""

    is_free: bool = True

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        yield self.is_free


def a_following(hours: Hours, system: System, book: Book, turn: Free | None = None) -> Following:
    return Following(
        source=system,
        book=book,
        codes=book,
        turn=turn or Free(),
        name="tracuuhoso",
        every_seconds=EVERY_SECONDS,
        clock=hours.clock,
        sleep=hours.sleep,
        chance=lambda _count: 3,
    )


async def test_every_followed_dossier_is_asked_about_once_in_a_round() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    await a_following(hours, system, book).round()
    assert sorted(code for _, code in system.asked) == sorted(CODES)
    assert sorted(book.kept) == sorted(CODES)


async def test_questions_are_spread_evenly_over_the_interval() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    began = hours.now
    await a_following(hours, system, book).round()
    times = sorted(at - began for at, _ in system.asked)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert gaps == pytest.approx([EVERY_SECONDS / len(CODES)] * (len(CODES) - 1))
    assert hours.now - began >= EVERY_SECONDS
    assert system.busiest <= AT_ONCE


async def test_each_dossier_is_asked_about_at_the_same_distance_round_after_round() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    following = a_following(hours, system, book)
    for _ in range(3):
        await following.round()
    asked = [code for _, code in system.asked]
    assert asked == [*CODES[3:], *CODES[:3]] * 3


async def test_a_round_that_was_cut_short_is_gone_on_with() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    following = a_following(hours, system, book)
    await following.round()
    system.asked.clear()
    following._last = CODES[7]
    book.codes = CODES[:9]
    await following.round()
    assert [code for _, code in system.asked] == [CODES[8], *CODES[:8]]


async def test_an_answer_that_cannot_be_read_is_not_asked_for_again_in_the_round() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    system.fails = lambda code: AnswerUnreadable("another one") if code == CODES[0] else None
    with structlog.testing.capture_logs() as lines:
        await a_following(hours, system, book).round()
    assert len(system.asked) == len(CODES)
    assert CODES[0] not in repr(lines)


async def test_where_nobody_follows_nobody_is_asked_and_the_interval_passes() -> None:
    hours = Hours()
    system = System(hours)
    began = hours.now
    await a_following(hours, system, Book(())).round()
    assert system.asked == []
    assert hours.now - began == EVERY_SECONDS


async def test_more_codes_than_one_page_are_all_asked_about() -> None:
    codes = tuple(f"H17.15-261116-{number:04}" for number in range(1, 1202))
    hours, book = Hours(), Book(codes)
    await a_following(hours, System(hours), book).round()
    assert sorted(book.kept) == list(codes)


async def test_a_question_without_an_answer_is_asked_again_later_in_the_round() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    failed: list[float] = []

    def fails(code: str) -> Exception | None:
        if code != CODES[3] or len(failed) == MOST_TRIES - 1:
            return None
        failed.append(hours.now)
        return SourceUnreachable("no answer")

    system.fails = fails
    await a_following(hours, system, book).round()
    assert sorted(book.kept) == sorted(CODES)
    assert failed[1] - failed[0] >= REST_SECONDS


async def test_a_system_that_is_down_is_left_alone_and_ends_the_round() -> None:
    hours, book = Hours(), Book(tuple(f"H17.15-261116-{number:04}" for number in range(1, 2001)))
    system = System(hours)
    system.fails = lambda _code: SourceUnreachable("no answer")
    began = hours.now
    await a_following(hours, system, book).round()
    assert hours.now - began <= 2 * EVERY_SECONDS + 2 * REST_SECONDS
    assert len(system.asked) <= AT_ONCE * (2 * EVERY_SECONDS / REST_SECONDS + 1)


async def test_what_cannot_be_kept_is_asked_again() -> None:
    hours, book = Hours(), Book(CODES[:1])
    book.error = StoreUnavailable("full")
    system = System(hours)
    await a_following(hours, system, book).round()
    assert len(system.asked) == MOST_TRIES


async def test_a_dossier_that_breaks_the_reading_does_not_hold_up_the_others() -> None:
    hours, book = Hours(), Book()
    system = System(hours)
    system.fails = lambda code: KeyError("x") if code == CODES[0] else None
    await a_following(hours, system, book).round()
    assert sorted(book.kept) == sorted(CODES[1:])


async def test_a_process_that_is_not_alone_asks_nothing_and_looks_again_soon() -> None:
    hours = Hours(until=2 * LOOK_SECONDS)
    system = System(hours)
    with pytest.raises(Enough):
        await a_following(hours, system, Book(), Free(is_free=False)).run()
    assert system.asked == []
