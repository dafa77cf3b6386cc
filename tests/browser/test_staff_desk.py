"""The officials' desk in a real browser: without a script, by keyboard, and on every screen."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server
from tests.browser.staff_server import SLIPS
from tests.support.staff_desk import LAN, PASSWORD

FIRST, SECOND, THIRD, FOURTH = SLIPS


@pytest.fixture(scope="module")
def staff_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("var"), "tests.browser.staff_server")
    yield server
    server.stop()


@pytest.fixture
def plain(browser: Browser, staff_server: Server) -> Iterator[Page]:
    """A telephone without JavaScript: the desk has no script at all."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=False,
        base_url=staff_server.address,
    )
    yield context.new_page()
    context.close()


def log_in(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill(LAN.login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_slip_is_opened_ticked_and_told_without_javascript(plain: Page) -> None:
    plain.goto(f"/slip/{FIRST}")
    expect(plain.get_by_role("link", name="Mở phiếu của tôi")).to_have_attribute(
        "href", f"/phieu/{FIRST}"
    )
    log_in(plain)
    expect(plain).to_have_url(re.compile(f"/slip/{FIRST}$"))
    papers = plain.get_by_role("checkbox")
    expect(papers.first).not_to_be_checked()
    papers.first.check()
    plain.get_by_role("button", name="Lưu và báo cho người dân").click()
    expect(plain.get_by_role("status")).to_contain_text("Còn thiếu")
    plain.get_by_role("link", name="Sửa lại phiếu này").click()
    expect(plain.get_by_role("checkbox").first).to_be_checked()
    plain.get_by_role("button", name="Đăng xuất").click()
    expect(plain.get_by_label("Mật khẩu")).to_be_visible()
    plain.goto(f"/slip/{FIRST}")
    expect(plain.get_by_role("checkbox")).to_have_count(0)


def test_everything_can_be_done_with_the_keyboard(browser: Browser, staff_server: Server) -> None:
    context = browser.new_context(base_url=staff_server.address)
    page = context.new_page()
    page.goto("/staff")
    page.get_by_label("Tên đăng nhập").focus()
    page.keyboard.type(LAN.login)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mã phiếu")).to_be_focused()
    page.keyboard.type(SECOND.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")
    context.close()


def check(page: Page, width: int) -> None:
    """Assert that everybody can use the page, and that nothing is cut off at the side."""
    report = Axe().run(page)
    assert not report.violations_count, report.generate_report()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("scheme", "width", "code"), [("light", 1280, THIRD), ("dark", 320, FOURTH)]
)
def test_everybody_can_use_every_page(
    browser: Browser, staff_server: Server, scheme: str, width: int, code: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
        base_url=staff_server.address,
    )
    page = context.new_page()
    page.goto(f"/slip/{code}")
    check(page, width)
    look_at_login(page, width)
    look_at_slip(page, width)
    look_at_home(page, width)
    context.close()


def look_at_login(page: Page, width: int) -> None:
    page.get_by_label("Tên đăng nhập").fill("khong.co.ai")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, width)
    log_in(page)


def look_at_slip(page: Page, width: int) -> None:
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.get_by_role("checkbox").first.check()
    check(page, width)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_be_visible()
    check(page, width)
    page.get_by_role("link", name="Mở phiếu khác").click()


def look_at_home(page: Page, width: int) -> None:
    check(page, width)
    page.get_by_label("Mã phiếu").fill("K7Q")
    page.get_by_role("button", name="Mở phiếu").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, width)
    page.goto("/slip/A2A2A2")
    expect(page.get_by_role("heading", name="Không mở được phiếu này")).to_be_visible()
    check(page, width)
