"""The page of a slip in a real browser: ticked with and without JavaScript, seen, printed."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Server

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
PAGE = "/phieu/K7Q2MX"
PAPER = "Giấy chứng sinh 1 bản chính"


@pytest.fixture(scope="module")
def slip_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("var"), "tests.browser.slip_server")
    yield server
    server.stop()


def assert_accessible(page: Page) -> None:
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def untick(page: Page) -> None:
    """Leave the slip as it was found."""
    page.get_by_role("button", name=PAPER).click()
    expect(page.get_by_role("button", name=PAPER)).to_have_attribute("aria-pressed", "false")


def test_a_tick_is_kept_without_loading_the_page_again(
    browser: Browser, slip_server: Server
) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{slip_server.address}{PAGE}")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("button", name=PAPER).click()
    pressed = page.get_by_role("button", name=PAPER)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
    expect(page.get_by_text("Đã có 1/2 giấy tờ").first).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.reload()
    expect(page.get_by_role("button", name=PAPER)).to_have_attribute("aria-pressed", "true")
    untick(page)
    page.close()


def test_a_tick_is_kept_without_javascript(browser: Browser, slip_server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{slip_server.address}{PAGE}")
    page.get_by_role("button", name=PAPER).click()
    page.wait_for_url(f"{slip_server.address}{PAGE}#giay-*")
    expect(page.get_by_role("button", name=PAPER)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="In", exact=True)).to_be_hidden()
    untick(page)
    context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_read_the_page(
    browser: Browser, slip_server: Server, size: ViewportSize, colours: str
) -> None:
    context = browser.new_context(viewport=size, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{slip_server.address}{PAGE}")
    assert_accessible(page)
    page.locator("summary").click()
    expect(page.get_by_role("link", name="Nộp hồ sơ trực tuyến")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{slip_server.address}/phieu")
    assert_accessible(page)
    context.close()


def test_a_typed_code_opens_the_slip(browser: Browser, slip_server: Server) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{slip_server.address}/phieu")
    page.get_by_label("Mã phiếu").fill("k7q 2mx")
    page.get_by_role("button", name="Mở phiếu").click()
    page.wait_for_url(f"{slip_server.address}{PAGE}")
    expect(page.get_by_role("heading", name="Đăng ký khai sinh")).to_be_visible()
    page.close()


def test_on_paper_there_are_boxes_and_no_buttons(browser: Browser, slip_server: Server) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{slip_server.address}{PAGE}")
    page.emulate_media(media="print")
    expect(page.get_by_text("K7Q 2MX", exact=True)).to_be_visible()
    expect(page.locator(".papers svg").first).to_be_visible()
    for name in ("Tải PDF (A5)", "Làm tiếp trong Telegram"):
        expect(page.get_by_role("link", name=name)).to_be_hidden()
    page.close()


def test_the_print_is_saved_as_a_file(browser: Browser, slip_server: Server) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{slip_server.address}{PAGE}")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tải PDF (A5)").click()
    assert saved.value.suggested_filename == "phieu-K7Q2MX.pdf"
    page.close()
