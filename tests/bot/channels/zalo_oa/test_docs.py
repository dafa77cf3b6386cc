"""docs/zalo-oa.md tells an operator what the program does."""

import re
from pathlib import Path

from bot.channels.zalo_oa.codes import CODES
from tests.support.zalo_oa_events import event_names

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "zalo-oa.md").read_text("utf-8")


def test_every_code_of_zalo_stands_there_with_what_to_do() -> None:
    rows = re.findall(r"(?m)^\| (-\d+) \| (.+) \|$", PAGE)

    assert rows
    assert {int(code): hint for code, hint in rows} == {
        code: known.hint for code, known in CODES.items()
    }


def test_every_event_that_is_to_be_switched_on_is_known() -> None:
    named = set(re.findall(r"`((?:user|oa|anonymous)_[a-z_]+|follow|unfollow)`", PAGE))

    assert {"user_send_text", "user_withdraw", "oa_send_text"} <= named
    assert named <= set(event_names())


def test_every_setting_and_link_of_the_page_exists() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    settings = set(re.findall(r"`((?:ZALO|TOKEN|PUBLIC)_[A-Z_]+)", PAGE))

    assert settings
    assert [name for name in settings if f"| `{name}` |" not in readme] == []
    assert "(docs/zalo-oa.md)" in readme
