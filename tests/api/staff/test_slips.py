"""A slip at the counter: who sees it, what is ticked, and what is told of it."""

import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from api.filing_desk.ports import CounterResult
from api.logs import configure_logs
from api.wiring.services import Services
from bot.errors import StoreUnavailable
from bot.filings.state import Checked, Filing
from bot.guide.filing import view_of
from tests.api.conftest import serving, shipped_library
from tests.support.counters import BIRTH, CODE, MOST_WRONG, MemoryCounter
from tests.support.staff_desk import (
    LAN,
    PASSWORD,
    Browser,
    StaffDesk,
    a_browser,
    office_of,
    serve_staff,
)

pytestmark = pytest.mark.anyio

UNKNOWN = "K7Q2MA"


async def as_stranger(browser: Browser, code: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """What somebody who is not logged in gets for a code; the code itself taken out."""
    page = await browser.client.get(f"/slip/{code}")
    body = page.content.replace(code.encode(), b"CODE")
    return page.status_code, sorted(page.headers.items()), body


async def test_to_a_stranger_every_code_looks_the_same(desk: StaffDesk, browser: Browser) -> None:
    await browser.get("/staff/login")  # the cookie of this visit
    desk.counter.put(replace(BIRTH, slip="K7Q2MD"))
    desk.counter.slips["K7Q2MD"] = replace(
        desk.counter.slips["K7Q2MD"],
        slip=replace(desk.counter.slips["K7Q2MD"].slip, expires_at=0.0),
    )
    known = await as_stranger(browser, CODE)
    assert known == await as_stranger(browser, UNKNOWN) == await as_stranger(browser, "K7Q2MD")
    assert known[0] == 200
    assert desk.counter.wrong == {}


async def test_a_citizen_who_scans_the_code_is_told_where_her_own_page_is(browser: Browser) -> None:
    page = await browser.get(f"/slip/{CODE.lower()}")
    assert "Bạn là người dân?" in page.text
    assert f'href="/phieu/{CODE}"' in page.text
    other = await browser.get("/slip/khong-phai-ma")
    assert other.status_code == 200
    assert "/phieu/" not in other.text


async def test_what_is_no_code_reaches_no_page(browser: Browser) -> None:
    for written in ("<script>", "%00", "K7Q2MX%22%3E", "a" * 3000):
        page = await browser.get(f"/slip/{written}")
        assert page.status_code == 200
        assert "script>" not in page.text
        assert "aaaaaa" not in page.text


async def test_an_official_types_the_code_and_sees_the_slip(lan: Browser) -> None:
    sent = await lan.post("/staff", code=" k7q-2mx ")
    assert (sent.status_code, sent.headers["location"]) == (303, f"/slip/{CODE}")
    page = await lan.get(f"/slip/{CODE}")
    procedure = shipped_library().get(BIRTH.code)
    assert procedure is not None
    assert page.status_code == 200
    assert "Đăng ký khai sinh" in page.text
    assert len(lan.keys) >= 3
    assert lan.ticked == []
    assert "Lưu và báo cho người dân" in page.text


async def test_what_is_no_code_is_told_before_anything_is_looked_up(
    desk: StaffDesk, lan: Browser
) -> None:
    page = await lan.post("/staff", code='K7Q"><b>')
    assert page.status_code == 422
    assert "Mã phiếu gồm 6 chữ và số" in page.text
    assert "<b>" not in page.text.split("<main")[1].split("</form>")[0]
    assert (await lan.get("/slip/K7Q")).status_code == 404
    assert desk.counter.wrong == {}


async def test_what_the_citizen_says_and_what_was_answered_is_shown(
    desk: StaffDesk, lan: Browser
) -> None:
    await lan.get(f"/slip/{CODE}")
    table = shipped_library().table(BIRTH.code)
    assert table is not None
    first = table.questions[0]
    filing = replace(BIRTH, ticked=(lan.keys[0],), answers=((first.key, first.options[0].key),))
    desk.counter.put(filing)
    page = await lan.get(f"/slip/{CODE}")
    assert page.text.count("Người dân ghi là đã có") == 1
    assert lan.ticked == []  # what she says is not what was seen
    assert f"{first.text} {first.options[0].told or first.options[0].label}" in page.text


async def test_what_was_there_is_kept_and_what_is_missing_is_told(
    desk: StaffDesk, lan: Browser
) -> None:
    await lan.get(f"/slip/{CODE}")
    needed = lan.keys
    saved = await lan.save(CODE, needed[0])
    assert saved.status_code == 200
    assert desk.counter.checks == [(1, CODE, (needed[0],))]
    assert "Còn thiếu" in saved.text
    assert "1 nơi nhận" in saved.text
    again = await lan.get(f"/slip/{CODE}")
    assert lan.ticked == [needed[0]]
    assert "Đã xem lúc 12:00 ngày 23/11/2026" in again.text


async def test_a_complete_slip_is_called_complete(desk: StaffDesk, lan: Browser) -> None:
    desk.counter.put(BIRTH, told=0)
    await lan.get(f"/slip/{CODE}")
    saved = await lan.save(CODE, *lan.keys)
    assert "Đủ giấy tờ cần nộp" in saved.text
    assert "Còn thiếu" not in saved.text
    assert "Chưa nhắn được cho người dân" in saved.text


async def test_nothing_ticked_takes_every_tick_away(desk: StaffDesk, lan: Browser) -> None:
    await lan.get(f"/slip/{CODE}")
    await lan.save(CODE, *lan.keys)
    await lan.get(f"/slip/{CODE}")
    await lan.save(CODE)
    assert desk.counter.checks[-1] == (1, CODE, ())


async def test_keys_that_are_in_no_list_are_left_out(desk: StaffDesk, lan: Browser) -> None:
    await lan.get(f"/slip/{CODE}")
    known = lan.keys[0]
    await lan.save(CODE, known, known, "ffffffff", "", "' OR 1=1", "x" * 2000)
    assert desk.counter.checks == [(1, CODE, (known,))]


async def test_a_list_that_changed_meanwhile_is_shown_again_before_anything_is_told(
    desk: StaffDesk, lan: Browser
) -> None:
    await lan.get(f"/slip/{CODE}")
    before = lan.keys
    desk.counter.put(with_another_list())
    told = await lan.save(CODE, before[0])
    assert told.status_code == 409
    assert "danh sách giấy tờ đã khác" in told.text
    assert desk.counter.checks == []
    assert set(lan.ticked) <= {before[0]}
    assert lan.keys != before
    assert (await lan.save(CODE, *lan.ticked)).status_code == 200


def with_another_list() -> Filing:
    """The same filing after an answer that takes papers away or adds some."""
    library, code = shipped_library(), BIRTH.code
    procedure, table = library.get(code), library.table(code)
    assert procedure is not None
    assert table is not None

    def keys(filing: Filing) -> list[str]:
        return [one.key for one in view_of(procedure, table, library.guide(code), filing).listed]

    changed = (
        replace(BIRTH, answers=((question.key, option.key),))
        for question in table.questions
        for option in question.options
    )
    return next(filing for filing in changed if keys(filing) != keys(BIRTH))


async def test_a_wrong_and_an_expired_code_get_one_answer(desk: StaffDesk, lan: Browser) -> None:
    await lan.get(f"/slip/{CODE}")
    mark, keys = lan.mark, lan.keys
    kept = desk.counter.slips[CODE]
    desk.counter.slips[CODE] = replace(kept, slip=replace(kept.slip, expires_at=0.0))
    expired = await lan.get(f"/slip/{CODE}")
    unknown = await lan.get(f"/slip/{UNKNOWN}")
    assert (expired.status_code, unknown.status_code) == (404, 404)
    assert expired.content == unknown.content
    assert "Không mở được phiếu này" in unknown.text
    late = await lan.post(f"/slip/{CODE}", seen=keys, mark=mark)
    assert (late.status_code, late.content) == (404, unknown.content)


async def test_an_official_who_tries_codes_has_to_wait(lan: Browser) -> None:
    for _ in range(MOST_WRONG):
        assert (await lan.get(f"/slip/{UNKNOWN}")).status_code == 404
    locked = await lan.get(f"/slip/{CODE}")
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "60")
    assert "Bạn thử lại lúc 12 giờ 01" in locked.text


