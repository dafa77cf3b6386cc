"""From "hồ sơ của tôi đến đâu rồi" to the alert, on every channel, by typing alone.

The whole program with its own language model; only the platforms are ours, at the wire. The
one-stop system pushes over HTTP with a key.
"""

import asyncio
import itertools
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.machine_keys import Scope
from api.settings import Settings
from api.store.machine_keys import SqlMachineKeys
from api.wiring.services import Services
from api.wiring.web import web_services
from knowledge.work_calendar import VIETNAM
from tests.api.webhooks.zalo_oa_served import on_a_port
from tests.api.wiring.test_zalo_oa import consent, settings_of
from tests.support import telegram_server
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import LAN, a_chat, a_message, an_update
from tests.support.zalo_bot_server import TOKEN as ZALO_BOT_TOKEN
from tests.support.zalo_bot_server import ZaloBotServer
from tests.support.zalo_oa_events import CITIZEN, a_text
from tests.support.zalo_oa_server import ZaloOaServer

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 90.0
ZALO_BOT_SECRET = "chuoi-bi-mat-rat-dai"  # noqa: S105 - of no bot
TODAY = datetime.now(VIETNAM)  # noqa: TID251 - the whole program, with its own clock
"""Days are told from here on: a due day that comes near would be told as well."""


def ago(days: float) -> str:
    """Return a moment as one-stop systems write it; less than none: ahead."""
    return f"{TODAY - timedelta(days=days):%Y%m%d%H%M%S}"


CODE = f"H17.15-{ago(6)[2:8]}-0012"
UNKNOWN_CODE = f"H17.15-{ago(6)[2:8]}-0099"
PROCESSING = {
    "MaHoSo": CODE,
    "MaTTHC": "1.004222",
    "TenTTHC": "Đăng ký thường trú",
    "ChuHoSo": "Nguyễn Thị Lan",
    "NgayTiepNhan": ago(6),
    "NgayHenTra": ago(-40),
    "TrangThaiHoSo": 4,
    "DonViXuLy": "Công an phường Bến Nghé",
    "SoDienThoai": "0912345678",
    "ThoiDiemCapNhat": ago(5),
}
DONE = {**PROCESSING, "TrangThaiHoSo": 9, "ThoiDiemCapNhat": ago(2)}
RETURNED = {**PROCESSING, "TrangThaiHoSo": 10, "ThoiDiemCapNhat": ago(1)}


@dataclass
class City:
    """The program, the platforms around it, and the system that pushes."""

    client: httpx.AsyncClient
    key: str
    telegram: TelegramServer
    zalo: ZaloOaServer
    bot: ZaloBotServer
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def pushes(self, fields: dict[str, Any]) -> None:
        """Let the one-stop system tell about the dossier."""
        answer = await self.client.put(
            f"/v1/dossiers/{CODE}", json=fields, headers={"Authorization": f"Bearer {self.key}"}
        )
        assert answer.is_success, answer.text

    async def on_telegram(self, text: str) -> None:
        message = a_message(text, message_id=next(self._numbers), chat=a_chat(LAN))
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram_server.SECRET}
        update = an_update(next(self._numbers), message=message)
        await self.client.post("/webhooks/telegram", json=update, headers=headers)

    async def on_zalo_oa(self, text: str) -> None:
        self.zalo.messages.people[CITIZEN] = time.time()
        self.zalo.webhook.url = f"{self.client.base_url}/webhooks/zalo/oa"
        event = a_text(text, f"m-{next(self._numbers)}")
        await asyncio.to_thread(self.zalo.webhook.post, event)

    async def on_zalo_bot(self, text: str) -> None:
        headers = {"X-Bot-Api-Secret-Token": ZALO_BOT_SECRET}
        event = self.bot.event("text", text=text)
        await self.client.post("/webhooks/zalo/bot", json=event, headers=headers)

    def shown(self, channel: str) -> list[str]:
        """Return everything a person was sent on a channel, in order."""
        if channel == "telegram":
            return [str(one.text) for one in self.telegram.to(LAN)]
        if channel == "zalo_oa":
            return [str(one.get("text")) for one in self.zalo.messages.to(CITIZEN)]
        return [one.text for one in self.bot.shown]


SPEAK: dict[str, Callable[[City, str], Awaitable[None]]] = {
    "telegram": City.on_telegram,
    "zalo_oa": City.on_zalo_oa,
    "zalo_bot": City.on_zalo_bot,
}


