"""Tells people what they asked to be reminded of, and what an official saw of their slip."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from typing_extensions import override

from api.jobs.quiet_hours import QuietHours
from api.jobs.telling import IN_WORDS, Telling
from api.meters import Meters
from bot.channels.alerts import AlertWay, AlwaysMessage, Settled, Told
from bot.channels.base import Channel
from bot.channels.notices import Notice, Notices
from bot.guide.filing import view_of
from bot.messages import Reply
from bot.rendering import Desk
from bot.rendering.filing.notices import render_checked, render_reminder, sent_again
from knowledge.library import Library

_WAY = AlwaysMessage()


@dataclass(slots=True)
class Noticing(Telling[Notice]):
    """The loop."""

    where: ClassVar[str] = "noticing"

    notices: Notices
    channels: Mapping[str, Channel]
    desk: Callable[[], Desk]
    library: Callable[[], Library]
    """The library of the moment."""
    meters: Meters
    clock: Callable[[], float]
    quiet: QuietHours
    ways: Mapping[str, AlertWay] = field(default_factory=dict)
    """How a channel reaches people of ourselves; not named: always by a message."""
    in_words: Collection[str] = IN_WORDS
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    _claimed: Sequence[Notice] = ()

    @override
    def _store(self) -> Notices:
        return self.notices

    @override
    def _works(self) -> Sequence[Callable[[], Awaitable[None]]]:
        return (self._tell,)

    @override
    def _count(self, channel: str, way: str) -> None:
        self.meters.noticed(channel, way)

    @override
    async def _become(self, desk: Desk, one: Notice) -> Settled:
        """Return what becomes of a notice: where no message is allowed now, it waits for her."""
        channel = one.key.channel
        try:
            if (told := self.ways.get(channel, _WAY).reach(one)) is not Told.MESSAGE:
                return Settled(one, told)
            reply = self._written(desk, one)
            if reply is None:
                return Settled(one, Told.GONE)
            parts = self._dressed(channel, reply, sent_again(desk, reply))
        except Exception as error:  # noqa: BLE001 - a bug loses no notice
            self._failed(error)
            return self._again(one, error)
        return Settled(one, Told.MESSAGE, parts)

    def _written(self, desk: Desk, notice: Notice) -> Reply | None:
        """Return the message; None: the procedure is not in the library any more."""
        library, code = self.library(), notice.filing.code
        procedure = library.get(code)
        if procedure is None:
            return None
        view = view_of(procedure, library.table(code), library.guide(code), notice.filing)
        buttons = notice.key.channel not in self.in_words
        if notice.checked is not None:
            return render_checked(desk, view, notice.checked, buttons=buttons)
        return render_reminder(desk, view, buttons=buttons)
