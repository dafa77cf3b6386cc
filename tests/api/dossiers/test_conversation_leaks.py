"""A conversation tells nobody whether a dossier exists that is not hers, whatever she sends."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk_parts import RIGHT, an_update
from tests.support.dossier_town import WebTown, a_web_town
from tests.support.leaks import existing_code, unknown_code

pytestmark = pytest.mark.anyio

EACH = 12
"""Conversations of a kind about dossiers that exist, and as many about others."""

KINDS: dict[str, tuple[str, ...]] = {
    "code, then digits": ("{code}", "1111", "2222", "báo tôi khi có kết quả"),
    "asked for": ("ho so cua toi den dau roi", "{code}", "số cuối 1111", "sao lâu thế"),
    "all at once": ("tra cứu hồ sơ {code} số cuối 1111", "xem lịch sử xử lý", "nhớ hồ sơ này"),
    "interrupted": ("{code}", "phí đăng ký khai sinh bao nhiêu", "tiếp tục", "1111"),
    "mistyped": ("{typo} sao rồi", "đúng rồi", "1111"),
    "subscribes": ("báo tôi khi hồ sơ {code} có kết quả", "1111", "đồng ý"),
    "late": ("hồ sơ {code} trễ hẹn rồi khiếu nại ở đâu", "1111"),
    "something else": ("{code}", "tôi không nhớ số nào", "quên mã hồ sơ rồi"),
    "locked": ("{code}", "1111", "2222", "3333", "4444", "0000", RIGHT, "{code}"),
}
PRESSED = ("history", "follow", "remember", "agree", "refuse", "stop", "forget", "resume", "lost")
"""Buttons that were never shown."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[WebTown]:
    dossiers = [an_update(existing_code(number)) for number in range(500)]
    async with a_web_town(tmp_path, dossiers) as town:
        yield town


def typo(code: str) -> str:
    """A code with the letter O in the place of a nought."""
    head, _, tail = code.rpartition("-")
    return f"{head}-O{tail[1:]}"


def alike(told: str) -> str:
    """Leave out the numbers of turns, and until when one must wait: a minute may end meanwhile."""
    told = re.sub(r"rate:(up|down):\d+", r"rate:\1", told)
    return re.sub(r"\d{1,2}:\d{2}(?: ngày \d{1,2}/\d{1,2}/\d{4})?", "lúc", told)


async def talk(town: WebTown, code: str, sayings: tuple[str, ...]) -> str:
    """Say everything in a session of one's own; return all that was answered, without the code."""
    citizen = await town.opens()
    told: list[dict[str, Any]] = []
    for saying in sayings:
        if saying.startswith("press "):
            told.append(await citizen.says(choice=saying.removeprefix("press ").format(code=code)))
        else:
            told.append(await citizen.says(saying.format(code=code, typo=typo(code))))
    assert [one["status"] for one in told] == [200] * len(sayings), told
    answered = json.dumps(told, ensure_ascii=False)
    return alike(answered.replace(typo(code), "…").replace(code, "…"))


async def test_no_conversation_tells_whether_a_dossier_exists(town: WebTown) -> None:
    for at, (kind, sayings) in enumerate(KINDS.items()):
        numbers = range(at * EACH, (at + 1) * EACH)
        told = {
            await talk(town, code(number), sayings)
            for number in numbers
            for code in (existing_code, unknown_code)
        }
        assert len(told) == 1, (kind, sorted(told)[:2])


async def test_no_button_opens_what_was_not_proved(town: WebTown) -> None:
    await owner_is_told_and_nobody_else(town, existing_code(400))
    for at, act in enumerate(PRESSED):
        numbers = range(200 + at * 2, 200 + (at + 1) * 2)
        told = {
            await talk(town, code(number), (f"press hs:{act}:{{code}}", "press hs:history", "1111"))
            for number in numbers
            for code in (existing_code, unknown_code)
        }
        assert len(told) == 1, act
        assert "Đăng ký thường trú" not in next(iter(told))
    for value in ("hs:word:K7QM2XWA", "dossier:{code}", "code:{code}"):
        told = {
            await talk(town, code(300), (f"press {value}", "1111"))
            for code in (existing_code, unknown_code)
        }
        assert len(told) == 1, value


async def owner_is_told_and_nobody_else(town: WebTown, code: str) -> None:
    own = await talk(town, code, ("{code}", RIGHT, "xem lịch sử"))
    assert "Đăng ký thường trú" in own
    assert "Chuyển cán bộ thụ lý" in own
    other = await talk(town, code, ("{code}", "xem lịch sử", "báo tôi khi có kết quả"))
    assert "Đăng ký thường trú" not in other
    assert "Chuyển cán bộ thụ lý" not in other
