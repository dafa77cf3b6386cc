"""The page of a slip: whoever has the code reads and ticks; no other code tells anything."""

import re
from dataclasses import replace

import httpx
import pytest

from api.limits import CountsInMemory, Limiter, Limits
from api.wiring.services import Services
from bot.filings.codes import read_code
from bot.filings.ports import FilingTerms
from bot.filings.state import Checked
from bot.held import Held
from tests.support.slip_pages import CODE, PUBLIC, UNKNOWN, MemorySlipPages, a_filing, the_view

pytestmark = pytest.mark.anyio

PAGE = f"/phieu/{CODE}"
KEY = re.compile(r'name="paper" value="([0-9a-f]+)"')


async def keys(browser: httpx.AsyncClient) -> list[str]:
    found = KEY.findall((await browser.get(PAGE)).text)
    assert len(found) > 1
    return found


async def test_who_has_the_code_sees_papers_office_ways_and_source(
    browser: httpx.AsyncClient,
) -> None:
    page = await browser.get(PAGE)

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    told = (
        "Đăng ký khai sinh",
        "K7Q 2MX",
        "Giấy chứng sinh",
        "1 bản chính",
        "Nơi nhận hồ sơ",
        "Lệ phí theo cách nộp",
        "Thời gian giải quyết theo cách nộp",
        "thì bạn không phải nộp",
        "Quyết định",
        "22/12/2026",
        "Phiếu không có thông tin cá nhân",
    )
    assert [words for words in told if words not in page.text] == []


async def test_a_paper_is_ticked_and_unticked_without_javascript(
    browser: httpx.AsyncClient, pages: MemorySlipPages
) -> None:
    key = (await keys(browser))[0]
    ticked = await browser.post(PAGE, data={"paper": key, "on": "1"})
    assert ticked.status_code == 303
    assert ticked.headers["location"] == f"{PAGE}#giay-{key}"
    assert pages.slips[CODE].filing.ticked == (key,)
    assert 'aria-pressed="true"' in (await browser.get(PAGE)).text
    await browser.post(PAGE, data={"paper": key, "on": "0"})
    assert pages.slips[CODE].filing.ticked == ()


async def test_the_script_gets_the_papers_alone(browser: httpx.AsyncClient) -> None:
    key = (await keys(browser))[0]
    part = await browser.post(PAGE, data={"paper": key, "on": "1"}, headers={"X-Fragment": "1"})
    assert part.status_code == 200
    assert part.text.startswith('<section class="sheet" id="giay-to"')
    assert part.text.endswith("</section>")
    assert "Đã có 1/" in part.text


async def test_a_key_of_no_paper_here_is_not_kept(
    browser: httpx.AsyncClient, pages: MemorySlipPages
) -> None:
    assert (await browser.post(PAGE, data={"paper": "0" * 8, "on": "1"})).status_code == 303
    assert pages.slips[CODE].filing.ticked == ()


@pytest.mark.parametrize(
    "form", [{}, {"paper": "../x", "on": "1"}, {"paper": "ab", "on": "2"}, {"paper": "é" * 9}]
)
async def test_a_form_that_is_none_is_refused(
    browser: httpx.AsyncClient, form: dict[str, str]
) -> None:
    assert (await browser.post(PAGE, data=form)).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://kesau.example"},
    ],
)
async def test_another_site_ticks_nothing(
    browser: httpx.AsyncClient, pages: MemorySlipPages, headers: dict[str, str]
) -> None:
    key = (await keys(browser))[0]
    refused = await browser.post(PAGE, data={"paper": key, "on": "1"}, headers=headers)
    assert refused.status_code == 403
    assert pages.slips[CODE].filing.ticked == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "null"},
        {"Origin": PUBLIC},
    ],
)
async def test_our_own_page_ticks_in_every_browser(
    browser: httpx.AsyncClient, pages: MemorySlipPages, headers: dict[str, str]
) -> None:
    key = (await keys(browser))[0]
    await browser.post(PAGE, data={"paper": key, "on": "1"}, headers=headers)
    assert pages.slips[CODE].filing.ticked == (key,)


async def test_wrong_mistyped_and_expired_codes_get_one_page_equal_to_the_byte(
    browser: httpx.AsyncClient, pages: MemorySlipPages
) -> None:
    pages.put(a_filing())
    pages.slips["C3D4E7"] = replace(pages.slips[CODE], expires_at=0.0)
    gone = replace(a_filing("9.999999"), slip="D3E4F7")
    pages.put(gone)
    asked = [f"/phieu/{UNKNOWN}", "/phieu/C3D4E7", "/phieu/D3E4F7", "/phieu/<b>x"]
    asked += ["/phieu/000000", "/phieu/KYNANG.pdf", "/phieu?ma=", "/phieu?ma=O0O0O0"]
    answers = [await browser.get(path) for path in asked]
    assert [one.status_code for one in answers] == [404] * len(asked)
    assert len({one.content for one in answers}) == 1
    assert len({tuple(one.headers.items()) for one in answers}) == 1
    tick = await browser.post(f"/phieu/{UNKNOWN}", data={"paper": "ab", "on": "1"})
    assert (tick.status_code, tick.content) == (404, answers[0].content)


async def test_prints_of_a_wrong_code_tell_no_more(browser: httpx.AsyncClient) -> None:
    page = await browser.get(f"/phieu/{UNKNOWN}")
    for ending in (".pdf", ".png"):
        printed = await browser.get(f"/phieu/{UNKNOWN}{ending}")
        assert (printed.status_code, printed.content) == (404, page.content)


