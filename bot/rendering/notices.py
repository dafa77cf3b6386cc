"""What is told once beside a reply, whatever it answers: what was masked, and what is kept.

It stands behind the answer, but before a question or a list of examples, so that nothing comes
between them and their choices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from bot.messages import ASKED_FACTOR, Block, Choices, FactList, OutcomeFamily, Paragraph, Reply
from bot.personal_data import Kind
from bot.phrasebook import Phrasebook
from bot.rendering.acts import ERASE
from bot.rendering.desk import Desk

NOTICE_VERSION: Final = 1
"""A note that says something new gets the next number, and everybody is told once."""

_LATER: Final = frozenset({ERASE, ASKED_FACTOR})

_NAMES: Final = {
    Kind.IDENTITY: "masked.identity",
    Kind.PHONE: "masked.phone",
    Kind.CARD: "masked.card",
    Kind.ACCOUNT: "masked.account",
    Kind.CODE: "masked.code",
    Kind.EMAIL: "masked.email",
    Kind.NUMBER: "masked.number",
}


def with_masked(book: Phrasebook, reply: Reply, kinds: Sequence[Kind]) -> Reply:
    """Return `reply` with a sentence on what the citizen need not have sent.

    Told each time: whoever sends another number has not read the first sentence. Who sends a code
    is warned, for it may have been asked for by somebody else.
    """
    if not kinds:
        return reply
    names = ", ".join(book.say(_NAMES[kind]) for kind in kinds)
    notes = [Paragraph(book.say("masked.told", what=names))]
    if Kind.CODE in kinds:
        notes.insert(0, Paragraph(book.say("masked.warning")))
    return _with(reply, notes)


def with_notice(desk: Desk, reply: Reply, told: int) -> tuple[Reply, int]:
    """Return `reply` with the note on what is kept, and which version of it is told now.

    The same reply where nothing is kept, the note was told before (`told`), or something failed;
    where everything may be erased the next moment: how to ask for it is known then; and where four
    digits are asked for, in the midst of what is said of them.
    """
    later = reply.outcome.family is OutcomeFamily.ERROR or reply.outcome.kind in _LATER
    if desk.kept_days is None or told >= NOTICE_VERSION or later:
        return reply, told
    note = Paragraph(desk.book.say("privacy.notice", days=desk.kept_days))
    return _with(reply, (note,)), NOTICE_VERSION


def _with(reply: Reply, notes: Sequence[Block]) -> Reply:
    """Return `reply` with `notes` behind it, though not inside of what leads to its choices."""
    at = next(_leads(reply), len(reply.blocks))
    return replace(reply, blocks=(*reply.blocks[:at], *notes, *reply.blocks[at:]))


def _leads(reply: Reply) -> Iterator[int]:
    """Yield where the sentences stand that introduce choices."""
    for at, (before, block) in enumerate(pairwise(reply.blocks)):
        if isinstance(block, Choices) and _introduces(before, block, reply):
            yield at


def _introduces(before: Block, choices: Choices, reply: Reply) -> bool:
    """Tell whether `before` asks, or names, what `choices` offer.

    Under an answer the last sentence is a remark on it, unless it asks; elsewhere it leads on.
    """
    if not isinstance(before, Paragraph | FactList):
        return False
    if choices.open_question or isinstance(before, FactList):
        return choices.open_question
    answers = bool(reply.sources) or reply.outcome.family is OutcomeFamily.LOOKED_UP
    return "?" in before.text or before.text.endswith(":") or not answers
