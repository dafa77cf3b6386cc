"""What the keeper of the tokens needs from the outside; adapters keep these promises."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

Alarm = Callable[[str, str], None]
"""Takes an event and its reason, e.g. `("zalo_token_refused", "-14014")`; neither is secret."""


@dataclass(frozen=True, slots=True)
class KeptTokens:
    """What is kept of one application's tokens. Everything secret is sealed."""

    sealed: str
    """The pair in force; empty: nobody gave consent yet."""
    pending: str | None
    """A renewal that was begun, or its answer, not taken over yet."""
    version: int
    """Moves by one with every pair; 0: none yet."""
    renewed_at: float | None
    """Seconds since 1970."""
    failed_at: float | None
    """When renewing failed last; None: the last renewal went well."""
    failure: str | None
    """Why, e.g. `refused -14014`."""


class TokenStore(Protocol):
    """One row for one application, shared by all replicas.

    All methods may raise `bot.errors.StoreUnavailable`: nothing was stored.
    """

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Wait until no other task, process or machine is in such a block, and enter it."""
        ...

    async def read(self) -> KeptTokens | None:
        """Return the row, None where there is none."""
        ...

    async def note_pending(self, pending: str | None) -> None:
        """Keep `pending` durably; nothing else of the row changes."""
        ...

    async def replace(self, sealed: str, previous: str | None, base: int, now: float) -> bool:
        """Put a pair in force if the version is still `base`, in one durable step.

        The version moves on; what was pending or failed is settled. False: somebody was faster,
        and nothing changed.
        """
        ...

    async def note_failure(self, failure: str, now: float) -> None:
        """Keep why renewing failed; the pair in force and the one before stay as they are."""
        ...


class SideRecord(Protocol):
    """Takes an answer within milliseconds, without any server: a file that survives us.

    All methods may raise `bot.errors.StoreUnavailable`, and none waits for a server.
    """

    def prepare(self) -> None:
        """Make sure that `write` will find a folder, the right to write, and room."""
        ...

    def write(self, sealed: str) -> None:
        """Keep `sealed` durably."""
        ...

    def read(self) -> str | None:
        """Return what is kept, None for nothing."""
        ...

    def clear(self) -> None:
        """Keep nothing any more."""
        ...
