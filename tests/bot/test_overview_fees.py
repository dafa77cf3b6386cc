"""An overview tells a sum with the day until which it is asked, and no other word on the fee."""

import pytest

from bot.deciding.decisions import Answer
from bot.parse import AskedField
from bot.rendering import render, render_plain
from tests.support.builders import a_fee, a_method, a_procedure
from tests.support.desks import a_desk


def overview_of_a_fee(text: str) -> str:
    procedure = a_procedure(ours=True, methods=(a_method(fee=a_fee(160_000, text=text)),))
    return render_plain(render(Answer(procedure, (AskedField.OVERVIEW,)), a_desk()))


@pytest.mark.parametrize(
    "text",
    ["Mức này áp dụng đến hết 31/12/2023. Hãy hỏi lại", "Mức này dùng đến hết ngày 31/12/2026"],
)
def test_an_overview_tells_until_when_a_sum_is_asked(text: str) -> None:
    assert f"160.000 đồng. {text}" in overview_of_a_fee(text)


def test_an_overview_leaves_other_words_on_the_fee_to_the_answer_on_fees() -> None:
    assert "hoàn lại" not in overview_of_a_fee("Đã nộp thì không hoàn lại.")
