"""How the forms of a record are named in the text of a step."""

from bot.filings.state import Filing
from bot.guide.filing import view_of
from bot.rendering.filing.steps import step_text
from knowledge.guides import Guide, GuideStep
from knowledge.procedure import FilingChannel, FormDocument
from tests.support.builders import a_method, a_procedure
from tests.support.desks import a_desk

STEP = GuideStep("khai", "Khai", "Điền {forms} trên Cổng.", frozenset(FilingChannel))


def told(*forms: FormDocument) -> str:
    method = a_method(FilingChannel.ONLINE)
    record = a_procedure(forms=forms, methods=(method,), circumstances=())
    view = view_of(record, None, Guide(record.code, (STEP,)), Filing(record.code))
    return step_text(a_desk(), view, STEP)


def test_numbers_follow_the_word_form_once() -> None:
    assert told(FormDocument("Đơn", "Mẫu số 1")) == "Điền mẫu số 1 trên Cổng."
    assert (
        told(FormDocument("Đơn", "số 1"), FormDocument("Tờ khai", "CT01"))
        == "Điền mẫu số 1, CT01 trên Cổng."
    )


def test_a_form_without_a_number_is_named() -> None:
    assert (
        told(FormDocument("Tờ khai đăng ký kết hôn", ""))
        == "Điền Tờ khai đăng ký kết hôn trên Cổng."
    )
    assert told() == "Điền tờ khai của thủ tục trên Cổng."
