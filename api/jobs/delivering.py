"""Delivers what was answered: in order to each person, to people beside each other.

What becomes of a failure is in `api.jobs.policy` and nowhere else.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from api.jobs.beside import beside, end_gracefully
from api.jobs.broken import tell_broken, tell_mended
from api.jobs.leases import keep_renewing
from api.jobs.pace import Pace
from api.jobs.policy import (
    BROKEN_SECONDS,
    after_failure,
    after_unknown,
    hopeless,
    rest_seconds,
)
from api.jobs.quiet_hours import NEVER, QuietHours
from api.logs import log_delivery_failure, log_failure
from api.meters import Meters
from bot.channels.base import Channel, Outgoing, Sent
from bot.channels.errors import ChannelBroken, DeliveryFailed, PartRefused
from bot.channels.queues import Delivered, Delivery, Outbox, Result

AT_ONCE: Final = 64
"""Parts on their way at once in one process; they wait for the network, not for us."""

POLL_SECONDS: Final = 0.5
MORE_SECONDS: Final = 0.05
"""Where as much was due as could be taken, e.g. alerts of a whole morning."""


@dataclass(slots=True)
class Lane:
    """A channel, how fast it may be sent to, and until when it rests."""

    channel: Channel
    pace: Pace
    rests_until: float = 0.0
    failures: int = 0
    """How often it rested since the last part that was taken."""
    mending: bool = False
    """It rested, and nobody was told yet that it works again."""

    def rest(self, error: DeliveryFailed, now: float, jitter: float) -> float:
        """Rest where `error` concerns everybody; return until when, 0: it does not.

        What was on its way beside the first failure says the same, and counts no second time.
        """
        seconds = rest_seconds(error, self.failures, jitter)
        if not seconds:
            return 0.0
        if self.rests_until <= now:
            self.failures += 1
            self.mending = True
            if isinstance(error, ChannelBroken):
                tell_broken(self.channel.name, error)
        self.rests_until = max(self.rests_until, now + seconds)
        return self.rests_until

    def work(self, now: float) -> None:
        """Note that a part was taken; one that left before the rest began says little."""
        self.failures = 0
        if self.mending and self.rests_until <= now:
            self.mending = False
            tell_mended(self.channel.name)


@dataclass(slots=True)
class Delivering:
    """The loop."""

    outbox: Outbox
    lanes: Mapping[str, Lane]
    meters: Meters
    clock: Callable[[], float]
    """Seconds since 1970."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    """Between 0 and 1: those who failed together do not come back together."""
    quiet: QuietHours = NEVER
    """When nobody is sent what she did not ask for."""
    _sending: dict[asyncio.Task[None], Delivery] = field(default_factory=dict)
    _ending: bool = False

    def send_soon(self, deliveries: Sequence[Delivery]) -> None:
        """Send parts that this process has claimed already."""
        for delivery in deliveries:
            task = asyncio.create_task(self._deliver(delivery))
            self._sending[task] = delivery
            task.add_done_callback(self._sending.pop)

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then may arrive."""
        async with beside(keep_renewing(self._renew, "delivering", self.sleep)):
            try:
                while True:
                    more = await self._step()
                    await self.sleep(MORE_SECONDS if more else POLL_SECONDS)
            finally:
                self._ending = True
                await end_gracefully([*self._sending])

    async def _step(self) -> bool:
        """Take up what is due: alerts, what failed before, what others left. True: more may be."""
        free, awake = AT_ONCE - len(self._sending), self._awake()
        if free <= 0 or not awake:
            return False
        try:
            if not await self.outbox.waiting(awake):
                return False
            taken = await self.outbox.claim(free, awake)
        except Exception as error:  # noqa: BLE001 - the loop outlives a database that is away
            log_failure(error, "delivering")
            self.meters.failed("delivering")
            return False
        self.send_soon(taken)
        return len(taken) == free

    def _awake(self) -> tuple[str, ...]:
        now = self.clock()
        for name, lane in self.lanes.items():
            self.meters.channel_paused(name, paused=lane.rests_until > now)
        return tuple(name for name, lane in self.lanes.items() if lane.rests_until <= now)

    async def _renew(self) -> None:
        await self.outbox.renew(list(self._sending.values()))

    async def _deliver(self, delivery: Delivery) -> None:
        """Send a part, and the person's next ones behind it."""
        following: Delivery | None = delivery
        while following is not None:
            free = Delivered(following, None, refused=True)
            delivered = free if self._ending else await self._send(following)
            try:
                following = await self.outbox.finish(delivered)
            except Exception as error:  # noqa: BLE001 - the claim runs out, its fate is unknown
                log_failure(error, "delivering")
                self.meters.failed("delivering")
                return

    async def _send(self, delivery: Delivery) -> Delivered:
        if (kept_back := await self._kept_back(delivery)) is not None:
            return self._counted(kept_back)
        lane = self.lanes[delivery.channel]
        try:
            sent = await _send_in_its_words(lane.channel, delivery)
        except DeliveryFailed as error:
            return self._counted(self._failed(lane, delivery, error))
        except Exception as error:  # noqa: BLE001 - a bug in a channel loses no message
            log_failure(error, "delivering")
            self.meters.failed("delivering")
            reason = type(error).__name__
            return self._counted(after_unknown(delivery, reason, self.clock(), self.jitter()))
        lane.work(self.clock())
        result = Result.CHARGED if sent.charged else Result.SENT
        return self._counted(Delivered(delivery, result, message_id=sent.message_id))

    async def _kept_back(self, delivery: Delivery) -> Delivered | None:
        """Wait for the turn of a part; return what becomes of it if it is not sent now."""
        lane = self.lanes.get(delivery.channel)
        if (over := self._over(delivery)) is not None:
            return over
        if lane is None or not await self._is_its_turn(lane):
            awake = lane.rests_until if lane else self.clock() + BROKEN_SECONDS
            return Delivered(delivery, None, awake, refused=True)
        return self._over(delivery)  # the turn may have come late

    def _over(self, delivery: Delivery) -> Delivered | None:
        """Return the end of a part that is not to be sent, None for any other.

        What is put off by night ends here, so that answers behind it go on; `Outbox.finish` lets
        what it tells be told in the morning.
        """
        now = self.clock()
        if delivery.part.unasked and self.quiet.holds(now):
            return Delivered(delivery, Result.PUT_OFF, refused=True, reason="quiet")
        return hopeless(delivery, now)

    async def _is_its_turn(self, lane: Lane) -> bool:
        """Wait for the lane's pace. False: it rests, perhaps only since we began to wait."""
        if lane.rests_until <= self.clock():
            await lane.pace.wait()
        return lane.rests_until <= self.clock()

    def _failed(self, lane: Lane, delivery: Delivery, error: DeliveryFailed) -> Delivered:
        jitter, now = self.jitter(), self.clock()
        self.meters.delivery_failed(delivery.channel, type(error).__name__)
        log_delivery_failure(
            delivery.channel, error, row=delivery.row, attempts=delivery.attempts + 1
        )
        return after_failure(delivery, error, now, jitter, lane.rest(error, now, jitter))

    def _counted(self, delivered: Delivered) -> Delivered:
        if delivered.result is not None:
            one = delivered.delivery
            waited = self.clock() - one.created_at
            self.meters.delivered(one.channel, delivered.result.value, waited)
        return delivered


async def _send_in_its_words(channel: Channel, delivery: Delivery) -> Sent:
    """Send the part; where its markup is refused, once in plain words.

    Where a copy of it may have arrived, the words that say so are sent, if it has such.
    """
    part = delivery.part
    if delivery.unknowns and part.again is not None:
        part = part.again
    outgoing = Outgoing(delivery.user_id, part, delivery.last_seen_at)
    try:
        return await channel.send(outgoing)
    except PartRefused:
        if part.plain is None:
            raise
        return await channel.send(
            replace(outgoing, part=replace(part, body=part.plain, plain=None))
        )
