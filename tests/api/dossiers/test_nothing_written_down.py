"""What citizens type and systems push about dossiers is nowhere where it does not belong.

The whole program at its most talkative level, over the web, Telegram, pushes, look-ups of portals
and an official's terminal; then everything that it wrote is searched.
"""

import asyncio
import io
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typing_extensions import override

from api.app import create_app
from api.logs import configure_logs
from api.machine_keys import Scope
from api.settings import load_settings
from api.store.machine_keys import SqlMachineKeys
from api.wiring.dossiers.staff import look_as_staff
from bot.dossiers.ports import Asker, ClosedDesk, LookUpResult, Terms
from bot.dossiers.status import State
from tests.api.conftest import serving
from tests.support import telegram_server
from tests.support.desk_parts import NOON, an_update
from tests.support.dossier_town import METRICS_TOKEN, WebTown, a_web_town
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import LAN, a_chat, a_message
from tests.support.telegram_updates import an_update as a_telegram_update

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 60.0
CODE, OTHER = "H17.15-261116-0012", "H17.15-261116-0077"
NOBODYS = "H17.15-261116-9999"
CODES = (CODE, OTHER, NOBODYS)
PERSONAL = ("Nguyễn Thị Lan", "NGUYỄN THỊ LAN", "0912345678", "0912 345 678", "001099012345")
FACTORS = ("5678", "2345", "1976")
"""Right digits of the telephone and the identity number, and wrong ones."""

KEPT_WITH_CODES = frozenset(
    {"dossiers", "dossier_updates", "dossier_follows", "dossier_alerts", "dossier_words"}
)
"""Tables that are about dossiers."""

PUSHED = {
    "MaHoSo": CODE,
    "MaTTHC": "1.004222",
    "TenTTHC": "Đăng ký thường trú",
    "ChuHoSo": "Nguyễn Thị Lan",
    "SoDienThoai": "0912 345 678",
    "SoDinhDanh": "001099012345",
    "NgayTiepNhan": "20261116083000",
    "TrangThaiHoSo": 4,
    "NguoiXuLy": "Nguyễn Thị Lan",
    "NoiDungXuLy": "Gọi Nguyễn Thị Lan số 0912345678 nhận giấy",
    "ThoiDiemCapNhat": "20261117090000",
}
BROKEN = {**PUSHED, "TrangThaiHoSo": "Nguyễn Thị Lan 0912345678", "NgayTiepNhan": CODE}


