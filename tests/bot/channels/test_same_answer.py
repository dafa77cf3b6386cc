"""Case 55: the same question gets the same answer on every channel, but for dress and splitting."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import get_args

import pytest

from bot.channels.telegram.dressing import dress as dress_telegram
from bot.channels.zalo_bot.dressing import dress as dress_zalo_bot
from bot.channels.zalo_oa.dressing import dress as dress_zalo_oa
from bot.deciding.decisions import Decision
from bot.deciding.menus import beside, typed_button
from bot.engine import Engine
from bot.messages import (
    NUMBERED,
    Block,
    Checklist,
    Choice,
    Choices,
    ConversationKey,
    FactList,
    Heading,
    IncomingMessage,
    Link,
    OutcomeFamily,
    Paragraph,
    Picture,
    Reply,
    StatusCard,
    is_ratable,
)
from bot.phrasebook import Phrasebook
from bot.rendering import render_plain
from bot.rendering.filing.checklist import how_to_tick
from bot.rendering.plain import is_absolute, tick_sign
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore
from tests.support.replies import NOW, a_long_reply, every_reply
from tests.support.seen import CHANNELS, Looks, Seen, fits
from tests.support.shipped import shipped_library

TURN = 7
MARKS = re.compile(r"[\s\d.:•()☐☑\[\]-]*")
"""What a channel puts around what is said: numbers, list and tick marks, brackets."""

HINTS = ("menu.answer", "menu.further", "menu.rate")

pytestmark = pytest.mark.anyio
on_every_channel = pytest.mark.parametrize("looks", CHANNELS, ids=lambda looks: looks.name)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def said(reply: Reply) -> Iterator[str]:
    """Yield every piece of text of a reply, buttons left out, the sources last."""
    for block in reply.blocks:
        yield from pieces(block)
    for source in reply.sources:
        yield from (source.text, source.url)


def pieces(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text) | Picture(_, text):
            yield text
        case FactList(title, items):
            yield title
            yield from items
        case Link(label, url):
            yield from (label, url) if is_absolute(url) else ()
        case StatusCard(title, state, _, facts, progress):
            yield from (title, state, progress)
            yield from (f"{fact.label}: {fact.value}" for fact in facts)
        case Checklist(title, items):
            yield title
            for item in items:
                yield from (item.text, *item.notes)
        case Choices():
            pass


def rest_of(seen: Seen, reply: Reply, faults: list[str]) -> str:
    """Return what is seen beside the pieces of `reply`; name those not found in their order."""
    text, kept, start = squeezed("\n".join(seen.texts)), [], 0
    for piece in filter(None, map(squeezed, said(reply))):
        if (at := text.find(piece, start)) >= 0:
            kept.append(text[start:at])
            start = at + len(piece)
        elif piece not in map(squeezed, seen.links):
            faults.append(f"lost or moved: {piece[:60]}")
    return "".join((*kept, text[start:]))


def added(rest: str, reply: Reply, book: Phrasebook) -> str:
    """Return what of the rest is neither a button, nor a hint, nor a mark."""
    labels = [one.label for one in reply.buttons]
    items = [len(one.items) for one in reply.blocks if isinstance(one, Checklist)]
    hints = [*map(book.say, HINTS), *(how_to_tick(book, count) for count in items)]
    for known in sorted((*labels, *hints), key=len, reverse=True):
        rest = rest.replace(squeezed(known), " ")
    return MARKS.sub("", rest)


def lost_choices(seen: Seen, reply: Reply, looks: Looks) -> Iterator[str]:
    """Yield the choices whose meaning a person cannot reach, or whose name she cannot read."""
    text = squeezed("\n".join(seen.texts))
    for number, choice in enumerate(reply.buttons, start=1):
        shown = [label for label, value in seen.buttons if value == choice.value]
        named = any(choice.label in label for label in shown) or squeezed(choice.label) in text
        if not named or not (shown or is_typed(reply, choice, number, looks, text)):
            yield f"choice {number}: {choice.label}"


def is_typed(reply: Reply, choice: Choice, number: int, looks: Looks, text: str) -> bool:
    """Tell whether the choice is numbered, and typing its number, or else its name, chooses it."""
    for item in (item for one in reply.blocks if isinstance(one, Checklist) for item in one.items):
        if item.value == choice.value:  # ticked by its number, wherever the list was shown
            return squeezed(f"{number}. {tick_sign(item)} {item.text}") in text
    asked = len([one for block in open_questions(reply) for one in block.items])
    if squeezed(f"{number}. {choice.label}") in text and number <= asked:
        return True
    numbered = looks.name in NUMBERED and squeezed(f"{number}. {choice.label}") in text
    typed = str(number) if numbered else choice.label
    return typed_button(beside(reply), typed, numbered=numbered) == choice.value


def open_questions(reply: Reply) -> Iterator[Choices]:
    return (one for one in reply.blocks if isinstance(one, Choices) and one.open_question)


def rates(seen: Seen, book: Phrasebook) -> bool:
    values = {value for _, value in seen.buttons}
    typed = squeezed(book.say("menu.rate")) in squeezed("\n".join(seen.texts))
    return typed or {f"rate:up:{TURN}", f"rate:down:{TURN}"} <= values


def faults_of(replies: Sequence[Reply], looks: Looks, book: Phrasebook) -> Iterator[str]:
    for reply in replies:
        for seen in looks.show(reply, TURN, book):
            faults: list[str] = []
            rest = rest_of(seen, reply, faults)
            faults += [f"added: {extra}" for extra in [added(rest, reply, book)] if extra]
            faults += lost_choices(seen, reply, looks)
            if rates(seen, book) is not is_ratable(reply):
                faults.append("a rating is offered for an answer, and for nothing else")
            if not fits(seen, looks):
                faults.append("a message is empty or too long")
            yield from (f"{reply.outcome}: {fault}" for fault in faults)


def test_the_replies_are_of_every_kind() -> None:
    collected = every_reply()
    kinds = {type(block) for reply in collected.replies for block in reply.blocks}

    assert len(collected.replies) > 200
    assert collected.decisions == set(get_args(Decision))
    assert kinds == set(get_args(Block))
    assert {reply.outcome.family for reply in collected.replies} == set(OutcomeFamily)
    assert len(render_plain(a_long_reply())) > 3 * 4096


@on_every_channel
def test_case_55_every_reply_says_the_same_with_the_same_sources_and_loses_no_choice(
    looks: Looks, book: Phrasebook
) -> None:
    assert list(faults_of(every_reply().replies, looks, book)) == []


async def test_case_55_a_question_gets_the_same_reply_whatever_the_channel() -> None:
    question = "làm giấy khai sinh cho con cần giấy tờ gì"
    nlu = FakeNlu()
    nlu.expect(question, asked={"documents": "giấy tờ gì"}, mentions=("giấy khai sinh",))
    engine = Engine(nlu, shipped_library(), MemoryDialogueStore(), a_desk)
    replies = []
    for looks in CHANNELS:
        key = ConversationKey(looks.name, "6142494823123456789")
        replies.append(await engine.answer(IncomingMessage(key, "1", NOW, question)))

    assert replies[0].procedure == "1.001193"
    assert replies == [replies[0]] * len(CHANNELS)


def test_case_55_without_a_turn_nothing_is_rated(book: Phrasebook) -> None:
    (answer,) = [one for one in every_reply().replies if one == a_long_reply()]

    for looks in CHANNELS:
        assert [rates(seen, book) for seen in looks.show(answer, None, book)].count(True) == 0


def test_a_part_survives_the_outbox_which_keeps_it_as_json(book: Phrasebook) -> None:
    for reply in every_reply().replies:
        parts = [
            *dress_telegram(reply, TURN),
            *dress_zalo_oa(reply, TURN, book),
            *dress_zalo_bot(reply, TURN, book),
        ]
        assert all(json.loads(json.dumps(part.body)) == part.body for part in parts)


def test_the_contract_sees_what_is_lost_moved_or_added(book: Phrasebook) -> None:
    reply = a_long_reply()
    looks = CHANNELS[2]
    (whole, _) = looks.show(reply, TURN, book)

    def broken(*texts: str) -> list[str]:
        cut = Looks(looks.name, looks.longest, lambda *_: iter([Seen(texts)]))
        return list(faults_of([reply], cut, book))

    assert broken(*whole.texts) == []
    assert "lost or moved" in " ".join(broken(*whole.texts[:-1]))
    assert "lost or moved" in " ".join(broken(*reversed(whole.texts)))
    assert "added" in " ".join(broken(*whole.texts, "Xem thêm ở trang khác"))
    assert "choice" in " ".join(broken(*(text.replace("Lệ phí", "") for text in whole.texts)))
