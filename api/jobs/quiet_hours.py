"""The hours at which nobody is written to of ourselves, by the clocks of Vietnam."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from knowledge.work_calendar import VIETNAM


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` to before `end` o'clock, across midnight too; equal: no hour is quiet."""

    begin: int
    end: int

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """Read what an operator set, as `api.dossier_settings` checked it; empty: no hour is quiet.

        >>> QuietHours.read("21-7"), QuietHours.read("")
        (QuietHours(begin=21, end=7), QuietHours(begin=0, end=0))
        """
        begin, _, end = text.partition("-")
        return cls(int(begin), int(end)) if end else cls(0, 0)

    def holds(self, now: float) -> bool:
        """Tell whether it is quiet at `now`, in seconds since 1970.

        >>> night = QuietHours(21, 7)
        >>> [night.holds(hour * 3600.0) for hour in (13, 14, 23, 24)]  # 20, 21, 6 and 7 o'clock
        [False, True, True, False]
        """
        hour = hour_in_vietnam(now)
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


NEVER: Final = QuietHours(0, 0)


def hour_in_vietnam(now: float) -> int:
    """Return the hour of the day, 0 to 23, at `now` in seconds since 1970."""
    return datetime.fromtimestamp(now, UTC).astimezone(VIETNAM).hour
