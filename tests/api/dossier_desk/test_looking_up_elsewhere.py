"""Dossiers of which another system tells: what it says is kept, and it may be away."""

import pytest

from api.store.database import Database
from bot.dossiers.ports import Away, Found, Locked, NoMatch
from bot.dossiers.status import FactorKind
from tests.support.desk_parts import (
    CODE,
    LAN,
    NOBODYS,
    NOON,
    RIGHT,
    WRONG,
    Office,
    an_office,
    an_update,
)

pytestmark = pytest.mark.anyio


class TestWithAnotherSystem:
    """What it tells is kept; what is known stays known while it is away."""

    @pytest.fixture
    def office(self, database: Database) -> Office:
        return an_office(database, remote=True)

    async def test_what_it_tells_is_found_and_kept(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        assert isinstance(await office.desk.look_up(LAN, CODE, RIGHT), Found)
        office.source.known.clear()
        assert isinstance(await office.desk.reopen(LAN, CODE), Found)

    async def test_what_nobody_proved_is_not_kept(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        assert await office.desk.look_up(LAN, CODE, WRONG) == NoMatch()
        assert await office.book.get(CODE) is None

    async def test_new_digits_that_it_tells_are_right_at_once(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        assert isinstance(await office.desk.look_up(LAN, CODE, RIGHT), Found)
        office.source.known[CODE] = [an_update(factors={FactorKind.PHONE: "4321"})]
        assert isinstance(await office.desk.look_up(LAN, CODE, "4321"), Found)

    async def test_updates_of_other_dossiers_are_not_taken(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update(NOBODYS)]
        assert await office.desk.look_up(LAN, CODE, RIGHT) == NoMatch()
        assert await office.shelf.book.get(NOBODYS) is None

    async def test_while_it_is_away_the_last_known_is_told_to_the_owner_alone(
        self, office: Office
    ) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        found = await office.desk.look_up(LAN, CODE, RIGHT)
        office.source.away = True
        assert isinstance(found, Found)
        assert await office.desk.look_up(LAN, CODE, RIGHT) == Away(found)
        assert await office.desk.reopen(LAN, CODE) == Away(found)
        assert await office.desk.look_up(LAN, CODE, WRONG) == Away()
        assert await office.desk.look_up(LAN, NOBODYS, RIGHT) == Away()
        assert await office.desk.reopen(LAN, NOBODYS) == Away()

    async def test_an_answer_that_cannot_be_read_gives_no_dossier_away(
        self, office: Office
    ) -> None:
        assert office.source is not None
        office.source.unreadable.add(CODE)
        for factor in (WRONG, RIGHT):
            assert await office.desk.look_up(LAN, CODE, factor) == NoMatch()
            assert await office.desk.look_up(LAN, NOBODYS, factor) == NoMatch()

    async def test_whose_dossier_it_is_learns_that_an_answer_cannot_be_read(
        self, office: Office
    ) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        found = await office.desk.look_up(LAN, CODE, RIGHT)
        assert isinstance(found, Found)
        office.source.unreadable.add(CODE)
        assert await office.desk.look_up(LAN, CODE, RIGHT) == Away(found)
        assert await office.desk.reopen(LAN, CODE) == Away(found)
        assert await office.desk.look_up(LAN, CODE, WRONG) == NoMatch()

    async def test_an_old_number_is_wrong_once_another_one_is_told(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        assert isinstance(await office.desk.look_up(LAN, CODE, RIGHT), Found)
        office.source.known[CODE] = [
            an_update(),
            an_update(at=NOON, factors={FactorKind.PHONE: "4321"}),
        ]
        assert await office.desk.look_up(LAN, CODE, RIGHT) == NoMatch()
        assert isinstance(await office.desk.look_up(LAN, CODE, "4321"), Found)

    async def test_nothing_is_asked_for_somebody_who_must_wait(self, office: Office) -> None:
        assert office.source is not None
        for _ in range(5):
            await office.desk.look_up(LAN, CODE, WRONG)
        assert isinstance(await office.desk.look_up(LAN, CODE, WRONG), Locked)
        assert len(office.source.asked) == 5

    async def test_guesses_count_while_it_is_away(self, office: Office) -> None:
        assert office.source is not None
        office.source.away = True
        told = [await office.desk.look_up(LAN, CODE, WRONG) for _ in range(6)]
        assert [type(one) for one in told] == [Away] * 5 + [Locked]

    @pytest.mark.parametrize("away", [False, True])
    @pytest.mark.parametrize(("hit", "miss"), [(0.4, 0.05), (0.01, 0.9), (0.999, 0.0)])
    async def test_refusals_take_the_same_time_whatever_it_takes_to_find_or_to_miss(
        self,
        office: Office,
        hit: float,
        miss: float,
        away: bool,  # noqa: FBT001 - a parameter of the test
    ) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        office.source.hit_seconds, office.source.miss_seconds = hit, miss
        office.source.away = away
        took = []
        for code in (CODE, NOBODYS):
            began = office.clock.passed
            await office.desk.look_up(LAN, code, WRONG)
            took.append(round(office.clock.passed - began, 9))
        assert took == [1.0, 1.0]

    async def test_a_refusal_that_takes_longer_ends_on_the_grid_too(self, office: Office) -> None:
        assert office.source is not None
        office.source.miss_seconds = 3.2
        await office.desk.look_up(LAN, NOBODYS, WRONG)
        assert office.clock.passed == pytest.approx(4.0)

    async def test_a_dossier_that_is_found_is_told_at_once(self, office: Office) -> None:
        assert office.source is not None
        office.source.known[CODE] = [an_update()]
        await office.desk.look_up(LAN, CODE, RIGHT)
        assert office.clock.slept == []
