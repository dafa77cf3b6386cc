"""Leaves a system alone for a while that has failed several times in a row."""

from collections.abc import Callable, Sequence
from typing import Final

from purgatory import AsyncCircuitBreakerFactory, Event
from purgatory.domain.messages.events import ContextChanged
from purgatory.domain.model import CLOSED, HALF_OPENED, OPENED, OpenedState

from bot.dossiers.ports import AnswerUnreadable, DossierSource, SourceUnreachable
from bot.dossiers.status import DossierUpdate
from bot.errors import StoreUnavailable

MOST_FAILURES: Final = 5
"""In a row; then nobody waits for a time-out any more."""

REST_SECONDS: Final = 30.0
"""Then one question is let through, and its fate decides."""

_CIRCUIT: Final = "dossiers"
_LEFT_ALONE: Final = "The system of dossiers failed several times and is left alone for a while."


def _say_nothing(_works: bool) -> None:  # noqa: FBT001 - a listener takes what it is told
    """Nobody wants to know."""


class GuardedSource:
    """Asks another source unless it is known to be down.

    An answer about one dossier that cannot be read is no failure of the system: else whoever has
    such a dossier could close the source for everybody.
    """

    def __init__(
        self,
        source: DossierSource,
        *,
        rest_seconds: float = REST_SECONDS,
        tell: Callable[[bool], None] = _say_nothing,
    ) -> None:
        """Take the source, which is closed with this one.

        `tell` is called with False when the system is left alone, with True when it works again.
        """
        self._source = source
        self._tell = tell
        self._probing = False
        self._breakers = AsyncCircuitBreakerFactory(
            default_threshold=MOST_FAILURES,
            default_ttl=rest_seconds,
            exclude=[AnswerUnreadable, StoreUnavailable],
        )
        self._breakers.add_listener(self._note)

    async def fetch(self, code: str) -> Sequence[DossierUpdate]:
        """Return what the other source tells.

        Raises:
            SourceUnreachable: it does, or it is left alone now.
        """
        breaker = await self._breakers.get_breaker(_CIRCUIT)
        if self._probing:  # the library would let everybody through, we only the first
            raise SourceUnreachable(_LEFT_ALONE)
        probes = False
        try:
            async with breaker:
                probes = self._probing = breaker.context.state == HALF_OPENED
                return await self._source.fetch(code)
        except OpenedState as opened:
            opened.__traceback__ = None  # it is raised again and again, and would grow
            raise SourceUnreachable(_LEFT_ALONE) from None
        finally:
            if probes:
                self._probing = False

    async def close(self) -> None:
        """Close the other source."""
        await self._source.close()

    def _note(self, _circuit: str, _kind: str, event: Event) -> None:
        if isinstance(event, ContextChanged) and event.state in {OPENED, CLOSED}:
            self._tell(event.state == CLOSED)
