"""The channels that the settings switch on. Each is imported only where it is used."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from api.logs import log_event
from api.settings import Settings
from api.wiring.build import now
from api.wiring.messaging import Line
from bot.phrasebook import Phrasebook

if TYPE_CHECKING:
    from api.store.database import Database

OFF_HINTS: Final = {
    "telegram": "TELEGRAM_TOKEN",
    "zalo_oa": "ZALO_OA_APP_ID",
    "zalo_bot": "ZALO_BOT_TOKEN",
}
"""The variable that switches a channel on."""

ZALO_BOT_MESSAGES_PER_SECOND: Final = 10.0
"""Zalo publishes no figure for its bots; over its quota it answers 429, and the channel rests."""


def open_lines(settings: Settings, database: "Database", book: Phrasebook) -> list[Line]:
    """Return the channels that are on; what is off is said once, in the log.

    Raises:
        CannotStart: a channel is set in a way that cannot work.
    """
    del database
    made: dict[str, Callable[[], Line]] = {}
    if settings.telegram_token.get_secret_value():
        made["telegram"] = lambda: _telegram(settings)
    if settings.zalo_bot_token.get_secret_value():
        made["zalo_bot"] = lambda: _zalo_bot(settings, book)
    lines = []
    for name, variable in OFF_HINTS.items():
        if name in made:
            lines.append(made[name]())
        else:
            log_event("channel_off", channel=name, needs=variable)
    return lines


def _telegram(settings: Settings) -> Line:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415 - half a second

    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        settings.telegram_webhook_secret.get_secret_value(),
        now,
        settings.telegram_api_url,
    )
    polls = settings.telegram_way == "polling"
    return Line(channel, settings.telegram_messages_per_second, channel if polls else None)


def _zalo_bot(settings: Settings, book: Phrasebook) -> Line:
    from bot.channels.zalo_bot.channel import ZaloBot  # noqa: PLC0415 - httpx, only where used

    channel = ZaloBot(
        settings.zalo_bot_token.get_secret_value(),
        settings.zalo_bot_webhook_secret.get_secret_value(),
        book,
        now,
        settings.zalo_bot_api_url,
    )
    polls = settings.zalo_bot_way == "polling"
    return Line(channel, ZALO_BOT_MESSAGES_PER_SECOND, channel if polls else None)
