"""The buttons beside the last reply, chosen by typing; and how long a choice stays open.

Typing the label of a button does what pressing it does. Where a channel shows too few, they are
numbered behind the answers of an open question (`Reply.buttons`), which `choosing` reads, and the
number does it too.
"""

import re
from dataclasses import replace

from bot.deciding.act_values import PressedExample
from bot.deciding.decisions import AskProcedure, Decision, OutOfRange
from bot.deciding.dossier_state import still
from bot.deciding.filing_values import FILING_MARK, FilingAct, PressedFiling
from bot.deciding.form_decisions import AskCircumstance
from bot.deciding.found import Said, read_press
from bot.deciding.numbers import number_said
from bot.dialogue import Dialogue, Menu
from bot.messages import Choices, IncomingMessage, Reply
from knowledge.text import fold

OPEN_SECONDS = 24 * 60 * 60
"""After a day without a message nobody remembers what number 2 stood for."""

_WORD = re.compile(r"\w+")


def beside(reply: Reply) -> Menu | None:
    """Return what can be typed beside the open question of `reply`, a checklist's items first."""
    menus = [block for block in reply.blocks if isinstance(block, Choices)]
    asked = {one for menu in menus if menu.open_question for one in menu.items}
    further = [
        one
        for one in reply.buttons
        if one not in asked or one.value.startswith(FILING_MARK)  # no `OpenQuestion` holds those
    ]
    if not further:
        return None
    labels = tuple(one.label for one in further)
    values = tuple(one.value for one in further)
    return Menu(len(reply.buttons) - len(further) + 1, labels, values)


def typed_button(menu: Menu | None, text: str, *, numbered: bool) -> str:
    """Return the value of the button whose label or number is typed; empty: none is.

    Args:
        menu: the last one shown.
        text: as typed.
        numbered: the buttons were shown with numbers.

    >>> typed_button(Menu(3, ("Lệ phí", "Các bước"), ("fee", "steps")), "số 4 nhé", numbered=True)
    'steps'
    """
    if menu is None:
        return ""
    words = _WORD.findall(fold(text))
    for label, value in zip(menu.labels, menu.values, strict=True):
        if words and words == _WORD.findall(fold(label)):
            return value
    asked = menu.first - 1
    position = number_said(text, menu.last) if numbered else None
    if position is None or not asked <= position < menu.last:
        return ""
    return menu.values[position - asked]


def shown_again(decision: Decision, dialogue: Dialogue, message: IncomingMessage) -> Decision:
    """Say with a number that stands beside no button how far they go, and show them once more.

    Args:
        decision: what to answer to `message`.
        dialogue: the state before it.
        message: as read.
    """
    menu = dialogue.menu
    if menu is None or message.choice or not message.conversation.sees_numbers:
        return decision
    if number_said(message.text, menu.last) is None:
        return decision
    match decision:
        case OutOfRange() | AskCircumstance(out_of_range=True):
            return replace(decision, menu=menu)
        case AskProcedure():
            return OutOfRange(None, menu)
        case _:
            return decision


def pressed_or_typed(message: IncomingMessage, dialogue: Dialogue) -> Said | PressedExample | None:
    """Read a pressed button, or one whose number or label is typed; None: it is neither."""
    if message.choice:
        return read_press(message.choice)
    menu = open_still(dialogue, message).menu
    value = typed_button(menu, message.text, numbered=message.conversation.sees_numbers)
    return _typed(read_press(value)) if value else None


def _typed(said: Said | PressedExample) -> Said | PressedExample:
    """Return what is typed of a paper: it ticks; "bỏ 1" is said to take a tick away.

    Who types a number twice would else take away, without a word, what she has just told.
    """
    if isinstance(said, PressedFiling) and said.act is FilingAct.UNTICK:
        return replace(said, act=FilingAct.TICK)
    return said


def open_still(dialogue: Dialogue, message: IncomingMessage) -> Dialogue:
    """Close what has waited too long for typed words; a button says itself what it means.

    The topic stays, and a form or a filing can be gone on with. A proof ends for presses as well.
    """
    dialogue = still(dialogue, message.sent_at.timestamp())
    if message.choice or not _is_old(dialogue, message):
        return dialogue
    form = dialogue.form and replace(dialogue.form, asides=max(1, dialogue.form.asides))
    filing = dialogue.filing and replace(dialogue.filing, asides=max(1, dialogue.filing.asides))
    return replace(
        dialogue,
        open_question=None,
        dossier=None,
        place=None,
        menu=None,
        form=form,
        filing=filing,
        stopping=None,
        erasing=False,
    )


def with_menu(dialogue: Dialogue, reply: Reply, message: IncomingMessage) -> Dialogue:
    """Remember what can be typed beside the open question of the reply to `message`."""
    return replace(dialogue, menu=beside(reply), answered_at=message.sent_at.timestamp())


def _is_old(dialogue: Dialogue, message: IncomingMessage) -> bool:
    at = message.sent_at.timestamp()
    return dialogue.answered_at > 0 and at - dialogue.answered_at > OPEN_SECONDS
