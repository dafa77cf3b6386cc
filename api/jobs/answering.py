"""Handles what arrived: claims it, has it answered, stores the answer for delivery.

Of each conversation one message at a time, in order; conversations beside each other. A message
whose handling fails is tried again, and after the last try the citizen is told so.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Final

from api.jobs.beside import beside, end_gracefully
from api.jobs.leases import keep_renewing
from api.logs import log_failure
from api.meters import Meters
from bot.channels.base import Arrival, ArrivalKind, Channel, Part
from bot.channels.queues import Claim, Ending, Inbox
from bot.channels.sharing import Sharing
from bot.engine import Engine
from bot.errors import StoreUnavailable
from bot.messages import Gesture, Reply
from bot.phrasebook import Phrasebook
from bot.rendering import render_error, render_over_limit

AT_ONCE: Final = 8
"""Turns in work in one process. They share one processor: more would only make webhooks wait."""

POLL_SECONDS: Final = 0.5
"""What another process received, or what is due again, is seen after so long."""

TRIES: Final = 3
TRY_AGAIN_SECONDS: Final = 2.0

TYPING_AFTER_SECONDS: Final = 0.7
"""An answer that comes at once needs no sign that it is being written."""

TYPING_SECONDS: Final = 4.0
"""The sign lasts five seconds at most (protocols §3)."""

OFFICIAL_SECONDS: Final = 8 * 3600.0
"""A working day: so long after an official's last word the bot stays silent."""

_CALLS_THE_BOT: Final = frozenset({Gesture.START, Gesture.HELP})
"""What brings the bot back while an official has the word."""


Delivered = Callable[[Arrival], Awaitable[None]]


