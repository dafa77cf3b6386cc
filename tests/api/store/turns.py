"""A conversation that is only counted: what the tests of the store record."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from bot.dialogue import Dialogue, Form, OpenQuestion
from bot.messages import (
    Choice,
    Choices,
    ConversationKey,
    FactList,
    IncomingMessage,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
    SourceNote,
)
from bot.parse import AskedField, Parse
from bot.ports import DialogueStore

LAN = ConversationKey("web", "lan")
REPLY = Reply(
    blocks=(
        Paragraph("Cần 2 loại giấy tờ."),
        FactList("Giấy tờ", ("Tờ khai CT01", "Giấy tờ về chỗ ở"), ordered=True),
        Choices((Choice("Lệ phí", "ask:fee"),), open_question=True),
        Link("Cổng Dịch vụ công", "https://dichvucong.gov.vn/"),
    ),
    outcome=Outcome(OutcomeFamily.ANSWERED, "procedure"),
    sources=(SourceNote("1.004222", "Đăng ký thường trú", "1523/QĐ-BCA-C06", "2026-07", ""),),
    procedure="1.004222",
    candidates=("1.004222", "1.003197"),
)
TALKING = Dialogue(
    topic="1.004222",
    asked=(AskedField.FEE,),
    open_question=OpenQuestion(("1.004222", "1.003197"), ("Thường trú", "Xoá"), (AskedField.FEE,)),
    misses=1,
    form=Form("1.001193", (("nop", "quay"), ("chung-sinh", "co")), asides=1),
)


def message(event_id: str = "1", key: ConversationKey = LAN) -> IncomingMessage:
    return IncomingMessage(key, event_id, datetime(2026, 11, 22, tzinfo=UTC), text="nhập hộ khẩu")


def parse() -> Parse:
    return Parse("nhập hộ khẩu", "ask_procedure", 0.93, asked=(AskedField.FEE, AskedField.TIME))


async def count_one_more(store: DialogueStore, event_id: str, key: ConversationKey = LAN) -> None:
    """A turn that reads, gives way to all others, and writes what it read plus one."""
    async with store.open(key) as conversation:
        before = conversation.dialogue.misses
        await asyncio.sleep(0.002)
        after = replace(conversation.dialogue, misses=before + 1)
        await conversation.record(message(event_id, key), None, REPLY, after)


async def misses(store: DialogueStore, key: ConversationKey = LAN) -> int:
    async with store.open(key) as conversation:
        return conversation.dialogue.misses


async def break_after_recording(store: DialogueStore) -> None:
    async with store.open(LAN) as conversation:
        await conversation.record(message("2"), None, REPLY, TALKING)
        raise ZeroDivisionError
