import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.graphemes import is_boundary
from bot.channels.markup import (
    code_points,
    plain_text,
    split_text,
    utf16_units,
    with_last_words,
)
from bot.messages import (
    Block,
    Choice,
    Choices,
    FactList,
    Heading,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
    SourceNote,
)
from bot.phrasebook import Phrasebook

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
FLAG = "🇻🇳"
THUMB = "👍🏽"
NFD = unicodedata.normalize("NFD", "đăng ký thường trú ở phường")
URL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.004222"
WHOLE = (FAMILY, FLAG, THUMB, *re.findall(r"\w[\u0300-\u036f]+", NFD))

PIECES = st.sampled_from(
    [*WHOLE, NFD, URL, "Bạn", "cần giấy tờ gì?", " ", "\n", "\n\n", ". ", "\u00a0", "1.004222"]
)
VIETNAMESE = st.lists(PIECES, max_size=60).map("".join)
HOSTILE = st.text(
    st.sampled_from(
        "a1 .\n\r\t\u00a0\u0301\u0323\u200d\ufe0f\u20e3👍🏽🇻🇳😀\ud83d\ude00\U000e0067ế"
    ),
    max_size=80,
)
MEASURES: st.SearchStrategy[Callable[[str], int]] = st.sampled_from([code_points, utf16_units])

SOURCE = SourceNote(
    "1.004222",
    "Đăng ký thường trú",
    "1523/QĐ-BCA-C06",
    "2026-07",
    URL,
    "Nguồn: thủ tục 1.004222, dữ liệu tháng 7/2026.",
)


