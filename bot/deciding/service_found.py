"""The buttons that show services filed online, and where the services come from."""

import re
from collections.abc import Callable
from typing import Final

from bot.deciding.service_decisions import ServicesAsked
from knowledge.online_services import OnlineServices, Stated
from knowledge.procedure import Level

SERVICES_MARK: Final = "services:"
"""Begins the value of a button that shows services."""

ServicesOf = Callable[[], OnlineServices]
"""Gives the services that may be told; gathering them takes a while, so only when asked for."""

_VALUE: Final = re.compile(r"services:([a-z0-9-]{0,40}):([cpmo]?):([fp]?)")
_LEVELS: Final = {
    "c": Level.COMMUNE,
    "p": Level.PROVINCE,
    "m": Level.MINISTRY,
    "o": Level.OTHER,
}
_STATED: Final = {"f": Stated.FULL, "p": Stated.PARTIAL}


def no_services() -> OnlineServices:
    """No service is known."""
    return OnlineServices.of(())


def services_value(asked: ServicesAsked) -> str:
    """Return the value of a button that shows these services.

    >>> services_value(ServicesAsked("ho-tich", Level.COMMUNE, Stated.FULL))
    'services:ho-tich:c:f'
    """
    level = next((letter for letter, one in _LEVELS.items() if one is asked.level), "")
    stated = next((letter for letter, one in _STATED.items() if one is asked.stated), "")
    return f"{SERVICES_MARK}{asked.field}:{level}:{stated}"


def read_services(value: str) -> ServicesAsked | None:
    """Read the value of such a button; None: it is none.

    >>> read_services("services:ho-tich:c:"), read_services("services:ho tich")
    (ServicesAsked(field='ho-tich', level=<Level.COMMUNE: 'commune'>, stated=None), None)
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    return ServicesAsked(match[1], _LEVELS.get(match[2]), _STATED.get(match[3]))
