"""The fee told apart from what a benefit pays."""

import pytest

from bot.deciding.apart import asks_for_a_benefit, told_apart
from bot.deciding.decisions import Answer, AskWhich
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import AskedField, Parse
from bot.rendering import render, render_plain
from tests.support.builders import a_procedure
from tests.support.desks import a_desk

MONEY = Parse("trợ cấp được bao nhiêu tiền", "ask_procedure", 0.9, asked=(AskedField.FEE,))


@pytest.mark.parametrize(
    "text",
    [
        "hưu trí xã hội bao nhiêu tiền một tháng", "bao nhiêu tiền 1 tháng vậy",
        "được bao nhiêu tiền", "duoc bao nhieu tien", "mức hưởng là bao nhiêu",
        "trợ cấp bao nhiêu", "trợ cấp người cao tuổi được bao nhiêu", "mỗi tháng được bao nhiêu",
        "mẹ tôi được lãnh bao nhiêu tiền", "nhận được bao nhiêu",
        "muc tro cap cho nguoi khuyet tat",
        "được hỗ trợ mấy triệu", "mai táng phí được bao nhiêu tiền",
        "trợ cấp mất việc bao nhiêu tiền",
    ],
)  # fmt: skip
def test_who_asks_how_much_is_received_is_understood(text: str) -> None:
    assert asks_for_a_benefit(text)


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí bao nhiêu", "làm hộ chiếu hết bao nhiêu tiền", "xin trợ cấp mất bao nhiêu tiền",
        "đóng bảo hiểm bao nhiêu tháng", "đóng bao nhiêu tiền một tháng", "nộp bao nhiêu tiền",
        "nhận kết quả mất bao nhiêu ngày", "trợ cấp mấy ngày có", "phải trả bao nhiêu tiền",
        "được bao nhiêu ngày", "bao nhiêu tiền", "hỗ trợ nộp hồ sơ ở đâu",
        "bao nhiêu tháng thì xong",
    ],
)  # fmt: skip
def test_who_asks_what_to_pay_or_how_long_asks_something_else(text: str) -> None:
    assert not asks_for_a_benefit(text)


@pytest.mark.parametrize("field", [AskedField.FEE, AskedField.OVERVIEW, AskedField.RESULT])
def test_who_asks_what_is_received_hears_that_no_record_knows_it(field: AskedField) -> None:
    decision, _ = told_apart((Answer(a_procedure(), (field,)), Dialogue()), MONEY)

    assert isinstance(decision, Answer)
    assert decision.benefit


def test_an_answer_without_a_fee_says_nothing_of_it() -> None:
    answer = Answer(a_procedure(), (AskedField.DOCUMENTS,))

    assert told_apart((answer, Dialogue()), MONEY) == (answer, Dialogue())


def test_a_question_back_does_not_lead_to_the_bare_fee() -> None:
    asked = (AskedField.FEE,)
    which = AskWhich((a_procedure(),), ("Trợ cấp",), asked)
    open_question = OpenQuestion(("1.004222",), ("Trợ cấp",), asked)

    decision, after = told_apart((which, Dialogue(asked=asked, open_question=open_question)), MONEY)

    assert isinstance(decision, AskWhich)
    assert (decision.fields, after.asked) == ((), ())
    assert after.open_question == OpenQuestion(("1.004222",), ("Trợ cấp",), ())


def test_an_answer_that_tells_no_fee_speaks_of_none() -> None:
    text = render_plain(render(Answer(a_procedure(), (AskedField.RESULT,), benefit=True), a_desk()))

    assert "không ghi số tiền được nhận" in text
    assert "Lệ phí dưới đây" not in text
