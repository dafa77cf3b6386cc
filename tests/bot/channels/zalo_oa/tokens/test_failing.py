"""No link of the chain is lost, whatever fails between the question and the store."""

import asyncio
import json
import threading

import anyio
import httpx
import pytest

from bot.channels.errors import ChannelBroken, FateUnknown, TryLater
from bot.channels.zalo_oa import tokens
from bot.channels.zalo_oa.sealing import Seal
from bot.errors import StoreUnavailable
from tests.bot.channels.zalo_oa.tokens.conftest import Replica
from tests.support.local_http import Answered, Fault
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import KEY, Zalo, consented, until

pytestmark = pytest.mark.anyio


async def test_case_31_http_200_with_an_error_is_a_failure_and_the_old_tokens_are_kept(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    before = replica.store.row
    zalo.oauth.broken = "refresh token expired"
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await replica.keeper.renew(old)
    after = replica.store.row
    assert before is not None
    assert after is not None
    assert (after.sealed, after.version) == (before.sealed, before.version)
    assert after.failure == "refused oauth -14000 Invalid request"
    assert replica.alarms.told == [("zalo_token_refused", "oauth -14000 Invalid request")]
    zalo.oauth.broken = ""
    replica.later(60)
    assert await replica.keeper.renew(old) == zalo.oauth.access_token


async def test_a_renewal_that_failed_is_tried_again_later_and_later(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    zalo.oauth.broken = "refresh token expired"
    tried = []
    for _ in range(200):
        with pytest.raises(ChannelBroken):
            await replica.keeper.renew(old)
        tried.append(zalo.renewals)
        replica.later(10)
    assert tried[:3] == [1, 1, 1]
    assert 5 <= tried[-1] <= 7, "after 0, 30, 60, 120, 240, 480, 960 seconds"


async def test_a_server_that_is_not_reached_spends_nothing() -> None:
    zalo = Zalo()
    async with httpx.AsyncClient(base_url=zalo.url) as client:
        replica = Replica(client)
        with zalo:
            old = await consented(zalo, replica.keeper)
        replica.later(3600)
        with pytest.raises(TryLater, match="ConnectError"):
            await replica.keeper.renew(old)
        assert replica.alarms.events == ["zalo_token_not_renewed"]
        with pytest.raises(TryLater) as waiting:
            await replica.keeper.renew(old)
    assert waiting.value.everybody
    assert waiting.value.after_seconds == tokens.FIRST_WAIT_SECONDS


async def test_a_line_that_breaks_before_zalo_acts_loses_nothing(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    zalo.http.fail(ACCESS_TOKEN, Fault(lost=True))
    with pytest.raises(TryLater):
        await replica.keeper.renew(old)
    replica.later(60)
    assert await replica.keeper.renew(old) == zalo.oauth.access_token


async def test_a_line_that_breaks_after_zalo_acted_is_told_and_led_to_a_new_consent(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    zalo.http.fail(ACCESS_TOKEN, Fault(cut=True))
    with pytest.raises(TryLater):
        await replica.keeper.renew(old)
    replica.later(60)
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await replica.keeper.renew(old)
    assert replica.alarms.events == ["zalo_token_not_renewed", "zalo_token_refused"]
    assert await consented(zalo, replica.restarted()) == zalo.oauth.access_token
    assert await replica.keeper.renew(old) == zalo.oauth.access_token
    assert replica.store.row is not None
    assert replica.store.row.failure is None


@pytest.mark.parametrize("page", [b"<html>502 Bad Gateway</html>", b"", b"[]", b'{"ok": true}'])
async def test_a_page_of_a_gateway_is_no_refusal(replica: Replica, zalo: Zalo, page: bytes) -> None:
    old = await replica.keeper.current()
    zalo.http.fail(ACCESS_TOKEN, Fault(answer=Answered(page, 502)))
    with pytest.raises(TryLater):
        await replica.keeper.renew(old)
    replica.later(60)
    assert await replica.keeper.renew(old) == zalo.oauth.access_token


async def test_case_30_a_slow_answer_is_waited_for_though_the_message_is_not(
    replica: Replica, zalo: Zalo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "PATIENCE_SECONDS", 0.05)
    old = await replica.keeper.current()
    answer_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=answer_now))
    with pytest.raises(TryLater, match="slow"):
        await replica.keeper.renew(old)
    answer_now.set()
    await replica.keeper.close()
    assert await replica.keeper.renew(old) == zalo.oauth.access_token
    assert zalo.renewals == 1


async def test_case_30_a_cancelled_message_does_not_cancel_the_renewal(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    answer_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=answer_now))
    sending = asyncio.create_task(replica.keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    sending.cancel()
    answer_now.set()
    await replica.keeper.close()
    assert await replica.restarted().current() == zalo.oauth.access_token


async def test_case_30_a_store_that_fails_after_the_answer_came_gets_it_later(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    answer_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=answer_now))
    renewing = asyncio.create_task(replica.keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    replica.store.broken = True
    answer_now.set()
    assert await renewing == zalo.oauth.access_token, "messages go on meanwhile"
    assert replica.alarms.events == ["zalo_token_not_stored"]
    await replica.keeper.look()
    replica.store.broken = False
    await replica.keeper.look()
    assert await replica.restarted().current() == zalo.oauth.access_token
    assert replica.beside() is None


async def test_case_30_where_neither_file_nor_store_works_memory_holds_the_answer(
    replica: Replica, zalo: Zalo
) -> None:
    old = await replica.keeper.current()
    answer_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=answer_now))
    renewing = asyncio.create_task(replica.keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    replica.store.broken = replica.side.broken = True
    answer_now.set()
    assert await renewing == zalo.oauth.access_token
    assert replica.alarms.events == ["zalo_token_side_record_failed", "zalo_token_not_stored"]
    replica.store.broken = replica.side.broken = False
    await replica.keeper.look()
    assert await replica.restarted().current() == zalo.oauth.access_token


async def test_case_30_an_answer_in_the_side_record_is_taken_over_after_a_restart(
    replica: Replica, zalo: Zalo
) -> None:
    raw = {"access_token": "mới", "refresh_token": "mới-r", "expires_in": "90000"}
    answer = {"base": 1, "at": replica.clock.now, "raw": json.dumps(raw), "oa_id": ""}
    replica.side.kept = Seal(KEY).close(answer)
    assert await replica.restarted().current() == "mới"
    assert replica.beside() is None
    assert zalo.renewals == 0


async def test_case_30_an_answer_in_the_row_is_taken_over_by_another_machine(
    replica: Replica, client: httpx.AsyncClient, zalo: Zalo
) -> None:
    raw = {"access_token": "mới", "refresh_token": "mới-r", "expires_in": "90000"}
    answer = {"base": 1, "at": replica.clock.now, "raw": json.dumps(raw), "oa_id": ""}
    await replica.store.note_pending(Seal(KEY).close(answer))
    assert await Replica(client, replica.store).keeper.current() == "mới"
    assert zalo.renewals == 0


async def test_case_30_an_answer_that_was_taken_over_is_not_taken_over_again(
    replica: Replica, zalo: Zalo
) -> None:
    """The process died after the pair was put in force, before the side record was cleared."""
    raw = {"access_token": "mới", "refresh_token": "mới-r", "expires_in": "90000"}
    answer = {"base": 1, "at": replica.clock.now, "raw": json.dumps(raw), "oa_id": ""}
    new = await replica.keeper.renew(await replica.keeper.current())
    replica.side.kept = Seal(KEY).close(answer)
    assert await replica.restarted().current() == new
    assert replica.store.row is not None
    assert replica.store.row.version == 2
    assert replica.beside() is None


async def test_where_the_side_record_cannot_be_written_no_token_is_spent(
    replica: Replica, zalo: Zalo
) -> None:
    replica.side.broken = True
    with pytest.raises(TryLater):
        await replica.keeper.renew(await replica.keeper.current())
    assert zalo.renewals == 0
    assert replica.alarms.told == [("zalo_token_side_record_failed", "prepare")]


async def test_a_renewal_that_began_elsewhere_and_left_nothing_is_left_alone_for_a_while(
    replica: Replica, client: httpx.AsyncClient, zalo: Zalo
) -> None:
    other = Replica(client, replica.store)
    other.clock.now = replica.clock.now
    old = await other.keeper.current()
    cut_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=cut_now, cut=True))
    hanging = asyncio.create_task(replica.keeper.renew(old))
    await until(lambda: zalo.renewals == 1)
    replica.store._lock = anyio.Lock()  # the lock of a replica that lost its connection
    with pytest.raises(TryLater, match="unfinished"):
        await other.keeper.renew(old)
    assert zalo.renewals == 1
    other.later(tokens.UNFINISHED_SECONDS)
    with pytest.raises(ChannelBroken):
        await other.keeper.renew(old)
    cut_now.set()
    with pytest.raises(TryLater):
        await hanging
    assert other.alarms.events == ["zalo_token_renewal_unfinished", "zalo_token_refused"]


