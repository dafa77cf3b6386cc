"""Asks Telegram for updates, where no webhook reaches us."""

from collections.abc import Sequence
from http import HTTPStatus

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.errors import DeliveryFailed, FateUnknown, PollRefused, TryLater
from bot.channels.telegram.calls import get_updates
from bot.channels.telegram.failures import failure_of
from bot.channels.telegram.fields import Record, number
from bot.channels.telegram.line import Refusal


class Polling:
    """One poller. What it returned is confirmed by the next question, not before."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
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
        try:
            if not self._webhook_gone:
                await self._bot.delete_webhook(drop_pending_updates=False)
                self._webhook_gone = True
            found = await get_updates(self._bot, self._offset)
        except TelegramError as error:
            raise _failure(error) from error
        numbered = [(number(update, "update_id"), update) for update in found]
        known = [one for one, _ in numbered if one is not None]
        if known:
            self._offset = max(known) + 1
        return [update for one, update in numbered if one is not None]


def _failure(error: TelegramError) -> PollRefused | DeliveryFailed:
    if isinstance(error, Refusal) and error.code == HTTPStatus.CONFLICT:
        return PollRefused("409")
    failure = failure_of(error)
    # Asking twice does no harm: nothing is confirmed by an answer that did not come.
    return TryLater(str(failure)) if isinstance(failure, FateUnknown) else failure