@dataclass
class Citizen:
    """A person on one channel, who only types."""

    city: City
    channel: str
    _read: int = 0

    async def says(self, text: str) -> str:
        """Write, and return everything that is answered."""
        await SPEAK[self.channel](self.city, text)
        return await self.reads()

    async def reads(self) -> str:
        """Wait until something new is shown and nothing more comes; return it."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.city.shown(self.channel)) <= self._read:
            assert time.monotonic() < end, f"nothing came after {self.city.shown(self.channel)}"
            await asyncio.sleep(0.02)
        count = 0
        while count != len(self.city.shown(self.channel)):
            count = len(self.city.shown(self.channel))
            await asyncio.sleep(1.0)  # a picture or a second part may follow
        new = self.city.shown(self.channel)[self._read :]
        self._read = count
        return "\n".join(new)


def settings_for(
    folder: Path, telegram: TelegramServer, zalo: ZaloOaServer, bot: ZaloBotServer
) -> Settings:
    """All channels on, and no hour is quiet."""
    changes = {
        "telegram_token": telegram_server.TOKEN,
        "telegram_webhook_secret": telegram_server.SECRET,
        "telegram_api_url": telegram.url,
        "zalo_bot_token": ZALO_BOT_TOKEN,
        "zalo_bot_webhook_secret": ZALO_BOT_SECRET,
        "zalo_bot_api_url": bot.url,
        "alert_quiet_hours": "none",
    }
    given = settings_of(zalo, folder).model_dump(exclude_unset=True)
    return Settings(**{**given, **changes})


async def a_key(services: Services) -> str:
    assert isinstance(services.keys, SqlMachineKeys)
    return (await services.keys.add("Một cửa", frozenset({Scope.WRITE}), None))[1]


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as city:
        yield city


@asynccontextmanager
async def a_city(folder: Path) -> AsyncIterator[City]:
    def tell(_: str) -> None: ...

    with TelegramServer() as telegram, ZaloOaServer() as zalo, ZaloBotServer() as bot:
        settings = settings_for(folder, telegram, zalo, bot)
        async with (
            web_services(settings, [], tell) as services,
            on_a_port(create_app(services)) as url,
            httpx.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS) as client,
        ):
            await consent(services, zalo)
            city = City(client, await a_key(services), telegram, zalo, bot)
            await city.pushes(PROCESSING)
            assert services.dossiers is not None
            while not services.dossiers.terms.is_open:  # noqa: ASYNC110 - seen by a look
                await asyncio.sleep(0.1)
            yield city


async def follow_by_typing(lan: Citizen) -> None:
    assert "mã hồ sơ" in (await lan.says("ho so cua toi den dau roi")).lower()
    assert CODE in await lan.says(CODE.lower().replace("-", " – "))
    told = await lan.says("so cuoi la 5678")
    assert "Đang xử lý" in told
    assert "N*** " in told
    assert "Nguyễn Thị Lan" not in told
    assert "?" in await lan.says("báo tôi khi có kết quả")
    assert "tôi nhắn bạn" in await lan.says("dong y")


async def is_told_once(lan: Citizen) -> None:
    alert = await lan.reads()
    assert "đã có kết quả" in alert.lower()
    await lan.city.pushes(DONE)
    await lan.city.pushes(PROCESSING)  # an older push that comes late
    assert "đã có kết quả" in (await lan.says("hồ sơ của tôi đến đâu rồi")).lower()
    assert len([one for one in lan.city.shown(lan.channel) if one in alert]) == 1
    await lan.says("dừng báo tin")


async def test_who_only_types_looks_up_follows_and_is_told_once(city: City) -> None:
    people = [Citizen(city, channel) for channel in SPEAK]
    await asyncio.gather(*map(follow_by_typing, people))
    await city.pushes(DONE)
    await asyncio.gather(*map(is_told_once, people))
    before = {channel: len(city.shown(channel)) for channel in SPEAK}
    await city.pushes(RETURNED)
    await asyncio.sleep(5)  # longer than it takes to tell
    assert {channel: len(city.shown(channel)) for channel in SPEAK} == before


async def test_the_web_page_leads_on_to_telegram_with_a_word(city: City) -> None:
    session = (await city.client.post("/v1/chat/sessions")).json()["session"]

    async def says(text: str) -> str:
        message = {"session": session, "client_message_id": str(time.monotonic_ns()), "text": text}
        answer = await city.client.post("/v1/chat/messages", json=message)
        assert answer.is_success, answer.text
        return answer.text

    assert "Đang xử lý" in await says(f"tra cứu hồ sơ {CODE} số cuối 5678")
    offered = await says("báo tôi khi có kết quả")
    word = re.search(r"start=word_([A-Z0-9]{8})", offered)
    assert word, offered
    assert CODE not in re.findall(r"https?://[^\s\"]+", offered)

    lan = Citizen(city, "telegram")
    assert "?" in await lan.says(f"/start word_{word[1]}")
    await lan.says("có")
    await city.pushes(DONE)
    assert "đã có kết quả" in (await lan.reads()).lower()


async def refusals(lan: Citizen) -> list[str]:
    answers = []
    await lan.says("xin chào")  # what is kept is told once, with the first reply
    for code in (CODE, UNKNOWN_CODE):
        await lan.says(code)
        answers.append((await lan.says("1111")).replace(code, "…"))
    return answers


async def test_a_wrong_code_and_wrong_digits_read_alike_on_every_channel(city: City) -> None:
    people = [Citizen(city, channel) for channel in SPEAK]
    for answers in await asyncio.gather(*map(refusals, people)):
        assert answers[0] == answers[1]
