"""What other sites' pages ask of a slip behind a visitor's back, what she opens, and odd forms."""

import httpx
import pytest

from tests.support.slip_pages import CODE, UNKNOWN, MemorySlipPages

pytestmark = pytest.mark.anyio

PAGE = f"/phieu/{CODE}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch"},
    ],
)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_foreign_page_locks_no_visitor_out(
    browser: httpx.AsyncClient, pages: MemorySlipPages, headers: dict[str, str], site: str
) -> None:
    foreign = {"Sec-Fetch-Site": site, **headers}
    for code in (UNKNOWN, CODE):
        for ending in ("", ".pdf", ".png"):
            refused = await browser.get(f"/phieu/{code}{ending}", headers=foreign)
            assert refused.status_code == 403
    assert not pages.wrong
    assert (await browser.get(PAGE)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
        {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        },
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {},
    ],
)
async def test_who_follows_a_link_or_types_the_address_sees_the_slip(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await browser.get(PAGE, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("form", "status"),
    [({"paper": ["ab"] * 1001, "on": "1"}, 400), ({"paper": "../x", "on": "1"}, 422), ({}, 422)],
)
async def test_a_form_that_cannot_be_read_is_answered_with_a_page(
    browser: httpx.AsyncClient,
    pages: MemorySlipPages,
    form: dict[str, str | list[str]],
    status: int,
) -> None:
    answer = await browser.post(PAGE, data=form)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert "chưa có gì thay đổi" in answer.text
    assert pages.slips[CODE].filing.ticked == ()
