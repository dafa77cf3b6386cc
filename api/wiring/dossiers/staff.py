"""What officials do with dossiers in a terminal: every look leaves a line in the audit."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from api.settings import Settings
from api.wiring.build import open_database
from api.wiring.dossiers.key import open_factor_key
from bot.dossiers.codes import find_codes
from bot.dossiers.status import DossierStatus
from bot.personal_data import mask
from bot.personal_patterns import MASK

HIDDEN: Final = "…"
"""Stands in a reason where a code or a number of a person stood."""


@dataclass(frozen=True, slots=True)
class StaffLook:
    """A line of the audit."""

    at: datetime
    """Aware."""
    who: str
    reason: str
    dossier: str
    """The same for each look at one dossier; the code cannot be made of it."""


async def look_as_staff(
    settings: Settings, code: str, who: str, reason: str
) -> DossierStatus | None:
    """Note who looks and why, and return how the dossier stands; None: it is not known.

    Args:
        settings: which database and which key.
        code: in the one spelling of `bot.dossiers.codes.normal_form`.
        who: the account of the operating system.
        reason: in the official's words; codes and numbers of persons are taken out.

    Raises:
        CannotStart: the database cannot be opened, or the key is damaged.
        StoreUnavailable: nothing could be noted, so nothing is shown.
    """
    from api.store.dossiers.book import SqlDossierBook  # noqa: PLC0415 - SQL costs half a second
    from api.store.staff_looks import StaffLooks  # noqa: PLC0415

    key = open_factor_key(settings)
    name = key.audit_name(code)
    details = {"who": who, "reason": without_persons(reason), "dossier": name}
    async with open_database(settings) as database:
        await StaffLooks(database).write(time.time(), details)
        return await SqlDossierBook(database, key, time.time).get(code)


async def staff_looks(settings: Settings, limit: int) -> Sequence[StaffLook]:
    """Return who looked at which dossier and why, the latest first.

    Raises:
        CannotStart: the database cannot be opened.
        StoreUnavailable: it cannot be read.
    """
    from api.store.staff_looks import StaffLooks  # noqa: PLC0415 - as above

    async with open_database(settings) as database:
        lines = await StaffLooks(database).latest(limit)
    return [StaffLook(datetime.fromtimestamp(at, UTC), **details) for at, details in lines]


def without_persons(reason: str) -> str:
    """Return a reason without dossier codes and numbers of persons.

    >>> without_persons("Công dân gọi hỏi hồ sơ H17.15-250710-0012")
    'Công dân gọi hỏi hồ sơ …'
    """
    for code in reversed(find_codes(reason)):
        reason = f"{reason[: code.start]}{HIDDEN}{reason[code.end :]}"
    return MASK.sub(HIDDEN, mask(reason).text)
