"""Counting what happened within the last minute, in this process; and where to go in trouble."""

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from api.errors import ApiError
from api.logs import log_event, log_warning

WINDOW_SECONDS: Final = 60
"""Every limit is one of a minute, wherever the minute begins."""

SWEEP_SECONDS: Final = 60.0
"""How often counts that nobody waits for are thrown away."""

RETRY_SECONDS: Final = 30.0
"""How long the shared counts are left alone after they failed."""

REMEDY: Final = (
    "Máy chủ ở LIMITS_URL không trả lời: mỗi máy motcua tự đếm giới hạn của mình cho đến khi nó "
    "chạy lại. Kiểm tra bằng: motcua doctor"
)

_SURELY_SECONDS: Final = 0.001
"""Added to a wait, so that rounding never makes it too short."""


class CountsUnavailable(ApiError):
    """The shared counts cannot be asked."""


class Counts(Protocol):
    """Counts events by key within the last `WINDOW_SECONDS`."""

    async def hit(self, key: str, most: int) -> float:
        """Count one event if fewer than `most` were counted in the window.

        Returns:
            0 if it was counted, else the seconds until one more can be; then nothing was counted.

        Raises:
            CountsUnavailable: nothing was counted.
        """
        ...


class CountsInMemory:
    """Counts of one process.

    The library's own storage in memory walks through all its keys at every event: 1.7 ms with
    20,000 people (November 2026, limits 5.8). This one takes microseconds, whoever else is there.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take a clock that counts seconds and never goes back."""
        self._clock = clock
        self._times: dict[str, deque[float]] = {}
        self._swept_at = clock()

    async def hit(self, key: str, most: int) -> float:
        """Count one event if the window has room; see `Counts.hit`."""
        now = self._clock()
        self._sweep(now)
        times = self._times.setdefault(key, deque())
        while times and now - times[0] >= WINDOW_SECONDS:
            times.popleft()
        if len(times) >= most:
            return times[0] + WINDOW_SECONDS - now + _SURELY_SECONDS
        times.append(now)
        return 0.0

    def _sweep(self, now: float) -> None:
        if now - self._swept_at < SWEEP_SECONDS:
            return
        self._swept_at = now
        stale = [key for key, times in self._times.items() if now - times[-1] >= WINDOW_SECONDS]
        for key in stale:
            del self._times[key]


class SafeCounts:
    """The shared counts; while they fail, those of this process. A citizen notices nothing."""

    def __init__(self, shared: Counts, own: Counts, clock: Callable[[], float]) -> None:
        """Take both, and a clock that counts seconds and never goes back."""
        self._shared = shared
        self._own = own
        self._clock = clock
        self._ask_again_at: float | None = None
        """None: the shared counts answered when they were asked last."""

    async def hit(self, key: str, most: int) -> float:
        """Count one event; see `Counts.hit`. Never raises."""
        away = self._ask_again_at is not None
        if self._ask_again_at is not None and self._clock() < self._ask_again_at:
            return await self._own.hit(key, most)
        try:
            wait = await self._shared.hit(key, most)
        except CountsUnavailable as error:
            self._note_failure(error)
            return await self._own.hit(key, most)
        if away and self._ask_again_at is not None:  # not an answer from before the trouble
            self._ask_again_at = None
            log_event("limits_shared_again")
        return wait

    def _note_failure(self, error: CountsUnavailable) -> None:
        if self._ask_again_at is None:  # one line for an outage, however long it is
            why = type(error.__cause__).__name__
            log_warning("limits_counted_here", error=why, remedy=REMEDY)
        self._ask_again_at = self._clock() + RETRY_SECONDS