@dataclass(slots=True)
class Answering:
    """The loop. `engine` gives the engine of the moment: it changes with the knowledge base."""

    inbox: Inbox
    engine: Callable[[], Engine]
    channels: Mapping[str, Channel]
    book: Phrasebook
    meters: Meters
    clock: Callable[[], float]
    """Seconds since 1970."""
    woken: asyncio.Event
    """Set whenever something was put into the inbox."""
    delivered: Mapping[str, Delivered] = field(default_factory=dict)
    """Who, by channel, wants to know that a message reached its reader."""
    sharing: Mapping[str, Sharing] = field(default_factory=dict)
    """Who, by channel, asks for telephone numbers and takes them."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _working: dict[asyncio.Task[None], Claim] = field(default_factory=dict)

    async def run(self) -> None:
        """Handle what arrives until cancelled; what is in work then may end."""
        async with beside(keep_renewing(self._renew, "answering", self.sleep)):
            try:
                while True:
                    await self._step()
            finally:
                await end_gracefully([*self._working])

    async def _step(self) -> None:
        for task in [task for task in self._working if task.done()]:
            del self._working[task]
        for claim in await self._claim(AT_ONCE - len(self._working)):
            self._working[asyncio.create_task(self._handle(claim))] = claim
        await self._wait()

    async def _claim(self, most: int) -> tuple[Claim, ...]:
        if most <= 0:
            return ()
        woken = self.woken.is_set()
        self.woken.clear()
        try:
            if not (woken or await self.inbox.waiting()):
                return ()
            return tuple(await self.inbox.claim(most))
        except Exception as error:  # noqa: BLE001 - the loop outlives a database that is away
            log_failure(error, "answering")
            self.meters.failed("answering")
            await self.sleep(POLL_SECONDS)
            return ()

    async def _renew(self) -> None:
        await self.inbox.renew(list(self._working.values()))

    async def _wait(self) -> None:
        """Return when a turn ends or something arrives, after a while in any case."""
        woken = asyncio.create_task(self.woken.wait())
        working = self._working.keys()
        waiting = {*working} if len(working) >= AT_ONCE else {*working, woken}
        try:
            await asyncio.wait(waiting, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _handle(self, claim: Claim) -> None:
        try:
            await self.inbox.finish(await self._ending(claim))
        except Exception as error:  # noqa: BLE001 - one message never stops the others
            log_failure(error, "answering")
            self.meters.failed("answering")
            with suppress(StoreUnavailable):  # the claim runs out by itself
                await self.inbox.release(claim, TRY_AGAIN_SECONDS * claim.attempts)

    async def _ending(self, claim: Claim) -> Ending:
        kind = claim.arrival.kind
        if kind is ArrivalKind.MESSAGE:
            return await self._answered(claim)
        if kind is ArrivalKind.SHARED:
            return await self._answered(claim, await self._shared(claim))
        if kind is ArrivalKind.WITHDRAWN:
            self.meters.erased(claim.arrival.channel)
        note = self.delivered.get(claim.arrival.channel)
        if kind is ArrivalKind.DELIVERED and note is not None:
            await note(claim.arrival)
        return Ending(
            claim,
            human_until=self.clock() + OFFICIAL_SECONDS if kind is ArrivalKind.OFFICIAL else None,
            blocked={ArrivalKind.BLOCKED: "blocked", ArrivalKind.RETURNED: ""}.get(kind),
            withdrawn=kind is ArrivalKind.WITHDRAWN,
        )

    async def _shared(self, claim: Claim) -> Reply | None:
        """Keep what was given, whoever has the word; None: it is answered like anything else."""
        sharing = self.sharing.get(claim.arrival.channel)
        return None if sharing is None else await sharing.take(claim.arrival)

    async def _answered(self, claim: Claim, said: Reply | None = None) -> Ending:
        arrival, channel = claim.arrival, self.channels.get(claim.arrival.channel)
        calls = arrival.gesture in _CALLS_THE_BOT
        silent = claim.contact.human_until > self.clock() and not calls
        if silent or claim.double_tap or channel is None:
            return Ending(claim)
        async with self._typing(channel, arrival.user_id):
            reply = said or await self._reply(claim)
        behind = await self._asks(claim, reply)
        self._count(claim, reply)
        return Ending(
            claim,
            dress=lambda turn: (*in_its_place(channel.dress(reply, turn), reply, arrival), *behind),
            human_until=0.0 if calls else None,
            blocked="",
        )

    async def _asks(self, claim: Claim, reply: Reply) -> Sequence[Part]:
        sharing = self.sharing.get(claim.arrival.channel)
        key = claim.arrival.message.conversation
        return () if sharing is None else await sharing.asks(key, reply)

    async def _reply(self, claim: Claim) -> Reply:
        if claim.arrival.over_limit:
            return render_over_limit(self.book)
        if claim.attempts > TRIES or not claim.readable:
            return render_error(self.book)
        return await self.engine().answer_in(claim.conversation, claim.arrival.message)

    def _count(self, claim: Claim, reply: Reply) -> None:
        seconds = self.clock() - claim.received_at
        self.meters.turn_answered(claim.arrival.channel, reply.outcome.family.value, seconds)
        self.meters.acted(claim.arrival.channel, reply.outcome.kind)

    @asynccontextmanager
    async def _typing(self, channel: Channel, user_id: str) -> AsyncIterator[None]:
        async def show() -> None:
            await self.sleep(TYPING_AFTER_SECONDS)
            while True:
                await channel.show_typing(user_id)
                await self.sleep(TYPING_SECONDS)

        async with beside(show()):
            yield


def in_its_place(parts: Sequence[Part], reply: Reply, arrival: Arrival) -> Sequence[Part]:
    """Let a reply that shows a pressed list in its new state replace the message pressed.

    Only where it is one message, and a button was pressed: a link that opens the bot is a message
    of the citizen's own, which nobody else can change.
    """
    pressed = bool(arrival.choice and arrival.query and arrival.reference)
    if not (reply.in_place and pressed and len(parts) == 1):
        return parts
    return [replace(parts[0], edits=arrival.reference)]
