"""What can be asked about a dossier."""

from enum import StrEnum
from typing import Final


class Matter(StrEnum):
    """What a citizen wants of a dossier."""

    STATUS = "status"
    LATE = "late"
    """What can be done where it takes long."""
    SUPPLEMENT = "supplement"
    """What is still missing."""
    WITHDRAW = "withdraw"
    FOLLOW = "follow"
    """To be told of changes."""
    HISTORY = "history"
    WHY = "why"
    """Why it takes so long, was sent back or goes no further."""
    NOW = "now"
    """What the citizen has to do."""
    MONEY = "money"
    """How much is to be paid."""
    PAY = "pay"
    """Where and how it is paid."""
    PAID = "paid"
    """She says that she has paid."""
    COLLECT = "collect"
    """Where and how the result is handed over."""
    BRING = "bring"
    PROXY = "proxy"
    """Whether somebody else may collect."""
    WHEN = "when"
    """When it is ready, and whether the day holds."""
    HOLDER = "holder"
    """Which office has it, and at which step."""
    CONTACT = "contact"
    SUPPLEMENT_WHERE = "supplement_where"
    SUPPLEMENT_UNTIL = "supplement_until"
    SUPPLEMENTED = "supplemented"
    """She says that she has handed in what was missing."""
    COMPLAIN = "complain"
    """Where complaints are taken."""


IN_FULL: Final = frozenset({Matter.STATUS, Matter.FOLLOW, Matter.HISTORY, Matter.WITHDRAW})
"""Asked again, these are told as they are the first time."""
