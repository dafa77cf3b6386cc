"""Case 30 at random points: a process that renews all the time is killed again and again."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.errors import ChannelBroken
from bot.channels.zalo_oa import tokens
from tests.api.store.test_token_replicas import CLOCKS_DIFFER_SECONDS, Town, _go, _kill, a_town
from tests.support.zalo_tokens import Zalo, consented, until

pytestmark = pytest.mark.anyio

KILLS = 6
LONGEST_LIFE_SECONDS = 0.3


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with Zalo() as zalo:
        yield zalo


async def live_and_die(town: Town, chance: random.Random) -> None:
    before = town.zalo.renewals
    process = await town.start("forever")
    _go(process)
    await until(lambda: town.zalo.renewals > before)
    await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
    await _kill(process)


async def test_case_30_whenever_the_process_is_killed_the_chain_goes_on_or_says_that_it_ended(
    address: str, tmp_path: Path, zalo: Zalo
) -> None:
    chance = random.Random(30)  # noqa: S311 - to be repeated
    lost = 0
    async with a_town(address, tmp_path, zalo) as town:
        for _ in range(KILLS):
            await live_and_die(town, chance)
            town.clock.now += tokens.UNFINISHED_SECONDS + CLOCKS_DIFFER_SECONDS
            keeper = town.replica("a")
            held = await keeper.current()
            if held != zalo.oauth.access_token:  # the answer never reached the process
                with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
                    await keeper.renew(held)
                assert town.alarms.events[-1] == tokens.REFUSED_EVENT
                lost += 1
                held = await consented(zalo, keeper)
                town.clock.now += tokens.FRESH_SECONDS + CLOCKS_DIFFER_SECONDS
            assert await keeper.renew(held) == zalo.oauth.access_token
    assert zalo.renewals > 2 * KILLS
    assert town.alarms.events.count(tokens.REFUSED_EVENT) == lost
    spent = zalo.oauth.refused.count("invalid refresh token")
    assert spent == lost, "a spent refresh token is sent only where its answer was lost"
