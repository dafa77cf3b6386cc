"""Every code of the table of changed codes leads on: to a successor, or with a warning."""

from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest

from bot.engine import Engine
from bot.messages import ConversationKey, IncomingMessage, Reply
from bot.rendering import render_plain
from knowledge.code_changes import CodeChange, load_code_changes
from knowledge.content import SHIPPED
from knowledge.library import Library
from tests.support.desks import a_desk
from tests.support.everything import everything
from tests.support.fakes import FakeNlu, MemoryDialogueStore

CHANGES = load_code_changes(SHIPPED)


@pytest.fixture(scope="module")
def library(national_data: Path) -> Library:
    merged = {one.procedure.code: one.procedure for one in reversed(everything(national_data))}
    return Library.of(tuple(merged.values()))


def typed(library: Library, code: str) -> Reply:
    nlu = FakeNlu()
    nlu.expect(code)
    engine = Engine(nlu, library, MemoryDialogueStore(), a_desk)
    day = datetime(2026, 11, 22, 8, tzinfo=UTC)
    message = IncomingMessage(ConversationKey("test", code), "1", day, text=code)
    return anyio.run(engine.answer, message)


def test_the_table_holds_the_merges_of_september_2026() -> None:
    assert {code for change in CHANGES for code in change.new} >= {
        *("1.116410", "1.115970", "1.115971", "1.115979", "3.000330"),
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.what)
def test_a_replaced_code_leads_to_its_successors_or_warns(
    library: Library, change: CodeChange
) -> None:
    for old in change.old:
        reply = typed(library, old)
        text = render_plain(reply)
        told = [code for code in change.new if code in text or code in reply.candidates]

        assert reply.outcome.kind != "unknown_code"
        assert told, (old, text)
        if reply.procedure == old:
            assert text.index("đã được thay bằng mã") < text.index("Nguồn:")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.what)
def test_a_newer_code_is_never_unknown(library: Library, change: CodeChange) -> None:
    for new in change.new:
        reply = typed(library, new)

        assert reply.outcome.kind != "unknown_code", new
        assert reply.procedure or reply.candidates