async def test_a_procedure_that_is_gone_is_told(desk: StaffDesk, lan: Browser) -> None:
    desk.counter.put(replace(BIRTH, code="9.999999"))
    page = await lan.get(f"/slip/{CODE}")
    assert page.status_code == 404
    assert "không còn trong dữ liệu" in page.text


async def test_keys_that_were_seen_long_ago_do_no_harm(desk: StaffDesk, lan: Browser) -> None:
    kept = desk.counter.slips[CODE]
    seen = Checked(("ffffffff",), desk.now.timestamp())
    desk.counter.slips[CODE] = replace(kept, slip=replace(kept.slip, checked=seen))
    assert (await lan.get(f"/slip/{CODE}")).status_code == 200
    assert lan.ticked == []


class AwayCounter(MemoryCounter):
    """The database is away."""

    @override
    async def at_counter(self, staff_id: int, code: str) -> CounterResult:
        raise StoreUnavailable("Kho dữ liệu đang không đọc được.")


@asynccontextmanager
async def serving_away(desk: StaffDesk, folder: Path) -> AsyncIterator[Services]:
    async with serving(folder) as services:
        services.now = lambda: desk.now
        desk.counter = AwayCounter()
        desk.app = serve_staff(services, office_of(desk, ""), desk.passwords)
        yield services


async def test_a_store_that_is_away_is_told_on_a_page(desk: StaffDesk, tmp_path: Path) -> None:
    async with serving_away(desk, tmp_path / "other"), a_browser(desk) as browser:
        await browser.log_in()
        page = await browser.get(f"/slip/{CODE}")
    assert page.status_code == 503
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["retry-after"] == "30"
    assert "Bạn thử lại sau ít phút nhé" in page.text


async def test_the_log_holds_neither_codes_nor_who_logged_in_with_what(
    desk: StaffDesk, browser: Browser
) -> None:
    stream = io.StringIO()
    configure_logs("debug", stream)
    await browser.get(f"/slip/{CODE}")
    await browser.log_in("mật khẩu gõ nhầm")
    await browser.log_in()
    await browser.get("/staff")
    await browser.post("/staff", code=CODE)
    await browser.get(f"/slip/{CODE}")
    await browser.save(CODE, browser.keys[0])
    session = browser.client.cookies["motcua_staff"]
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert "/slip/{code}" in {line["route"] for line in lines}
    for private in (CODE, PASSWORD, "gõ nhầm", session, LAN.login, LAN.name):
        assert private not in stream.getvalue()