async def test_who_guesses_codes_has_to_wait(browser: httpx.AsyncClient) -> None:
    for _ in range(5):
        await browser.get(f"/phieu/{UNKNOWN}")
    for path in (f"/phieu/{UNKNOWN}", PAGE, f"{PAGE}.pdf"):
        locked = await browser.get(path)
        assert locked.status_code == 429
        assert locked.headers["retry-after"] == "600"
        assert "10 phút" in locked.text


@pytest.mark.parametrize("typed", ["k7q2mx", "K7Q 2MX", "K7Q-2MX", " k7q.2mx "])
async def test_a_code_is_read_however_it_is_written(browser: httpx.AsyncClient, typed: str) -> None:
    assert read_code(typed) == CODE
    boxed = await browser.get("/phieu", params={"ma": typed})
    assert (boxed.status_code, boxed.headers["location"]) == (303, PAGE)
    for ending in ("", ".pdf", ".png"):
        there = await browser.get(f"/phieu/{typed}{ending}")
        assert (there.status_code, there.headers["location"]) == (303, f"{PAGE}{ending}")


async def test_the_way_of_writing_tells_nothing_of_a_code(browser: httpx.AsyncClient) -> None:
    there = await browser.get(f"/phieu/{UNKNOWN.lower()}")
    assert there.headers["location"] == f"/phieu/{UNKNOWN}"


async def test_a_box_takes_the_code(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/phieu")
    assert page.status_code == 200
    assert '<form class="find" method="get" action="/phieu">' in page.text


async def test_the_print_has_both_sizes_of_paper(browser: httpx.AsyncClient) -> None:
    for query, box in (("", b"419.53 595.28"), ("?kho=a4", b"595.28 841.89")):
        printed = await browser.get(f"{PAGE}.pdf{query}")
        assert printed.status_code == 200
        assert printed.headers["content-type"] == "application/pdf"
        assert 'filename="phieu-K7Q2MX.pdf"' in printed.headers["content-disposition"]
        assert printed.content.startswith(b"%PDF-")
        assert box in printed.content
    assert (await browser.get(f"{PAGE}.pdf?kho=a3")).status_code == 422


async def test_the_card_is_a_picture(browser: httpx.AsyncClient) -> None:
    card = await browser.get(f"{PAGE}.png")
    assert card.headers["content-type"] == "image/png"
    assert card.content.startswith(b"\x89PNG")
    assert len(card.content) < 60_000


async def test_prints_are_limited_by_address(
    browser: httpx.AsyncClient, services: Services
) -> None:
    limits = Limits(messages=1, overall=100, sessions=100)
    services.limiter = Limiter(CountsInMemory(lambda: 0.0), limits)
    assert (await browser.get(f"{PAGE}.pdf")).status_code == 200
    refused = await browser.get(f"{PAGE}.pdf")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert (await browser.get(PAGE)).status_code == 200


async def test_what_the_counter_saw_is_shown_and_what_is_missing(
    browser: httpx.AsyncClient, services: Services, pages: MemorySlipPages
) -> None:
    listed = the_view(services.library, a_filing()).listed
    pages.put(a_filing(), Checked((listed[0].key,), 1795311000.0))
    page = (await browser.get(PAGE)).text
    assert "Cán bộ đã xem hồ sơ" in page
    assert "Còn thiếu 1 giấy tờ:" in page
    assert "08:30 ngày 22/11/2026" in page
    needed = tuple(one.key for one in listed)
    pages.put(a_filing(), Checked(needed, 1795311000.0))
    assert "Đã đủ giấy tờ." in (await browser.get(PAGE)).text


async def test_what_waits_to_be_confirmed_is_not_told(
    browser: httpx.AsyncClient, services: Services
) -> None:
    services.held = Held.of([("1.001193", "documents"), ("1.001193", "fee")])
    page = (await browser.get(PAGE)).text
    assert "Giấy chứng sinh:" not in page
    assert "1 bản chính" not in page
    assert "đang chờ cán bộ kiểm tra lại" in page
    assert "miễn phí" not in page


async def test_a_store_that_is_away_is_told_in_words(
    browser: httpx.AsyncClient, pages: MemorySlipPages
) -> None:
    pages.away = True
    for path in (PAGE, f"{PAGE}.pdf"):
        away = await browser.get(path)
        assert away.status_code == 503
        assert "Tạm thời chưa mở được phiếu" in away.text
        assert int(away.headers["retry-after"]) > 0


async def test_links_lead_on_to_telegram_and_zalo_where_they_are_known(
    browser: httpx.AsyncClient, pages: MemorySlipPages
) -> None:
    page = (await browser.get(PAGE)).text
    assert 'href="https://t.me/motcua_bot?start=slip_K7Q2MX"' in page
    assert "https://zalo.me/579745863508352884" in page
    pages.terms = FilingTerms(is_open=True, page="/phieu/")
    page = (await browser.get(PAGE)).text
    assert "t.me" not in page
    assert "zalo" not in page.lower().replace("telegram, zalo", "")


async def test_the_page_needs_no_cookie_and_sets_none(browser: httpx.AsyncClient) -> None:
    await browser.get(PAGE)
    await browser.post(PAGE, data={"paper": (await keys(browser))[0], "on": "1"})
    assert not browser.cookies
