"""The accounts of officials, and what their desk needs, of an open database."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from api.dossier_desk.ports import Tries
from api.filing_desk.ports import SlipCounter
from api.settings import Settings
from api.staff_accounts import StaffAccounts
from api.wiring.build import open_database
from api.wiring.dossiers.key import open_factor_key
from bot.dossiers.factors import FactorKey
from bot.rendering import Desk

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.staff import SqlStaff

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class StaffOffice:
    """What the pages for officials need."""

    accounts: StaffAccounts
    tries: Tries
    """Where wrong logins are counted."""
    key: FactorKey
    """Names whose attempts they are."""
    counter: SlipCounter
    desk: Callable[[], Desk]
    """What slips are shown with, of the moment."""
    hours: int
    """So long somebody stays logged in at most."""
    public_url: str
    """Of this server; empty: not known."""


def staff_office(
    settings: Settings, database: "Database", counter: SlipCounter, desk: Callable[[], Desk]
) -> StaffOffice:
    """Return what the pages for officials need.

    Raises:
        CannotStart: the key that names attempts is damaged.
    """
    from api.store.dossiers.tries import SqlTries  # noqa: PLC0415 - SQL costs half a second

    return StaffOffice(
        accounts=open_staff(database),
        tries=SqlTries(database),
        key=open_factor_key(settings),
        counter=counter,
        desk=desk,
        hours=settings.staff_hours,
        public_url=settings.public_url,
    )


def open_staff(database: "Database") -> "SqlStaff":
    """Return the accounts with which officials log in."""
    from api.store.staff import SqlStaff  # noqa: PLC0415 - SQL costs half a second

    return SqlStaff(database, time.time)


async def ask_staff(settings: Settings, ask: "Callable[[SqlStaff], Awaitable[Result]]") -> Result:
    """Open the database for one question about accounts, or one thing that is done with them.

    Raises:
        CannotStart: the database cannot be opened.
        StaffRefused: what is asked for cannot be done.
        StoreUnavailable: nothing was read or stored.
    """
    async with open_database(settings) as database:
        return await ask(open_staff(database))
