"""What is set once: how the bot introduces itself, and where its updates go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram import Bot, BotCommand

from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.phrasebook import Phrasebook

COMMANDS: Final = {
    "start": "telegram.command_start",
    "help": "telegram.command_help",
    "huy": "telegram.command_huy",
    "hoso": "telegram.command_hoso",
    "xoadulieu": "telegram.command_xoadulieu",
}
"""The menu of commands, in the order shown, and what is said of each."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, and how that goes."""

    url: str
    """Empty: nowhere; they wait for a poll, for a day."""
    waiting: int
    """Updates that were not taken yet."""
    last_error: str
    """In Telegram's words; empty: there was none."""
    last_error_at: datetime | None


async def name_of(bot: Bot) -> tuple[str, str]:
    """Return the name that people see and the user name.

    Raises:
        telegram.error.TelegramError: `Refusal` or `LineBroken`, as all functions here.
    """
    me = await bot.get_me()
    return me.full_name, me.username or ""


async def introduce(bot: Bot, book: Phrasebook) -> None:
    """Set the menu of commands, and what is shown before and beside the conversation."""
    menu = [BotCommand(word, book.say(key)) for word, key in COMMANDS.items()]
    await bot.set_my_commands(menu)
    await bot.set_my_description(book.say("telegram.description"))
    await bot.set_my_short_description(book.say("telegram.short_description"))


async def use_webhook(bot: Bot, url: str, secret: str) -> None:
    """Have updates sent to `url` with `secret`; what waits is kept."""
    await bot.set_webhook(
        url,
        secret_token=secret,
        allowed_updates=list(ALLOWED_UPDATES),
        drop_pending_updates=False,
    )


async def use_polling(bot: Bot) -> None:
    """Have updates wait to be asked for; what waits is kept."""
    await bot.delete_webhook(drop_pending_updates=False)


async def webhook_of(bot: Bot) -> Webhook:
    """Return where updates go."""
    info = await bot.get_webhook_info()
    return Webhook(
        info.url, info.pending_update_count, info.last_error_message or "", info.last_error_date
    )
