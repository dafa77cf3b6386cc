"""Where an official may be sent on to: only to pages of this desk."""

from typing import Final

from bot.filings.codes import read_code

HOME: Final = "/staff"
LOGIN: Final = "/staff/login"
_SLIP: Final = "/slip/"


def slip_path(code: str) -> str:
    """Return where a slip is shown at the counter."""
    return f"{_SLIP}{code}"


def own_path(asked: str) -> str:
    """Return the page that was asked for, or the first one, if it is none of this desk.

    >>> own_path("/slip/k7q2mx"), own_path("//example.com"), own_path("/slip/../../x")
    ('/slip/K7Q2MX', '/staff', '/staff')
    """
    code = code_of(asked)
    return slip_path(code) if code else HOME


def code_of(path: str) -> str:
    """Return the code of the slip that a page of ours shows; empty: none."""
    return read_code(path.removeprefix(_SLIP)) if path.startswith(_SLIP) else ""
