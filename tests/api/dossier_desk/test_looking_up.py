"""Whoever proves that a dossier is hers is told everything, and nobody else anything."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from api.store.database import Database
from bot.dossiers.ports import Asker, DossierDesk, Found, Locked, NoMatch
from bot.dossiers.status import FactorKind, State
from bot.messages import ConversationKey
from tests.support.desk_parts import (
    CODE,
    LAN,
    MINH,
    NOBODYS,
    NOON,
    RIGHT,
    WRONG,
    Office,
    an_office,
    an_update,
)

pytestmark = pytest.mark.anyio


def somebody(number: int, address: str = "") -> Asker:
    return Asker(ConversationKey("telegram", str(number)), address)


async def test_the_desk_keeps_the_port(office: Office) -> None:
    desk: DossierDesk = office.desk
    assert desk.terms.is_open


async def test_code_and_factor_open_a_dossier_with_its_history(office: Office) -> None:
    found = await office.desk.look_up(LAN, CODE, RIGHT)
    assert isinstance(found, Found)
    assert (found.status.state, found.status.applicant) == (State.PROCESSING, "N*** V** A**")
    assert [step.note for step in found.status.history] == ["Chuyển cán bộ thụ lý"]
    assert (found.followed, found.remembered, found.status.terse) == (False, False, False)


@pytest.mark.parametrize(
    "factor", [WRONG, "", "567", "56789", "５６７８", "5678 ", "\0", "x" * 10**6]
)
async def test_a_wrong_factor_and_a_wrong_code_get_the_same_answer(
    office: Office, factor: str
) -> None:
    assert await office.desk.look_up(LAN, CODE, factor) == NoMatch()
    assert await office.desk.look_up(LAN, NOBODYS, factor) == NoMatch()


@pytest.mark.parametrize("code", ["", "' OR 1=1 --", "H17", "\ud800", "hồ sơ", "9" * 1000])
async def test_what_is_no_code_at_all_is_a_wrong_one(office: Office, code: str) -> None:
    assert await office.desk.look_up(LAN, code, RIGHT) == NoMatch()


async def test_a_factor_of_a_kind_that_is_not_accepted_opens_nothing(database: Database) -> None:
    office = an_office(database, kinds=(FactorKind.IDENTITY,))
    await office.shelf.book.put([an_update()], "test")
    assert await office.desk.look_up(LAN, CODE, RIGHT) == NoMatch()


async def test_a_dossier_without_factors_is_opened_by_nothing(office: Office) -> None:
    await office.shelf.book.put([an_update("H17.15-261116-0013", factors={})], "test")
    for factor in ("", "0000", RIGHT):
        assert await office.desk.look_up(LAN, "H17.15-261116-0013", factor) == NoMatch()


@pytest.mark.parametrize("code", [CODE, NOBODYS])
async def test_five_wrong_factors_lock_a_code_for_everybody(office: Office, code: str) -> None:
    for number in range(5):
        assert await office.desk.look_up(somebody(number), code, WRONG) == NoMatch()
    locked = Locked(NOON + timedelta(minutes=1))
    assert await office.desk.look_up(LAN, code, RIGHT) == locked
    assert await office.desk.look_up(LAN, code, WRONG) == locked
    office.clock.now += timedelta(minutes=1)
    answer = await office.desk.look_up(LAN, code, RIGHT)
    assert isinstance(answer, Found if code == CODE else NoMatch)


async def test_each_further_mistake_doubles_the_wait(office: Office) -> None:
    for _ in range(5):
        await office.desk.look_up(LAN, CODE, WRONG)
    waits = []
    for _ in range(4):
        locked = await office.desk.look_up(LAN, CODE, WRONG)
        assert isinstance(locked, Locked)
        waits.append((locked.until - office.clock.now).total_seconds() / 60)
        office.clock.now = locked.until
        assert await office.desk.look_up(LAN, CODE, WRONG) == NoMatch()
    assert waits == [1, 2, 4, 8]


async def test_five_wrong_codes_lock_a_person_and_nobody_else(office: Office) -> None:
    for number in range(5):
        await office.desk.look_up(LAN, f"H17.15-261116-1{number:03}", WRONG)
    assert isinstance(await office.desk.look_up(LAN, CODE, RIGHT), Locked)
    assert isinstance(await office.desk.look_up(MINH, CODE, RIGHT), Found)


async def test_twenty_mistakes_lock_an_address_for_an_hour_at_most(office: Office) -> None:
    address = "2001:db8:1:2::/64"
    for number in range(20):
        code = f"H17.15-261116-1{number:03}"
        assert await office.desk.look_up(somebody(number, address), code, WRONG) == NoMatch()
    assert isinstance(await office.desk.look_up(somebody(99, address), CODE, RIGHT), Locked)
    assert isinstance(await office.desk.look_up(somebody(99), CODE, RIGHT), Found)
    assert isinstance(await office.desk.look_up(MINH, CODE, RIGHT), Found)


async def test_platforms_that_tell_no_address_do_not_share_one(office: Office) -> None:
    for number in range(30):
        code = f"H17.15-261116-1{number:03}"
        assert await office.desk.look_up(somebody(number), code, WRONG) == NoMatch()


async def test_getting_it_right_forgives_ones_own_mistakes(office: Office) -> None:
    for _ in range(3):
        for _ in range(4):
            assert await office.desk.look_up(LAN, CODE, WRONG) == NoMatch()
        assert isinstance(await office.desk.look_up(LAN, CODE, RIGHT), Found)


async def test_the_owner_s_look_ups_do_not_let_a_stranger_guess_more(office: Office) -> None:
    told = []
    for number in range(12):
        told.append(await office.desk.look_up(somebody(number), CODE, WRONG))
        await office.desk.look_up(LAN, CODE, RIGHT)
    assert [isinstance(one, Locked) for one in told] == [False] * 5 + [True] * 7


async def test_guessing_at_once_is_no_better_than_one_after_the_other(office: Office) -> None:
    guesses = [f"{number:04}" for number in range(200)] + [RIGHT]
    told = await asyncio.gather(
        *(office.desk.look_up(somebody(at), CODE, guess) for at, guess in enumerate(guesses))
    )
    assert sum(not isinstance(one, Locked) for one in told) == 5


async def test_an_opened_dossier_is_opened_again_without_a_factor(office: Office) -> None:
    for _ in range(5):
        await office.desk.look_up(LAN, CODE, WRONG)
    assert isinstance(await office.desk.reopen(LAN, CODE), Found)
    assert await office.desk.reopen(LAN, NOBODYS) == NoMatch()


async def test_what_a_person_agreed_to_is_told_with_the_dossier(office: Office) -> None:
    await office.desk.remember(LAN.key, CODE, follow=False)
    found = await office.desk.look_up(LAN, CODE, RIGHT)
    assert isinstance(found, Found)
    assert (found.remembered, found.followed) == (True, False)
    await office.desk.remember(LAN.key, CODE, follow=True)
    assert [one.followed for one in await office.desk.remembered(LAN.key)] == [True]
    assert await office.desk.remembered(MINH.key) == []
    await office.desk.forget(LAN.key, "", entirely=True)
    assert await office.desk.remembered(LAN.key) == []


class TestPublishedByCodeAlone:
    """Where a province publishes by code alone, state and days are told, and nothing else."""

    @pytest.fixture
    async def office(self, database: Database) -> Office:
        office = an_office(database, kinds=())
        await office.shelf.book.put([an_update()], "test")
        return office

    async def test_only_state_and_days_are_told(self, office: Office) -> None:
        for found in (
            await office.desk.look_up(LAN, CODE, ""),
            await office.desk.reopen(LAN, CODE),
        ):
            assert isinstance(found, Found)
            status = found.status
            assert (status.terse, status.state, status.code) == (True, State.PROCESSING, CODE)
            assert status.due_at == NOON + timedelta(days=3)
            told = repr(replace(status, code=""))
            for detail in (
                "N***",
                "Ngô Quyền",
                "thường trú",
                "1.004222",
                "thụ lý",
                "Lệ phí",
                "một cửa",
            ):
                assert detail not in told

    async def test_dossiers_can_be_remembered_without_their_name(self, office: Office) -> None:
        await office.desk.remember(LAN.key, CODE, follow=True)
        (one,) = await office.desk.remembered(LAN.key)
        assert (one.code, one.procedure_name, one.followed) == (CODE, "", True)

    async def test_trying_codes_out_locks_the_person(self, office: Office) -> None:
        for number in range(5):
            assert await office.desk.look_up(LAN, f"H17.15-261116-1{number:03}", "") == NoMatch()
        assert isinstance(await office.desk.look_up(LAN, CODE, ""), Locked)
