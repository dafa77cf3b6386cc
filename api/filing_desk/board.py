"""What is offered of guided filings at this moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.filings.ports import FilingTerms

PAGE: Final = "/phieu/"
"""Where a slip is shown, its code to follow."""


@dataclass(frozen=True, slots=True)
class FilingBoard:
    """Says what is offered, where there is a database."""

    public_url: str
    """Where people reach this server, without a slash at the end; empty: it is not known."""
    days: int
    """So long after its last change a slip can be opened."""
    telegram_link: Callable[[], str] = lambda: ""
    """The start of a link that opens our bot; empty: it has none."""
    zalo_link: Callable[[], str] = lambda: ""
    """Opens our account there; empty while it is not known."""

    def terms(self) -> FilingTerms:
        """Return what is offered now."""
        return FilingTerms(
            is_open=True,
            page=self.public_url.rstrip("/") + PAGE,
            days=self.days,
            telegram_link=self.telegram_link(),
            zalo_link=self.zalo_link(),
        )
