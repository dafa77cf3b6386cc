"""A whole conversation with `motcua serve` through a Bot API that others wrote.

python-telegram-bot's own words for polling and webhooks are checked against npm's
`telegram-test-api`: text, answer with buttons, press, answer; then a change of mind.
"""

from pathlib import Path

import pytest

from tests.support.programs import Program
from tests.support.small_content import a_small_content
from tests.support.telegram_emulator import TOKEN, TelegramEmulator, installed

SECRET = "chuoi-bi-mat-cua-phep-thu"  # noqa: S105 - of these tests
QUESTION = "đăng ký thường trú hết bao nhiêu tiền"


@pytest.fixture(scope="session")
def server_js(national_data: Path) -> Path:
    """The emulator, installed."""
    return installed(national_data.resolve().parent / "emulators" / "telegram" / "server.js")


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_a_whole_conversation_goes_through_the_emulator(
    server_js: Path, tmp_path: Path, way: str
) -> None:
    with TelegramEmulator(server_js, tmp_path / "emulator.log") as telegram:
        settings = {
            "DATA_FOLDER": str(tmp_path / "var"),
            "CONTENT_FOLDER": str(a_small_content(tmp_path)),
            "LOG_LEVEL": "debug",
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_WAY": way,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TELEGRAM_API_URL": telegram.url,
        }
        with Program(tmp_path, settings) as program:
            if way == "webhook":
                telegram.set_webhook(f"{program.url}/webhooks/telegram", SECRET)
            _talk(telegram)
            program.stop()
        log = program.log.read_text("utf-8")

    # protocols §8, 18: neither the token nor what was written, at the level debug
    assert TOKEN.partition(":")[2] not in log
    assert QUESTION not in log


def _talk(telegram: TelegramEmulator) -> None:
    greeting = telegram.writes("/start")
    assert greeting["message"]["parse_mode"] == "HTML"

    fee = telegram.writes(QUESTION)
    assert "20.000 đồng" in fee["message"]["text"]
    assert "<b>" in fee["message"]["text"]
    assert "1.004222" in fee["message"]["text"]

    papers = telegram.presses(fee, "Giấy tờ")
    assert "CT01" in papers["message"]["text"]

    thanks = telegram.presses(papers, "👍")
    assert "👍" not in str(thanks["message"].get("reply_markup", ""))

    by_link = telegram.writes("/start ask_1-004222_fee")
    assert "20.000 đồng" in by_link["message"]["text"]

    sure = telegram.writes("/xoadulieu")
    erased = telegram.presses(sure, "Xoá")
    assert "xoá" in erased["message"]["text"].lower()
