"""From a typed code to what stands on its slip, or to the page that says why it does not open."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from fastapi import Request

from api.filing_desk.ports import SlipPages
from api.limits.addresses import address_block
from api.slips.content import SlipContent, slip_content
from api.wiring.services import Services
from bot.dossiers.ports import Locked
from bot.filings.ports import NoSlip, Slip
from bot.filings.state import Filing
from bot.guide.filing import FilingView, view_of
from bot.rendering.desk import Desk

_HERE: Final = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?", re.ASCII)
"""This computer, as `make run` is reached."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A slip that may be shown."""

    desk: Desk
    content: SlipContent


@dataclass(frozen=True, slots=True)
class Door:
    """Opens slips. Every method may raise `bot.errors.StoreUnavailable`."""

    services: Services
    pages: SlipPages
    desk: Callable[[], Desk]
    """What is written with at the moment, with what is held."""

    async def open(self, request: Request, code: str) -> Opened | NoSlip | Locked:
        """Open the slip of a code in its one spelling."""
        result = await self.pages.open_for_page(block_of(request), code)
        return self._shown(request, result)

    async def tick(
        self, request: Request, code: str, key: str, *, on: bool
    ) -> Opened | NoSlip | Locked:
        """Tick a paper that stands on the slip; any other key changes nothing."""
        opened = await self.open(request, code)
        if not isinstance(opened, Opened):
            return opened
        listed = (*opened.content.papers, *opened.content.may_need)
        if key not in {one.key for one in listed}:
            return opened
        result = await self.pages.tick_on_page(block_of(request), code, key, on=on)
        return self._shown(request, result)

    def _shown(self, request: Request, result: Slip | NoSlip | Locked) -> Opened | NoSlip | Locked:
        match result:
            case Slip():
                view = self._view(result.filing)
                if view is None:
                    return NoSlip()
                desk = self.desk()
                address = counter_address(request, self.pages.terms.page, result.filing.slip)
                return Opened(desk, slip_content(desk, view, result, address))
            case NoSlip() | Locked():
                return result
        assert_never(result)

    def _view(self, filing: Filing) -> FilingView | None:
        """Return the filing as the library of the moment has it; None: it has no such procedure."""
        library = self.services.library
        procedure = library.get(filing.code)
        if procedure is None or procedure.suspect:
            return None
        return view_of(procedure, library.table(filing.code), library.guide(filing.code), filing)


def block_of(request: Request) -> str:
    """Return the block of network addresses that asks."""
    return address_block(request.client.host if request.client else "")


def counter_address(request: Request, page: str, code: str) -> str:
    """Return what the QR code says: where officials open a slip, or the code alone.

    Whoever asks names the host, so it is believed on this very computer alone: a print with the
    address of another server would lead an official there.

    Args:
        request: tells under which name this server was reached, where no setting does.
        page: as in `FilingTerms.page`.
        code: of the slip.
    """
    if page.startswith(("https://", "http://")):
        return f"{page.removesuffix('phieu/')}slip/{code}"
    host = request.headers.get("host", "")
    return f"{request.scope['scheme']}://{host}/slip/{code}" if _HERE.fullmatch(host) else code