@dataclass
class Written:
    """Everything that the program wrote."""

    log: str
    metrics: str
    folder: Path

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield every text of every table, with the name of the table."""
        with closing(sqlite3.connect(self.folder / "motcua.db")) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in names.fetchall():
                for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name of ours
                    yield from ((table, value) for value in row if isinstance(value, str))


class Telegram:
    """A citizen on Telegram."""

    def __init__(self, server: TelegramServer, client: httpx.AsyncClient) -> None:
        self._server, self._client = server, client
        self._count = 0

    async def says(self, text: str) -> str:
        before = len(self._server.to(LAN))
        self._count += 1
        message = a_message(text, message_id=self._count, chat=a_chat(LAN), date=int(time.time()))
        answer = await self._client.post(
            "/webhooks/telegram",
            json=a_telegram_update(self._count, message=message),
            headers={"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET},
        )
        assert answer.is_success
        return await self.reads(before)

    async def reads(self, before: int) -> str:
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self._server.to(LAN)) <= before:
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        return " ".join(str(one.text) for one in self._server.to(LAN)[before:])


@pytest.fixture
async def written(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Written:
    stream = io.StringIO()
    configure_logs("debug", stream)
    with TelegramServer() as server:
        async with a_web_town(
            tmp_path,
            [an_update(OTHER)],
            telegram_token=telegram_server.TOKEN,
            telegram_webhook_secret=telegram_server.SECRET,
            telegram_api_url=server.url,
            alert_quiet_hours="",
        ) as town:
            await _pushes(town)
            await _web(town)
            await _telegram(town, Telegram(server, town.client), server)
            await _portal(town)
            headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
            metrics = (await town.client.get("/metrics", headers=headers)).text
    settings = load_settings(data_folder=tmp_path)
    await look_as_staff(settings, CODE, "can-bo", f"Công dân gọi từ 0912345678 hỏi {CODE}")
    log = stream.getvalue() + "".join(capfd.readouterr())
    assert '"event": "request"' in log
    return Written(log, metrics, tmp_path)


async def _pushes(town: WebTown) -> None:
    keys = town.services.keys
    assert isinstance(keys, SqlMachineKeys)
    _, key = await keys.add("Một cửa", frozenset({Scope.WRITE, Scope.READ}), None)
    headers = {"Authorization": f"Bearer {key}"}
    put = await town.client.put(f"/v1/dossiers/{CODE}", json=PUSHED, headers=headers)
    assert put.is_success, put.text
    broken = await town.client.put(f"/v1/dossiers/{CODE}", json=BROKEN, headers=headers)
    assert broken.status_code == 422
    batch = await town.client.post("/v1/dossiers/batch", json=[PUSHED, BROKEN], headers=headers)
    assert batch.is_success, batch.text
    assert (await town.client.get(f"/v1/dossiers/{CODE}", headers=headers)).is_success
    refused = await town.client.put(f"/v1/dossiers/{CODE}", json=PUSHED, headers={})
    assert refused.status_code == 401
    for answer in (broken, batch):
        assert "Nguyễn Thị Lan" not in answer.text
        assert "0912345678" not in answer.text


async def _web(town: WebTown) -> None:
    lan = await town.opens()
    for saying in ("hồ sơ của tôi đến đâu rồi", NOBODYS, "1976", CODE, "1976", "0912 345 678"):
        await lan.says(saying)
    told = await lan.says("số cuối 5678")
    assert "Đăng ký thường trú" in str(told)
    for saying in (f"tra cứu {CODE} số cuối 2345", "báo tôi khi có kết quả", "cảm ơn"):
        await lan.says(saying)


async def _telegram(town: WebTown, lan: Telegram, server: TelegramServer) -> None:
    await lan.says(f"tra cứu hồ sơ {OTHER}")
    assert "Đăng ký thường trú" in await lan.says("5678")
    await lan.says("báo tôi khi có kết quả")
    await lan.says("đồng ý")
    before = len(server.to(LAN))
    assert town.services.book is not None
    await town.services.book.put([an_update(OTHER, State.DONE, at=NOON)], "test")
    assert "kết quả" in (await lan.reads(before)).lower()
    await lan.says("cảm ơn")


async def _portal(town: WebTown) -> None:
    for code, factor in ((CODE, "5678"), (CODE, "1976"), (NOBODYS, "1976"), ("0912345678", "x")):
        await town.client.post("/v1/dossiers/lookup", json={"code": code, "factor": factor})


def digits(factor: str) -> re.Pattern[str]:
    """Those digits alone: not within a longer number or a hash."""
    return re.compile(rf"(?<![0-9A-Fa-f.]){factor}(?![0-9A-Fa-f])")


def private_in(text: str, codes: tuple[str, ...] = CODES) -> list[str]:
    """Return what is found that does not belong there."""
    found = [one for one in PERSONAL if one in text]
    found += [one for one in FACTORS if digits(one).search(text)]
    return found + [one for one in codes if one.lower() in text.lower()]


async def test_nothing_of_a_dossier_or_a_person_is_where_it_does_not_belong(
    written: Written,
) -> None:
    assert "/v1/dossiers/{code}" in addresses(written.log)
    assert private_in(written.log) == private_in(written.metrics) == []
    rows = list(written.rows())
    assert {"dossiers", "turns", "conversations", "audit", "outbox"} <= {name for name, _ in rows}
    for table, value in rows:
        about_dossiers = table in KEPT_WITH_CODES | {"conversations"}
        assert private_in(value, () if about_dossiers else CODES) == [], (table, value)
    files = [file for file in written.folder.iterdir() if file.is_file()]
    assert "motcua.db" in {file.name for file in files}
    for file in files:
        content = file.read_bytes()
        assert [one for one in PERSONAL if one.encode() in content] == [], file.name


def addresses(log: str) -> set[str]:
    lines = (json.loads(line) for line in log.splitlines() if line.startswith("{"))
    return {line["route"] for line in lines if line["event"] == "request"}


class FailingDesk(ClosedDesk):
    """Fails in a way that nobody foresaw, with everything in its words."""

    terms = Terms(is_open=True)

    @override
    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        raise RuntimeError(f"{asker} {code} {factor}")


async def test_a_failure_that_nobody_foresaw_names_no_dossier(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stream = io.StringIO()
    configure_logs("debug", stream)
    async with serving(tmp_path / "var") as services:
        services.dossiers = FailingDesk()
        transport = httpx.ASGITransport(app=create_app(services), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            answer = await client.post("/v1/dossiers/lookup", json={"code": CODE, "factor": "5678"})
    assert answer.status_code == 500
    told = answer.text + stream.getvalue() + "".join(capfd.readouterr())
    assert "RuntimeError" in told
    assert CODE not in told
    assert not digits("5678").search(told)
