"""`motcua telegram`, against the emulated Bot API."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import WORDS
from tests.api.commands.test_commands import motcua
from tests.support.local_http import Fault
from tests.support.telegram_server import SECRET, TOKEN, TelegramServer
from tests.support.telegram_updates import a_message, an_update

PUBLIC = "https://motcua.example.gov.vn"


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


def run(
    command: str, telegram: TelegramServer, folder: Path, **changes: str
) -> tuple[int, str, str]:
    env = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_URL": telegram.url,
        "PUBLIC_URL": PUBLIC,
        **changes,
    }
    result = motcua("telegram", command, folder=folder, env=env)
    for secret in (SECRET, TOKEN.partition(":")[2]):
        assert secret not in result.stdout + result.stderr
    return result.returncode, result.stdout, result.stderr


def test_setup_introduces_the_bot_and_sets_the_webhook(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    telegram.queue(an_update(7, message=a_message("tin đang chờ")))
    status, out, _ = run("setup", telegram, tmp_path)

    assert status == 0
    assert "@motcua_bot" in out
    assert telegram.webhook["url"] == f"{PUBLIC}/webhooks/telegram"
    assert telegram.webhook["secret_token"] == SECRET
    assert set(telegram.webhook["allowed_updates"]) == {
        "message", "edited_message", "callback_query", "my_chat_member",
    }  # fmt: skip
    assert len(telegram.pending) == 1


def test_setup_names_every_command_that_is_understood_within_the_limits_of_telegram(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    run("setup", telegram, tmp_path)
    commands = {one["command"]: one["description"] for one in telegram.profile["commands"]}

    assert commands.keys() == WORDS.keys()
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", word) for word in commands)
    assert all(1 <= len(text) <= 256 for text in commands.values())
    assert 1 <= len(telegram.profile["description"]) <= 512
    assert 1 <= len(telegram.profile["short_description"]) <= 120


def test_setup_for_polling_takes_the_webhook_away_and_keeps_what_waits(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    telegram.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
    telegram.queue(an_update(7, message=a_message("tin đang chờ")))
    status, out, _ = run("setup", telegram, tmp_path, TELEGRAM_WAY="polling", PUBLIC_URL="")

    assert (status, telegram.webhook, len(telegram.pending)) == (0, {}, 1)
    assert "bỏ webhook" in out


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"TELEGRAM_TOKEN": ""}, "BotFather"),
        ({"TELEGRAM_TOKEN": "666:AAA-thu-hoi"}, "không nhận token"),
        ({"TELEGRAM_TOKEN": "khong-phai-token"}, "không nhận token"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL chưa có"),
        ({"PUBLIC_URL": "http://motcua.example.gov.vn"}, "phải là https"),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:9"}, "Không gọi được Telegram"),
    ],
)
def test_what_stops_the_setup_is_told_with_what_to_do(
    telegram: TelegramServer, tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    status, _, err = run("setup", telegram, tmp_path, **changes)

    assert status == 1
    assert told in err
    assert telegram.webhook == {}


def test_setup_outlives_no_broken_line_in_silence(telegram: TelegramServer, tmp_path: Path) -> None:
    telegram.fail("setMyCommands", Fault(cut=True))
    status, _, err = run("setup", telegram, tmp_path)

    assert status == 1
    assert "Không gọi được Telegram" in err


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("", ""),
        ("Wrong response from the webhook: 403 Forbidden", "chuỗi bí mật không khớp"),
        ("Wrong response from the webhook: 502 Bad Gateway", "Máy chủ trả lỗi"),
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "Chứng chỉ"),
        ("Failed to resolve host: Name or service not known", "DNS"),
        ("Connection timed out", "không trả lời kịp"),
    ],
)
def test_status_tells_what_waits_and_what_went_wrong(
    telegram: TelegramServer, tmp_path: Path, error: str, told: str
) -> None:
    telegram.webhook = {"url": f"{PUBLIC}/webhooks/telegram"}
    telegram.webhook_error = error
    telegram.queue(*(an_update(n, message=a_message("chờ")) for n in (1, 2, 3)))
    status, out, _ = run("status", telegram, tmp_path)

    assert status == 0
    assert f"{PUBLIC}/webhooks/telegram" in out
    assert "Tin đang chờ: 3." in out
    assert told in out
    assert ("Lỗi gần nhất" in out) == bool(error)


@pytest.mark.parametrize(("way", "url"), [("webhook", ""), ("polling", f"{PUBLIC}/cu")])
def test_status_tells_where_telegram_and_the_settings_disagree(
    telegram: TelegramServer, tmp_path: Path, way: str, url: str
) -> None:
    telegram.webhook = {"url": url}
    status, _, err = run("status", telegram, tmp_path, TELEGRAM_WAY=way)

    assert status == 1
    assert "motcua telegram setup" in err
