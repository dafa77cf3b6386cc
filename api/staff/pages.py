"""HTML of the officials' desk; every value is escaped, no page holds a script or a style."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.staff.browser import form_token
from api.staff.own_paths import HOME, LOGIN, code_of
from api.staff.slip_view import ShownSlip
from api.staff_accounts import Official
from api.static_files import static_address
from knowledge.work_calendar import VIETNAM

TEMPLATES: Final = Path(__file__).parent / "templates"

_MINUTE_SECONDS: Final = 60


class Pages:
    """Renders the pages. `token` is of the session, or of the visit before one."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(home=HOME, login_path=LOGIN, static=static_address)

    def login(self, token: str, onward: str, *, said: str = "", typed: str = "") -> str:
        """Return the page on which officials log in.

        Args:
            token: of the visit.
            onward: the page that was asked for.
            said: what went wrong; empty: nothing.
            typed: the login that was typed.
        """
        return self._render(
            "login.html", None, token, onward=onward, code=code_of(onward), said=said, typed=typed
        )

    def home(self, who: Official, token: str, *, typed: str = "", said: str = "") -> str:
        """Return the first page: where the code of a slip is typed in."""
        return self._render("home.html", who, token, typed=typed, said=said)

    def slip(
        self,
        who: Official,
        token: str,
        slip: ShownSlip,
        *,
        ticked: Collection[str] | None = None,
        said: str = "",
    ) -> str:
        """Return a slip to be ticked.

        Args:
            who: is logged in.
            token: of the session.
            slip: as it is now.
            ticked: keys of papers that are there; None: those that were seen before.
            said: what is to be known first; empty: nothing.
        """
        seen = {one.key for one in slip.papers if one.seen}
        now_ticked = seen if ticked is None else ticked
        return self._render("slip.html", who, token, slip=slip, ticked=now_ticked, said=said)

    def saved(self, who: Official, token: str, slip: ShownSlip) -> str:
        """Return what an official saw, and whether the citizen is told."""
        return self._render("saved.html", who, token, slip=slip)

    def message(self, who: Official | None, token: str, title: str, said: str) -> str:
        """Return a page that says one thing."""
        return self._render("message.html", who, token, title=title, said=said)

    def _render(self, name: str, who: Official | None, token: str, **values: object) -> str:
        proof = form_token(token)
        return self._templates.get_template(name).render(who=who, form_token=proof, **values)


def in_words(seconds: int) -> str:
    """Return how long to wait, rounded up.

    >>> in_words(20), in_words(61)
    ('1 phút', '2 phút')
    """
    return f"{-(-seconds // _MINUTE_SECONDS)} phút"


def clock_time(moment: datetime) -> str:
    """Return a moment as the clock of an office shows it.

    >>> clock_time(datetime.fromisoformat("2026-11-22T09:05:30+07:00"))
    '9 giờ 06'
    """
    local = moment.astimezone(VIETNAM)
    minutes = local.hour * 60 + local.minute + (local.second > 0)
    return f"{minutes // 60 % 24} giờ {minutes % 60:02}"
