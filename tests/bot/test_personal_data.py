"""Personal data is masked in every sentence, and nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.personal_data import Kind, mask
from knowledge.content import load_procedures

TESTS = Path(__file__).parents[1]


def _texts(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case dict():
            for key, value in node.items():
                yield from (*_texts(key), *_texts(value))
        case list():
            for value in node:
                yield from _texts(value)
        case _:
            pass


def shipped_questions() -> tuple[str, ...]:
    folders = ("retrieval", "conversations", "understanding")
    files = [one for folder in folders for one in sorted((TESTS / folder).rglob("*.yaml"))]
    # gestures.yaml shows messages that are masked
    open_ones = (one for one in files if not one.name.startswith(("blind", "gestures")))
    return tuple(
        text for one in open_ones for text in _texts(yaml.safe_load(one.read_text("utf-8")))
    )


QUESTIONS = shipped_questions()
WORDS = st.sampled_from(
    [one for one in QUESTIONS if len(one) < 120 and "⟦" not in one] + ["", "mã hồ sơ", "năm 2025"]
)


def grouped(digits: str, sizes: tuple[int, ...], by: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    assert at == len(digits)
    return by.join(parts)


def written(digits: str, groupings: list[tuple[int, ...]]) -> st.SearchStrategy[str]:
    return st.builds(
        grouped, st.just(digits), st.sampled_from(groupings), st.sampled_from([" ", ".", "-"])
    )


def _numbers(first: str, length: int) -> st.SearchStrategy[str]:
    return st.from_regex(rf"{first}[0-9]{{{length - 1}}}", fullmatch=True)


CITIZENS = _numbers("0", 12).flatmap(
    lambda digits: written(
        digits, [(12,), (3, 3, 3, 3), (4, 4, 4), (3, 3, 6), (6, 6), (3, 1, 2, 6), (3, 9)]
    )
)
MOBILES = _numbers("[35789]", 9).flatmap(
    lambda digits: st.one_of(
        written(f"0{digits}", [(10,), (4, 3, 3), (3, 3, 4), (4, 6), (2, 2, 2, 2, 2), (5, 5)]),
        written(f"84{digits}", [(11,), (2, 3, 3, 3), (2, 9)]).map(lambda one: f"+{one}"),
        st.just(f"84{digits}"),
        st.just(f"(+84) {digits}"),
    )
)


def with_check_digit(digits: str) -> str:
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        total += sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit
    return f"{digits}{-total % 10}"


CARDS = st.one_of(
    _numbers("[1-9]", 15)
    .map(with_check_digit)
    .flatmap(lambda one: st.sampled_from([one, grouped(one, (4, 4, 4, 4), " ")])),
    st.from_regex(r"[1-9][0-9]{12,17}", fullmatch=True).map(with_check_digit),
)


def has_digits_of(text: str, number: str) -> bool:
    """Tell whether four digits in a row of the number are left."""
    digits = "".join(one for one in number if one.isdigit())
    left = "".join(one if one.isdigit() else " " for one in text)
    return any(digits[at : at + 4] in left for at in range(len(digits) - 3))


def leaves_nothing_of(number: str, before: str, after: str) -> None:
    typed = f"{before} {number} {after}"
    around = f"{mask(before).text} | {mask(after).text}"

    masked = mask(typed)

    assert masked.kinds, typed
    assert number not in masked.text
    if not has_digits_of(around, number):  # the sentence itself may hold the same four digits
        assert not has_digits_of(masked.text, number), masked.text
    assert mask(masked.text) == masked


@settings(max_examples=400, deadline=None)
@given(CITIZENS, WORDS, WORDS)
@example("001 099 012 345", "mã hồ sơ H17.15-250710-0012", "")
@example("001099012345", "01-07-1990", "0912345678")
@example("001099012345", "", "k được hả")
def test_every_identity_number_is_masked(number: str, before: str, after: str) -> None:
    leaves_nothing_of(number, before, after)


@settings(max_examples=400, deadline=None)
@given(MOBILES, WORDS, WORDS)
@example("0912345678", "0987654321", "0 987 654 321")
@example("+84.300.000.000", "", "")
def test_every_telephone_number_is_masked(number: str, before: str, after: str) -> None:
    leaves_nothing_of(number, before, after)


@settings(max_examples=400, deadline=None)
@given(CARDS, WORDS, WORDS)
@example("4111 1111 1111 1111", "năm 2025", "3 ngày")
@example("1000 0000 0000 0008", "", "")
@example("44537884000000", "", "")
def test_every_bank_card_is_masked(number: str, before: str, after: str) -> None:
    leaves_nothing_of(number, before, after)


@given(
    st.sampled_from(["cmnd", "số CMND của tôi là", "chứng minh nhân dân số", "cccd:"]),
    _numbers("[0-9]", 9),
    WORDS,
)
def test_an_old_identity_number_is_masked_behind_its_words(
    words: str, number: str, after: str
) -> None:
    leaves_nothing_of(number, words, after)


@given(
    st.sampled_from(
        ["otp", "mã OTP của tôi là", "mã xác thực:", "mật khẩu vneid là", "Mã xác nhận"]
    ),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
)
def test_a_one_time_code_is_masked_behind_its_words(words: str, code: str) -> None:
    assert mask(f"{words} {code}").kinds == (Kind.CODE,)


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("cccd 001099012345 bị mất", ["identity"]),
        ("so dinh danh 001099012345", ["identity"]),
        ("hộ chiếu số C1234567 hết hạn", ["identity"]),
        ("thẻ bhyt GD4797912345678", ["identity"]),
        ("sđt 024 3942 1234", ["phone"]),
        ("sdt0912345678nhé", ["phone"]),
        ("０９１２３４５６７８", ["phone"]),
        ("0912\u200b345678", ["phone"]),
        ("stk 12345678 vietcombank", ["account"]),
        ("chuyển vào tài khoản 0071000123456", ["account"]),
        ("482913 là mã xác thực hả", ["code"]),
        ("mật khẩu vneid là Abc@1234", ["code"]),
        ("mật khẩu của tôi là thanhlong", ["code"]),
        ("mat khau: hoahong", ["code"]),
        ("mail nguyen.van.a@gmail.com", ["email"]),
        ("bhxh 7912345678", ["number"]),
        ("cccd 001099012345, sđt 0912.345.678", ["identity", "phone"]),
    ],
)
def test_what_is_masked_is_named(typed: str, kinds: list[str]) -> None:
    masked = mask(typed)

    assert list(masked.kinds) == kinds
    assert not any(one.isdigit() for one in masked.text)


@pytest.mark.parametrize(
    "typed",
    [
        "mã hồ sơ H17.15-250710-0012", "000.00.01.H29-240115-0001 sao rồi", "H17.15-25O710-0012",
        "hồ sơ G01.899.108.000-240115-0001", "mã hồ sơ 3700000000123",
        "thủ tục 1.004222", "1.004222.000.00.00.H01", "1.004222, 2.000488 và 1.001193",
        "Quyết định 1756/QĐ-BNV ngày 15/07/2025", "thông tư 01/2018/TT-VPCP",
        "từ 01-07-2025 12 giờ",
        "sinh 05.07.1990 và 06.08.1992", "năm 2025 2026", "từ 01/07/2025 - 31/12/2026",
        "phí 1.000.000 đồng", "500000000 đồng", "1500000000đ", "84.500.000.000", "100000000 vnđ",
        "gọi 1900 9095 được không", "tổng đài 19001234", "18001090", "gọi 113", "1022 là số nào",
        "số nhà 123/45/6 đường 3 tháng 2", "thửa 123 tờ bản đồ số 45",
        "quên mật khẩu vneid năm 2025",
        "quên mật khẩu vneid 2026", "mật khẩu của tôi là gì",
        "mật khẩu là thông tin gì", "mat khau la khong biet", "mật khẩu là nghiêng",
        "mã otp gồm 6 số",
        "nộp 500000 tiền phạt",
        "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7-bd78-77e0-a566-698588048512",
        "hỏi hotro@dichvucong.gov.vn", "Đ. 30/4, P. 12, Q. 10", "8h00 - 11h30, 13h30 - 17h00",
    ],
)  # fmt: skip
def test_what_names_nobody_stays(typed: str) -> None:
    assert mask(typed).kinds == ()
    assert mask(typed).rest == typed


def test_no_shipped_question_is_masked() -> None:
    assert len(QUESTIONS) > 5000
    assert [one for one in QUESTIONS if mask(one).kinds] == []


def test_no_name_of_a_procedure_is_masked() -> None:
    named = [f"{one.code} {one.name}" for one in load_procedures()]

    assert named
    assert [one for one in named if mask(one).kinds] == []


@given(st.text(max_size=200) | st.text("0123456789 .-+()cmndotp:", max_size=60))
def test_masking_again_changes_nothing(typed: str) -> None:
    once = mask(typed)

    assert mask(once.text).text == once.text


def test_a_mask_that_was_cut_is_no_word() -> None:
    assert mask(mask("gọi 0912345678").text[:-3]).rest.strip() == "gọi"


@pytest.mark.parametrize(
    "piece", ["mk=", "otp la ", "0912 ", "a.", "@", "1.", "4111 1111 ", "9" * 9]
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    assert mask(piece * (20_000 // len(piece)) + " 0912345678").kinds


@pytest.mark.parametrize("typed", ["H17152611100004", "H17152699990004", "H17 15 261110 0004"])
def test_what_has_the_shape_of_a_dossier_code_is_not_masked(typed: str) -> None:
    assert mask(f"hồ sơ {typed} sao rồi").kinds == ()


@pytest.mark.parametrize("typed", ["H001099012345", "H079099012345", "H4111111111111111"])
def test_a_letter_before_a_number_hides_nothing(typed: str) -> None:
    assert mask(typed).kinds
