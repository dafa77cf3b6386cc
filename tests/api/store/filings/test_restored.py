"""A restore tells nobody again of a filing what was told since the backup."""

from pathlib import Path

import pytest

from api.store.erasing import erase_person
from bot.dossiers.ports import Asker
from bot.filings.state import Checked
from tests.api.store.backups import KINDS, Databases, backed_up, bring_back
from tests.support.slips import BIRTH, DAY, HUNG, LAN, OTHER_PAPER, PAPER, SlipWorld

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("kind", KINDS)
async def test_what_was_told_since_is_not_told_again_and_the_rest_is(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    world = SlipWorld(await databases.fresh(kind))
    told = (await world.a_slip()).filing.slip
    waits = (await world.a_slip(HUNG)).filing.slip
    anew = (await world.a_slip()).filing.slip
    for code in (told, waits, anew):
        await world.desk.check(7, code, [], [PAPER])
    backup = await backed_up(world.database, tmp_path)
    for _ in range(2):
        assert set(await world.tell_all()) <= {True}
    await world.desk.check(7, waits, [PAPER], [OTHER_PAPER])  # nobody was told of this look yet
    await bring_back(world.database, backup, tmp_path)
    (again,) = await world.claim()
    assert (again.key, again.checked) == (HUNG, Checked((), world.now))
    world.now += DAY
    await world.desk.check(7, anew, [PAPER], [OTHER_PAPER])
    found = {one.key: one.checked for one in await world.claim()}
    assert found == {LAN: Checked((PAPER,), world.now), HUNG: again.checked}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_still_waits_comes_back_with_its_slip(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    world = SlipWorld(await databases.fresh(kind))
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    backup = await backed_up(world.database, tmp_path)
    for database in (world.database, await databases.fresh(kind)):
        await bring_back(database, backup, tmp_path)
        again = SlipWorld(database, now=world.now)
        slip = await again.desk.latest(LAN, code)
        assert slip is not None
        assert slip.filing.ticked == BIRTH.ticked
        (notice,) = await again.claim()
        assert notice.checked == Checked((PAPER,), world.now)


@pytest.mark.parametrize("kind", KINDS)
async def test_nobody_is_told_what_she_took_back_since(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    world = SlipWorld(await databases.fresh(kind))
    slip = (await world.a_slip()).filing
    await world.desk.open(Asker(HUNG), slip.slip)
    await world.meet(HUNG)
    await world.desk.check(7, slip.slip, [PAPER], [OTHER_PAPER])
    for key in (LAN, HUNG):
        await world.desk.remind(key, slip, world.moment())
    backup = await backed_up(world.database, tmp_path)
    await world.desk.do_not_remind(LAN, "")
    await world.database.transact(lambda connection: erase_person(connection, HUNG, world.now))
    await bring_back(world.database, backup, tmp_path)
    (notice,) = await world.claim()
    assert (notice.key, notice.checked) == (LAN, Checked((PAPER,), world.now))
    assert await world.desk.latest(HUNG, slip.slip) is not None  # as the operator asked


@pytest.mark.parametrize("kind", KINDS)
async def test_the_only_person_there_was_is_not_written_to_after_she_left(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    world = SlipWorld(await databases.fresh(kind))
    code = (await world.a_slip()).filing.slip
    await world.desk.check(7, code, [PAPER], [OTHER_PAPER])
    backup = await backed_up(world.database, tmp_path)
    await world.database.transact(lambda connection: erase_person(connection, LAN, world.now))
    await bring_back(world.database, backup, tmp_path)
    assert await world.claim() == []
