"""What many people send to the bot: updates of Telegram, the same each time."""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SEED = 20261122
FIRST_CHAT = 5_900_000_000
DATE = 1_790_000_000

_COMMANDS = ("/start", "/help", "/hoso", "/huy")
_SMALL_TALK = (
    "chào bạn",
    "cảm ơn nhiều nhé",
    "ok",
    "bạn là ai",
    "tạm biệt",
    "alo",
    "👍",
    "dạ vâng",
)

PRESSES, COMMANDS, SMALL_TALK = 0.25, 0.05, 0.1
"""Shares of a realistic day beside questions: our estimate, no count of anybody's traffic."""

ZIPF = 1.0
"""The question in place n is asked as often as 1/n of the first: what is asked in a service is
spread like words are."""


@dataclass(slots=True)
class Mix:
    """Makes updates; `realistic`: with presses, commands and small talk, and some asked often."""

    questions: Sequence[str]
    buttons: Mapping[int, tuple[str, ...]]
    """What each chat can press."""
    numbers: Iterator[int]
    """Of the updates: no two may be equal."""
    realistic: bool = False
    _chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    _drawn: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._drawn = self._draw() if self.realistic else itertools.cycle(self.questions)

    def next(self, chat: int) -> dict[str, Any]:
        """Return what the person in `chat` sends now."""
        if not self.realistic:
            return self._typed(chat, next(self._drawn))
        die = self._chance.random()
        if die < PRESSES and self.buttons.get(chat):
            return self._press(chat, self._chance.choice(self.buttons[chat]))
        if die < PRESSES + COMMANDS:
            return self._typed(chat, self._chance.choice(_COMMANDS))
        if die < PRESSES + COMMANDS + SMALL_TALK:
            return self._typed(chat, self._chance.choice(_SMALL_TALK))
        return self._typed(chat, next(self._drawn))

    def _draw(self) -> Iterator[str]:
        weights = [1 / place**ZIPF for place in range(1, len(self.questions) + 1)]
        while True:
            yield from self._chance.choices(self.questions, weights, k=1000)

    def _typed(self, chat: int, text: str) -> dict[str, Any]:
        number = next(self.numbers)
        message = {"message_id": number, "date": DATE, **a_person(chat), "text": text}
        return {"update_id": number, "message": message}

    def _press(self, chat: int, data: str) -> dict[str, Any]:
        number = next(self.numbers)
        person = a_person(chat)
        under = {"message_id": number, "date": DATE, "chat": person["chat"], "text": "…"}
        query = {"id": str(number), "from": person["from"], "message": under, "data": data}
        return {"update_id": number, "callback_query": {**query, "chat_instance": "1"}}


def a_person(chat: int) -> dict[str, Any]:
    """Return who writes in `chat`, and the chat."""
    return {
        "from": {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"},
        "chat": {"id": chat, "type": "private", "first_name": "Lan"},
    }
