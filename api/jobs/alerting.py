"""Tells followers of dossiers what changed, once, and reminds them of days.

What is to be told is kept by whoever stores a change (`api.store`). Here it is claimed, written
and handed to the outbox in one transaction; from there it goes the way of every answer. Nothing is
claimed while people sleep: what waits until morning becomes one message with the newest state.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from api.jobs.beside import beside, end_gracefully
from api.jobs.broken import TEMPLATES, tell_broken, tell_mended
from api.jobs.leases import keep_renewing
from api.jobs.policy import back_off
from api.jobs.quiet_hours import QuietHours, hour_in_vietnam
from api.logs import log_delivery_failure, log_failure
from api.meters import Meters
from bot.channels.alerts import (
    Alert,
    AlertKind,
    Alerts,
    AlertWay,
    AlwaysMessage,
    Reminder,
    Settled,
    Told,
)
from bot.channels.base import Channel, Part
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    PartRefused,
    RecipientGone,
    Resting,
    TryLater,
)
from bot.errors import StoreUnavailable
from bot.guide.reminding import days_due, days_lapsing
from bot.rendering.alerts import render_alert, sent_again
from bot.rendering.desk import Desk

LOOK_SECONDS: Final = 2.0
"""What was stored, also by another process, is seen after so long."""

AT_ONCE: Final = 100
"""Alerts in one transaction: some tens of milliseconds, so that no citizen waits for it."""

REMIND_SECONDS: Final = 900.0
TRY_AGAIN_SECONDS: Final = 60.0

REMIND_FROM_HOUR: Final = 7
"""Reminders come in the morning, also where no hour is quiet."""

_WAY: Final = AlwaysMessage()


@dataclass(slots=True)
class Alerting:
    """The loop."""

    alerts: Alerts
    channels: Mapping[str, Channel]
    """Those that are on; people of others wait."""
    desk: Callable[[], Desk]
    """The desk of the moment."""
    meters: Meters
    clock: Callable[[], float]
    """Seconds since 1970."""
    quiet: QuietHours
    ways: Mapping[str, AlertWay] = field(default_factory=dict)
    """How a channel reaches people of ourselves; not named: always by a message."""
    in_words: Collection[str] = ("zalo_bot",)
    """Channels without buttons, where a number would answer what was asked before."""
    terse: bool = False
    """Dossiers are published by code alone: only state and days are told."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    """Between 0 and 1: those who failed together do not come back together."""
    _remind_at: float = 0.0
    _broken: bool = False
    """Template messages do not work, and an operator was told."""
    _claimed: Sequence[Alert] = ()

    async def run(self) -> None:
        """Tell until cancelled; what is claimed then may still go out."""
        async with beside(keep_renewing(self._renew, "alerting", self.sleep)):
            while True:
                step = asyncio.create_task(self.step())
                try:
                    await asyncio.shield(step)
                finally:
                    await end_gracefully([step])
                await self.sleep(LOOK_SECONDS)

    async def step(self) -> None:
        """Note reminders where it is time, and tell what is due; never raises."""
        for work in (self._remind, self._tell):
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the loop outlives a database that is away
                log_failure(error, "alerting")
                self.meters.failed("alerting")

    async def _renew(self) -> None:
        await self.alerts.renew(self._claimed)

    async def _tell(self) -> None:
        channels = tuple(self.channels)
        while not self.quiet.holds(self.clock()) and await self.alerts.waiting(channels):
            self._claimed = await self.alerts.claim(AT_ONCE, channels)
            try:
                await self._settle(self._claimed)
            finally:
                claimed, self._claimed = self._claimed, ()
            if len(claimed) < AT_ONCE:
                return

    async def _settle(self, alerts: Sequence[Alert]) -> None:
        desk = self.desk()
        if alerts:
            await _warm(desk)
        settled = await asyncio.gather(*(self._become(desk, alert) for alert in alerts))
        kept = await self.alerts.settle(settled)
        for one, is_kept in zip(settled, kept, strict=True):
            if is_kept:
                way = one.told.value if one.told else "again"
                self.meters.alerted(one.alert.key.channel, way)

    async def _become(self, desk: Desk, alert: Alert) -> Settled:
        """Return what becomes of an alert; a failure of one never stops the others."""
        try:
            told = await self.ways.get(alert.key.channel, _WAY).tell(alert)
            parts = self._parts(desk, alert) if told is Told.MESSAGE else ()
        except (RecipientGone, PartRefused):
            return Settled(alert, Told.GONE)
        except (Resting, StoreUnavailable) as error:  # why it rests was noted when that began
            return self._again(alert, error)
        except DeliveryFailed as error:
            self._note(alert, error)
            return self._again(alert, error)
        except Exception as error:  # noqa: BLE001 - a bug loses no alert
            log_failure(error, "alerting")
            self.meters.failed("alerting")
            return self._again(alert, error)
        if told is Told.TEMPLATED and self._broken:
            self._broken = False
            tell_mended(TEMPLATES)
        return Settled(alert, told, parts)

    def _note(self, alert: Alert, error: DeliveryFailed) -> None:
        """Tell an operator that a template message did not go out; of an outage, once."""
        self.meters.delivery_failed(TEMPLATES, type(error).__name__)
        log_delivery_failure(TEMPLATES, error, row=alert.rows[0], attempts=alert.attempts + 1)
        if isinstance(error, ChannelBroken) and not self._broken:
            self._broken = True
            tell_broken(TEMPLATES, error)

    def _again(self, alert: Alert, error: Exception) -> Settled:
        asked = error.after_seconds if isinstance(error, TryLater) else None
        failed = not isinstance(error, Resting)  # that was no attempt
        wait = back_off(alert.attempts, self.jitter()) if asked is None else asked + self.jitter()
        return Settled(alert, None, next_at=self.clock() + wait, failed=failed)

    def _parts(self, desk: Desk, alert: Alert) -> Sequence[Part]:
        """Return the message, with what is sent where an earlier copy of it may have arrived.

        It is one part, so that it arrives whole or not at all.
        """
        dress = self.channels[alert.key.channel].dress
        status = replace(alert.status, terse=alert.status.terse or self.terse)
        write = partial(
            render_alert,
            desk,
            status,
            alert.kinds,
            buttons=alert.key.channel not in self.in_words,
        )
        reply = write()
        if len(dress(sent_again(desk, reply), None)) > 1:
            reply = write(brief=True)
        parts, copies = dress(reply, None), dress(sent_again(desk, reply), None)
        return [
            replace(part, again=copies[min(number, len(copies) - 1)], unasked=True)
            for number, part in enumerate(parts)
        ]

    async def _remind(self) -> None:
        now = self.clock()
        if now < self._remind_at or hour_in_vietnam(now) < REMIND_FROM_HOUR:
            return
        self._remind_at = now + TRY_AGAIN_SECONDS
        if await self.alerts.followed():
            desk = self.desk()
            calendar = await asyncio.to_thread(desk.calendar)  # reading it takes half a second
            due = [Reminder(AlertKind.DUE, day, str(day)) for day in days_due(desk.today, calendar)]
            lapsing = [
                Reminder(AlertKind.LAPSE, day, subject)
                for subject, day in days_lapsing(desk.today).items()
            ]
            await self.alerts.remind([*due, *lapsing])
        self._remind_at = now + REMIND_SECONDS


async def _warm(desk: Desk) -> None:
    """Read the working days, which words about a due day need: for the first time it takes long."""
    try:
        await asyncio.to_thread(desk.calendar)
    except Exception as error:  # noqa: BLE001 - other words need no day
        log_failure(error, "alerting")
