"""Logs tell an operator what happened, and nobody what a citizen wrote or what a token is."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import insert

from api.limits import CountsUnavailable
from api.limits.shared import SharedCounts
from api.logs import configure_logs, log_delivery_failure
from api.store.channel_tables import inbox
from api.store.database import Database
from api.store.migrate import migrate
from bot.channels.errors import ChannelBroken, FateUnknown, PartRefused, RecipientGone, TryLater
from bot.channels.telegram.calls import make_bot
from bot.channels.telegram.line import Line
from bot.channels.zalo_oa.tokens import NO_CONSENT, REFUSED
from bot.errors import StoreUnavailable
from tests.support import telegram_server
from tests.support.telegram_server import TelegramServer

pytestmark = pytest.mark.anyio

LEVELS = ("debug", "info", "warning", "error")
FOREIGN = (
    *("telegram", "telegram.ext.Application", "telegram.Bot", "httpx", "httpcore.connection"),
    *("aiohttp.access", "uvicorn", "uvicorn.error", "uvicorn.access", "sqlalchemy.engine.Engine"),
    *("sqlalchemy.pool.impl", "alembic.runtime.migration", "limits", "valkey", "asyncio"),
    *("psycopg", "thư viện chưa ai biết"),
)
PRIVATE = "https://api.telegram.org/bot123456:AAE-bi-mat/getMe Tôi là Lan, CCCD 001099012345"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where logs go during a test; everything is as before after it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    config = structlog.get_config()
    yield io.StringIO()
    root.handlers, root.level = handlers, level
    structlog.configure(**config)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", FOREIGN)
def test_case_57_no_library_s_words_reach_the_log_at_any_level(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str], level: str, name: str
) -> None:
    configure_logs(level, stream)
    logger = logging.getLogger(name)
    for call in (logger.debug, logger.info, logger.warning, logger.error, logger.critical):
        call(PRIVATE)
    try:
        int(PRIVATE)
    except ValueError:
        logger.exception("Exception in %s", PRIVATE)
    output = stream.getvalue() + "".join(capfd.readouterr())
    for private in ("bi-mat", "Lan", "001099012345"):
        assert private not in output
    assert {line["logger"] for line in lines(stream)} == {name}
    assert lines(stream)[-1]["kind"] == "ValueError"
    assert lines(stream)[-1]["place"].startswith(__file__)


async def test_case_18_a_bot_s_token_is_in_no_line_of_the_libraries_at_debug(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs("debug", stream)
    with TelegramServer() as server:
        line = Line()
        bot = make_bot(telegram_server.TOKEN, server.url, line)
        await bot.get_me()
        await line.shutdown()
        async with httpx.AsyncClient() as client:
            await client.get(f"{server.url}/bot{telegram_server.TOKEN}/getMe")
    assert telegram_server.TOKEN not in stream.getvalue() + "".join(capfd.readouterr())


async def test_case_57_a_row_that_is_not_taken_is_in_no_line(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    configure_logs("debug", stream)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    with pytest.raises(StoreUnavailable) as refused:
        async with database.writing() as connection:
            await connection.execute(insert(inbox), [{"channel": "telegram", "user_id": PRIVATE}])
    await database.close()
    assert "Lan" not in str(refused.value)
    assert "Lan" not in stream.getvalue() + "".join(capfd.readouterr())


async def test_a_counting_server_s_password_is_in_no_line(
    stream: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs("debug", stream)
    counts = SharedCounts("valkey://:mat-khau@127.0.0.1:1")
    with pytest.raises(CountsUnavailable):
        await counts.hit("Lan", 1)
    await counts.close()
    assert "mat-khau" not in stream.getvalue() + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TryLater("429", 3.0), "429"),
        (RecipientGone("zalo -232"), "-232"),
        (FateUnknown("ReadTimeout"), ""),
        (PartRefused(PRIVATE), ""),
        (ChannelBroken(NO_CONSENT), "token"),
        (ChannelBroken(REFUSED), "token"),
        (TryLater("oauth -14014 Invalid refresh token"), "token"),
        (ChannelBroken("-216: Token không hợp lệ."), "-216"),
    ],
)
def test_a_failed_delivery_is_told_by_class_and_code_alone(
    stream: io.StringIO, error: Exception, code: str
) -> None:
    configure_logs("info", stream)
    log_delivery_failure("telegram", error, row=17, attempts=2)
    (line,) = lines(stream)
    del line["timestamp"]
    assert line == {
        "event": "delivery_failed",
        "level": "warning",
        "channel": "telegram",
        "kind": type(error).__name__,
        "code": code,
        "row": 17,
        "attempts": 2,
    }
