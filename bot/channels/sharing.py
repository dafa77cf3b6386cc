"""Telephone numbers for messages that reach people who have not written for long.

One is asked for only after its owner agreed to be told of a dossier, given by the platform's own
means, and kept sealed for as long as she is told of any.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.channels.base import Arrival, Part
from bot.messages import ConversationKey, Reply


class SealedPhones(Protocol):
    """What is kept of the numbers. Every method may raise `bot.errors.StoreUnavailable`."""

    async def keep(self, key: ConversationKey, sealed: str, at: float) -> bool:
        """Keep a person's number instead of an earlier one.

        Args:
            key: the person.
            sealed: the number, encrypted.
            at: when it was given, in seconds since 1970.

        Returns:
            False: she is told of no dossier, so nothing was kept.
        """
        ...

    async def find(self, key: ConversationKey) -> str:
        """Return the sealed number of somebody who is told of a dossier; empty: none is kept."""
        ...

    async def rewrite(self, rewritten: Callable[[str], str]) -> int:
        """Seal every number anew, by what `rewritten` makes of it; return how many there were.

        One that is given meanwhile stays as it is.
        """
        ...

    async def erase(self, key: ConversationKey) -> None:
        """Erase what is kept, if anything is."""
        ...


class Sharing(Protocol):
    """How a channel asks for a number, and takes it.

    Both may raise `bot.errors.StoreUnavailable`: nothing was kept, the event is handled again.
    """

    async def asks(self, key: ConversationKey, reply: Reply) -> Sequence[Part]:
        """Return what is sent behind `reply` to ask for a number; nothing where none is wanted."""
        ...

    async def take(self, arrival: Arrival) -> Reply | None:
        """Keep a number that was given, and return what is said to it.

        None: it came unasked and is not kept; whoever sent it is told what anybody else is.
        """
        ...
