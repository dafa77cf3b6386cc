"""Reminders, and what an official saw, are told in words, by day, where a message is allowed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from api.jobs.noticing import Noticing
from api.jobs.quiet_hours import QuietHours
from api.jobs.telling import AT_ONCE
from api.meters import Meters
from api.store.arrival_codec import load_part
from api.store.channel_tables import outbox
from api.store.database import Database
from api.store.migrate import migrate
from bot.channels.alerts import AlertWay
from bot.channels.zalo_oa.alerting import ZaloOaWay
from bot.channels.zalo_oa.windows import FREE_SECONDS
from bot.dossiers.ports import Asker
from bot.filings.state import Filing
from bot.guide.filing import paper_key
from bot.messages import ConversationKey
from bot.rendering import Desk
from knowledge.library import Library
from tests.support.builders import a_circumstance, a_paper, a_procedure
from tests.support.channels import FakeChannel
from tests.support.desks import a_desk
from tests.support.dossiers import VIETNAM
from tests.support.slips import DAY, LAN, SlipWorld

pytestmark = pytest.mark.anyio

FORM, PROOF = a_paper("Tờ khai thay đổi thông tin cư trú"), a_paper("Hợp đồng thuê nhà")
RESIDENCE = a_procedure(circumstances=(a_circumstance(FORM, PROOF),))
FILING = Filing(RESIDENCE.code, ticked=(paper_key(FORM),))
ON_ZALO = ConversationKey("zalo_oa", "5555")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[SlipWorld]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield SlipWorld(database)
    await database.close()


def noticing_of(world: SlipWorld, **changes: Any) -> Noticing:
    """The loop in one process, on the clock of the world."""
    library = Library.of([RESIDENCE])

    def desk() -> Desk:
        return a_desk(today=datetime.fromtimestamp(world.now, VIETNAM).date())

    ways: dict[str, AlertWay] = {"zalo_oa": ZaloOaWay(world.clock, pays=False)}
    given: dict[str, Any] = {
        "notices": world.notices,
        "channels": {name: FakeChannel(name) for name in ("telegram", "zalo_oa", "zalo_bot")},
        "desk": desk,
        "library": lambda: library,
        "meters": Meters(),
        "clock": world.clock,
        "quiet": QuietHours(21, 7),
        "ways": ways,
        "jitter": lambda: 0.0,
    }
    return Noticing(**(given | changes))


async def remind(world: SlipWorld, key: ConversationKey = LAN, filing: Filing = FILING) -> None:
    await world.meet(key)
    await world.desk.remind(key, filing, world.moment() + timedelta(hours=1))


async def test_a_reminder_names_what_is_still_missing(world: SlipWorld) -> None:
    await remind(world)
    world.now += 3600
    await noticing_of(world).step()
    ((person, text),) = await world.messages()
    assert person == LAN.user_id
    assert PROOF.name in text
    assert FORM.name not in text
    (row,) = await world.all_of(outbox)
    part = load_part(row.part)
    assert part.unasked
    assert part.again is not None
    assert PROOF.name in str(part.again.body["text"]) != text


async def test_what_an_official_did_not_see_is_told_to_each_holder(world: SlipWorld) -> None:
    code = (await world.a_slip(LAN, FILING)).filing.slip
    await world.meet(ON_ZALO)
    await world.desk.open(Asker(ON_ZALO), code)
    await world.desk.check(7, code, [paper_key(PROOF)], [])
    loop = noticing_of(world)
    await loop.step()
    told = await world.messages()
    assert sorted(person for person, _ in told) == sorted([LAN.user_id, ON_ZALO.user_id])
    assert all(FORM.name in text and PROOF.name not in text for _, text in told)
    assert code not in str(told)
    await loop.step()
    assert await world.messages() == told
    counted = loop.meters.registry.get_sample_value
    for channel in ("telegram", "zalo_oa"):
        assert counted("motcua_notices_total", {"channel": channel, "way": "message"}) == 1


async def test_nobody_is_told_at_night(world: SlipWorld) -> None:
    await remind(world)
    world.now += 13 * 3600.0  # ten in the evening
    loop = noticing_of(world)
    await loop.step()
    assert await world.messages() == []
    world.now += 9 * 3600.0
    await loop.step()
    assert len(await world.messages()) == 1


async def test_where_the_window_is_closed_it_waits_until_she_writes(world: SlipWorld) -> None:
    await remind(world, ON_ZALO)
    world.now += FREE_SECONDS + 60
    loop = noticing_of(world)
    for _ in range(2):
        await loop.step()
        assert await world.messages() == []
        world.now += DAY
    await world.meet(ON_ZALO, last_seen_at=world.now)
    await loop.step()
    ((person, _),) = await world.messages()
    assert person == ON_ZALO.user_id


async def test_a_channel_without_buttons_is_told_what_can_be_typed(world: SlipWorld) -> None:
    await remind(world)
    await remind(world, ConversationKey("zalo_bot", "7"))
    world.now += 3600
    await noticing_of(world).step()
    with_buttons, in_words = (text for _, text in await world.messages())
    assert with_buttons != in_words
    assert "[" not in in_words


async def test_a_procedure_that_is_known_no_longer_is_told_of_no_more(world: SlipWorld) -> None:
    await remind(world, filing=replace(FILING, code="9.999999"))
    world.now += 3600
    loop = noticing_of(world)
    await loop.step()
    assert await world.messages() == []
    world.now += DAY
    assert not await world.notices.waiting(["telegram"])


async def test_a_bug_with_one_loses_none(world: SlipWorld) -> None:
    await remind(world)
    await remind(world, ON_ZALO)
    world.now += 3600
    loop = noticing_of(world)
    broken = noticing_of(world, channels={**loop.channels, "telegram": Broken()})
    await broken.step()
    assert [person for person, _ in await world.messages()] == [ON_ZALO.user_id]
    world.now += 600
    await loop.step()
    assert len(await world.messages()) == 2


class Broken(FakeChannel):
    """Has a bug in the words."""

    @override
    def dress(self, *_given: Any) -> Any:
        raise KeyError("lỗi")


async def test_as_many_as_wait_are_told_in_one_step(world: SlipWorld) -> None:
    for number in range(AT_ONCE + 5):
        await world.desk.remind(ConversationKey("telegram", str(number)), FILING, world.moment())
    await noticing_of(world).step()
    assert len(await world.messages()) == AT_ONCE + 5
