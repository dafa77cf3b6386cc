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
from typing import ClassVar, Final

from typing_extensions import override

from api.jobs.broken import TEMPLATES, tell_broken, tell_mended
from api.jobs.quiet_hours import QuietHours, hour_in_vietnam
from api.jobs.telling import IN_WORDS, Telling
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
)
from bot.errors import StoreUnavailable
from bot.guide.reminding import days_due, days_lapsing
from bot.rendering.alerts import render_alert, sent_again
from bot.rendering.desk import Desk

REMIND_SECONDS: Final = 900.0
TRY_AGAIN_SECONDS: Final = 60.0

REMIND_FROM_HOUR: Final = 7
"""Reminders come in the morning, also where no hour is quiet."""

_WAY: Final = AlwaysMessage()


@dataclass(slots=True)
class Alerting(Telling[Alert]):
    """The loop."""

    where: ClassVar[str] = "alerting"

    alerts: Alerts
    channels: Mapping[str, Channel]
    desk: Callable[[], Desk]
    meters: Meters
    clock: Callable[[], float]
    quiet: QuietHours
    ways: Mapping[str, AlertWay] = field(default_factory=dict)
    """How a channel reaches people of ourselves; not named: always by a message."""
    in_words: Collection[str] = IN_WORDS
    terse: bool = False
    """Dossiers are published by code alone: only state and days are told."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    _remind_at: float = 0.0
    _broken: bool = False
    """Template messages do not work, and an operator was told."""
    _claimed: Sequence[Alert] = ()

    @override
    def _store(self) -> Alerts:
        return self.alerts

    @override
    def _works(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return (self._remind, self._tell)

    @override
    def _count(self, channel: str, way: str) -> None:
        self.meters.alerted(channel, way)

    @override
    async def _warm(self, desk: Desk) -> None:
        """Read the working days, which words about a due day need: at first it takes long."""
        try:
            await asyncio.to_thread(desk.calendar)
        except Exception as error:  # noqa: BLE001 - other words need no day
            log_failure(error, self.where)

    @override
    async def _become(self, desk: Desk, one: Alert) -> Settled:
        """Return what becomes of an alert; a failure of one never stops the others."""
        try:
            told = await self.ways.get(one.key.channel, _WAY).tell(one)
            parts = self._parts(desk, one) if told is Told.MESSAGE else ()
        except (RecipientGone, PartRefused):
            return Settled(one, Told.GONE)
        except (Resting, StoreUnavailable) as error:  # why it rests was noted when that began
            return self._again(one, error)
        except DeliveryFailed as error:
            self._note(one, error)
            return self._again(one, error)
        except Exception as error:  # noqa: BLE001 - a bug loses no alert
            self._failed(error)
            return self._again(one, error)
        if told is Told.TEMPLATED and self._broken:
            self._broken = False
            tell_mended(TEMPLATES)
        return Settled(one, told, parts)

    def _note(self, alert: Alert, error: DeliveryFailed) -> None:
        """Tell an operator that a template message did not go out; of an outage, once."""
        self.meters.delivery_failed(TEMPLATES, type(error).__name__)
        log_delivery_failure(TEMPLATES, error, row=alert.rows[0], attempts=alert.attempts + 1)
        if isinstance(error, ChannelBroken) and not self._broken:
            self._broken = True
            tell_broken(TEMPLATES, error)

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
        return self._dressed(alert.key.channel, reply, sent_again(desk, reply))

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
