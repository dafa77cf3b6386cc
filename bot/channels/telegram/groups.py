"""Whom a message is for: in a group the bot answers only where it is spoken to."""

import re
from dataclasses import dataclass
from typing import Final

from bot.channels.commands import WORDS
from bot.channels.telegram.fields import Record, record, records, words

ANONYMOUS_ADMIN: Final = 1087968824
"""The bot in whose name an anonymous administrator of a group writes (GroupAnonymousBot)."""

_PEOPLE: Final = frozenset({"group", "supergroup"})
_COMMAND: Final = re.compile(r"/(?P<word>\w{1,32})(?:@(?P<name>\w{1,64}))?(?!\S)")


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as groups know it."""

    bot_id: int
    """0: the token does not begin with it."""
    username: str = ""
    """Without @; empty: not known yet, then nobody can mention the bot by name."""


def is_private(chat: Record) -> bool:
    """Tell whether `chat` is with one person alone."""
    return chat.get("type") == "private"


def is_group(chat: Record) -> bool:
    """Tell whether several people write in `chat`."""
    return words(chat, "type") in _PEOPLE


def is_person(message: Record) -> bool:
    """Tell whether a person wrote `message`: no other bot, and no post that a channel passed on."""
    sender = record(message, "from")
    if message.get("is_automatic_forward") is True:
        return False
    return sender.get("is_bot") is not True or sender.get("id") == ANONYMOUS_ADMIN


def is_addressed(message: Record, text: str, me: Me) -> bool:
    """Tell whether `message`, written in a group, is meant for the bot.

    It is where it answers the bot, names it, or is one of its commands. A command of an unknown
    word that names nobody may be another bot's.
    """
    if command := _COMMAND.match(text):
        if command["name"]:
            return _same(command["name"], me)
        return command["word"].lower() in WORDS
    answered = record(record(message, "reply_to_message"), "from").get("id")
    if answered == me.bot_id:
        return True
    return _mention(me).search(text) is not None or _is_named(message, me)


def without_name(text: str, me: Me) -> str:
    """Return `text` without the bot's name; a command keeps only its word and what follows."""
    return " ".join(part for part in _mention(me).sub(" ", text).split(" ") if part).strip()


def _is_named(message: Record, me: Me) -> bool:
    """Tell whether the bot is mentioned by its id, as some clients do."""
    entities = (*records(message, "entities"), *records(message, "caption_entities"))
    return any(record(entity, "user").get("id") == me.bot_id for entity in entities)


def _mention(me: Me) -> re.Pattern[str]:
    if not me.username:
        return _NOBODY
    return re.compile(rf"(?<!\w)@{re.escape(me.username)}(?!\w)", re.IGNORECASE)


def _same(name: str, me: Me) -> bool:
    return bool(me.username) and name.lower() == me.username.lower()


_NOBODY: Final = re.compile(r"(?!)")
