"""The channels that are on, and the work beside the requests that keeps them going."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.jobs.alerting import Alerting
from api.jobs.answering import Answering, Delivered
from api.jobs.beside import beside
from api.jobs.delivering import Delivering, Lane
from api.jobs.noticing import Noticing
from api.jobs.pace import Pace
from api.jobs.polling import Polling
from api.jobs.quiet_hours import NEVER, QuietHours
from api.jobs.receiving import Receiving
from api.limits import Limiter
from api.meters import Meters
from bot.channels.alerts import AlertWay, AlwaysMessage
from bot.channels.base import Channel, Poller
from bot.channels.sharing import Sharing
from bot.engine import Engine
from bot.phrasebook import Phrasebook
from bot.rendering import Desk
from knowledge.library import Library

if TYPE_CHECKING:
    from api.store.database import Database


@dataclass(frozen=True, slots=True)
class Line:
    """A channel that is on."""

    channel: Channel
    messages_per_second: float
    poller: Poller | None = None
    """None: a webhook brings what arrives."""
    at_start: Callable[[], Coroutine[Any, Any, None]] | None = None
    """What the channel does once, beside everything else; best effort, never raises."""
    delivered: Delivered | None = None
    """Who wants to know that a message reached its reader."""
    start_link: Callable[[], str] | None = None
    """Gives the start of a link that opens the channel with a payload; empty while unknown."""
    home_link: Callable[[], str] | None = None
    """Gives a link that opens the channel without one; empty while unknown."""
    alert_way: AlertWay = field(default_factory=AlwaysMessage)
    """How people who follow a dossier are reached here."""
    sharing: Sharing | None = None
    """Who asks for telephone numbers and takes them; None: nobody does."""


@dataclass(frozen=True, slots=True)
class Messaging:
    """What the webhook routes need."""

    channels: Mapping[str, Channel]
    """Those whose events come by webhook."""
    receiving: Receiving
    meters: Meters


@dataclass(frozen=True, slots=True)
class Telling:
    """How people are told of ourselves: who follows a dossier, or asked to be reminded."""

    desk: Callable[[], Desk]
    """The desk of the moment."""
    quiet: QuietHours
    terse: bool
    """Dossiers are published by code alone: only state and days are told."""
    library: Callable[[], Library]
    """The library of the moment."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the channels share with the web."""

    database: "Database"
    engine: Callable[[], Engine]
    book: Phrasebook
    limiter: Limiter
    meters: Meters
    telling: Telling | None = None
    """None: nobody follows dossiers."""


@asynccontextmanager
async def messaging(lines: Sequence[Line], shared: Shared) -> AsyncIterator[Messaging]:
    """Handle and deliver while the block runs; the channels are closed when it ends."""
    from api.store.inbox import SqlInbox  # noqa: PLC0415 - SQL costs half a second
    from api.store.outbox import SqlOutbox  # noqa: PLC0415

    process, meters, woken = _process_name(), shared.meters, asyncio.Event()
    channels = {line.channel.name: line.channel for line in lines}
    outbox = SqlOutbox(shared.database, process, time.time)
    lanes = {one.channel.name: _lane(one) for one in lines}
    delivering = Delivering(outbox, lanes, meters, time.time, quiet=_quiet(shared))
    inbox = SqlInbox(shared.database, process, time.time, delivering.send_soon)
    receiving = Receiving(inbox, channels, shared.limiter, meters, woken)
    answering = Answering(inbox, shared.engine, channels, shared.book, meters, time.time, woken)
    answering.delivered = {one.channel.name: one.delivered for one in lines if one.delivered}
    answering.sharing = {one.channel.name: one.sharing for one in lines if one.sharing}
    polling = [Polling(line.channel.name, line.poller, receiving) for line in lines if line.poller]
    hooked = {line.channel.name: line.channel for line in lines if line.poller is None}
    if not lines:
        yield Messaging(hooked, receiving, meters)
        return
    try:
        # ended from the right: receiving stops first, and what is answered still goes out
        async with (
            beside(delivering.run()),
            beside(*_alerting(lines, shared, process)),
            beside(answering.run()),
            beside(*(one.run() for one in polling)),
            beside(*(line.at_start() for line in lines if line.at_start)),
        ):
            yield Messaging(hooked, receiving, meters)
    finally:
        await inbox.close()
        await outbox.close()
        for channel in channels.values():
            await channel.close()


def _alerting(
    lines: Sequence[Line], shared: Shared, process: str
) -> Iterator[Coroutine[Any, Any, None]]:
    """Yield the loops that tell people of ourselves, where there may be any."""
    from api.store.dossiers.alerts import SqlAlerts  # noqa: PLC0415 - SQL costs half a second
    from api.store.filings.notices import SqlNotices  # noqa: PLC0415

    if (telling := shared.telling) is None:
        return
    channels = {line.channel.name: line.channel for line in lines}
    ways = {line.channel.name: line.alert_way for line in lines}
    yield Alerting(
        SqlAlerts(shared.database, process, time.time),
        channels,
        telling.desk,
        shared.meters,
        time.time,
        telling.quiet,
        ways=ways,
        terse=telling.terse,
    ).run()
    yield Noticing(
        SqlNotices(shared.database, process, time.time),
        channels,
        telling.desk,
        telling.library,
        shared.meters,
        time.time,
        telling.quiet,
        ways=ways,
    ).run()


def _quiet(shared: Shared) -> QuietHours:
    return shared.telling.quiet if shared.telling is not None else NEVER


def _lane(line: Line) -> Lane:
    pace = Pace(line.messages_per_second, time.monotonic, asyncio.sleep)
    return Lane(line.channel, pace)


def _process_name() -> str:
    """Return a name that no other process has, on this machine or another, now or later."""
    host = socket.gethostname()[:16]
    return f"{host}:{os.getpid()}:{secrets.token_hex(4)}"
