"""Replies of every kind, as real conversations over the shipped records bring them about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import anyio
import pytest
from typing_extensions import override

from bot import engine as road
from bot.deciding.decisions import Answer, Aside, Decision, DoubtfulRecord
from bot.deciding.faq_decisions import AskFaq
from bot.deciding.form_decisions import FormStopped
from bot.deciding.place_decisions import TellHotline
from bot.engine import Engine
from bot.messages import (
    ConversationKey,
    Gesture,
    IncomingMessage,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.parse import AskedField
from bot.rendering import Desk, render
from knowledge.faq_yaml import load_faq_content
from knowledge.procedure import Step
from tests.support import conversations
from tests.support.builders import a_circumstance, a_paper, a_procedure
from tests.support.desks import a_desk
from tests.support.dossier_replies import every_dossier_decision
from tests.support.fakes import FakeNlu, MemoryDialogueStore, SilentNlu
from tests.support.filing_replies import every_filing_decision
from tests.support.shipped import shipped_library

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)

ACTS: tuple[tuple[str, Gesture | None, str], ...] = (
    *(("", gesture, "") for gesture in Gesture),
    ("👍", None, ""),
    ("👎", None, ""),
    ("", None, "erase:yes"),
    ("", Gesture.ERASE, ""),
    ("", None, "erase:no"),
    ("", None, "slip:PH-0001"),
    ("", None, "ask:9.999999"),
    ("x" * 9000, None, ""),
)
"""What is done rather than asked: words, gesture, pressed value."""


@dataclass
class Collected:
    """What was decided and told."""

    decisions: set[type] = field(default_factory=set)
    replies: list[Reply] = field(default_factory=list)

    def render(self, decision: Decision, desk: Desk) -> Reply:
        """Render as the engine does, and remember what was decided."""
        self.decisions.add(type(decision))
        if isinstance(decision, Aside):
            self.decisions.add(type(decision.decision))
        return render(decision, desk)


@cache
def every_reply() -> Collected:
    """Play all conversations and acts; return the decisions and, once each, the replies."""
    collected = Collected()

    class Watched(Engine):
        @override
        async def answer(self, message: IncomingMessage) -> Reply:
            reply = await super().answer(message)
            collected.replies.append(reply)
            return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(road, "render", collected.render)
        patch.setattr(conversations, "Engine", Watched)
        for one in conversations.golden_conversations():
            anyio.run(conversations.play, one, conversations.scripted(one), shipped_library())
        anyio.run(_act, Watched)
    collected.replies += [a_long_reply(), *made_replies()]
    collected.replies += [collected.render(one, a_desk()) for one in rare_decisions()]
    collected.replies = list(dict.fromkeys(collected.replies))
    return collected


def a_long_reply() -> Reply:
    """The papers and steps of a record as long as the longest of the national data."""
    sentence = "Tổ chức, cá nhân nộp hồ sơ đề nghị cấp giấy phép theo quy định tại khoản {}. "
    steps = tuple(Step(sentence.format(number) * 3) for number in range(60))
    papers = tuple(
        a_paper(f"Bản sao giấy tờ số {number} <có & “chứng thực”>") for number in range(40)
    )
    procedure = a_procedure(
        "Cấp giấy phép <đặc biệt> & gia hạn",
        code="1.013286",
        steps=steps,
        circumstances=(a_circumstance(*papers),),
    )
    fields = (AskedField.STEPS, AskedField.DOCUMENTS)
    return render(Answer(procedure, fields, detail=True), a_desk())


def made_replies() -> Iterator[Reply]:
    """Replies of families that nothing is decided for yet, and such as strain a channel."""
    for family in (OutcomeFamily.LOOKED_UP, OutcomeFamily.HANDED_OVER):
        yield Reply((Paragraph(f"Hồ sơ <{family}> & đang được xử lý."),), Outcome(family, "made"))


def rare_decisions() -> Iterator[Decision]:
    """What no conversation of the tables comes to."""
    birth = a_procedure("Đăng ký khai sinh", code="1.001193")
    faqs = tuple(load_faq_content().faqs)[:2]
    yield DoubtfulRecord(birth)
    yield AskFaq(faqs, (birth,), (*(one.label for one in faqs), "Đăng ký khai sinh"))
    yield TellHotline(birth)
    yield FormStopped(birth)
    yield from every_filing_decision()
    yield from every_dossier_decision()


async def _act(kind: type[Engine]) -> None:
    store, desk = MemoryDialogueStore(), a_desk()
    engine = kind(FakeNlu(), shipped_library(), store, lambda: desk)
    for number, (text, gesture, choice) in enumerate(ACTS):
        key, sent_at = ConversationKey("test", "chị Lan"), NOW + timedelta(minutes=number)
        message = IncomingMessage(key, str(number), sent_at, text, choice, gesture)
        await engine.answer(message)
    silent = kind(SilentNlu(), shipped_library(), store, lambda: desk)
    hung = ConversationKey("test", "anh Hùng")
    await silent.answer(IncomingMessage(hung, "1", NOW, "lệ phí khai sinh"))
