"""Papers are ticked on the page where they stand."""

import re

from playwright.sync_api import Page, expect

from tests.api.conftest import BIRTH
from tests.browser.test_page import ask, violations

LEAST_PIXELS = 44
MOST_QUESTIONS = 8


def to_the_list(page: Page) -> None:
    """Go through the questions by their first answers."""
    ask(page, BIRTH)
    page.get_by_role("button", name="Hướng dẫn tôi nộp").last.click()
    for turns in range(2, MOST_QUESTIONS):
        expect(page.locator(".turn")).to_have_count(turns)
        expect(page.locator("#waiting")).to_be_hidden()
        last = page.locator(".turn").last
        expect(last.locator(".menu, .checklist").first).to_be_visible()
        if last.locator(".checklist").count():
            break
        last.locator(".menu button").first.click()
    expect(page.locator(".checklist")).to_be_visible()


def test_a_paper_is_ticked_in_its_place_and_keeps_the_focus(page: Page) -> None:
    to_the_list(page)
    turns = page.locator(".turn").count()
    told_once = page.locator(".turn").last.locator(".facts h3").first.inner_text()
    paper = page.locator(".checklist button").first
    box = paper.bounding_box()
    assert box is not None
    assert box["height"] >= LEAST_PIXELS
    expect(paper).to_have_attribute("aria-pressed", "false")
    paper.click()
    expect(page.locator(".checklist button").first).to_have_attribute("aria-pressed", "true")

    expect(page.locator(".checklist button").first).to_be_focused()
    expect(page.locator(".turn")).to_have_count(turns)
    assert page.locator(".turn").last.locator(".facts h3").first.inner_text() == told_once
    expect(page.locator(".checklist h3")).to_have_text(re.compile("Đã"))
    assert violations(page) == ""
    page.reload()
    expect(page.locator(".checklist button").first).to_have_attribute("aria-pressed", "true")
