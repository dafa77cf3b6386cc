"""Buttons under messages of Telegram (case 10 of protocols.md §8)."""

from bot.messages import (
    Choice,
    Choices,
    FactList,
    Outcome,
    OutcomeFamily,
    Reply,
)
from tests.bot.channels.telegram.bots import a_reply
from tests.bot.channels.telegram.seen_parts import data, one, rows, shown


def a_menu(*labels: str, open_question: bool = False) -> Choices:
    items = tuple(Choice(label, f"ask:1.00{n}") for n, label in enumerate(labels, start=1))
    return Choices(items, open_question)


def test_buttons_stand_under_each_other_and_two_short_ones_beside_each_other() -> None:
    part = one(
        a_reply("x", a_menu("Giấy tờ", "Lệ phí", "Thời gian", "Giấy tờ của riêng tôi", "Ở đâu"))
    )

    assert rows(part) == [
        ["Giấy tờ", "Lệ phí"],
        ["Thời gian"],
        ["Giấy tờ của riêng tôi"],
        ["Ở đâu"],
    ]
    assert data(part)[:2] == ["ask:1.001", "ask:1.002"]
    assert shown(part).text == "x"


def test_short_choices_of_a_question_are_buttons_without_numbers() -> None:
    part = one(a_reply("Bạn đã có tài khoản chưa?", a_menu("Có", "Không", open_question=True)))

    assert rows(part) == [["Có", "Không"]]
    assert shown(part).text == "Bạn đã có tài khoản chưa?"


def test_long_choices_of_a_question_are_read_in_full_and_numbered_once() -> None:
    labels = ("Đăng ký lại khai sinh cho người đã có hồ sơ", "Đăng ký khai sinh")
    part = one(a_reply("Bạn hỏi thủ tục nào?", a_menu(*labels, open_question=True)))

    assert shown(part).text == f"Bạn hỏi thủ tục nào?\n\n1. {labels[0]}\n2. {labels[1]}"
    assert rows(part) == [[f"1. {labels[0]}"], [f"2. {labels[1]}"]]


def test_choices_that_the_list_above_explains_are_not_listed_again() -> None:
    labels = ("Cấp thẻ căn cước", "Cấp lại thẻ căn cước")
    listed = FactList(
        "Bạn hỏi thủ tục nào?", tuple(f"{one}: cho bạn" for one in labels), ordered=True
    )
    part = one(a_reply(listed, a_menu(*labels, "Không phải", open_question=True)))

    assert shown(part).text.count("Cấp lại thẻ căn cước") == 1
    assert rows(part) == [["1. Cấp thẻ căn cước"], ["2. Cấp lại thẻ căn cước"], ["3. Không phải"]]


def test_a_choice_that_neither_the_list_above_nor_a_button_tells_is_told_in_words() -> None:
    listed = FactList("Bạn hỏi thủ tục nào?", ("Cấp thẻ căn cước: cho bạn",), ordered=True)
    choices = (Choice("Cấp thẻ căn cước", "ask:1"), Choice("Cấp lại thẻ", "ă" * 33))
    part = one(a_reply(listed, Choices(choices, open_question=True)))

    assert rows(part) == [["1. Cấp thẻ căn cước"]]
    assert shown(part).text.endswith("\n\n2. Cấp lại thẻ")


def test_a_list_of_something_else_above_a_question_names_no_choices() -> None:
    labels = ("Đăng ký lại khai sinh cho người đã có hồ sơ", "Đăng ký khai sinh")
    papers = FactList("Bạn đã có:", ("Giấy chứng sinh",))
    part = one(a_reply(papers, a_menu(*labels, open_question=True)))

    assert f"1. {labels[0]}\n2. {labels[1]}" in shown(part).text


def test_thumbs_rate_the_turn_in_a_row_of_their_own() -> None:
    part = one(a_reply("x", a_menu("Lệ phí")), turn=9_007_199_254_740_993)

    assert rows(part) == [["Lệ phí"], ["👍", "👎"]]
    assert data(part)[1:] == ["rate:up:9007199254740993", "rate:down:9007199254740993"]
    assert rows(one(a_reply("x"), None)) == []


def test_a_question_of_ours_is_not_rated() -> None:
    asks = a_reply("Bạn hỏi gì?", outcome=Outcome(OutcomeFamily.CLARIFY, "which_procedure"))

    assert rows(one(asks, turn=5)) == []


def test_case_10_what_is_too_long_for_a_button_is_told_in_words() -> None:
    fits = Choice("Lệ phí cấp thẻ căn cước", "ă" * 32)
    too_long = Choice("Thời hạn cấp thẻ", "ă" * 32 + "a")
    for open_question in (False, True):
        part = one(a_reply("Bạn chọn nhé.", Choices((fits, too_long), open_question)))
        assert data(part) == [fits.value]
        assert "Thời hạn cấp thẻ" in shown(part).text


def test_case_10_no_message_has_more_than_a_hundred_buttons_and_none_is_lost() -> None:
    labels = [f"Xã số {n}" for n in range(150)]
    part = one(a_reply("Bạn ở xã nào?", a_menu(*labels, open_question=True)), turn=1)
    told = shown(part).text

    assert len(data(part)) == 100
    assert all(label in told for label in labels)


def test_buttons_alone_are_told_in_words_too() -> None:
    part = one(Reply((a_menu("Lệ phí", "Thời gian"),), a_reply().outcome))

    assert shown(part).text == "Lệ phí\nThời gian"
