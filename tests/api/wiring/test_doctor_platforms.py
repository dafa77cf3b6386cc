"""`motcua doctor` asks the platforms, and tells what is wrong without showing a token."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from api.wiring import doctor
from api.wiring.doctor.findings import Mark
from api.wiring.doctor.platforms import look_at_telegram, look_at_zalo_bot
from tests.support import telegram_server, zalo_bot_server
from tests.support.examined import PUBLIC, SECRET, a_setting, marks, now, told
from tests.support.local_http import Fault
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import DATE
from tests.support.zalo_bot_server import ZaloBotServer

pytestmark = pytest.mark.anyio

STRANGE = "999:SAI-HOAN-TOAN"


def for_telegram(folder: Path, server: TelegramServer, **changes: Any) -> Settings:
    values = {
        "telegram_token": telegram_server.TOKEN,
        "telegram_webhook_secret": SECRET,
        "telegram_api_url": server.url,
    }
    return a_setting(folder, **(values | changes))


def for_zalo_bot(folder: Path, server: ZaloBotServer, **changes: Any) -> Settings:
    values = {
        "zalo_bot_token": zalo_bot_server.TOKEN,
        "zalo_bot_webhook_secret": SECRET,
        "zalo_bot_api_url": server.url,
    }
    return a_setting(folder, **(values | changes))


async def test_telegram_is_well_when_its_webhook_is_ours(tmp_path: Path) -> None:
    with TelegramServer() as server:
        server.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
        findings = await look_at_telegram(for_telegram(tmp_path, server), now)
    assert marks(findings) == {Mark.WELL}


async def test_telegram_s_webhook_elsewhere_is_wrong(tmp_path: Path) -> None:
    with TelegramServer() as server:
        for url in ("", "https://khac.example/webhooks/telegram"):
            server.webhook = {"url": url}
            findings = await look_at_telegram(for_telegram(tmp_path, server), now)
            assert "motcua telegram setup" in told(findings, Mark.WRONG)


async def test_a_webhook_in_the_way_of_polling_is_wrong(tmp_path: Path) -> None:
    with TelegramServer() as server:
        server.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
        settings = for_telegram(tmp_path, server, telegram_way="polling")
        assert "polling" in told(await look_at_telegram(settings, now), Mark.WRONG)


async def test_telegram_s_last_error_and_what_waits_there_are_told(tmp_path: Path) -> None:
    with TelegramServer() as server:
        server.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
        server.webhook_error = "Wrong response from the webhook: 502 Bad Gateway"
        server.pending = [{"update_id": number} for number in range(150)]
        error_at = datetime.fromtimestamp(DATE, UTC)
        settings = for_telegram(tmp_path, server)
        findings = await look_at_telegram(settings, lambda: error_at + timedelta(minutes=5))
    text = told(findings, Mark.LOOK)
    assert "502 Bad Gateway" in text
    assert "150 tin đang chờ" in text


async def test_a_token_that_telegram_does_not_know_is_wrong_and_not_shown(tmp_path: Path) -> None:
    with TelegramServer() as server:
        settings = for_telegram(tmp_path, server, telegram_token=STRANGE)
        findings = await look_at_telegram(settings, now)
    assert "BotFather" in told(findings, Mark.WRONG)
    assert "SAI-HOAN-TOAN" not in repr(findings)


async def test_a_platform_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    with TelegramServer() as telegram, ZaloBotServer() as zalo:
        settings = for_telegram(tmp_path, telegram)
        bot = for_zalo_bot(tmp_path, zalo)
    for findings in (await look_at_telegram(settings, now), await look_at_zalo_bot(bot, now)):
        assert "không gọi được" in told(findings, Mark.WRONG)
        assert telegram_server.TOKEN not in repr(findings)
        assert zalo_bot_server.TOKEN not in repr(findings)


async def test_zalo_bot_is_well_when_its_webhook_is_ours(tmp_path: Path) -> None:
    with ZaloBotServer() as server:
        server.webhook = zalo_bot_server.Webhook(f"{PUBLIC}/webhooks/zalo/bot", SECRET)
        findings = await look_at_zalo_bot(for_zalo_bot(tmp_path, server), now)
        assert marks(findings) == {Mark.WELL}
        server.webhook = None
        findings = await look_at_zalo_bot(for_zalo_bot(tmp_path, server), now)
        assert "motcua zalo bot-setup" in told(findings, Mark.WRONG)


async def test_a_token_that_zalo_refuses_with_status_200_is_wrong(tmp_path: Path) -> None:
    with ZaloBotServer() as server:
        server.fail("getMe", Fault(answer=zalo_bot_server.refused(401, "Unauthorized")))
        findings = await look_at_zalo_bot(for_zalo_bot(tmp_path, server), now)
    assert "ZALO_BOT_TOKEN" in told(findings, Mark.WRONG)


async def test_a_clock_an_hour_off_is_seen_in_the_platform_s_answer(tmp_path: Path) -> None:
    with ZaloBotServer() as server:
        settings = for_zalo_bot(tmp_path, server)
        findings = await look_at_zalo_bot(settings, lambda: now() + timedelta(hours=1))
    assert "NTP" in told(findings, Mark.WRONG)


async def test_the_time_that_looking_takes_is_no_fault_of_the_clock(tmp_path: Path) -> None:
    with ZaloBotServer() as server:
        settings = for_zalo_bot(tmp_path, server)
        an_hour = timedelta(hours=1)
        clock = lambda: now() if server.called("getWebhookInfo") else now() - an_hour  # noqa: E731
        findings = await look_at_zalo_bot(settings, clock)
    assert "khớp với đồng hồ của Zalo" in told(findings, Mark.WELL)


async def test_without_an_address_of_ours_no_half_of_one_is_asked_for(tmp_path: Path) -> None:
    with TelegramServer() as server:
        settings = for_telegram(tmp_path, server, public_url="")
        findings = await look_at_telegram(settings, now)
    assert "chưa đặt webhook." in told(findings, Mark.WRONG)
    assert "Ghi PUBLIC_URL rồi chạy motcua telegram setup." in repr(findings)


async def test_offline_no_platform_is_asked(tmp_path: Path) -> None:
    with TelegramServer() as server:
        settings = for_telegram(tmp_path, server, content_folder=tmp_path / "none")
        findings = await doctor.examine(settings, now, offline=True)
        assert not server.calls
    (finding,) = [one for one in findings if one.area == "Telegram"]
    assert finding.mark is Mark.OFF
    assert "--offline" in finding.told
