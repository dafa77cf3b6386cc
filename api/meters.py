"""What the running server counts, for Prometheus. No person, code or text is ever in a label.

One `Meters` is built in the wiring and handed to whoever counts; its registry is its own, so two
of them never mix. `api.metrics` shows it.
"""

import re
from collections.abc import Mapping
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.messages import ERASED, RATED_DOWN, RATED_UP

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_CHANNELS: Final = frozenset({"web", "telegram", "zalo_oa", "zalo_bot", "zns"})
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_]{0,39}")
"""The name of a class or a kind; a number, a user id or a sentence is none."""

_TURN_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_WAIT_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)

_COUNTERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "arrivals": ("Events received.", ("channel", "kind")),
    "throttled": ("Messages over a rate limit.", ("channel",)),
    "webhook_refused": ("Webhook requests refused, by class of error.", ("channel", "why")),
    "turns": ("Messages answered, by family of outcome.", ("channel", "family")),
    "deliveries": ("Parts of answers that are settled.", ("channel", "result")),
    "alerts": ("Alerts about dossiers that are settled, by way.", ("channel", "way")),
    "notices": ("Reminders, and what officials saw, that are settled, by way.", ("channel", "way")),
    "delivery_errors": ("Attempts at sending that failed, by class.", ("channel", "error")),
    "ratings": ("Thumbs up and down.", ("channel", "rating")),
    "erasures": ("People whose data was erased.", ("channel",)),
    "failures": ("Errors that nobody expected.", ("where",)),
}
_GAUGES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "channel_paused": ("1: the channel sends nothing.", ("channel",)),
    "token_expiry_timestamp_seconds": ("When the access token ends.", ("channel",)),
    "queue_waiting": ("Rows that wait.", ("queue", "channel")),
    "queue_oldest_seconds": ("Age of the oldest row that waits.", ("queue", "channel")),
    "store_up": ("1: the database answers.", ()),
    "procedures": ("Procedures that are answered from.", ()),
}
_HISTOGRAMS: Final[Mapping[str, tuple[str, tuple[float, ...]]]] = {
    "turn_seconds": ("Time to understand, decide and keep a turn.", _TURN_SECONDS),
    "delivery_seconds": (
        "From an answer being kept to each of its parts being settled.",
        _WAIT_SECONDS,
    ),
}


class Meters:
    """Counters and gauges; every method is cheap and never raises."""

    def __init__(self) -> None:
        self.registry: Final = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._counters: Final = {
            name: Counter(f"motcua_{name}", told, labels, registry=self.registry)
            for name, (told, labels) in _COUNTERS.items()
        }
        self._gauges: Final = {
            name: Gauge(f"motcua_{name}", told, labels, registry=self.registry)
            for name, (told, labels) in _GAUGES.items()
        }
        self._seconds: Final = {
            name: Histogram(
                f"motcua_{name}", told, ("channel",), buckets=buckets, registry=self.registry
            )
            for name, (told, buckets) in _HISTOGRAMS.items()
        }

    def arrived(self, channel: str, kind: str) -> None:
        """Count an event; `kind` is the value of an `ArrivalKind`."""
        self._counters["arrivals"].labels(_channel(channel), _word(kind)).inc()

    def throttled(self, channel: str) -> None:
        """Count a message that was over a rate limit."""
        self._counters["throttled"].labels(_channel(channel)).inc()

    def webhook_refused(self, channel: str, why: str) -> None:
        """Count a refused request; `why` is the class of the error, e.g. `Unauthentic`."""
        self._counters["webhook_refused"].labels(_channel(channel), _word(why)).inc()

    def turn_answered(self, channel: str, family: str, seconds: float) -> None:
        """Count a turn; `family` is the value of an `OutcomeFamily`."""
        self._counters["turns"].labels(_channel(channel), _word(family)).inc()
        self._seconds["turn_seconds"].labels(_channel(channel)).observe(max(seconds, 0.0))

    def delivered(self, channel: str, result: str, waited_seconds: float | None = None) -> None:
        """Count a part that is settled.

        Args:
            channel: where it was sent.
            result: the value of a `bot.channels.queues.Result`.
            waited_seconds: since the part was kept; None: not measured.
        """
        self._counters["deliveries"].labels(_channel(channel), _word(result)).inc()
        if waited_seconds is not None:
            self._seconds["delivery_seconds"].labels(_channel(channel)).observe(
                max(waited_seconds, 0.0)
            )

    def alerted(self, channel: str, way: str) -> None:
        """Count an alert; `way` is the value of a `bot.channels.alerts.Told`."""
        self._counters["alerts"].labels(_channel(channel), _word(way)).inc()

    def noticed(self, channel: str, way: str) -> None:
        """Count a notice about a filing; `way` is the value of a `bot.channels.alerts.Told`."""
        self._counters["notices"].labels(_channel(channel), _word(way)).inc()

    def delivery_failed(self, channel: str, error: str) -> None:
        """Count an attempt that failed; `error` is the class's name, e.g. `TryLater`."""
        self._counters["delivery_errors"].labels(_channel(channel), _word(error)).inc()

    def rated(self, channel: str, *, up: bool) -> None:
        """Count 👍 or 👎."""
        self._counters["ratings"].labels(_channel(channel), "up" if up else "down").inc()

    def erased(self, channel: str) -> None:
        """Count a person whose data was erased."""
        self._counters["erasures"].labels(_channel(channel)).inc()

    def acted(self, channel: str, kind: str) -> None:
        """Count what a turn did, whose outcome is of this kind: a rating, an erasure."""
        if kind == ERASED:
            self.erased(channel)
        elif kind in {RATED_UP, RATED_DOWN}:
            self.rated(channel, up=kind == RATED_UP)

    def failed(self, where: str) -> None:
        """Count an error nobody expected; `where` is the name of a loop, e.g. `answering`."""
        self._counters["failures"].labels(_word(where)).inc()

    def channel_paused(self, channel: str, *, paused: bool) -> None:
        """Tell whether a channel sends nothing until an operator acts or a limit is over."""
        self._gauges["channel_paused"].labels(_channel(channel)).set(float(paused))

    def token_expires(self, channel: str, at: float) -> None:
        """Tell when the access token ends, in seconds since 1970."""
        self._gauges["token_expiry_timestamp_seconds"].labels(_channel(channel)).set(at)

    def queue(self, name: str, waiting: Mapping[str, tuple[int, float]]) -> None:
        """Tell how many rows wait in `inbox` or `outbox`, and the age of the oldest in seconds.

        A channel that is not named has nothing.
        """
        for channel in sorted(_CHANNELS):
            count, age = waiting.get(channel, (0, 0.0))
            self._gauges["queue_waiting"].labels(_word(name), channel).set(count)
            self._gauges["queue_oldest_seconds"].labels(_word(name), channel).set(age)

    def store_answers(self, *, answers: bool) -> None:
        """Tell whether the database could be asked just now."""
        self._gauges["store_up"].set(float(answers))

    def knows(self, procedures: int) -> None:
        """Tell how many procedures are answered from."""
        self._gauges["procedures"].set(procedures)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format, as `CONTENT_TYPE`."""
        return generate_latest(self.registry)


def _channel(name: str) -> str:
    return name if name in _CHANNELS else "other"


def _word(text: str) -> str:
    """Return `text` if it can be a name or a code, so that nothing a citizen says is a label."""
    return text if _WORD.fullmatch(text) else "other"
