"""A slip is one filing in many hands; nobody's change is lost, and an official's is told."""

import asyncio
import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from api.filing_desk.ports import CounterSlip
from api.store.filing_tables import notices, slip_holders, slips
from api.store.telling import LEASE_SECONDS
from bot.dossiers.ports import Asker
from bot.filings.ports import NoSlip, Slip
from bot.filings.state import Checked, FilingStage
from tests.support.slips import (
    BIRTH,
    DAY,
    DAYS,
    HUNG,
    LAN,
    ON_THE_WEB,
    OTHER_PAPER,
    PAPER,
    THIRD_PAPER,
    SlipWorld,
)

pytestmark = pytest.mark.anyio


async def test_a_slip_shows_on_another_channel_what_was_kept(world: SlipWorld) -> None:
    made = await world.a_slip(ON_THE_WEB)
    assert made.filing == replace(BIRTH, slip=made.filing.slip, version=1)
    assert made.expires_at == world.now + DAYS * DAY
    opened = await world.desk.open(Asker(LAN), made.filing.slip.lower())
    assert opened == made
    (row,) = await world.all_of(slips)
    assert made.filing.slip not in "".join(map(str, row))
    assert len(await world.all_of(slip_holders)) == 2


async def test_each_change_counts_a_version_and_puts_the_end_off(world: SlipWorld) -> None:
    made = await world.a_slip()
    world.now += DAY
    steps = replace(made.filing, stage=FilingStage.STEPS, step="dang-nhap", asides=2)
    changed = await world.desk.keep(LAN, steps)
    assert changed.filing == replace(steps, version=2)
    assert changed.expires_at == made.expires_at + DAY
    same = await world.desk.keep(LAN, changed.filing)
    assert same.filing.version == 2
    found = await world.desk.latest(LAN, made.filing.slip)
    assert found is not None
    assert found.filing == replace(changed.filing, asides=0)


async def test_what_is_ticked_at_once_in_two_places_is_ticked(world: SlipWorld) -> None:
    made = await world.a_slip()
    code = made.filing.slip
    chat = replace(made.filing, ticked=(THIRD_PAPER,))  # and takes PAPER away
    page = await world.desk.tick_on_page("", code, OTHER_PAPER, on=True)
    assert isinstance(page, Slip)
    assert page.filing.ticked == (PAPER, OTHER_PAPER)
    both = await world.desk.keep(LAN, chat)
    assert both.filing.ticked == (OTHER_PAPER, THIRD_PAPER)
    assert both.filing.version == 3


async def test_a_change_made_long_ago_takes_nothing_back(world: SlipWorld) -> None:
    made = await world.a_slip()
    for number in range(6):
        await world.desk.tick_on_page("", made.filing.slip, f"{number:08x}", on=True)
    late = await world.desk.keep(LAN, replace(made.filing, ticked=()))
    assert len(late.filing.ticked) == 7


async def test_ticks_of_many_at_once_are_all_kept(world: SlipWorld) -> None:
    made = await world.a_slip()
    keys = [f"{number:08x}" for number in range(8)]
    ticking = (world.desk.tick_on_page("", made.filing.slip, key, on=True) for key in keys)
    await asyncio.gather(*ticking)
    found = await world.desk.latest(LAN, made.filing.slip)
    assert found is not None
    assert found.filing.ticked == tuple(sorted({PAPER, *keys}))
    assert found.filing.version == 9


async def test_a_slip_ends_and_only_the_citizen_puts_that_off(world: SlipWorld) -> None:
    made = await world.a_slip()
    code = made.filing.slip
    world.now += DAY
    await world.desk.at_counter(1, code)
    await world.desk.check(1, code, [PAPER], [OTHER_PAPER])
    world.now = made.expires_at - 1
    assert await world.desk.latest(LAN, code) is not None
    world.now = made.expires_at
    assert await world.desk.latest(LAN, code) is None
    assert await world.desk.open(Asker(LAN), code) == NoSlip()
    assert await world.desk.check(1, code, [PAPER], [OTHER_PAPER]) == NoSlip()
    anew = await world.desk.keep(LAN, made.filing)
    assert anew.filing.slip != code
    assert anew.filing.ticked == made.filing.ticked