def a_reply(*blocks: Block) -> Reply:
    return Reply(blocks, Outcome(OutcomeFamily.ANSWERED, "fee"), (SOURCE,))


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(st.one_of(VIETNAMESE, HOSTILE, st.text()), st.integers(2, 300), MEASURES)
def test_case_8_every_part_fits_and_nothing_is_lost_or_moved(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    parts = split_text(text, limit, measure)

    assert all(part.strip() and measure(part) <= limit for part in parts)
    assert "".join(map(without_blanks, parts)) == without_blanks(text)


@given(VIETNAMESE, st.integers(40, 300), MEASURES)
def test_case_8_no_accented_letter_emoji_or_flag_is_taken_apart(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    parts = split_text(text, limit, measure)

    assert [sum(part.count(one) for part in parts) for one in WHOLE] == [
        text.count(one) for one in WHOLE
    ]


@given(VIETNAMESE, st.integers(len(URL), 400), MEASURES)
def test_an_address_that_fits_a_part_is_never_cut(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    urls = [url for url in re.findall(r"https?://\S+", text) if measure(url) <= limit]
    parts = split_text(text, limit, measure)

    assert all(any(url in part for part in parts) for url in urls)


PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@given(HOSTILE, st.integers(2, 40), MEASURES)
def test_a_surrogate_pair_stays_together_whatever_surrounds_it(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    parts = split_text(text, limit, measure)

    # Halves with a blank between them are no pair, and the blank may be where it is cut.
    assert sum(len(PAIR.findall(part)) for part in parts) == len(PAIR.findall(text))


@given(st.text(max_size=100), st.integers(200, 4096))
def test_a_text_that_fits_is_one_part(text: str, limit: int) -> None:
    assert split_text(text, limit, utf16_units) == ([text.strip()] if text.strip() else [])


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf_16_units_are_what_the_encoding_has(text: str) -> None:
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Cần hai tờ. Nộp ở xã\nhoặc qua mạng.\n\nLệ phí: miễn",
            "Cần hai tờ. Nộp ở xã\nhoặc qua mạng.",
        ),
        ("Cần hai tờ. Nộp ở xã\nhoặc qua mạng, lệ phí: miễn", "Cần hai tờ. Nộp ở xã"),
        ("Cần hai tờ khai. Nộp ở xã hoặc qua mạng, lệ phí", "Cần hai tờ khai."),
        (
            "Cần hai tờ và nộp ở xã hoặc qua mạng, lệ phí miễn",
            "Cần hai tờ và nộp ở xã hoặc qua mạng, lệ",
        ),
    ],
)
def test_a_text_is_cut_between_paragraphs_else_lines_else_sentences_else_words(
    text: str, first: str
) -> None:
    assert split_text(text, 41)[0] == first


def test_a_paragraph_that_would_leave_a_part_nearly_empty_is_no_place_to_cut() -> None:
    text = "Giấy tờ:\n\n" + "một tờ khai, " * 30

    assert len(split_text(text, 200)[0]) > 150


def test_a_letter_with_more_marks_than_a_part_holds_is_cut_all_the_same() -> None:
    assert split_text("e" + "\u0301" * 9, 4) == ["e\u0301\u0301\u0301", "\u0301" * 4, "\u0301" * 2]


def test_a_limit_that_no_emoji_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        split_text("Chào bạn", 1)


def test_flags_are_cut_between_two_of_them_only() -> None:
    assert [is_boundary(FLAG * 2, at) for at in range(1, 4)] == [False, True, False]


def test_an_open_question_is_a_numbered_menu_that_tells_how_to_answer(book: Phrasebook) -> None:
    choices = (Choice("Cấp xã", "ask:1.014064"), Choice("Cấp tỉnh", "ask:2.001194"))
    reply = a_reply(Paragraph("Bạn làm ở đâu?"), Choices(choices, open_question=True))

    text = plain_text(reply, book, menu=True)

    assert f"1. Cấp xã\n2. Cấp tỉnh\n{book.say('menu.answer')}" in text
    assert text.endswith(f"{SOURCE.text}\n{URL}")


def test_buttons_beside_a_question_are_numbered_after_it_and_stand_at_the_end(
    book: Phrasebook,
) -> None:
    reply = a_reply(
        Choices((Choice("Lệ phí", "ask:1.004222:fee"),)),
        Paragraph("Còn việc kia, tôi cần biết thêm một điều."),
        Choices((Choice("Cấp xã", "ask:1.014064"),), open_question=True),
    )

    text = plain_text(reply, book, menu=True)

    assert [choice.label for choice in reply.buttons] == ["Cấp xã", "Lệ phí"]
    assert text.index("1. Cấp xã") < text.index(f"{book.say('menu.further')}\n2. Lệ phí")


def test_choices_that_a_numbered_list_has_just_told_are_not_told_again(book: Phrasebook) -> None:
    told = FactList("Bạn chọn nhé", ("Cấp lại: bị mất", "Cấp đổi: bị hỏng"), ordered=True)
    items = (Choice("Cấp lại", "a"), Choice("Cấp đổi", "b"), Choice("Không phải", "c"))
    text = plain_text(a_reply(told, Choices(items, open_question=True)), book, menu=True)

    assert "2. Cấp đổi: bị hỏng\n\n3. Không phải" in text
    assert text.count("Cấp lại") == 1


def test_without_a_menu_the_buttons_are_left_to_the_channel(book: Phrasebook) -> None:
    reply = a_reply(
        Heading("Đăng ký thường trú"),
        FactList("Lệ phí", ("Nộp trực tuyến: 10.000 đồng",)),
        Link("Nộp trực tuyến", "https://dichvucong.gov.vn"),
        Choices((Choice("Giấy tờ", "ask:1.004222:documents"),)),
        Choices((Choice("Cấp xã", "ask:1.014064"),), open_question=True),
    )

    text = plain_text(reply, book, menu=False)

    assert "Giấy tờ" not in text
    assert "Cấp xã" not in text
    assert "Lệ phí:\n- Nộp trực tuyến: 10.000 đồng" in text
    assert "Nộp trực tuyến: https://dichvucong.gov.vn" in text


@given(st.one_of(VIETNAMESE, HOSTILE), st.integers(40, 300), MEASURES)
def test_last_words_join_the_last_part_and_every_part_still_fits(
    text: str, limit: int, measure: Callable[[str], int]
) -> None:
    words = "Có ích không? 👍"
    parts = with_last_words(split_text(text, limit, measure), words, limit, measure)

    assert all(measure(part) <= limit for part in parts)
    assert "".join(map(without_blanks, parts)) == without_blanks(text + words)
    assert len(parts) == 1 or parts[-1] != words
