"""Slowing down before Zalo stops us: 4,000 requests a minute and app (protocols §1.5).

Every answer tells how many are left (`X-RateLimit-Remain` of `X-RateLimit-Limit`). The number is
shared by all Official Accounts of the app and all of our processes: the last of it is left alone.
"""

from collections.abc import Callable, Mapping
from typing import Final

LAST_SHARE: Final = 0.01
"""With so little left we stop for a moment: others count on the rest."""

BREATHER_SECONDS: Final = 5.0
"""Then one request is let through again, and its answer tells how things stand."""

LONGEST_SECONDS: Final = 60.0
"""The limit is one of a minute: after a whole one there is room again."""


class Brake:
    """Knows until when nothing is to be sent; one for a channel and a process."""

    def __init__(self, clock: Callable[[], float], jitter: Callable[[], float]) -> None:
        """Take a clock in seconds, and chance between 0 and 1."""
        self._clock = clock
        self._jitter = jitter
        self._until = 0.0
        self._hits = 0
        self._counted_until = 0.0

    def wait_seconds(self) -> float:
        """Return how long to send nothing; 0: send."""
        return max(0.0, self._until - self._clock())

    def note(self, headers: Mapping[str, str]) -> None:
        """Take what an answer tells of the limit; headers of another shape tell nothing."""
        remain = _number(headers.get("x-ratelimit-remain"))
        limit = _number(headers.get("x-ratelimit-limit"))
        if remain is not None and remain <= LAST_SHARE * (limit or 0):
            self._rest(BREATHER_SECONDS)

    def passed(self) -> None:
        """Zalo took a message: whatever was over is over."""
        self._hits = 0

    def hit(self) -> float:
        """Zalo says that it was too much: return how long to wait, longer each time in a row.

        What was on its way beside the first hit says the same once more, and changes nothing.
        """
        if self._clock() >= self._counted_until:
            self._hits += 1
            self._rest(min(LONGEST_SECONDS, 2.0**self._hits))
            self._counted_until = self._until
        return self.wait_seconds()

    def _rest(self, seconds: float) -> None:
        """Rest at least so long; a part of it is chance, so that replicas come back one by one."""
        until = self._clock() + seconds * (1 + self._jitter() / 2)
        self._until = max(self._until, until)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
