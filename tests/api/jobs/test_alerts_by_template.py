"""What an operator is told of template messages that do not go out, and of their end."""

from collections.abc import Sequence
from typing import Any

import pytest
import structlog

from api.store.database import Database
from bot.channels.alerts import Told
from bot.channels.errors import ChannelBroken, DeliveryFailed, FateUnknown, Resting, TryLater
from bot.dossiers.status import State
from tests.support.alerting import AWay, alerting_of
from tests.support.dossiers import CODE
from tests.support.following import HUNG, LAN, Following

pytestmark = pytest.mark.anyio

AN_HOUR = 3600.0


@pytest.fixture
async def world(database: Database) -> Following:
    """Lan and Hung follow a dossier whose result is there now."""
    world = Following(database)
    await world.tell(State.PROCESSING)
    for key in (LAN, HUNG):
        await world.follow(key)
    await world.tell(State.DONE)
    return world


def named(lines: Sequence[Any], event: str) -> list[Any]:
    return [line for line in lines if line["event"] == event]


async def test_of_an_outage_an_operator_is_told_once_and_of_its_end(world: Following) -> None:
    broken = ChannelBroken("-115: Tài khoản ZNS không đủ số dư.")
    way = AWay([broken, broken, broken, broken, Told.TEMPLATED])
    alerting = alerting_of(world, ways={"telegram": way})
    with structlog.testing.capture_logs() as lines:
        for _ in range(3):
            await alerting.step()
            world.now += AN_HOUR
    (told,) = named(lines, "channel_broken")
    assert (told["channel"], told["reason"]) == ("zns", "-115")
    assert "docs/zalo-token.md" in told["remedy"]
    assert len(named(lines, "delivery_failed")) == 4
    assert len(named(lines, "channel_works_again")) == 1
    assert await world.parts() == []
    for private in (CODE, LAN.user_id):
        assert private not in repr(lines)


@pytest.mark.parametrize("error", [TryLater("-32"), FateUnknown("ReadTimeout")])
async def test_what_passes_by_itself_is_counted_and_no_alarm(
    world: Following, error: DeliveryFailed
) -> None:
    alerting = alerting_of(world, ways={"telegram": AWay([error])})
    with structlog.testing.capture_logs() as lines:
        await alerting.step()
    assert len(named(lines, "delivery_failed")) == 2
    assert named(lines, "channel_broken") == []
    kind = type(error).__name__
    assert f'channel="zns",error="{kind}"}} 2.0' in alerting.meters.text().decode()


async def test_while_templates_rest_nothing_is_noted_and_nothing_counts_as_an_attempt(
    world: Following,
) -> None:
    alerting = alerting_of(world, ways={"telegram": AWay([Resting("zns rests", 600.0)])})
    with structlog.testing.capture_logs() as lines:
        await alerting.step()
    assert lines == []
    assert 'error="Resting"' not in alerting.meters.text().decode()
    rows = await world.rows()
    assert [(row.attempts, row.told_at, row.next_at) for row in rows] == [
        (0, None, world.now + 600.0)
    ] * 2
