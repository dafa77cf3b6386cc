"""What a citizen reads while she prepares and files."""

from dataclasses import replace

import pytest

from bot.deciding.filing_decisions import (
    AskTrouble,
    TellList,
    TellStep,
    TellTrouble,
)
from bot.deciding.filing_values import FilingAct, filing_value, read_filing
from bot.filings.ports import FilingTerms
from bot.filings.state import Checked, Filing, Milestone
from bot.guide.filing import view_of
from bot.held import Held
from bot.messages import CheckItem, Checklist, Choices, Paragraph, Reply
from bot.rendering import render, render_plain
from bot.rendering.desk import Desk
from bot.rendering.filing.facts import SCAN_ADVICE
from knowledge.faq_yaml import load_faq_content
from knowledge.guides import FILLED, ClosedOnline, Guide, GuideStep
from knowledge.procedure import FilingChannel
from knowledge.tables import ALWAYS
from tests.support.builders import a_circumstance, a_paper, a_procedure
from tests.support.desks import a_desk
from tests.support.filing_replies import (
    AT,
    BIRTH,
    a_shown,
    a_view,
    answers_of,
    every_filing_decision,
    labels_of,
)
from tests.support.shipped import shipped_library

LONGEST_LABEL, MOST_BUTTONS, LONGEST_VALUE = 20, 6, 64


def first_list(desk: Desk | None = None, **changes: object) -> Reply:
    view = a_view()
    told = TellList(a_shown(view), answers_of(view), first=True)
    return render(replace(told, **changes), desk or a_desk())  # type: ignore[arg-type]


def items_of(reply: Reply) -> tuple[CheckItem, ...]:
    (found,) = [block for block in reply.blocks if isinstance(block, Checklist)]
    return found.items


def closed_labels_of(reply: Reply) -> list[str]:
    menus = [block for block in reply.blocks if isinstance(block, Choices)]
    return [one.label for menu in menus if not menu.open_question for one in menu.items]


def test_the_first_list_tells_everything_at_once() -> None:
    text = render_plain(first_list())
    told = (
        "Bạn nộp trực tuyến được",
        "Bạn đã trả lời",
        "Lệ phí khi nộp trực tuyến",
        "Nơi nhận hồ sơ",
        "thì bạn không phải nộp",
        "Điều kiện",
        "Chụp giấy",
        "1. ☐ Giấy chứng sinh: 1 bản chính",
        "Nguồn: thủ tục 1.001193",
    )

    assert [one for one in told if one not in text] == []


def test_a_later_list_tells_only_the_papers_and_what_is_missing() -> None:
    view = a_view(ticked=1)
    reply = render(TellList(a_shown(view), answers_of(view), first=False), a_desk())
    text = render_plain(reply)

    assert "Đã có 1, còn thiếu 1 giấy tờ" in text
    assert "Nơi nhận hồ sơ" not in text
    assert reply.sources


def test_each_paper_can_be_ticked_and_unticked() -> None:
    view = a_view(ticked=1)
    items = items_of(render(TellList(a_shown(view), (), first=False), a_desk()))
    pressed = [read_filing(one.value) for one in items]

    assert len(items) == len(view.listed) > 1
    assert [one.ticked for one in items] == [one.ticked for one in view.listed]
    acts = [one.act for one in pressed]  # type: ignore[union-attr]
    assert acts == [FilingAct.UNTICK, *[FilingAct.TICK] * (len(items) - 1)]


def test_what_the_counter_saw_is_told_and_shown_at_the_paper() -> None:
    view = a_view()
    shown = replace(a_shown(view), checked=Checked((view.listed[0].key,), AT.timestamp()))
    reply = render(TellList(shown, (), first=False), a_desk())

    assert "Bộ phận một cửa đã xem lúc 08:00 ngày 23/11/2026: còn thiếu 1 giấy tờ." in (
        render_plain(reply)
    )
    assert [one.seen for one in items_of(reply)] == [True, False, False]


def test_papers_that_wait_to_be_confirmed_are_not_listed() -> None:
    desk = replace(a_desk(), held=Held.of([(BIRTH, "documents")]))
    reply = first_list(desk)

    assert not any(isinstance(block, Checklist) for block in reply.blocks)
    assert "đang cập nhật" in render_plain(reply)
    assert str(reply.outcome) == "unanswered_held"


def test_who_cannot_file_online_is_told_so_at_once_and_what_to_do_instead() -> None:
    procedure = shipped_library().get(BIRTH)
    assert procedure is not None
    why = "Trẻ bị bỏ rơi phải có biên bản"
    guide = Guide(BIRTH, (), (ClosedOnline(ALWAYS, why),))
    view = view_of(procedure, None, guide, Filing(BIRTH))
    reply = render(TellList(a_shown(view), (), first=True), a_desk())

    assert reply.blocks[1] == Paragraph(
        f"Bạn chưa nộp trực tuyến được. {why}. Bạn nộp trực tiếp hoặc nộp qua bưu chính nhé."
    )
    assert "Chụp giấy" not in render_plain(reply)


