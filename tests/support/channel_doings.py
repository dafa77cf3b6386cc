"""What a person can press or type next, read from what her channel shows of a reply."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.base import Part
from bot.channels.telegram import dressing as telegram
from bot.channels.zalo_bot import dressing as zalo_bot
from bot.channels.zalo_oa import dressing as zalo_oa
from bot.channels.zalo_oa.buttons import pressed
from bot.messages import Reply
from bot.phrasebook import Phrasebook

_NUMBERED: Final = re.compile(r"^\s*(?P<number>\d+)\. (?:[☐☑✓✔] )?(?P<label>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do."""

    value: str = ""
    """Of the button that is pressed; empty: something is typed."""
    text: str = ""


def doings(channel: str, reply: Reply, book: Phrasebook) -> tuple[Doing, ...]:
    """Return what the channel offers beside a reply, in the order shown, each once."""
    if channel == "web":  # the page gets the buttons as they are
        shown = [Doing(one.value) for one in reply.buttons]
    elif channel == "telegram":
        shown = [Doing(str(one["callback_data"])) for one in _keys(telegram.dress(reply, None))]
    elif channel == "zalo_oa":
        parts = zalo_oa.dress(reply, None, book)
        shown = [*_pressed(parts), *_numbers(reply, parts)]
    else:
        shown = _numbers(reply, zalo_bot.dress(reply, None, book))
    return tuple(dict.fromkeys(shown))


def _keys(parts: Sequence[Part]) -> list[Mapping[str, Any]]:
    markups: list[Any] = [part.body.get("reply_markup") or {} for part in parts]
    rows = [row for markup in markups for row in markup.get("inline_keyboard", ())]
    return [key for row in rows for key in row]


def _pressed(parts: Sequence[Part]) -> list[Doing]:
    attached: list[Any] = [part.body.get("attachment") or {} for part in parts]
    buttons = [key for one in attached for key in one.get("payload", {}).get("buttons", ())]
    values = [pressed(key["payload"]) for key in buttons]
    assert all(values), "a button of Zalo says nothing that is read"
    return [Doing(value) for value in values]


def _numbers(reply: Reply, parts: Sequence[Part]) -> list[Doing]:
    """Return the numbers that stand before what can be chosen, as read in the texts."""
    text = "\n".join(str(part.body.get("text") or part.body.get("caption")) for part in parts)
    labels = [" ".join(one.label.split()) for one in reply.buttons]
    found = []
    for match in _NUMBERED.finditer(text):
        at, label = int(match["number"]), match["label"].strip()
        if at <= len(labels) and (labels[at - 1] in label or label in labels[at - 1]):
            found.append(Doing(text=match["number"]))
    return found
