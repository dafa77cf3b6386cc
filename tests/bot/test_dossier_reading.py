"""What typed words say of a dossier: four digits, a secret word, a yes or a no."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from api.dossier_desk.words import LETTERS
from bot.deciding.dossier_reading import apart_from_factor, read_consent, read_factor, read_word
from bot.dossiers.codes import DossierCode, find_codes
from bot.personal_data import mask

CODE = "H17.15-250710-0012"
DIGITS = st.from_regex(r"[0-9]{4}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "5678", "5678 nhé", "số cuối 5678", "so cuoi la 5678", "Số cuối là: 5678.",
        "sđt đuôi 5678", "sdt duoi 5678", "đuôi số điện thoại 5678 ạ", "4 số cuối là 5678",
        "bốn số cuối cccd của tôi là 5678", "4 so cuoi cua toi: 5678", "56 78", "5 6 7 8",
        "5-6-7-8", "５６７８", "năm sáu bảy tám", "nam sau bay tam", "là năm sáu bảy tám nhé",
        "mật khẩu 5678", "mã xác nhận là 5678", "số của mẹ em 5678",
    ],
)  # fmt: skip
def test_four_digits_are_read_however_they_are_typed(typed: str) -> None:
    assert read_factor(typed) == "5678"


@pytest.mark.parametrize(
    ("typed", "year"), [("năm sinh 1990", "1990"), ("sinh nam 1985 a", "1985"), ("1979", "1979")]
)
def test_a_year_of_birth_is_four_digits(typed: str, year: str) -> None:
    assert read_factor(typed) == year


def test_a_whole_day_of_birth_tells_the_year_where_years_are_accepted() -> None:
    assert read_factor("sinh ngày 12/05/1990", years=True) == "1990"
    assert read_factor("sinh ngày 12/05/1990") == ""


@pytest.mark.parametrize("typed", ["567", "56789", "0912345678", "sđt 0912 345 678", "số 2", "4"])
def test_other_digits_are_an_answer_that_does_not_fit(typed: str) -> None:
    assert read_factor(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "lệ phí khai sinh năm 2026", "khai sinh 2026", "không", "hồ sơ của tôi đến đâu rồi",
        "nghị định 118 2025", "thuế quý 1 2025", "", "sáu tháng nữa", "một hai ba",
    ],
)  # fmt: skip
def test_a_question_is_no_answer_even_with_a_year_in_it(typed: str) -> None:
    assert read_factor(typed) is None


@given(DIGITS, st.sampled_from(["{}", "so cuoi {}", "sđt đuôi {} nhé", "4 số cuối là {}", "  {} "]))
def test_any_four_digits_are_read(digits: str, said: str) -> None:
    assert read_factor(said.format(digits)) == digits


@given(st.text(max_size=100))
def test_an_answer_is_four_digits_or_none(text: str) -> None:
    assert re.fullmatch(r"([0-9]{4})?", read_factor(text) or "")
    assert re.fullmatch(r"([0-9]{4})?", read_factor(text, years=True) or "")


@pytest.mark.parametrize(
    "typed",
    [
        f"{CODE} số cuối 5678", f"hs {CODE} 5678", f"{CODE} 5678", f"{CODE}, 5678", f"5678 {CODE}",
        f"hồ sơ {CODE} của tôi đến đâu rồi, sđt đuôi 5678 nhé", f"ho so {CODE} so cuoi 5678",
        f"{CODE} - 5678", f"{CODE} 4 số cuối 5678", f"tra giúp {CODE} 5678 với ạ",
        f"hs {CODE.lower()} cccd 5678", f"{CODE}\n5678", f"{CODE}\nSĐT: 5678",
        "H17.15 – 250710 – 0012 đuôi 5678",
    ],
)  # fmt: skip
def test_digits_beside_a_code_are_taken_out(typed: str) -> None:
    rest, digits = apart_from_factor(typed)

    assert digits == "5678"
    assert "5678" not in rest
    (code,) = find_codes(rest)
    assert isinstance(code, DossierCode)
    assert code.value == CODE


@pytest.mark.parametrize(
    "typed",
    [
        CODE, f"hồ sơ {CODE} nộp năm 2025", f"{CODE} nộp 10/07/2025 sao chưa xong",
        f"{CODE} 0912345678", f"{CODE} lệ phí 20.000 đồng", f"{CODE} 5678 1234", "5678",
        "lệ phí năm 2026", "H17 . 15 – 250710 – 0012", "H17.15-250710 0012",
        f"{CODE} theo nghị định 2025",
    ],
)  # fmt: skip
def test_years_and_amounts_beside_a_code_prove_nothing(typed: str) -> None:
    assert apart_from_factor(typed) == (typed, "")


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stands_around_a_code_loses_four_digits_at_most(before: str, after: str) -> None:
    text = f"{before}{CODE}{after}"
    rest, digits = apart_from_factor(text)

    assert len(rest) == len(text)
    assert re.fullmatch(r"([0-9]{4})?", digits)
    assert rest == text or digits


@pytest.mark.parametrize(
    "typed", ["K7QM2XWA", "k7qm 2xwa", "K7QM-2XWA", "mã: K7QM 2XWA", "đây là mã k7qm2xwa"]
)
def test_a_word_is_read_as_it_was_given_out(typed: str) -> None:
    assert read_word(typed) == "K7QM2XWA"


def test_words_are_made_of_the_signs_that_are_read() -> None:
    assert len(LETTERS) > 20
    assert {sign for sign in LETTERS if read_word(f"{sign}{sign}7M2XWA")} == set(LETTERS)


@given(st.text(st.sampled_from(LETTERS), min_size=8, max_size=8))
def test_every_word_that_can_be_given_out_can_be_typed(word: str) -> None:
    assume(not word.isdecimal())

    assert read_word(word) == word
    assert mask(word).text == word


@pytest.mark.parametrize(
    "typed",
    [
        "khai sinh", "KHAI SINH", "thường trú", "căn cước", "29A12345", "20262027", "năm 2026",
        "chào bạn", "nhà nước", "thay đổi", "giấy tờ", "cảm ơn", CODE, "5678", "quê quán",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_secret_ones(typed: str) -> None:
    assert read_word(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "có", "co", "Có ạ", "vâng", "dạ vâng", "ừ", "u", "ok", "oke nhé", "đồng ý", "dong y",
        "được", "duoc", "có, báo tôi nhé", "muốn", "đúng rồi", "ok luôn", "yes", "có chứ",
    ],
)  # fmt: skip
def test_a_clear_yes_agrees(typed: str) -> None:
    assert read_consent(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "không", "khong", "ko", "thôi", "thôi khỏi", "không cần đâu", "đừng", "chưa", "no",
        "dạ không ạ", "không muốn", "dung",
    ],
)  # fmt: skip
def test_a_no_refuses_and_so_does_what_may_be_one(typed: str) -> None:
    assert read_consent(typed) is False


@pytest.mark.parametrize(
    "typed", ["cô", "dạ", "có mất phí không?", "lệ phí bao nhiêu", "giữ những gì", "", "5678", "ai"]
)
def test_anything_else_neither_agrees_nor_refuses(typed: str) -> None:
    assert read_consent(typed) is None


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("H17,15-261110-0004 5678", ("H17.15-261110-0004",)),
        ("HI7.15-261110-0004 5678", ("H17.15-261110-0004",)),
        ("H17.15-261l10-OOO4 5678", ("H17.15-261110-0004",)),
        ("hs h17/15/261110/0004 5678", ("H17.15-261110-0004",)),
        ("h17.15.261110.0004 5678", ("H17.15-261110-0004",)),
        ("H17 15 261110 0004 5678", ("H17.15-261110-0004",)),
        ("H17152611100004 5678", ("H17.15-261110-0004",)),
        ("000.00.15.H17 210310 0031 5678", ("000.00.15.H17-210310-0031",)),
        ("H17.15-261110-0004 5 6 7 8", ("H17.15-261110-0004",)),
    ],
)  # fmt: skip
def test_four_digits_behind_a_mistyped_code_are_no_part_of_it(
    typed: str, readings: tuple[str, ...]
) -> None:
    rest, digits = apart_from_factor(typed)
    (code,) = find_codes(rest)

    assert digits == "5678"
    assert readings == ((code.value,) if isinstance(code, DossierCode) else code.readings)


@pytest.mark.parametrize(
    "typed", ["hs H17.15-261110-004 5678", "H17.15-261110-004 5678", "H17.15-261310-0004 5678"]
)
def test_of_several_readings_none_ends_in_the_four_digits(typed: str) -> None:
    (code,) = find_codes(apart_from_factor(typed)[0])

    assert not isinstance(code, DossierCode)
    assert code.readings
    assert not any(reading.endswith("5678") for reading in code.readings)


@given(st.dates(date(2018, 1, 1), date(2035, 12, 31)), DIGITS)
def test_a_blank_before_the_number_of_a_code_parts_no_digits(day: date, number: str) -> None:
    for code in (f"H17.15-{day:%y%m%d} {number}", f"H17 15 {day:%y%m%d} {number}"):
        assert apart_from_factor(f"hs {code}") == (f"hs {code}", "")
