"""Figures compare however they are written, so that no invented one slips in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import figures, long_sentences, loose_figures, runs, shared_run

TWELVE = "một hai ba bốn năm sáu bảy tám chín mười đầu cuối"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("70.000 đồng", {"70000"}),
        ("70,000 Việt Nam Đồng", {"70000"}),
        ("1.200.000 đồng", {"1200000"}),
        ("10 nghìn đồng", {"10000"}),
        ("1,5 triệu đồng", {"1500000"}),
        ("07 ngày làm việc", {"7"}),
        ("bảy ngày làm việc", {"7"}),
        ("mười lăm ngày", {"15"}),
        ("hai mươi mốt ngày", {"21"}),
        ("hai mươi mốt", set()),
        ("ba mươi ngày", {"30"}),
        ("từ 3 đến 5 ngày", {"3", "5"}),
        ("3-5 ngày", {"3", "5"}),
        ("0,5 ngày", {"0.5"}),
        ("giảm 50%", {"50%"}),
        ("giảm 50 phần trăm", {"50%"}),
        ("từ ngày 1/7/2025", {"2025-07-01"}),
        ("ngày 01 tháng 7 năm 2025", {"2025-07-01"}),
        ("từ 2026-01-01", {"2026-01-01"}),
        ("mẫu CT01", {"CT01"}),
        ("Thông tư số 66/2023/TT- BCA", {"66/2023/TT-BCA"}),
        ("Quyết định 1523/QĐ-BCA-C06", {"1523/QĐ-BCA-C06"}),
        ("Nghị quyết 66.7/2025/NQ-CP", {"66.7/2025/NQ-CP"}),
        ("hai người làm chứng", set()),
        ("năm nay", set()),
        ("Không có số nào.", set()),
    ],
)
def test_a_figure_has_one_spelling(text: str, found: set[str]) -> None:
    assert figures(text) == found


@given(st.integers(1, 10**9))
def test_a_sum_is_the_same_with_and_without_dots(value: int) -> None:
    dotted = f"{value:,}".replace(",", ".")
    assert figures(f"{dotted} đồng") == figures(f"{value} đồng") == {str(value)}


@given(st.text(st.sampled_from("0123456789.,/- %abđĐCT tháng năm triệu"), max_size=40))
def test_what_we_would_find_in_a_text_is_found_loosely_too(text: str) -> None:
    assert figures(text) <= loose_figures(text)


def test_cells_that_were_run_together_still_give_their_figures() -> None:
    assert {"7", "10000"} <= loose_figures("Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(")


def test_a_run_of_twelve_words_is_found_whatever_its_punctuation() -> None:
    official = frozenset(runs(f"Trước {TWELVE} sau."))
    assert shared_run(TWELVE.upper().replace(" ", ", "), official) == TWELVE
    assert shared_run(TWELVE.rsplit(" ", 1)[0], official) == ""


def test_a_sentence_of_twenty_six_words_is_long_and_numbers_end_none() -> None:
    assert long_sentences(f"{'từ ' * 24}hết.") == []
    assert len(long_sentences("Lệ phí 10.000 đồng " + "từ " * 24)) == 1
    assert long_sentences("từ " * 20 + "hết. " + "từ " * 20 + "\n" + "từ " * 20) == []
