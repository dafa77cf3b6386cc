"""The demo page in a real browser: with JavaScript, without it, and when the server is gone."""

from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.api.conftest import BIRTH
from tests.browser.conftest import PHONE, Server

BUDGET_BYTES = 25_000


def ask(page: Page, question: str) -> None:
    page.get_by_label("Câu hỏi của bạn").fill(question)
    page.get_by_role("button", name="Gửi").click()


def violations(page: Page) -> str:
    report = Axe().run(page)
    return str(report.generate_report()) if report.violations_count else ""


def test_a_question_is_answered_without_loading_the_page_again(page: Page) -> None:
    page.evaluate("() => { window.same = true; }")
    ask(page, BIRTH)
    expect(page.locator(".mine")).to_have_text(f"Bạn hỏi: {BIRTH}")
    expect(page.locator(".source")).to_contain_text("1.001193")
    assert page.evaluate("() => window.same")
    expect(page.get_by_label("Câu hỏi của bạn")).to_have_value("")


def test_the_enter_key_sends_and_the_answer_is_read_out(page: Page) -> None:
    page.get_by_label("Câu hỏi của bạn").fill("xin chào")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".answer")).to_be_visible()
    assert page.get_by_role("log").get_attribute("aria-live") == "polite"


def test_a_button_under_the_answer_asks_on(page: Page) -> None:
    ask(page, BIRTH)
    page.locator(".choices button").first.click()
    expect(page.locator(".answer")).to_have_count(2)


def test_an_answer_is_rated_where_it_stands_and_stays_rated(page: Page) -> None:
    ask(page, BIRTH)
    page.get_by_role("button", name="Chưa có ích").click()
    expect(page.get_by_role("button", name="Chưa có ích")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Chưa có ích")).to_be_focused()
    page.get_by_role("button", name="Có ích", exact=True).click()
    expect(page.locator(".rating [role=status]")).to_have_text("Cảm ơn bạn!")
    page.reload()
    expect(page.locator('.rating [aria-pressed="true"]')).to_contain_text("Có ích")
    expect(page.locator(".turn")).to_have_count(1)


def test_erasing_takes_the_conversation_off_the_page(page: Page) -> None:
    ask(page, BIRTH)
    expect(page.locator(".turn")).to_have_count(1)
    ask(page, "xoá dữ liệu của tôi")
    page.get_by_role("button", name="Xoá hết").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".answer")).to_contain_text("Tôi đã xoá hết")
    page.reload()
    expect(page.locator(".mine")).to_have_count(0)


def test_an_example_can_be_pressed(page: Page) -> None:
    page.get_by_role("button", name=BIRTH).click()
    expect(page.locator(".source").first).to_contain_text("1.001193")


def test_the_conversation_is_still_there_after_loading_again(page: Page) -> None:
    ask(page, "xin chào")
    expect(page.locator(".answer")).to_have_count(1)
    ask(page, BIRTH)
    expect(page.locator(".answer")).to_have_count(2)
    page.reload()
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".mine").last).to_contain_text(BIRTH)


def test_starting_again_forgets_the_conversation(page: Page) -> None:
    ask(page, BIRTH)
    expect(page.locator(".answer")).to_have_count(1)
    page.get_by_role("button", name="Hỏi mới").click()
    expect(page.locator(".answer")).to_have_count(0)
    page.reload()
    expect(page.locator(".answer")).to_have_count(0)


def test_html_in_a_question_is_shown_as_it_was_typed(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> &amp;")
    expect(page.get_by_role("alert")).to_be_visible()  # the scripted model does not know it
    assert page.locator("img[src=x]").count() == 0


def test_a_server_that_is_gone_is_told_and_the_question_kept(
    browser: Browser, tmp_path: Path
) -> None:
    server = Server(tmp_path)
    page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    page.goto(server.address)
    server.stop()
    ask(page, BIRTH)
    expect(page.get_by_role("alert")).to_contain_text("kiểm tra kết nối mạng")
    expect(page.get_by_label("Câu hỏi của bạn")).to_have_value(BIRTH)
    server.start()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".source")).to_contain_text("1.001193")
    server.stop()
    page.context.close()


def test_without_javascript_a_question_is_answered_by_the_plain_form(plain_page: Page) -> None:
    ask(plain_page, BIRTH)
    expect(plain_page.locator(".mine")).to_contain_text(BIRTH)
    expect(plain_page.locator(".source")).to_contain_text("1.001193")
    plain_page.reload()
    expect(plain_page.locator(".source")).to_contain_text("1.001193")


def test_without_javascript_the_buttons_work_too(plain_page: Page) -> None:
    ask(plain_page, BIRTH)
    first = plain_page.locator(".choices button").first
    label = first.inner_text()
    first.click()
    expect(plain_page.locator(".mine")).to_contain_text(label)
    plain_page.get_by_role("button", name="Hỏi mới").click()
    expect(plain_page.locator(".answer")).to_have_count(0)


def test_without_javascript_an_answer_can_be_rated(plain_page: Page) -> None:
    ask(plain_page, BIRTH)
    plain_page.get_by_role("button", name="Có ích", exact=True).click()
    expect(plain_page.locator(".rating [role=status]")).to_have_text("Cảm ơn bạn!")
    expect(plain_page.locator(".source")).to_contain_text("1.001193")


def test_without_javascript_a_text_that_is_too_long_is_told_and_kept(plain_page: Page) -> None:
    typed = "giấy " * 120
    response = plain_page.request.post(
        plain_page.url + "chat", form={"message_id": "1", "text": typed}
    )
    assert response.status == 422
    assert "Bạn viết ngắn lại giúp nhé" in response.text()
    assert typed in response.text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_page(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(server.address)
    assert violations(page) == ""
    ask(page, BIRTH)
    expect(page.locator(".source")).to_be_visible()
    assert violations(page) == ""
    page.goto(f"{server.address}/docs")
    assert violations(page) == ""
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off_at_the_side(browser: Browser, server: Server, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(server.address)
    ask(page, BIRTH)
    expect(page.locator(".source")).to_be_visible()
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width
    context.close()


def test_the_page_with_everything_it_loads_is_small(server: Server) -> None:
    page = httpx.get(server.address, headers={"Accept-Encoding": "gzip"})
    names = set(httpx.get(server.address).text.split('"')) & {
        part for part in page.text.split('"') if part.startswith("/static/")
    }
    assert len(names) == 3
    sizes = [int(page.headers["content-length"])]
    for name in names:
        with httpx.stream("GET", server.address + name) as response:
            sizes.append(sum(len(piece) for piece in response.iter_raw()))
    assert sum(sizes) < BUDGET_BYTES