def test_a_record_without_an_online_way_says_who_does_not_name_one() -> None:
    procedure = a_procedure("Cấp giấy phép", circumstances=(a_circumstance(a_paper("Đơn")),))
    offline = replace(
        procedure,
        methods=tuple(m for m in procedure.methods if m.channel is not FilingChannel.ONLINE),
    )
    view = view_of(offline, None, Guide(procedure.code, ()), Filing(procedure.code))
    (_, online, *_) = render(TellList(a_shown(view), (), first=True), a_desk()).blocks

    assert isinstance(online, Paragraph)
    assert "không ghi cách nộp trực tuyến" in online.text
    assert online.text.endswith("nhé.")


def test_the_advice_on_photographs_is_what_the_general_answers_say() -> None:
    faqs = {faq.key: " ".join(faq.answer) for faq in load_faq_content().faqs}
    said = " ".join(faqs[key] for key in SCAN_ADVICE)
    words = (
        "chụp hoặc quét từ bản giấy thật",
        "rõ nét",
        "đủ trang",
        "không che góc",
        "Mỗi giấy một tệp",
        "cạnh nút tải lên",
    )

    assert [one for one in words if one.lower() not in said.lower()] == []
    advice = a_desk().book.say("filing_list.scan")
    assert [one for one in words if one.lower() not in advice.lower()] == []
    held = replace(a_desk(), held=Held.of([], SCAN_ADVICE[:1]))
    assert advice not in render_plain(first_list(held))


def test_buttons_are_few_and_short_and_their_values_are_read() -> None:
    decisions = list(every_filing_decision())
    replies = [render(one, a_desk()) for one in decisions]
    values = [one.value for reply in replies for one in reply.buttons]

    assert len(replies) > 20
    for reply in replies:
        assert len(labels_of(reply)) <= MOST_BUTTONS
    labels = {label for reply in replies for label in closed_labels_of(reply)}
    assert {one for one in labels if len(one) > LONGEST_LABEL} <= {"Hướng dẫn tôi nộp"}
    assert all(len(value.encode()) <= LONGEST_VALUE for value in values)
    filing = [value for value in values if value.startswith("file:")]
    assert filing
    assert all(read_filing(value) is not None for value in filing)


def test_reminders_are_offered_only_where_they_reach_her() -> None:
    here = a_shown()
    closed = replace(here, terms=FilingTerms())

    assert "Nhắc tôi" in labels_of(render(TellList(here, (), first=False), a_desk()))
    for shown in (replace(here, can_remind=False), closed):
        assert "Nhắc tôi" not in labels_of(render(TellList(shown, (), first=False), a_desk()))
    assert "Lấy phiếu" not in labels_of(render(TellList(closed, (), first=False), a_desk()))


def test_a_step_says_where_it_stands_and_leads_on_back_and_to_help() -> None:
    shown = a_shown()
    steps = shown.view.steps
    first = render(TellStep(shown, steps[0], 1, len(steps)), a_desk())
    second = render(TellStep(shown, steps[1], 2, len(steps), unready=True), a_desk())

    assert render_plain(first).startswith(f"Bước 1/{len(steps)} · {steps[0].title}")
    assert labels_of(first) == ["Xong", "Vướng", "Danh sách"]
    assert labels_of(second) == ["Xong", "Vướng", "Quay lại", "Danh sách"]
    assert "Bạn còn thiếu 2 giấy tờ." in render_plain(second)


@pytest.mark.parametrize("field", sorted(FILLED))
def test_a_field_of_a_step_is_filled_or_said_in_general_words(field: str) -> None:
    silent = replace(a_procedure("Cấp giấy phép"), methods=(), agency="", results=(), forms=())
    step = GuideStep("buoc", "Bước", f"Bạn xem {{{field}}} nhé.", frozenset(FilingChannel))
    for procedure in (silent, shipped_library().get(BIRTH)):
        assert procedure is not None
        view = view_of(procedure, None, Guide(procedure.code, (step,)), Filing(procedure.code))
        text = render_plain(render(TellStep(a_shown(view), step, 1, 1), a_desk()))
        assert "{" not in text
        assert "xem  nhé" not in text


def test_the_milestone_and_the_place_of_a_reply_are_handed_on() -> None:
    view = a_view()
    shown = replace(a_shown(view), in_place=True, milestone=Milestone.GUIDED)
    reply = render(TellList(shown, (), first=True), a_desk())

    assert (reply.in_place, reply.milestone) == (True, "guided")


def test_a_trouble_is_answered_by_its_general_question_and_leads_back() -> None:
    asked = next(one for one in every_filing_decision() if isinstance(one, AskTrouble))
    told = next(one for one in every_filing_decision() if isinstance(one, TellTrouble))
    reply = render(told, a_desk())

    assert [one.value for one in render(asked, a_desk()).buttons][: len(asked.troubles)] == [
        f"faq:{one.faq}" for one in asked.troubles
    ]
    assert told.faq.answer[0] in render_plain(reply)
    back = filing_value(BIRTH, FilingAct.STEPS, told.step.key)
    assert [one.value for one in reply.buttons] == [back, filing_value(BIRTH, FilingAct.LIST)]
    assert reply.sources
