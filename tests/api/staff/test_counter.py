"""The counter in memory and the real one keep one promise; and the pages over the real one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.filing_desk.ports import CounterSlip, SlipCounter
from bot.dossiers.ports import Locked
from bot.filings.ports import NoSlip
from bot.filings.state import Filing
from bot.guide.filing import view_of
from tests.api.conftest import serving, shipped_library
from tests.support.counters import BIRTH, MemoryCounter
from tests.support.slips import LAN as CITIZEN
from tests.support.slips import SlipWorld
from tests.support.staff_desk import (
    StaffDesk,
    a_browser,
    office_of,
    serve_staff,
)

pytestmark = pytest.mark.anyio

ANH, BINH = 1, 2
UNKNOWN = "A2A2A2"
WRONG_AT_MOST = 40


@dataclass
class Kept:
    """A counter, and the code of the one slip that it knows."""

    counter: SlipCounter
    code: str


@pytest.fixture(params=["memory", "real"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    if request.param == "memory":
        counter = MemoryCounter()
        counter.put(BIRTH, told=1)
        yield Kept(counter, BIRTH.slip)
        return
    async with serving(tmp_path / "var") as services:
        world = SlipWorld(services.sessions._database)  # type: ignore[attr-defined]
        slip = await world.a_slip(CITIZEN, BIRTH)
        yield Kept(world.desk, slip.filing.slip)


def keys() -> list[str]:
    """Of the papers for a birth."""
    library = shipped_library()
    procedure = library.get(BIRTH.code)
    assert procedure is not None
    view = view_of(procedure, library.table(BIRTH.code), library.guide(BIRTH.code), BIRTH)
    return [one.key for one in view.listed]


async def test_a_code_opens_its_slip_and_no_other_does(kept: Kept) -> None:
    found = await kept.counter.at_counter(ANH, kept.code)
    assert isinstance(found, CounterSlip)
    assert found.told == 1
    assert found.slip.checked is None
    assert (found.slip.filing.code, found.slip.filing.slip) == (BIRTH.code, kept.code)
    assert isinstance(await kept.counter.at_counter(ANH, UNKNOWN), NoSlip)
    assert isinstance(await kept.counter.check(ANH, UNKNOWN, (), ()), NoSlip)


async def test_what_was_there_takes_the_place_of_what_was_before(kept: Kept) -> None:
    first, second = sorted(keys())[:2]
    for seen in ((second, first), (second,), ()):
        missing = {first, second} - {*seen}
        saved = await kept.counter.check(ANH, kept.code, seen, missing)
        assert isinstance(saved, CounterSlip)
        assert saved.slip.checked is not None
        assert saved.slip.checked.seen == tuple(sorted(seen))
        again = await kept.counter.at_counter(BINH, kept.code)
        assert isinstance(again, CounterSlip)
        assert again.slip.checked == saved.slip.checked
        assert again.slip.filing.ticked == BIRTH.ticked


async def test_people_are_told_when_something_else_is_missing_and_only_then(kept: Kept) -> None:
    first, second = sorted(keys())[:2]
    told = []
    for seen, missing in (
        ([first], [second]),
        ([first], [second]),
        ([first], []),
        ([first, second], []),
        ([first], [second]),
    ):
        saved = await kept.counter.check(ANH, kept.code, seen, missing)
        assert isinstance(saved, CounterSlip)
        assert saved.told == 1
        told.append(saved.telling)
    assert told == [1, 0, 1, 0, 1]


async def test_who_tries_many_codes_has_to_wait_and_nobody_else(kept: Kept) -> None:
    for _ in range(WRONG_AT_MOST):
        if isinstance(await kept.counter.at_counter(ANH, UNKNOWN), Locked):
            break
    assert isinstance(await kept.counter.at_counter(ANH, kept.code), Locked)
    assert isinstance(await kept.counter.check(ANH, kept.code, (), ()), Locked)
    assert isinstance(await kept.counter.at_counter(BINH, kept.code), CounterSlip)


async def test_what_is_ticked_on_the_page_is_told_to_the_citizen_once(
    desk: StaffDesk, tmp_path: Path
) -> None:
    world = SlipWorld(desk.database, now=desk.now.timestamp())
    slip = await world.a_slip(CITIZEN, replace(BIRTH, slip=""))
    code = slip.filing.slip
    async with serving(tmp_path / "other") as services:
        services.now = lambda: desk.now
        office = replace(office_of(desk, ""), counter=world.desk)
        desk.app = serve_staff(services, office, desk.passwords)
        async with a_browser(desk) as browser:
            await browser.log_in()
            await browser.get(f"/slip/{code}")
            there = browser.keys[0]
            saved = await browser.save(code, there)
            assert "1 nơi nhận" in saved.text
            await browser.get(f"/slip/{code}")
            assert browser.ticked == [there]
    assert len(await world.claim()) == 1
    latest = await world.desk.latest(CITIZEN, code)
    assert latest is not None
    assert latest.checked is not None
    assert latest.checked.seen == (there,)
    assert isinstance(latest.filing, Filing)


async def test_an_official_who_saves_the_same_reads_that_nobody_is_told_again(
    desk: StaffDesk, tmp_path: Path
) -> None:
    world = SlipWorld(desk.database, now=desk.now.timestamp())
    made = await world.a_slip(CITIZEN, replace(BIRTH, slip=""))
    code = made.filing.slip
    async with serving(tmp_path / "other") as services:
        services.now = lambda: desk.now
        office = replace(office_of(desk, ""), counter=world.desk)
        desk.app = serve_staff(services, office, desk.passwords)
        async with a_browser(desk) as browser:
            await browser.log_in()
            heard, there = [], ""
            for answers in ((), (), (("c3", "co"),)):  # somebody else goes for her
                await world.desk.keep(CITIZEN, replace(made.filing, answers=answers))
                await browser.get(f"/slip/{code}")
                there = there or browser.keys[0]
                saved = await browser.save(code, there)
                assert "Còn thiếu" in saved.text
                again = "Người dân đã được báo trước đó" in saved.text
                assert again != ("Đang báo cho người dân" in saved.text)
                assert again != ("nhận tin nhắn" in saved.text)
                heard.append((again, await world.tell_all()))
    assert heard == [(False, [True]), (True, []), (False, [True])]
