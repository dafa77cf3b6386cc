"""The page of online services in a real browser: for everybody, on every screen, without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Server
from tests.browser.test_page import violations

LIST = "/dich-vu"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_list(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    for query in ("", "?muc=full", "?q=khong-co-dau&cap=huyen"):
        page.goto(f"{server.address}{LIST}{query}")
        assert violations(page) == ""
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_of_the_list_is_cut_off(browser: Browser, server: Server, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{server.address}{LIST}?muc=online")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    context.close()


def test_without_javascript_a_service_is_found_and_the_assistant_asked(
    plain_page: Page, server: Server
) -> None:
    plain_page.goto(f"{server.address}{LIST}")
    plain_page.get_by_label("Tìm thủ tục").fill("dang ky khai sinh")
    plain_page.get_by_label("Cấp giải quyết").select_option("Cấp xã")
    plain_page.get_by_role("button", name="Tìm", exact=True).click()
    expect(plain_page).to_have_url(
        f"{server.address}{LIST}?q=dang+ky+khai+sinh&linh-vuc=&cap=commune"
    )
    plain_page.get_by_role("button", name="Hỏi trợ lý: Đăng ký khai sinh", exact=True).click()
    expect(plain_page.locator(".mine")).to_contain_text("Đăng ký khai sinh")
    expect(plain_page.locator(".source")).to_contain_text("1.001193")


def test_a_group_is_chosen_by_a_press_and_the_search_stays(page: Page, server: Server) -> None:
    page.goto(f"{server.address}{LIST}?q=dang+ky")
    page.get_by_role("link", name="Nộp trực tuyến được").click()
    expect(page.get_by_label("Tìm thủ tục")).to_have_value("dang ky")
    expect(page.locator(".tile[aria-current]")).to_contain_text("Nộp trực tuyến được")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator(".tile[aria-current]")).to_contain_text("Nộp trực tuyến được")
