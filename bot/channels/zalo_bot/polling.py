"""Asks for events where no webhook reaches us (protocols §2, read 11/2026).

It is not Telegram's way: no offset, no acknowledgement. What was read may come again with every
question, at once. So the inbox tells by the message's id what is new, and questions keep apart.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Final

from bot.channels.errors import DeliveryFailed, FateUnknown, PollRefused, TryLater
from bot.channels.untrusted import Payload
from bot.channels.zalo_bot.failures import LineBroken, Refusal, failure_of
from bot.channels.zalo_bot.line import READ_SECONDS, Line
from bot.channels.zalo_bot.webhook import webhook_url

WAIT_SECONDS: Final = 30
"""How long the platform holds a question back; its own default."""

LEAST_SECONDS: Final = 1.0
"""Between two questions: an answered one may come back at once, over and over."""

LOOK_SECONDS: Final = 60.0
"""How often it is looked whether somebody has set a webhook."""


class Polling:
    """One poller."""

    def __init__(
        self,
        line: Line,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = line
        self._sleep = sleep
        self._clock = clock
        self._not_before = float("-inf")
        self._look_at = float("-inf")

    async def events(self) -> Sequence[Payload]:
        """Wait for events and return them; none where nobody wrote.

        Raises:
            PollRefused: a webhook is set; `motcua zalo bot-setup` deletes it.
            TryLater: the platform cannot be reached, or asks us to wait.
            ChannelBroken: the token is not accepted.
        """
        await self._keep_distance()
        try:
            await self._look_for_webhook()
            found = await self._line.call(
                "getUpdates",
                {"timeout": str(WAIT_SECONDS)},  # a text in the platform's table of parameters
                read_seconds=WAIT_SECONDS + READ_SECONDS,
            )
        except (Refusal, LineBroken) as error:
            return self._after(error)
        several = found if isinstance(found, list) else [found]
        return [event for event in several if isinstance(event, dict)]

    async def _keep_distance(self) -> None:
        if (wait := self._not_before - self._clock()) > 0:
            await self._sleep(wait)
        self._not_before = self._clock() + LEAST_SECONDS

    async def _look_for_webhook(self) -> None:
        """Look from time to time: how a question is answered beside a webhook is not written."""
        if self._clock() < self._look_at:
            return
        if await webhook_url(self._line):
            raise PollRefused("A webhook is set.")
        self._look_at = self._clock() + LOOK_SECONDS

    def _after(self, error: Refusal | LineBroken) -> Sequence[Payload]:
        """Return no events where nobody wrote.

        Raises:
            TryLater: or another kind; asking twice does no harm.
        """
        if isinstance(error, Refusal) and error.code == HTTPStatus.REQUEST_TIMEOUT:
            return ()
        self._look_at = float("-inf")
        failure: DeliveryFailed = failure_of(error)
        if isinstance(failure, TryLater | FateUnknown):
            raise TryLater(str(failure)) from error
        if isinstance(error, Refusal) and error.code == HTTPStatus.BAD_REQUEST:
            raise PollRefused(str(failure)) from error
        raise failure from error
