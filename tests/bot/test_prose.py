"""Official prose on a telephone's screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.prose import tidied, trimmed


@pytest.mark.parametrize(
    ("official", "plain"),
    [
        ("- Bước 1: người dân nộp hồ sơ;", "Người dân nộp hồ sơ"),
        ("b.1.2) trường hợp hợp lệ", "Trường hợp hợp lệ"),
        ("Nộp phí: - Mức cụ thể. - Nộp ngay.", "Nộp phí: Mức cụ thể. Nộp ngay."),
        ("mẫu kèm theo theo Phụ lục I ;", "Mẫu kèm theo Phụ lục I"),
        ("1.500.000 đồng", "1.500.000 đồng"),
        ("01 bản chính", "01 bản chính"),
        ("Giấy phépMã: KQ.G12.001251+ Văn bản từ chối", "Giấy phép; Văn bản từ chối"),
    ],
)
def test_copied_list_signs_are_left_out(official: str, plain: str) -> None:
    assert tidied(official) == plain


@given(st.text(max_size=400), st.integers(20, 100))
def test_cut_text_is_a_beginning_of_the_text(text: str, limit: int) -> None:
    whole = " ".join(text.split())
    cut = trimmed(text, limit)

    assert whole.startswith(cut.removesuffix(" …"))
    assert len(cut) <= limit + 2


def test_a_number_is_never_cut_in_two() -> None:
    assert trimmed("Lệ phí 1234567890", limit=12) == "Lệ phí …"
    assert trimmed("1234567890", limit=5) == " …"


@pytest.mark.parametrize(
    "text",
    [
        "Trả kết quả trong thời hạn 05 ngày làm việc kể từ khi nhận đủ hồ sơ",
        "Trả kết quả trong 03 (ba) ngày làm việc, lệ phí là 150.000 đồng mỗi lần",
    ],
)
def test_a_number_never_loses_its_unit_at_the_cut(text: str) -> None:
    for limit in range(20, len(text)):
        cut = trimmed(text, limit).removesuffix(" …")
        assert not cut[-1:].isdigit()
        assert not cut.endswith(("ngày", "ngày làm", "(ba)"))


def test_the_number_of_a_list_item_is_no_end_of_a_sentence() -> None:
    assert (
        trimmed("Phí: 1. Mức thu bằng một nửa mức thu cũ", 30) == "Phí: 1. Mức thu bằng một nửa …"
    )


def test_a_long_sentence_is_cut_rather_than_left_out() -> None:
    assert trimmed("Có. Người nộp phải có giấy tờ gốc", 25) == "Có. Người nộp phải có …"
