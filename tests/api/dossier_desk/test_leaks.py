"""Nothing that the desk says or does tells a wrong code from a wrong factor."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.store.database import Database
from api.store.migrate import migrate
from bot.dossiers.factors import MOST_FACTORS, FactorKey
from bot.dossiers.ports import Asker, Locked, LookUpResult, NoMatch
from bot.dossiers.status import FactorKind
from bot.messages import ConversationKey
from tests.support.desk_parts import KINDS, NOON, WRONG, Office, an_office
from tests.support.leaks import existing_code, fill, listening, unknown_code

pytestmark = pytest.mark.anyio

CODES = 1_000
"""Half of them exist; ten thousand are tried in `tests/api/dossiers/test_leaks.py`."""


def somebody(number: int) -> Asker:
    """Everybody tries once, from an address of her own: nobody is locked."""
    return Asker(ConversationKey("web", f"{number:064x}"), f"198.51.{number // 250}.{number % 250}")


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    """On SQLite and on PostgreSQL."""
    database = Database(address)
    await migrate(database)
    yield database
    await database.close()


@pytest.fixture
async def office(database: Database) -> Office:
    office = an_office(database)
    await fill(office.book, CODES // 2)
    return office


async def test_of_a_thousand_codes_none_is_told_from_another(
    office: Office, database: Database
) -> None:
    answers: Counter[LookUpResult] = Counter()
    roads: Counter[tuple[str, ...]] = Counter()
    with listening(database) as statements:
        for number in range(CODES):
            code = (existing_code if number % 2 else unknown_code)(number // 2)
            answers[await office.desk.look_up(somebody(number), code, WRONG)] += 1
            roads[statements.taken()] += 1
    assert answers == {NoMatch(): CODES}
    assert list(roads.values()) == [CODES], roads
    (road,) = roads
    begins = ["BEGIN"] if database.is_sqlite else ["SELECT"] * 4  # locks of code, person, address
    verbs = [one.split()[2] for one in road]
    assert verbs == ["SELECT", "SELECT", *begins, "SELECT", "INSERT"]


async def test_the_answers_to_who_must_wait_are_the_same_too(
    office: Office, database: Database
) -> None:
    roads = set()
    with listening(database) as statements:
        for number in range(100):
            for code in (existing_code(number), unknown_code(number)):
                told = [
                    await office.desk.look_up(somebody(1000 + at), code, WRONG) for at in range(5)
                ]
                assert told == [NoMatch()] * 5
                statements.taken()
                for factor in (WRONG, "5678"):
                    locked = await office.desk.look_up(somebody(2000), code, factor)
                    assert locked == Locked(NOON + timedelta(minutes=1))
                    roads.add(statements.taken())
                office.clock.now = NOON
            office.clock.now = NOON
            await forget_persons(database)
    assert len(roads) == 1


async def forget_persons(database: Database) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM dossier_tries")


class Calls:
    """Counts the functions that are called, ours and those of libraries."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def of(self, key: FactorKey, typed: str, kept: Sequence[str]) -> Counter[str]:
        self.counts = Counter()
        sys.setprofile(self._note)
        try:
            key.fits("H17.15-261116-0012", typed, KINDS, kept)
        finally:
            sys.setprofile(None)
        return self.counts

    def _note(self, frame: Any, what: str, called: Any) -> None:
        if Path(frame.f_code.co_filename).name not in {"factors.py", "hmac.py"}:
            return  # whoever counts, and the collector of garbage
        if what == "call":
            self.counts[frame.f_code.co_name] += 1
        elif what == "c_call":
            self.counts[called.__name__] += 1


@settings(max_examples=50)
@given(st.integers(0, MOST_FACTORS + 3), st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_as_much_is_hashed_and_compared_whatever_is_kept(count: int, typed: str) -> None:
    key = FactorKey(b"k" * 32)
    kept = [key.hash(f"mã {number}", FactorKind.PHONE, typed) for number in range(count)]
    of_nothing = Calls().of(key, typed, ())
    assert Calls().of(key, typed, kept) == of_nothing
    assert of_nothing["compare_digest"] == len(FactorKind) * MOST_FACTORS
    assert of_nothing["hash"] == len(FactorKind)
