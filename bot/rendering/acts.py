"""What is told about photos and the like, ratings, and the erasure of data."""

from typing import Final, assert_never

from bot.deciding.act_decisions import AskErasure, Erase, KeepData, Rate, Received
from bot.deciding.act_values import EXAMPLES, erasure_value, example_value
from bot.messages import (
    ERASED,
    RATED_DOWN,
    RATED_UP,
    Block,
    Choice,
    Choices,
    Gesture,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook
from bot.rendering.answers import next_buttons
from bot.rendering.desk import Desk
from bot.rendering.sources import portal_link
from bot.rendering.talk import hotline

ActDecision = Received | AskErasure | Erase | KeepData | Rate

ERASE: Final = "erase"
"""The kind of the question whether everything is to be erased."""

_TOLD: Final = {
    Gesture.START: "gesture.start",
    Gesture.HELP: "talk.help",
    Gesture.PHOTO: "gesture.photo",
    Gesture.VOICE: "gesture.voice",
    Gesture.VIDEO: "gesture.video",
    Gesture.FILE: "gesture.file",
    Gesture.STICKER: "gesture.sticker",
    Gesture.LOCATION: "gesture.location",
    Gesture.CONTACT: "gesture.contact",
    Gesture.EDITED: "gesture.edited",
    Gesture.UNSUPPORTED: "gesture.unsupported",
    Gesture.UNKNOWN_COMMAND: "gesture.unknown_command",
}
"""What is said to each; the others are what words say too: cancel, dossiers, erase."""

_INTRODUCED: Final = frozenset({Gesture.START, Gesture.HELP})
_CHATS: Final = _INTRODUCED | {Gesture.STICKER}


def render_act(desk: Desk, decision: ActDecision) -> Reply:
    """Return what is told."""
    match decision:
        case Received():
            return _received(desk, decision)
        case Rate():
            return _rated(desk.book, decision)
        case AskErasure() | Erase() | KeepData():
            return _about_erasure(desk.book, decision)
        case _:
            assert_never(decision)


def _received(desk: Desk, decision: Received) -> Reply:
    book, gesture = desk.book, decision.gesture
    blocks: list[Block] = [Paragraph(book.say(_TOLD[gesture]))]
    if gesture is Gesture.UNSUPPORTED:
        blocks += hotline(desk)
    if decision.waiting:
        blocks.append(Paragraph(book.say("gesture.still_open")))
    if gesture in _INTRODUCED:
        blocks.append(Paragraph(f"{book.say('example.title')}:"))
        blocks.append(Choices(example_buttons(book)))
    family = OutcomeFamily.SMALL_TALK if gesture in _CHATS else OutcomeFamily.UNANSWERED
    return Reply(tuple(blocks), Outcome(family, gesture))


def example_buttons(book: Phrasebook) -> tuple[Choice, ...]:
    """Return questions that can be pressed: each asks what is written on it."""
    return tuple(Choice(book.say(key), example_value(name)) for name, key in EXAMPLES.items())


def _rated(book: Phrasebook, decision: Rate) -> Reply:
    outcome = Outcome(OutcomeFamily.SMALL_TALK, RATED_UP if decision.up else RATED_DOWN)
    if decision.up:
        return Reply((Paragraph(book.say("rating.up")),), outcome)
    blocks: list[Block] = [Paragraph(book.say("rating.down")), portal_link(book)]
    if decision.topic is not None:
        blocks.append(Choices(next_buttons(book, decision.topic, ())))
    return Reply(tuple(blocks), outcome)


def _about_erasure(book: Phrasebook, decision: AskErasure | Erase | KeepData) -> Reply:
    if isinstance(decision, AskErasure):
        buttons = (
            Choice(book.say("button.erase"), erasure_value(sure=True)),
            Choice(book.say("button.keep"), erasure_value(sure=False)),
        )
        blocks = (Paragraph(book.say("erase.ask")), Choices(buttons))
        return Reply(blocks, Outcome(OutcomeFamily.CLARIFY, ERASE))
    erased = isinstance(decision, Erase)
    told = Paragraph(book.say("erase.done" if erased else "erase.kept"))
    return Reply((told,), Outcome(OutcomeFamily.SMALL_TALK, ERASED if erased else "kept"))
