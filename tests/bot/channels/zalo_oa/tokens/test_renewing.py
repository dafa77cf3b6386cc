"""When the keeper renews, and how often: against a server that spends every refresh token once."""

import asyncio

import httpx
import pytest

from bot.channels.errors import ChannelBroken, TryLater
from bot.channels.zalo_oa import tokens
from tests.bot.channels.zalo_oa.tokens.conftest import Replica
from tests.support.local_http import Answered, Fault
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import NOW, TOKEN_SECONDS, Zalo, consented, until

pytestmark = pytest.mark.anyio


async def test_without_consent_the_operator_is_told_what_to_run(client: httpx.AsyncClient) -> None:
    keeper = Replica(client).keeper
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await keeper.current()
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await keeper.renew("access-token-number-1")


async def test_the_token_of_a_consent_is_handed_out(replica: Replica, zalo: Zalo) -> None:
    assert await replica.keeper.current() == zalo.oauth.access_token
    assert await replica.restarted().current() == zalo.oauth.access_token
    assert zalo.renewals == 0


async def test_case_29_a_refused_token_is_renewed_once(replica: Replica, zalo: Zalo) -> None:
    old = await replica.keeper.current()
    new = await replica.keeper.renew(old)
    assert new == zalo.oauth.access_token != old
    assert await replica.keeper.renew(old) == new
    assert zalo.renewals == 1


