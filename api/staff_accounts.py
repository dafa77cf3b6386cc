"""Accounts of officials: what is known of them, and what the routes ask of the store."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from api.errors import StaffRefused

IDLE_SECONDS: Final = 3600.0
"""A session that nobody used for so long ends: a counter is a public place."""

NO_SUCH_ACCOUNT: Final = "Không có tài khoản nào tên như vậy. Xem danh sách: motcua staff list"

LONGEST_NAME: Final = 80
LONGEST_UNIT: Final = 120

_LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{1,38}[a-z0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who is logged in."""

    id: int
    """A number of the database."""
    login: str
    name: str
    unit: str = ""
    """Where she works; empty: not told."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a login is compared with."""

    official: Official
    password_hash: str = field(repr=False)
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account as an operator sees it."""

    login: str
    name: str
    unit: str
    created_at: datetime
    """Aware, like every moment here."""
    changed_at: datetime
    """When the password was set last."""
    disabled_at: datetime | None = None
    sessions: int = 0
    """How many are open."""


class StaffAccounts(Protocol):
    """What the routes ask. Every method may raise `bot.errors.StoreUnavailable`."""

    async def find(self, login: str) -> Credentials | None:
        """Return what the login is compared with; the same statement whether there is one."""
        ...

    async def renew_hash(self, kept: Credentials, newer: str) -> Credentials:
        """Keep a hash of the same password that is up to date; sessions go on."""
        ...

    async def open_session(self, kept: Credentials, token_hash: str, hours: int) -> bool:
        """Keep a new session.

        False: the password was changed or the account disabled since `kept` was read.
        """
        ...

    async def recognise(self, token_hash: str) -> Official | None:
        """Return whose session it is, and note that it is in use; None: there is none any more."""
        ...

    async def close_session(self, token_hash: str) -> None:
        """End a session."""
        ...


def as_login(typed: str) -> str:
    """Return the login that `typed` is, in its one spelling; empty: it is none.

    >>> as_login(" Lan.Nguyen "), as_login("lan nguyễn"), as_login("-")
    ('lan.nguyen', '', '')
    """
    login = typed.strip().lower()
    return login if _LOGIN.fullmatch(login) else ""


def checked_login(typed: str) -> str:
    """Return the login that an operator chose.

    Raises:
        StaffRefused: it is none.
    """
    if login := as_login(typed):
        return login
    raise StaffRefused(
        "Tên đăng nhập dài 3 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch ngang "
        "hoặc gạch dưới, bắt đầu bằng chữ. Ví dụ: lan.nguyen"
    )


def checked_words(typed: str, what: str, longest: int) -> str:
    """Return a name in one line, its blanks single.

    Raises:
        StaffRefused: it is longer than `longest` characters, or holds what nobody can see.
    """
    words = " ".join(typed.split())
    if len(words) > longest or not words.isprintable():
        raise StaffRefused(f"{what} dài tối đa {longest} ký tự, chỉ gồm chữ đọc được.")
    return words


Clock = Callable[[], float]
"""Seconds since 1970."""
