"""Buttons under a message."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.deciding.act_values import rating_value
from bot.messages import CheckItem, Choice
from bot.rendering.plain import tick_sign

MOST_BUTTONS: Final = 100
"""InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER of the library; more are refused."""

MOST_DATA_BYTES: Final = 64
"""InlineKeyboardButtonLimit.MAX_CALLBACK_DATA; a Vietnamese letter takes two or three."""

SHORT_LABEL: Final = 16
"""Characters of a label that has room beside another on a narrow phone."""

TICKS_IN_A_ROW: Final = 5
"""A finger hits each of them on a narrow phone."""

Row = list[dict[str, str]]


def fits(choice: Choice) -> bool:
    """Tell whether `choice` can be a button; what cannot is told in words."""
    return bool(choice.label.strip()) and 1 <= len(choice.value.encode()) <= MOST_DATA_BYTES


def keyboard(choices: Sequence[Choice], turn: int | None) -> list[Row]:
    """Return the rows of buttons: one choice in each, or two short ones; 👍 and 👎 at the end."""
    rows = [[_button(one) for one in row] for row in _rows(choices)]
    if turn is not None:
        rated = (("👍", rating_value(turn, up=True)), ("👎", rating_value(turn, up=False)))
        rows.append([{"text": sign, "callback_data": value} for sign, value in rated])
    return rows


def tick_rows(items: Sequence[CheckItem]) -> list[Row]:
    """Return a small button for each item, with its number in the list: five in a row."""
    buttons = [
        {"text": f"{tick_sign(one)} {number}", "callback_data": one.value}
        for number, one in enumerate(items, start=1)
        if 1 <= len(one.value.encode()) <= MOST_DATA_BYTES
    ]
    return [list(row) for row in _fives(buttons)]


def _fives(buttons: Sequence[dict[str, str]]) -> Iterator[Sequence[dict[str, str]]]:
    return (
        buttons[first : first + TICKS_IN_A_ROW] for first in range(0, len(buttons), TICKS_IN_A_ROW)
    )


def _rows(choices: Sequence[Choice]) -> Iterator[list[Choice]]:
    row: list[Choice] = []
    for choice in choices:
        short = len(choice.label) <= SHORT_LABEL
        if row and not (short and len(row) == 1 and len(row[0].label) <= SHORT_LABEL):
            yield row
            row = []
        row.append(choice)
    if row:
        yield row


def _button(choice: Choice) -> dict[str, str]:
    return {"text": choice.label, "callback_data": choice.value}