async def test_only_holders_see_a_slip_without_its_code_being_counted(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    assert await world.desk.latest(HUNG, code) is None
    await world.desk.open(Asker(HUNG), code)
    assert await world.desk.latest(HUNG, code) is not None
    await world.desk.let_go(HUNG, code)
    assert await world.desk.latest(HUNG, code) is None
    assert await world.desk.latest(LAN, code) is not None
    await world.desk.let_go(LAN, code)
    assert await world.all_of(slips) == []


async def test_what_an_official_saw_is_on_the_slip_and_told_to_those_who_can_be(
    world: SlipWorld,
) -> None:
    made = await world.a_slip(ON_THE_WEB)
    code = made.filing.slip
    await world.desk.open(Asker(LAN), code)
    await world.desk.open(Asker(replace(LAN, user_id="-100")), code)  # a group
    world.now += 60
    found = await world.desk.check(7, code, [OTHER_PAPER, PAPER, "không phải khoá", PAPER], [])
    assert not isinstance(found, NoSlip)
    seen = Checked((PAPER, OTHER_PAPER), world.now)
    assert getattr(found, "told", None) == 1
    for slip in (getattr(found, "slip", None), await world.desk.latest(ON_THE_WEB, code)):
        assert isinstance(slip, Slip)
        assert slip.checked == seen
        assert slip.filing == made.filing
    (row,) = await world.all_of(notices)
    assert (row.channel, row.user_id) == (LAN.channel, LAN.user_id)


async def test_a_new_look_takes_the_place_of_one_that_waits_and_the_same_tells_nothing(
    world: SlipWorld,
) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    await world.desk.check(7, code, [PAPER, OTHER_PAPER], [])
    (notice,) = await world.claim()
    assert notice.checked == Checked((PAPER, OTHER_PAPER), world.now)
    world.now += LEASE_SECONDS + 1
    assert await world.tell_all() == [True]
    await world.desk.check(7, code, [OTHER_PAPER, PAPER], [])
    assert await world.claim() == []
    await world.desk.check(7, code, [], [PAPER])
    (anew,) = await world.claim()
    assert anew.checked is not None
    assert anew.checked.seen == ()


async def test_a_slip_of_another_version_of_the_program_has_ended(world: SlipWorld) -> None:
    made = await world.a_slip()
    async with world.database.writing() as connection:
        await connection.execute(slips.update().values(filing='{"now": {"mã": 1}}'))
    assert await world.desk.latest(LAN, made.filing.slip) is None
    anew = await world.desk.keep(LAN, made.filing)
    assert anew.filing.slip != made.filing.slip


async def test_a_list_that_grew_is_told_though_the_same_papers_are_there(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    assert await world.tell_all() == [True]
    world.now += 60
    changed = replace(BIRTH, slip=code, version=1, answers=(("nop", "quay"),))
    await world.desk.keep(LAN, changed)
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER, THIRD_PAPER])
    (notice,) = await world.claim()
    assert notice.filing.answers == (("nop", "quay"),)


async def test_who_opens_a_slip_later_is_told_by_the_next_look_and_nobody_again(
    world: SlipWorld,
) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    assert await world.tell_all() == [True]
    world.now += 60
    await world.desk.open(Asker(HUNG), code)
    world.now += 60
    for telling in (1, 0):
        found = await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
        assert isinstance(found, CounterSlip)
        assert (found.told, found.telling) == (2, telling)
        world.now += 60
    (notice,) = await world.claim()
    assert notice.key == HUNG


async def test_a_slip_that_an_older_version_wrote_is_read_and_told_once_more(
    world: SlipWorld,
) -> None:
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    (row,) = await world.all_of(slips)
    tree = json.loads(row.filing)
    del tree["missing"]
    async with world.database.writing() as connection:
        await connection.execute(update(slips).values(filing=json.dumps(tree)))
    assert (await world.desk.latest(LAN, code)) is not None
    for telling in (1, 0):
        found = await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
        assert getattr(found, "telling", None) == telling