async def test_case_29_ten_parallel_sends_make_one_refresh_call(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    renewed = await asyncio.gather(*(replica.keeper.renew(old) for _ in range(10)))
    assert renewed == [zalo.oauth.access_token] * 10
    assert zalo.renewals == 1


async def test_a_message_under_way_with_the_token_before_makes_no_second_refresh_call(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    newer = await replica.keeper.renew(old)
    replica.later(3600)
    newest = await replica.keeper.renew(newer)
    assert await replica.keeper.renew(old) == newest
    assert zalo.renewals == 2


async def test_case_31_expires_in_is_a_string_and_means_seconds(
    replica: Replica, zalo: Zalo
) -> None:
    replica.clock.now = NOW + TOKEN_SECONDS - 1
    await replica.keeper.current()
    assert zalo.renewals == 0
    replica.clock.now = NOW + TOKEN_SECONDS
    await replica.keeper.current()
    assert zalo.renewals == 1


async def test_a_token_is_renewed_ten_minutes_before_it_ends(replica: Replica, zalo: Zalo) -> None:
    replica.clock.now = NOW + TOKEN_SECONDS - 601
    await replica.keeper.look()
    assert zalo.renewals == 0
    replica.later(1)
    await replica.keeper.look()
    assert zalo.renewals == 1
    await replica.keeper.look()
    assert zalo.renewals == 1


async def test_a_token_of_a_minute_is_not_renewed_all_the_time(
    client: httpx.AsyncClient, zalo: Zalo
) -> None:
    replica = Replica(client)
    short = {"access_token": "ngắn", "refresh_token": "r", "expires_in": "60"}
    zalo.http.fail(ACCESS_TOKEN, Fault(answer=Answered.json(short)))
    await replica.keeper.consent("code", "verifier")
    await replica.keeper.look()
    assert zalo.renewals == 0


@pytest.mark.parametrize("said", [None, "vô hạn", "-1", "0", "9" * 5000, True, ["90000"]])
async def test_a_token_whose_end_is_not_told_is_taken_to_live_an_hour(
    client: httpx.AsyncClient, zalo: Zalo, said: object
) -> None:
    replica = Replica(client)
    answer = {"access_token": "a", "refresh_token": "r", "expires_in": said}
    zalo.http.fail(ACCESS_TOKEN, Fault(answer=Answered.json(answer)))
    await replica.keeper.consent("code", "verifier")
    assert await replica.keeper.current() == "a"
    zalo.oauth.refresh_token = "r"  # noqa: S105 - of no real account
    replica.later(3600)
    assert await replica.keeper.current() == zalo.oauth.access_token
    assert zalo.renewals == 1


async def test_an_answer_without_a_refresh_token_keeps_the_one_before(
    replica: Replica, zalo: Zalo
) -> None:
    answer = {"access_token": "mới", "expires_in": "90000"}
    zalo.http.fail(ACCESS_TOKEN, Fault(answer=Answered.json(answer)))
    assert await replica.keeper.renew(await replica.keeper.current()) == "mới"
    replica.later(3600)
    assert await replica.keeper.renew("mới") == zalo.oauth.access_token


async def test_a_new_token_that_is_refused_at_once_is_not_renewed_at_once(
    replica: Replica, zalo: Zalo
) -> None:
    new = await replica.keeper.renew(await replica.keeper.current())
    with pytest.raises(TryLater) as waiting:
        await replica.keeper.renew(new)
    assert waiting.value.after_seconds == tokens.FRESH_SECONDS
    replica.later(tokens.FRESH_SECONDS)
    assert await replica.keeper.renew(new) == zalo.oauth.access_token
    assert zalo.renewals == 2


async def test_clocks_that_disagree_by_days_make_no_storm_of_renewals(
    replica: Replica, client: httpx.AsyncClient, zalo: Zalo
) -> None:
    ahead = Replica(client, replica.store)
    ahead.clock.now = replica.clock.now + 3 * 86_400
    for _ in range(20):
        await ahead.keeper.look()
        await replica.keeper.look()
        ahead.later(30)
        replica.later(30)
    assert zalo.renewals == 1
    assert await replica.keeper.current() == await ahead.keeper.current()


async def test_a_replica_whose_clock_is_behind_follows_when_zalo_refuses(
    replica: Replica, client: httpx.AsyncClient, zalo: Zalo
) -> None:
    behind = Replica(client, replica.store)
    behind.clock.now = replica.clock.now - 5 * 86_400
    old = await behind.keeper.current()
    new = await replica.keeper.renew(old)
    assert await behind.keeper.renew(old) == new
    assert zalo.renewals == 1


async def test_a_new_consent_is_followed_at_the_next_look(
    replica: Replica, client: httpx.AsyncClient, zalo: Zalo
) -> None:
    command = Replica(client, replica.store)
    new = await consented(zalo, command.keeper)
    await replica.keeper.look()
    assert await replica.keeper.current() == new
    assert zalo.renewals == 0


async def test_the_watch_renews_and_follows_until_it_is_cancelled(
    replica: Replica, zalo: Zalo
) -> None:
    rounds: list[float] = []

    async def sleep(seconds: float) -> None:
        rounds.append(seconds)
        replica.later(3600)
        await asyncio.sleep(0)

    watch = asyncio.create_task(replica.keeper.keep_fresh(sleep))
    await until(lambda: zalo.renewals >= 3)
    watch.cancel()
    await replica.keeper.close()
    assert set(rounds) == {tokens.LOOK_SECONDS}
    assert replica.alarms.told == []


async def test_the_watch_tells_once_that_nobody_gave_consent(client: httpx.AsyncClient) -> None:
    replica = Replica(client)
    rounds: list[float] = []

    async def sleep(seconds: float) -> None:
        rounds.append(seconds)
        await asyncio.sleep(0)

    watch = asyncio.create_task(replica.keeper.keep_fresh(sleep))
    await until(lambda: len(rounds) >= 20)
    watch.cancel()
    assert replica.alarms.events == ["zalo_token_unusable"]
    assert replica.alarms.relieved == []


async def test_the_end_of_the_trouble_is_told_once(replica: Replica, zalo: Zalo) -> None:
    old = await replica.keeper.current()
    zalo.oauth.broken = "refresh token expired"
    with pytest.raises(ChannelBroken):
        await replica.keeper.renew(old)
    await replica.keeper.look()
    assert replica.alarms.relieved == [], "the token still works, and cannot be renewed"
    zalo.oauth.broken = ""
    await consented(zalo, replica.keeper)
    for _ in range(3):
        await replica.keeper.look()
    assert replica.alarms.relieved == ["zalo_token_usable_again"]


async def test_a_token_that_ended_and_is_refused_is_told_once(replica: Replica, zalo: Zalo) -> None:
    zalo.oauth.broken = "refresh token expired"
    replica.later(30 * 86_400)
    rounds: list[float] = []

    async def sleep(seconds: float) -> None:
        rounds.append(seconds)
        replica.later(seconds)
        if len(rounds) == 10:
            zalo.oauth.broken = ""
            await consented(zalo, replica.keeper)
        await asyncio.sleep(0)

    watch = asyncio.create_task(replica.keeper.keep_fresh(sleep))
    await until(lambda: len(rounds) >= 15)
    watch.cancel()
    assert replica.alarms.events.count("zalo_token_unusable") == 1
    assert replica.alarms.relieved == ["zalo_token_usable_again"]
