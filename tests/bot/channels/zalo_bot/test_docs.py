"""docs/zalo-bot.md tells an operator what the program does."""

import re
from pathlib import Path

import pytest

from bot.channels.errors import ChannelBroken, DeliveryFailed, FateUnknown, PartRefused, TryLater
from bot.channels.zalo_bot.failures import Refusal, failure_of

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "zalo-bot.md").read_text("utf-8")
DONE: dict[type[DeliveryFailed], str] = {
    PartRefused: "bỏ tin đó",
    ChannelBroken: "giữ tin",
    FateUnknown: "gửi lại nhiều nhất một lần",
    TryLater: "gửi lại",
}


@pytest.mark.parametrize("code", [400, 401, 404, 403, 408, 429])
def test_what_becomes_of_a_code_stands_there(code: int) -> None:
    rows = re.findall(r"(?m)^\| (\d.*?) \| .+ \| (.+) \|$", PAGE)
    (done,) = (done for codes, done in rows if str(code) in codes)

    assert DONE[type(failure_of(Refusal(code)))] in done


def test_every_setting_and_link_of_the_page_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    settings = set(re.findall(r"\b((?:ZALO|PUBLIC)_[A-Z_]+)\b", PAGE))

    assert len(settings) >= 4
    assert [name for name in settings if f"| `{name}` |" not in readme] == []
    assert "(docs/zalo-bot.md)" in readme
