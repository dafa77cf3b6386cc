"""What becomes of a part that could not be delivered: by the class of the failure, nothing else.

| failure | what is done |
|---|---|
| `TryLater` | again, when the platform says or after a doubling back-off; for a day at most |
| … `everybody` | as above, and the whole channel rests meanwhile |
| `FateUnknown` | once more (a second copy is better than no answer), then let go as `unknown`; a |
| … `Part.again` | few times more: its further copies say that they are copies |
| `PartRefused` | let go as `refused`, after its plain words were refused too |
| `RecipientGone` | let go as `gone` with all that waits for this person |
| `WindowClosed` | let go as `closed` with all that waits; alerts are held until she is back |
| `ChannelBroken` | waits; the channel rests and is tried again every minute; an operator is told |
"""

from typing import Final

from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    PartRefused,
    RecipientGone,
    TryLater,
    WindowClosed,
)
from bot.channels.queues import Delivered, Delivery, Result

BASE_SECONDS: Final = 1.0
CAP_SECONDS: Final = 300.0

GIVE_UP_SECONDS: Final = 24 * 3600.0
"""An answer older than a day answers nothing any more."""

BROKEN_SECONDS: Final = 60.0
"""So long a channel that cannot send at all is left alone; one that was busy, at most so long."""

MAX_UNKNOWN: Final = 1
"""How often a part is sent again although it may have arrived."""

MAX_UNKNOWN_SAID: Final = 4
"""The same of a part that says so then. A process that dies leaves a doubt, too, whether or not it
had sent anything: an alert that nobody ever got would be worse than one that came twice."""


def back_off(attempts: int, jitter: float) -> float:
    """Return how many seconds to wait: doubled each time up to a cap, of which half is chance.

    Those who failed together do not come back together. `jitter` is between 0 and 1.

    >>> back_off(0, 1.0), back_off(3, 0.0), back_off(50, 1.0)
    (1.0, 4.0, 300.0)
    """
    most = min(CAP_SECONDS, BASE_SECONDS * 2.0 ** min(attempts, 20))
    return most * (0.5 + jitter / 2)


def hopeless(delivery: Delivery, now: float) -> Delivered | None:
    """Return the end of a part that is not to be sent any more, None for any other."""
    if not delivery.part.body:
        return Delivered(delivery, Result.REFUSED, reason="unreadable")
    if delivery.unknowns > _most_unknown(delivery):
        return Delivered(delivery, Result.UNKNOWN, reason="unknown")
    if now - delivery.created_at > GIVE_UP_SECONDS:
        return Delivered(delivery, Result.EXPIRED, reason="expired")
    return None


def rest_seconds(error: DeliveryFailed, failures: int, jitter: float) -> float:
    """Return how long the whole channel must not be sent to; 0: others are not concerned.

    `failures`: how often it rested before, since a part was taken.
    """
    if isinstance(error, ChannelBroken):
        return BROKEN_SECONDS
    if isinstance(error, TryLater) and error.everybody:
        rest = error.after_seconds or min(back_off(failures, jitter), BROKEN_SECONDS)
        return min(rest, GIVE_UP_SECONDS)
    return 0.0


def after_failure(
    delivery: Delivery, error: DeliveryFailed, now: float, jitter: float, rests_until: float = 0.0
) -> Delivered:
    """Return what is stored of a part that was not delivered because of `error`.

    `rests_until`: of the whole channel, in seconds since 1970; 0: it does not rest.
    """
    reason = str(error)
    if rests_until:
        return Delivered(delivery, None, rests_until, reason=reason, refused=True)
    if isinstance(error, RecipientGone | PartRefused):
        return Delivered(delivery, _ended(error), reason=reason)
    if isinstance(error, TryLater):
        asked = error.after_seconds
        wait = back_off(delivery.attempts, jitter) if asked is None else asked + jitter
        wait = min(wait, GIVE_UP_SECONDS)  # nobody is to wait for ever
        return Delivered(delivery, None, now + wait, reason=reason)
    return after_unknown(delivery, reason, now, jitter)


def _ended(error: RecipientGone | PartRefused) -> Result:
    if isinstance(error, PartRefused):
        return Result.REFUSED
    return Result.CLOSED if isinstance(error, WindowClosed) else Result.GONE


def after_unknown(delivery: Delivery, reason: str, now: float, jitter: float) -> Delivered:
    """Return what is stored of a part that may have arrived."""
    if delivery.unknowns >= _most_unknown(delivery):
        return Delivered(delivery, Result.UNKNOWN, reason=reason)
    wait = back_off(delivery.attempts, jitter)
    return Delivered(delivery, None, now + wait, reason=reason, unknown=True)


def _most_unknown(delivery: Delivery) -> int:
    return MAX_UNKNOWN if delivery.part.again is None else MAX_UNKNOWN_SAID
