"""HTML of the pages of slips: the slip, the box for a code, and why one does not open."""

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.slips.content import SlipContent
from api.slips.qr import qr_drawing
from api.static_files import static_address
from bot.deciding.filing_values import slip_value
from bot.deep_links import link_payload
from bot.filings.ports import FilingTerms
from bot.phrasebook import Phrasebook
from bot.rendering.filing.slips import spaced

TEMPLATES: Final = Path(__file__).parent / "templates"

_LONG_MINUTES: Final = 120
"""From here on a wait is told in hours."""


class SlipView:
    """Renders the pages; every value is escaped."""

    def __init__(self, book: Callable[[], Phrasebook]) -> None:
        """Take what gives the sentences."""
        self._book = book
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(say=self._say, static=static_address, spaced=spaced)

    def slip(self, content: SlipContent, terms: FilingTerms) -> str:
        """Return the page of a slip."""
        alt = self._say("slips.qr", code=spaced(content.code))
        return self._page(
            "slip.html",
            slip=content,
            qr=Markup(qr_drawing(content.address, alt)),  # noqa: S704 - drawn here, escaped there
            telegram=_telegram(terms, content.code),
            zalo=terms.zalo_link,
        )

    def papers(self, content: SlipContent) -> str:
        """Return the papers alone, for the script."""
        module = self._templates.get_template("slip_papers.html").module
        return str(getattr(module, "papers")(content)).strip()  # noqa: B009 - a macro's name

    def find(self) -> str:
        """Return the page with a box for a code."""
        return self._page("find.html", title="slips.find_title", lines=["slips.find_how"])

    def none(self) -> str:
        """Return the page for every code that opens nothing; it never holds what was typed."""
        lines = ["slips.none_why", "slips.none_then"]
        return self._page("find.html", title="slips.none_title", lines=lines)

    def wait(self, seconds: float) -> str:
        """Return the page for who has to wait."""
        minutes = max(1, math.ceil(seconds / 60))
        hours = math.ceil(minutes / 60)
        long = minutes >= _LONG_MINUTES
        key = "slips.hours" if long else "slips.minutes"
        why = self._say("slips.locked_why", wait=self._say(key, count=hours if long else minutes))
        return self._page("told.html", title="slips.locked_title", why=why)

    def away(self) -> str:
        """Return the page for a time in which nothing can be read."""
        why = self._say("slips.away_why")
        return self._page("told.html", title="slips.away_title", why=why)

    def unread(self) -> str:
        """Return the page for a form that cannot be read: nothing was ticked."""
        why = self._say("slips.unread_why")
        return self._page("told.html", title="slips.unread_title", why=why)

    def _page(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(**values)

    def _say(self, key: str, **values: object) -> str:
        return self._book().say(key, **values)


def seconds_until(moment: datetime, now: datetime) -> float:
    """Return how long it is until a moment; at least a second."""
    return max(1.0, (moment - now).total_seconds())


def _telegram(terms: FilingTerms, code: str) -> str:
    if not terms.telegram_link:
        return ""
    return f"{terms.telegram_link}{link_payload(slip_value(code))}"
