"""The road of a message, with fakes for what is outside."""

from datetime import UTC, datetime
from urllib.parse import quote, unquote

import anyio
import pytest

from bot.dialogue import Dialogue
from bot.engine import Engine
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey, IncomingMessage, OutcomeFamily, Reply
from bot.ports import NationalProfile, Nlu
from bot.rendering import Desk, render_plain
from bot.understanding import MAX_CHARACTERS
from knowledge.library import Library
from knowledge.procedure import Level, Procedure
from tests.support.builders import a_procedure
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore, SilentNlu

RESIDENCE = a_procedure(code="1.004222")
KEY = ConversationKey("test", "chị Lan")


def a_message(text: str = "", *, choice: str = "", event_id: str = "1") -> IncomingMessage:
    sent_at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    return IncomingMessage(KEY, event_id, sent_at, text=text, choice=choice)


class Table:
    """An engine over a few procedures, asked one message after the other."""

    def __init__(
        self,
        *procedures: Procedure,
        nlu: Nlu | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.store = MemoryDialogueStore()
        self.nlu = FakeNlu()
        library = Library.of(procedures or (RESIDENCE,))
        self.engine = Engine(nlu or self.nlu, library, self.store, lambda: desk or a_desk())

    def send(self, message: IncomingMessage) -> Reply:
        return anyio.run(self.engine.answer, message)


def test_the_same_event_gets_the_same_reply_and_changes_nothing() -> None:
    table = Table()
    table.nlu.expect("1.004222")

    first = table.send(a_message("1.004222"))
    again = table.send(a_message("1.004222"))

    assert again == first
    assert table.nlu.texts == ["1.004222"]
    assert table.store.recorded == 1


def test_two_people_have_two_conversations() -> None:
    table = Table()
    table.nlu.expect("1.004222")
    table.nlu.expect("lệ phí", asked={"fee": "lệ phí"})
    table.send(a_message("1.004222"))
    other = IncomingMessage(
        ConversationKey("test", "anh Nam"), "1", datetime(2026, 11, 22, tzinfo=UTC), text="lệ phí"
    )

    assert str(table.send(other).outcome) == "clarify_procedure_missing"
    assert str(table.send(a_message("lệ phí", event_id="2")).outcome) == "answered_fee"


def test_a_language_model_that_is_down_is_told_and_the_topic_stays() -> None:
    table = Table(nlu=SilentNlu())
    reply = table.send(a_message("đăng ký thường trú"))

    assert reply.outcome.family is OutcomeFamily.ERROR
    assert "thử lại" in render_plain(reply)
    assert "model" not in render_plain(reply)


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "\u200b\u0000", "///"])
def test_nothing_to_read_asks_no_model(typed: str) -> None:
    table = Table()
    reply = table.send(a_message(typed))

    assert str(reply.outcome) == "unanswered_empty"
    assert table.nlu.texts == []


def test_keys_are_read_as_they_were_meant_and_never_shown_as_typed() -> None:
    table = Table()
    table.nlu.expect("giấy phép trú ẩn cho hổ", mentions=("giấy phép trú ẩn cho hổ",))
    reply = table.send(a_message("giaays phép trú ẩn cho hổ"))

    assert table.nlu.texts == ["giấy phép trú ẩn cho hổ"]
    assert str(reply.outcome) == "unanswered_no_procedure"
    assert quote("giaays phép trú ẩn cho hổ", safe="") in render_plain(reply)
    assert "giấy phép" not in unquote(render_plain(reply))


def test_fifty_thousand_characters_are_refused_politely() -> None:
    table = Table()
    reply = table.send(a_message("khai sinh " * 5_000))

    assert str(reply.outcome) == "refused_too_long"
    assert str(MAX_CHARACTERS) in render_plain(reply)
    assert table.nlu.texts == []


@pytest.mark.parametrize(
    "value", ["ask", "ask:9.999999", "ask:1.004222:salary", "drop table", "ask:"]
)
def test_a_broken_button_is_told(value: str) -> None:
    reply = Table().send(a_message(choice=value))

    assert str(reply.outcome) == "unanswered_broken_button"
    assert reply.procedure is None


def test_the_hotline_is_named_where_the_profile_names_one() -> None:
    desk = a_desk(profile=NationalProfile(hotline="1900 0000", hotline_source="UBND tỉnh"))
    table = Table(desk=desk)
    table.nlu.expect("giá vàng", intent="out_of_scope")

    assert "1900 0000 (UBND tỉnh)" in render_plain(table.send(a_message("giá vàng")))


def test_a_doubtful_record_is_not_answered_from() -> None:
    doubtful = a_procedure(code="3.000226", suspect="Nội dung của thủ tục người có công.")
    table = Table(doubtful)
    table.nlu.expect("3.000226 lệ phí", asked={"fee": "lệ phí"})
    reply = table.send(a_message("3.000226 lệ phí"))

    assert str(reply.outcome) == "unanswered_doubtful_record"
    assert reply.procedure is None
    assert "10.000" not in render_plain(reply)


def test_a_former_code_leads_to_its_successor_and_says_so() -> None:
    table = Table(a_procedure(code="1.004222", former_codes=("1.000111",)))
    table.nlu.expect("1.000111")
    reply = table.send(a_message("1.000111"))

    assert reply.procedure == "1.004222"
    assert "Mã 1.000111 đã đổi thành 1.004222" in render_plain(reply)


def test_a_newer_code_is_answered_by_what_it_replaced_and_says_so() -> None:
    table = Table(a_procedure(code="1.014064", changed_to=("1.116410",)))
    table.nlu.expect("1.116410")
    reply = table.send(a_message("1.116410"))

    assert reply.procedure == "1.014064"
    assert "Mã 1.116410 là mã mới" in render_plain(reply)


def test_the_nearest_level_is_answered_and_the_others_are_offered() -> None:
    name = "Cấp lại thẻ căn cước"
    far = a_procedure(name, code="1.000001", levels=(Level.MINISTRY,), agency="Bộ Công an")
    near = a_procedure(name, code="2.000002", levels=(Level.COMMUNE,), agency="Công an cấp xã")
    table = Table(far, near)
    table.nlu.expect("cấp lại thẻ căn cước", mentions=("cấp lại thẻ căn cước",))
    reply = table.send(a_message("cấp lại thẻ căn cước"))

    assert reply.procedure == "2.000002"
    assert "(cấp bộ)" in render_plain(reply)
    assert reply.candidates[:2] == ("2.000002", "1.000001")


def test_a_turn_that_cannot_be_kept_leaves_the_conversation_as_it_was() -> None:
    table = Table()
    reply = table.send(a_message("🙂"))
    store = MemoryDialogueStore()

    async def fail() -> None:
        async with store.open(KEY) as conversation:
            await conversation.record(a_message(), None, reply, Dialogue(topic="1.004222"))
            raise StoreUnavailable("The disk is full. Free some space and send the message again.")

    with pytest.raises(StoreUnavailable):
        anyio.run(fail)
    assert store.recorded == 0
    assert store.dialogues == {}
