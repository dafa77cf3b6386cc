"""A reply fits Zalo's messages, and nothing of it is lost."""

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Part
from bot.channels.markup import utf16_units
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
from tests.support.local_http import Asked
from tests.support.zalo_oa_channel import a_reader
from tests.support.zalo_oa_messages import Messages
from tests.support.zalo_oauth import OAuth

URL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma_thu_tuc=1.004222"
SOURCE = SourceNote("1.004222", "Thường trú", "1523/QĐ-BCA", "2026-07", URL, "Nguồn: 1.004222.")
NFD = unicodedata.normalize("NFD", "Đăng ký thường trú ở phường. ")


def a_reply(*blocks: Block, family: OutcomeFamily = OutcomeFamily.ANSWERED) -> Reply:
    return Reply(blocks, Outcome(family, "fee"), (SOURCE,))


def choices(number: int, label: str = "Mục {}", *, asked: bool = False) -> Choices:
    items = [Choice(label.format(one), f"ask:1.00{one:04}:fee") for one in range(1, number + 1)]
    return Choices(tuple(items), asked)


def dress(reply: Reply, turn: int | None = None) -> list[Part]:
    return list(a_reader().dress(reply, turn))


def text_of(part: Part) -> str:
    return str(part.body["text"])


def buttons_of(part: Part) -> list[dict[str, Any]]:
    attachment: Any = part.body.get("attachment", {})
    buttons: list[dict[str, Any]] = attachment.get("payload", {}).get("buttons", [])
    return buttons


def titles(part: Part) -> list[str]:
    return [button["title"] for button in buttons_of(part)]


def is_taken(message: object) -> bool:
    """Whether the emulator's rules let a message pass."""
    zalo = Messages(OAuth("1", "s", "2"))
    token, _ = zalo.oauth.give_pair()
    zalo.people["7"] = zalo.clock()
    data = {"recipient": {"user_id": "7"}, "message": message}
    headers = {"access_token": token, "content-type": "application/json"}
    answer = zalo.send(Asked.of("/v3.0/oa/message/cs", data, headers))
    return b'"error": 0' in answer.body


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_case_28_five_choices_are_five_buttons_that_come_back_as_payloads() -> None:
    (part,) = dress(a_reply(Paragraph("Bạn muốn biết gì?"), choices(5, asked=True)))

    assert titles(part) == ["Mục 1", "Mục 2", "Mục 3", "Mục 4", "Mục 5"]
    assert buttons_of(part)[1] == {
        "title": "Mục 2",
        "type": "oa.query.hide",
        "payload": "#ask:1.000002:fee",
    }
    assert "1. Mục 1" not in text_of(part)


def test_case_28_more_than_five_are_a_numbered_menu_beside_the_first_buttons() -> None:
    (part,) = dress(a_reply(Paragraph("Bạn muốn biết gì?"), choices(4, asked=True), choices(3)))

    for number, label in enumerate(["Mục 1", "Mục 2", "Mục 3", "Mục 4"], start=1):
        assert f"{number}. {label}" in text_of(part)
    assert "7. Mục 3" in text_of(part)
    assert titles(part) == ["1. Mục 1", "2. Mục 2", "3. Mục 3", "4. Mục 4", "5. Mục 1"]


def test_case_28_a_long_title_is_cut_and_stands_whole_in_the_text() -> None:
    long = "Đăng ký khai sinh cho trẻ em có yếu tố nước ngoài tại khu vực biên giới và " * 2
    (part,) = dress(a_reply(Paragraph("Chọn nhé:"), choices(2, long.strip() + " {}")))

    assert f"2. {long.strip()} 2" in text_of(part)
    assert all(title.endswith("…") and utf16_units(title) <= 100 for title in titles(part))
    assert is_taken(part.body)


def test_case_28_exactly_2000_characters_are_one_message_and_2001_are_two() -> None:
    reply = Reply((Paragraph("a" * 2000),), Outcome(OutcomeFamily.SMALL_TALK, "x"))
    longer = Reply((Paragraph("a" * 2001),), Outcome(OutcomeFamily.SMALL_TALK, "x"))

    assert [len(text_of(part)) for part in dress(reply)] == [2000]
    assert [len(text_of(part)) for part in dress(longer)] == [2000, 1]


@pytest.mark.parametrize("piece", ["👍🏽 ", "👨‍👩‍👧‍👦", NFD, "đăng ký ", f"{URL} "])
def test_case_28_emoji_and_decomposed_letters_fit_and_stay_whole(piece: str) -> None:
    parts = dress(a_reply(Paragraph(piece * 400)))

    assert len(parts) > 1
    assert all(is_taken(part.body) for part in parts)
    assert (
        "".join(without_blanks(text_of(part)) for part in parts).count(without_blanks(piece)) >= 400
    )


