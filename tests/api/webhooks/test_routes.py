"""A webhook is answered 200 only for what is stored, and refused before anything is parsed."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import structlog
from sqlalchemy import select
from typing_extensions import override

from api.app import create_app
from api.jobs.receiving import Receiving
from api.logs import configure_logs
from api.store.channel_tables import inbox
from api.store.database import Database
from api.store.inbox import SqlInbox
from api.wiring.messaging import Messaging
from bot.channels.base import Arrival
from bot.errors import StoreUnavailable
from tests.api.conftest import serving
from tests.support.channels import FakeChannel

pytestmark = pytest.mark.anyio

TELEGRAM = "/webhooks/telegram"
KNOWN = {"X-Secret": "bi-mat"}


class UnsteadyInbox(SqlInbox):
    """The real inbox, whose database can be away."""

    away = False

    @override
    async def put(self, arrivals: Sequence[Arrival]) -> int:
        if self.away:
            raise StoreUnavailable("Kho dữ liệu đang không đọc hoặc ghi được.")
        return await super().put(arrivals)


@dataclass
class Door:
    """The application with one channel, and what it stored."""

    client: httpx.AsyncClient
    inbox: UnsteadyInbox
    database: Database

    async def stored(self) -> list[str]:
        async with self.database.reading() as connection:
            query = select(inbox.c.arrival).order_by(inbox.c.id)
            return list((await connection.execute(query)).scalars())


@asynccontextmanager
async def a_door(folder: Path, database: Database) -> AsyncIterator[Door]:
    async with serving(folder / "var") as services:
        box = UnsteadyInbox(database, "one", time.time)
        channels = {"telegram": FakeChannel()}
        receiving = Receiving(box, channels, services.limiter, services.meters, asyncio.Event())
        services.messaging = Messaging(channels, receiving, services.meters)
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            yield Door(client, box, database)
        await box.close()


@pytest.fixture
async def door(tmp_path: Path, database: Database) -> AsyncIterator[Door]:
    async with a_door(tmp_path, database) as door:
        yield door


async def test_an_event_is_stored_before_it_is_answered(door: Door) -> None:
    answer = await door.client.post(TELEGRAM, content="7|e1|xin chào", headers=KNOWN)
    assert (answer.status_code, answer.content) == (200, b"")
    (stored,) = await door.stored()
    assert "xin chào" in stored


@pytest.mark.parametrize("headers", [{}, {"X-Secret": "sai"}])
async def test_case_1_without_the_secret_nothing_is_read_or_stored(
    door: Door, headers: dict[str, str]
) -> None:
    answer = await door.client.post(TELEGRAM, content="?", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["title"] == "Không được phép"
    assert await door.stored() == []


async def test_case_17_an_authentic_body_that_cannot_be_read_is_refused_without_a_trace(
    door: Door,
) -> None:
    answer = await door.client.post(TELEGRAM, content="?", headers=KNOWN)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


async def test_case_17_two_megabytes_are_refused(door: Door) -> None:
    answer = await door.client.post(TELEGRAM, content="x" * 2_000_000, headers=KNOWN)
    assert answer.status_code == 413


async def test_case_5_while_the_database_is_away_the_platform_is_told_to_come_again(
    door: Door,
) -> None:
    door.inbox.away = True
    answer = await door.client.post(TELEGRAM, content="7|e1|xin chào", headers=KNOWN)
    assert answer.status_code == 503
    door.inbox.away = False
    for _ in range(2):
        again = await door.client.post(TELEGRAM, content="7|e1|xin chào", headers=KNOWN)
        assert again.status_code == 200
    assert len(await door.stored()) == 1


async def test_an_operator_can_read_that_the_database_is_away(door: Door) -> None:
    log = io.StringIO()
    configure_logs("info", log)
    try:
        door.inbox.away = True
        await door.client.post(TELEGRAM, content="7|e1|xin chào", headers=KNOWN)
    finally:
        structlog.reset_defaults()
    (failure,) = [line for line in log.getvalue().splitlines() if "StoreUnavailable" in line]
    assert '"level": "error"' in failure
    assert TELEGRAM in failure


async def test_what_does_not_concern_us_is_answered_200_and_not_stored(door: Door) -> None:
    answer = await door.client.post(TELEGRAM, content="7|e1|", headers=KNOWN)
    assert answer.status_code == 200
    assert await door.stored() == []


async def test_a_channel_that_is_off_has_no_webhook(door: Door) -> None:
    assert (await door.client.post("/webhooks/zalo/oa", content="{}")).status_code == 404


async def test_case_57_numbers_that_name_a_person_are_masked_before_they_are_stored(
    door: Door,
) -> None:
    text = "số căn cước của tôi là 001099012345, điện thoại 0912345678"
    await door.client.post(TELEGRAM, content=f"7|e1|{text}".encode(), headers=KNOWN)
    (stored,) = await door.stored()
    assert "001099012345" not in stored
    assert "0912345678" not in stored
    assert "căn cước" in stored