async def test_a_code_that_zalo_refuses_leaves_the_tokens_and_their_health_alone(
    replica: Replica,
) -> None:
    before = await replica.keeper.current()
    with pytest.raises(ChannelBroken, match="-14000"):
        await replica.keeper.consent("mã đã dùng", "verifier")
    assert await replica.restarted().current() == before
    assert replica.store.row is not None
    assert (replica.store.row.failure, replica.store.row.pending) == (None, None)


async def test_an_answer_to_a_consent_that_the_store_does_not_take_is_not_lost(
    client: httpx.AsyncClient, zalo: Zalo
) -> None:
    replica = Replica(client)
    answer_now = threading.Event()
    zalo.http.fail(ACCESS_TOKEN, Fault(hold=answer_now))
    consenting = asyncio.create_task(replica.keeper.consent(zalo.oauth.authorise(), ""))
    await until(lambda: bool(zalo.http.asked_of(ACCESS_TOKEN)))
    replica.store.broken = True
    answer_now.set()
    with pytest.raises(StoreUnavailable, match="sẽ tự được ghi"):
        await consenting
    replica.store.broken = False
    assert await replica.restarted().current() == zalo.oauth.access_token


async def test_a_line_that_breaks_during_a_consent_is_told(
    client: httpx.AsyncClient, zalo: Zalo
) -> None:
    zalo.http.fail(ACCESS_TOKEN, Fault(cut=True))
    with pytest.raises(FateUnknown):
        await Replica(client).keeper.consent(zalo.oauth.authorise(), "")
