"""Asks Telegram for updates, where no webhook reaches us."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.errors import DeliveryFailed, FateUnknown, PollRefused, TryLater
from bot.channels.telegram.calls import get_updates
from bot.channels.telegram.failures import failure_of
from bot.channels.telegram.fields import Record, number
from bot.channels.telegram.line import Refusal

SHORTEST_SECONDS: Final = 0.5
"""Telegram holds an empty answer back; a server that does not is not asked all the time."""


class Polling:
    """One poller. What it returned is confirmed by the next question, not before."""

    def __init__(
        self,
        bot: Bot,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` counts seconds and never goes back."""
        self._bot = bot
        self._sleep = sleep
        self._clock = clock
        self._webhook_gone = False
        self._offset: int | None = None

    async def updates(self) -> Sequence[Record]:
        """Wait for updates and return them.

        A webhook of an earlier operation is deleted before the first question, and what waits for
        it is kept. One that is set later is somebody's wish, and refuses the polling.

        Raises:
            PollRefused: another poller or a webhook is in the way.
            TryLater: Telegram cannot be reached, or asks us to wait.
            ChannelBroken: the token is not accepted.
        """
        asked_at = self._clock()
        try:
            if not self._webhook_gone:
                await self._bot.delete_webhook(drop_pending_updates=False)
                self._webhook_gone = True
            found = await get_updates(self._bot, self._offset)
        except TelegramError as error:
            raise _failure(error) from error
        numbered = {one: update for update in found if (one := _number(update)) is not None}
        if numbered:
            self._offset = max(numbered) + 1
        elif (early := SHORTEST_SECONDS - (self._clock() - asked_at)) > 0:
            await self._sleep(early)
        return list(numbered.values())


def _number(update: Record) -> int | None:
    return number(update, "update_id")


def _failure(error: TelegramError) -> PollRefused | DeliveryFailed:
    if isinstance(error, Refusal) and error.code == HTTPStatus.CONFLICT:
        return PollRefused("409")
    failure = failure_of(error)
    # Asking twice does no harm: nothing is confirmed by an answer that did not come.
    return TryLater(str(failure)) if isinstance(failure, FateUnknown) else failure
