"""The papers of a dossier, short and in full."""

from bot.deciding.decisions import Answer
from bot.messages import Reply
from bot.parse import AskedField
from bot.rendering import render, render_plain
from knowledge.procedure import Procedure
from tests.support.builders import a_circumstance, a_paper, a_procedure, a_replaced_paper
from tests.support.desks import a_desk

DESK = a_desk()
BOOK = DESK.book


def answer(procedure: Procedure, *fields: AskedField, detail: bool = False) -> Reply:
    return render(Answer(procedure, fields, detail=detail), DESK)


def told(procedure: Procedure, *fields: AskedField, detail: bool = False) -> str:
    return render_plain(answer(procedure, *fields, detail=detail))


def test_papers_are_counted_first_and_told_in_full_behind_a_button() -> None:
    papers = a_circumstance("Tờ khai", a_paper("Hộ chiếu", original=0, copies=1))
    procedure = a_procedure(circumstances=(papers,))
    short = answer(procedure, AskedField.DOCUMENTS)

    assert "Cần 2 loại giấy tờ:" in render_plain(short)
    assert "1 bản sao" not in render_plain(short)
    assert "[Chi tiết]" in render_plain(short)
    assert "Hộ chiếu: 1 bản sao" in told(procedure, AskedField.DOCUMENTS, detail=True)


def test_a_paper_that_is_only_shown_is_not_handed_in() -> None:
    papers = a_circumstance(a_paper("Căn cước", original=0, copies=0))
    text = told(a_procedure(circumstances=(papers,)), AskedField.DOCUMENTS, detail=True)

    assert "Căn cước: chỉ xuất trình, không nộp" in text


def test_only_what_everybody_brings_is_counted_and_the_rest_says_who_brings_it() -> None:
    papers = a_circumstance(
        "Tờ khai",
        a_paper("Căn cước", original=0, copies=0),
        a_paper("Văn bản ủy quyền", when="Nhờ người khác đi làm thay"),
    )
    text = told(a_procedure(circumstances=(papers,)), AskedField.DOCUMENTS)

    assert "Ai cũng cần 2 loại giấy tờ:\n- Tờ khai\n- Căn cước, chỉ xuất trình" in text
    assert (
        "Thêm, nếu đúng trường hợp của bạn:\n- Văn bản ủy quyền – nếu nhờ người khác đi làm thay"
        in text
    )


def test_papers_that_are_not_published_are_never_said_to_be_needless() -> None:
    text = told(a_procedure(circumstances=()), AskedField.DOCUMENTS)

    assert "Cổng Dịch vụ công quốc gia không công bố giấy tờ" in text
    assert "không cần" not in text


def test_a_form_is_named_once() -> None:
    papers = a_circumstance(
        a_paper("Tờ khai theo Mẫu số 01", form="Mẫu số 01"), a_paper("Đơn", form="Mẫu số 2")
    )
    text = told(a_procedure(circumstances=(papers,)), AskedField.DOCUMENTS)

    assert "- Tờ khai theo Mẫu số 01\n- Đơn (mẫu số 2)" in text


def test_a_paper_that_is_no_longer_wanted_is_told_with_its_dates() -> None:
    text = told(a_procedure(replaced_papers=(a_replaced_paper(),)), AskedField.DOCUMENTS)

    assert "Giấy tờ bạn không phải nộp nữa" in text
    assert "66.7/2025/NQ-CP, từ 1/1/2026 đến 28/2/2027" in text
