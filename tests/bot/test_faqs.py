"""General questions in a conversation: answered, asked back for, chosen by a button, dated."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import anyio
import pytest

from bot.deciding.faq_found import faq_value
from bot.deciding.found import MAX_VALUE_BYTES
from bot.engine import Engine
from bot.messages import Choice, Choices, ConversationKey, IncomingMessage, Reply
from bot.rendering import render_plain
from knowledge.content import SHIPPED
from knowledge.faq import Faq, FaqLink, FaqSource
from knowledge.faq_finder import FaqShelf
from knowledge.faq_yaml import load_faqs
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.desks import A_DAY, a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore

RESIDENCE = a_procedure("Đăng ký thường trú", code="1.004222")
DECREE = FaqSource(
    document="118/2025/NĐ-CP",
    title="Nghị định về cơ chế một cửa",
    article="Điều 19",
    read="2026-11",
)
LATE = Faq(
    key="ho-so-tre-hen",
    topic="ho-so",
    question="Quá ngày hẹn mà chưa có kết quả thì sao?",
    label="Hồ sơ trễ hẹn",
    asked=("hồ sơ trễ hẹn", "xã trả kết quả chậm"),
    answer=("Bạn hỏi nơi đã nộp; cơ quan trễ hẹn phải xin lỗi.",),
    steps=("Cầm giấy hẹn đến nơi đã nộp.",),
    links=(FaqLink("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/"),),
    procedures=("1.004222", "9.999999"),
    related=("rut-ho-so", "khong-con"),
    sources=(DECREE, FaqSource(code="1.004222", field="fee", says=("10.000 đồng",))),
)
WITHDRAW = Faq(
    key="rut-ho-so",
    topic="ho-so",
    question="Đã nộp hồ sơ rồi, muốn rút lại có được không?",
    label="Rút hồ sơ đã nộp",
    asked=("huỷ hồ sơ đã nộp",),
    answer=("Được, khi chưa có kết quả.",),
    sources=(FaqSource(page="https://dichvucong.gov.vn/", title="Cổng", read="2026-11"),),
)


class Table:
    """An engine over one procedure and a few entries, asked one message after the other."""

    def __init__(self, *faqs: Faq, today: date = A_DAY) -> None:
        self.nlu = FakeNlu()
        shelf = FaqShelf.of(faqs or (LATE, WITHDRAW))
        library = Library.of([RESIDENCE], faqs=shelf)
        desk = a_desk(today=today)
        self._engine = Engine(self.nlu, library, MemoryDialogueStore(), lambda: desk)
        self._sent = 0

    def say(self, text: str, **means: Any) -> Reply:
        self.nlu.expect(text, **means)
        return self._send(text=text)

    def press(self, value: str) -> Reply:
        return self._send(choice=value)

    def _send(self, *, text: str = "", choice: str = "") -> Reply:
        self._sent += 1
        message = IncomingMessage(
            ConversationKey("test", "chị Lan"),
            str(self._sent),
            datetime(2026, 11, 22, 8, tzinfo=UTC),
            text=text,
            choice=choice,
        )
        return anyio.run(self._engine.answer, message)


def buttons(reply: Reply) -> Sequence[Choice]:
    return [one for block in reply.blocks if isinstance(block, Choices) for one in block.items]


def test_an_answer_ends_with_document_article_and_month() -> None:
    reply = Table().say("hồ sơ trễ hẹn", intent="dossier_late")

    told = render_plain(reply)
    assert (str(reply.outcome), reply.faq, reply.procedure) == (
        "answered_faq",
        "ho-so-tre-hen",
        None,
    )
    assert "118/2025/NĐ-CP, Nghị định về cơ chế một cửa, Điều 19 (xem lại tháng 11/2026)" in told
    assert (reply.sources[0].code, reply.sources[0].decision) == ("", "118/2025/NĐ-CP")
    assert reply.sources[1].code == "1.004222"
    assert "1. Cầm giấy hẹn đến nơi đã nộp." in told


def test_buttons_lead_to_procedures_and_entries_that_exist() -> None:
    table = Table()
    reply = table.say("ho so tre hen", intent="dossier_late")

    assert [one.value for one in buttons(reply)] == ["ask:1.004222", "faq:rut-ho-so"]
    assert table.press("faq:rut-ho-so").faq == "rut-ho-so"
    assert table.press("ask:1.004222").procedure == "1.004222"


def test_a_button_whose_entry_is_gone_is_told() -> None:
    assert str(Table().press("faq:khong-con").outcome) == "unanswered_broken_button"


def test_the_topic_stays_beside_a_general_question() -> None:
    table = Table()
    table.say("đăng ký thường trú", mentions=("đăng ký thường trú",))

    aside = table.say("hồ sơ trễ hẹn", intent="dossier_late")
    back = table.say("lệ phí", asked={"fee": "lệ phí"})

    assert aside.faq == "ho-so-tre-hen"
    assert "Đăng ký thường trú" in render_plain(aside)
    assert (back.faq, back.procedure) == ("", "1.004222")


@pytest.mark.parametrize(
    ("day", "faq", "warned"),
    [
        (date(2025, 12, 31), "", False),
        (date(2026, 1, 1), "ho-so-tre-hen", False),
        (date(2026, 12, 31), "ho-so-tre-hen", False),
        (date(2027, 1, 1), "ho-so-tre-hen", True),
    ],
)
def test_an_entry_is_answered_from_its_first_day_and_with_a_warning_after_its_last(
    day: date,
    faq: str,
    warned: bool,  # noqa: FBT001 - a column of the table
) -> None:
    dated = replace(LATE, valid_from="2026-01-01", valid_to="2026-12-31")
    reply = Table(dated, today=day).say("hồ sơ trễ hẹn", intent="dossier_late")

    assert reply.faq == faq
    assert ("31/12/2026" in render_plain(reply)) is warned


def test_a_matter_that_no_record_answers_counts_as_unanswered() -> None:
    missing = replace(LATE, topic="chua-co")
    reply = Table(missing).say("hồ sơ trễ hẹn")

    assert str(reply.outcome) == "unanswered_elsewhere"
    assert reply.sources


def test_the_code_of_a_dossier_is_about_that_dossier() -> None:
    reply = Table().say("huỷ hồ sơ đã nộp H29.12-260301-0457", intent="withdraw_dossier")

    assert reply.faq == ""
    assert str(reply.outcome) == "unanswered_dossier_withdrawal"


def test_a_fixed_text_offers_the_entries_of_its_matter() -> None:
    reply = Table().say("cán bộ bảo hồ sơ của em còn trễ nữa", intent="dossier_late")

    assert reply.faq == "ho-so-tre-hen" or any(
        one.value == "faq:ho-so-tre-hen" for one in buttons(reply)
    )


def test_every_key_that_ships_fits_into_a_button() -> None:
    faqs = load_faqs(SHIPPED)

    assert faqs
    assert all(len(faq_value(faq).encode()) <= MAX_VALUE_BYTES for faq in faqs)


def test_every_entry_that_ships_is_answered_with_its_sources() -> None:
    faqs = load_faqs(SHIPPED)
    table = Table(*faqs)

    assert len(faqs) >= 120
    for faq in faqs:
        reply = table.press(faq_value(faq))
        assert reply.faq == faq.key
        assert reply.sources, faq.key
        assert all(one.text.startswith("Nguồn:") for one in reply.sources)