@pytest.mark.parametrize("length", [1700, 1900, 1960, 1999, 2000])
def test_case_28_the_plain_words_beside_a_full_message_fit_too(length: int) -> None:
    reply = Reply((Paragraph("a" * length), choices(3)), Outcome(OutcomeFamily.ANSWERED, "x"))
    parts = dress(reply, 7)

    assert all(is_taken(part.body) and is_taken(part.plain or part.body) for part in parts)
    assert "3. Mục 3" in str(parts[-1].plain)


def test_case_28_emoji_in_a_title_count_as_the_stricter_reading_has_it() -> None:
    (part,) = dress(a_reply(Paragraph("Chọn nhé:"), choices(1, "👣" * 60 + "{}")))

    assert is_taken(part.body)


def test_only_the_last_message_has_buttons() -> None:
    parts = dress(a_reply(Paragraph("Bạn cần giấy tờ sau. " * 300), choices(2)), 7)

    assert [bool(buttons_of(part)) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_thumbs_rate_the_turn_where_there_is_room() -> None:
    (part,) = dress(a_reply(Paragraph("Miễn phí."), choices(3)), 7)

    assert titles(part)[3:] == ["👍", "👎"]
    assert [button["payload"] for button in buttons_of(part)][3:] == ["#rate:up:7", "#rate:down:7"]


def test_where_there_is_no_room_the_text_says_how_to_rate() -> None:
    (part,) = dress(a_reply(Paragraph("Miễn phí."), choices(4)), 7)

    assert len(titles(part)) == 4
    assert "👍" in text_of(part)


@pytest.mark.parametrize("length", [1800, 1920, 1999, 2000, 4000])
def test_the_words_about_rating_never_stand_alone(length: int) -> None:
    parts = dress(a_reply(Paragraph("đ" * length), choices(4)), 7)

    assert SOURCE.text in text_of(parts[-1])
    assert "👍" in text_of(parts[-1])
    assert all(is_taken(part.body) and is_taken(part.plain or part.body) for part in parts)


@pytest.mark.parametrize(
    ("turn", "family"), [(None, OutcomeFamily.ANSWERED), (7, OutcomeFamily.CLARIFY)]
)
def test_what_is_no_answer_is_not_rated(turn: int | None, family: OutcomeFamily) -> None:
    (part,) = dress(a_reply(Paragraph("Ở đâu?"), choices(2), family=family), turn)

    assert "👍" not in str(part)


def test_links_and_sources_stand_in_the_text() -> None:
    (part,) = dress(a_reply(Paragraph("Miễn phí."), Link("Nộp trực tuyến", "https://a.gov.vn")))

    assert "Nộp trực tuyến: https://a.gov.vn" in text_of(part)
    assert f"Nguồn: 1.004222.\n{URL}" in text_of(part)


def test_choices_without_a_word_beside_them_become_words() -> None:
    reply = Reply((choices(2),), Outcome(OutcomeFamily.CLARIFY, "x"))
    (part,) = dress(reply)

    assert "2. Mục 2" in text_of(part)
    assert titles(part) == ["Mục 1", "Mục 2"]
    assert is_taken(part.body)


def test_nothing_is_sent_where_nothing_is_said() -> None:
    assert dress(Reply((), Outcome(OutcomeFamily.SMALL_TALK, "x"))) == []


WORDS = st.lists(
    st.sampled_from(["giấy", "👍🏽", NFD, URL, "\n\n", "Bạn cần. ", "x" * 70]), max_size=80
)
TEXTS = WORDS.map(" ".join).filter(str.strip)
LABELS = st.sampled_from(["Lệ phí", "Các bước 👣", "Giấy tờ " * 20, "Đăng ký\nlại"])


@given(TEXTS, st.lists(LABELS, max_size=9), st.booleans(), st.none() | st.integers(1, 10**17))
def test_case_28_zalo_takes_every_message_and_its_plain_words_and_no_choice_is_lost(
    text: str,
    labels: list[str],
    asked: bool,  # noqa: FBT001 - drawn
    turn: int | None,
) -> None:
    items = tuple(Choice(label, f"ask:1.{at}") for at, label in enumerate(labels))
    reply = a_reply(Heading("Thường trú"), FactList("Giấy tờ", (text,)), Choices(items, asked))
    parts = dress(reply, turn)

    assert all(is_taken(part.body) and is_taken(part.plain or part.body) for part in parts)
    assert all(part.plain is None for part in parts[:-1])
    shown = "".join(without_blanks(text_of(part)) for part in parts)
    assert without_blanks(text) in shown
    assert without_blanks(SOURCE.text + URL) in shown
    for label in labels:
        on_button = " ".join(label.split()) in titles(parts[-1])
        assert on_button or without_blanks(label) in shown
    plain = shown + without_blanks(str((parts[-1].plain or {}).get("text", "")))
    assert all(without_blanks(label) in plain for label in labels)
