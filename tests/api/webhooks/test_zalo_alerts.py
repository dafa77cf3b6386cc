"""Whoever follows a dossier on Zalo is told of a change once, however long ago she wrote."""

import time
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from sqlalchemy import select

from api.store.channel_tables import inbox, outbox
from api.store.database import Database
from api.store.dossier_tables import sealed_phones
from bot.dossiers.status import State
from tests.api.webhooks.zalo_alerts_served import DAY, FollowingTown, a_following_town
from tests.support.dossiers import CODE
from tests.support.local_http import LocalHttp
from tests.support.zalo_oa_channel import a_book
from tests.support.zalo_oa_events import CITIZEN, a_payload
from tests.support.zalo_oa_messages import is_request
from tests.support.zalo_oa_server import ZaloOaServer
from tests.support.zalo_zns import Templates

pytestmark = pytest.mark.anyio

DONE = a_book().say("dossier_state.done")


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


def alerts(town: FollowingTown) -> list[str]:
    """What the citizen was told of her dossier of ourselves."""
    opened = a_book().say("alert.change", code=CODE, state=DONE)
    return [text for text in town.texts() if opened in text]


async def settled(town: FollowingTown) -> None:
    """Let everything that waits be told and delivered."""
    for _ in range(3):
        await town.alerting.step()
    with anyio.fail_after(60):
        while await undelivered(town):  # noqa: ASYNC110 - the loop's doing
            await anyio.sleep(0.02)


async def undelivered(town: FollowingTown) -> int:
    query = select(outbox.c.id).where(outbox.c.done_at.is_(None))
    async with town.database.reading() as connection:
        return len((await connection.execute(query)).all())


@pytest.mark.parametrize(("hours", "result"), [(47, "sent"), (49, "charged")])
async def test_case_33_within_two_days_it_is_told_for_nothing_and_within_seven_for_money(
    tmp_path: Path, database: Database, zalo: ZaloOaServer, hours: int, result: str
) -> None:
    async with a_following_town(tmp_path, database, zalo) as town:
        await town.follows()
        await town.silent_for(hours * 3600.0)
        await town.tells(State.DONE)
        await settled(town)
        async with database.reading() as connection:
            ended = (await connection.execute(select(outbox.c.result))).scalars().all()
        assert ended[-1] == result
        await town.says("xin chào")
        await settled(town)
        assert len(alerts(town)) == 1
        assert await town.ways() == ["message"]


async def test_case_33_after_seven_days_it_is_held_and_told_once_when_she_writes_again(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    async with a_following_town(tmp_path, database, zalo) as town:
        await town.follows()
        await town.silent_for(8 * DAY)
        before = len(town.texts())
        await town.tells(State.DONE)
        await settled(town)
        assert len(town.texts()) == before
        assert await town.ways() == ["held"]

        (answer,) = await town.says("xin chào")
        assert DONE not in answer["text"]
        for _ in range(2):
            await settled(town)
            assert len(alerts(town)) == 1
        assert town.texts()[before:].index(answer["text"]) == 0
        await town.says("xin chào")
        await settled(town)
        assert len(alerts(town)) == 1
        assert await town.ways() == ["message"]


@pytest.mark.parametrize("code", [-230, -232])
async def test_case_33_a_window_that_zalo_counts_otherwise_loses_no_alert(
    tmp_path: Path, database: Database, zalo: ZaloOaServer, code: int
) -> None:
    async with a_following_town(tmp_path, database, zalo) as town:
        await town.follows()
        await town.silent_for(3 * DAY)
        zalo.messages.refusing[CITIZEN] = code
        await town.tells(State.DONE)
        await settled(town)
        assert await town.ways() == ["held"]
        assert alerts(town) == []
        del zalo.messages.refusing[CITIZEN]
        await town.says("xin chào")
        await settled(town)
        assert len(alerts(town)) == 1


async def gives_number(town: FollowingTown) -> None:
    await town.follows()
    (_status, _question, _agreed, form) = await town.gets(CITIZEN, 4)
    assert is_request(form)
    before = len(town.texts())
    given = a_payload("user_submit_info", timestamp=str(int(time.time() * 1000)))
    assert await town.arrives(given) == 200
    await town.gets(CITIZEN, before + 1)


async def test_a_citizen_who_gave_her_number_is_told_by_template_after_seven_days(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    templates = Templates(zalo.oauth)
    with LocalHttp(templates.send) as server:
        async with a_following_town(tmp_path, database, zalo, server.url) as town:
            await gives_number(town)
            assert "“dừng báo tin”" in town.texts()[-1]
            await town.silent_for(8 * DAY)
            before = len(town.texts())
            await town.tells(State.DONE)
            await settled(town)
            (sent,) = templates.delivered
            assert sent["phone"] == "84900000000"
            assert sent["template_data"]["trang_thai"] == DONE
            await town.says("xin chào")
            await settled(town)
            assert alerts(town) == []
            assert len(town.texts()) == before + 1
            assert len(templates.delivered) == 1
            assert await town.ways() == ["template"]


async def test_the_number_lies_open_nowhere_and_goes_when_she_stops(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    templates = Templates(zalo.oauth)
    with LocalHttp(templates.send) as server:
        async with a_following_town(tmp_path, database, zalo, server.url) as town:
            await gives_number(town)
            async with database.reading() as connection:
                kept = (await connection.execute(select(sealed_phones))).all()
                arrived = (await connection.execute(select(inbox))).all()
            assert len(kept) == 1
            for private in ("900000000", "Nguyễn Thị Mẫu", "01/01/1990", "đường Mẫu"):
                assert private not in repr((kept, arrived))
            await town.says("dừng báo tin")
            await town.silent_for(8 * DAY)
            await town.tells(State.DONE)
            await settled(town)
            async with database.reading() as connection:
                assert (await connection.execute(select(sealed_phones))).all() == []
            assert templates.delivered == []
            assert alerts(town) == []


async def test_a_number_that_comes_unasked_is_not_kept(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    with LocalHttp(Templates(zalo.oauth).send) as server:
        async with a_following_town(tmp_path, database, zalo, server.url) as town:
            assert await town.arrives(a_payload("user_submit_info")) == 200
            (answer,) = await town.gets(CITIZEN, 1)
            assert "không giữ lại" in answer["text"]
            async with database.reading() as connection:
                assert (await connection.execute(select(sealed_phones))).all() == []
