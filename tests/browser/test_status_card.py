"""Cards and the drawing of a receipt in a real browser: in both colour schemes, and narrow."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Route

from api.page.view import PageView
from api.wiring.services import Told
from bot.deciding.dossier_decisions import AskDossierCode, DossierDecision
from bot.deciding.dossier_matters import Matter
from bot.dossiers.status import State
from bot.messages import Tone
from tests.browser.conftest import Server
from tests.support.dossier_replies import LATE_DAY, SAMPLE, card_of, reply_to, told
from tests.support.dossiers import a_dossier

NARROW: Final = {"width": 320, "height": 640}

SHOWN: Final[tuple[DossierDecision, ...]] = (
    told(a_dossier()),
    told(a_dossier(State.SUPPLEMENT)),
    told(a_dossier(State.DONE)),
    told(a_dossier(State.STOPPED)),
    AskDossierCode(Matter.STATUS, samples=(SAMPLE,)),
)


def pages() -> Iterator[str]:
    """The page with each reply; a late one last."""
    view = PageView(2000, "", lambda: True)
    for decision in SHOWN:
        yield view.page("hồ sơ của tôi đến đâu rồi", Told(reply_to(decision), 7, 0))
    late = reply_to(told(a_dossier(), Matter.LATE), LATE_DAY)
    yield view.page("sao lâu vậy", Told(late, 7, 0))


def test_every_tone_is_among_the_pages() -> None:
    tones = {card_of(one).tone for one in SHOWN[:4]}
    assert tones | {card_of(told(a_dossier()), LATE_DAY).tone} == set(Tone)


def _answer(html: str, route: Route) -> None:
    route.fulfill(body=html, content_type="text/html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_are_readable_and_never_wider_than_a_narrow_telephone(
    browser: Browser, server: Server, scheme: str
) -> None:
    context = browser.new_context(viewport=NARROW, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    for number, html in enumerate(pages()):
        address = f"{server.address}/the-{number}"
        page.route(address, partial(_answer, html))
        page.goto(address)
        page.evaluate("() => sessionStorage.clear()")
        page.goto(address)
        assert page.locator(".turn").locator(".status, .picture").count() == 1
        report = Axe().run(page)
        assert not report.violations_count, report.generate_report()
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= NARROW["width"]
    context.close()
