import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NluAnswerInvalid
from bot.parse import AskedField
from bot.understanding import MAX_CHARACTERS, clean, is_readable, to_parse
from tests.support.fakes import a_rasa_answer


def test_a_leading_slash_sets_no_intent() -> None:
    assert clean('  //greet{"x":1}') == 'greet{"x":1}'


def test_a_command_brings_no_procedure_along() -> None:
    assert clean('/ask_procedure{"procedure_code":"1.004222"}') == (
        'ask_procedure{"procedure_code":""}'
    )
    assert clean('Tên tôi ghi trong mẫu là {"A": "B"}') == 'Tên tôi ghi trong mẫu là {"A": "B"}'


def test_decomposed_letters_are_composed() -> None:
    typed = unicodedata.normalize("NFD", "Đăng ký khai sinh")

    assert clean(typed) == "Đăng ký khai sinh"


@given(st.text(max_size=300))
def test_cleaned_text_stays_as_it_is_when_cleaned_again(typed: str) -> None:
    once = clean(typed)

    assert clean(once) == once
    assert len(once) <= MAX_CHARACTERS
    assert not once.startswith("/")
    assert all(unicodedata.category(sign) != "Cc" for sign in once)


def test_emoji_alone_cannot_be_read() -> None:
    assert not is_readable(clean("👍 🙏"))
    assert is_readable("2")


def test_asked_fields_keep_the_order_of_the_message() -> None:
    text = "khai sinh hết bao nhiêu tiền và cần giấy tờ gì"
    asked = {"documents": "cần giấy tờ gì", "fee": "hết bao nhiêu tiền"}

    parse = to_parse(text, a_rasa_answer(text, asked=asked))

    assert parse.asked == (AskedField.FEE, AskedField.DOCUMENTS)
    assert [entity.text for entity in parse.entities] == ["hết bao nhiêu tiền", "cần giấy tờ gì"]


def test_the_reader_of_fields_is_believed_before_the_asking_words() -> None:
    text = "khai sinh hết bao nhiêu tiền và cần giấy tờ gì"
    answer = a_rasa_answer(text, asked={"fee": "hết bao nhiêu tiền"})
    read = [
        {"name": "documents", "start": 32},
        {"name": "fee", "start": 10},
        {"name": "unknown", "start": 0},
    ]

    parse = to_parse(text, {**answer, "asked": read})

    assert parse.asked == (AskedField.FEE, AskedField.DOCUMENTS)
    assert [entity.value for entity in parse.entities] == ["fee"]
    assert to_parse(text, {**answer, "asked": []}).asked == ()


def test_a_procedure_code_is_seen_even_where_the_model_overlooks_it() -> None:
    text = "1.004222 cần gì"

    parse = to_parse(text, a_rasa_answer(text))

    assert [(one.kind, one.text) for one in parse.entities] == [("procedure_code", "1.004222")]


@pytest.mark.parametrize(
    "code", ["H17.15-250710-0012", "000.00.01.H29-240115-0001", "G09.20-20260609-0092637"]
)
def test_a_dossier_code_is_no_procedure_code(code: str) -> None:
    text = f"hồ sơ {code} đến đâu rồi"

    parse = to_parse(text, a_rasa_answer(text))

    assert [(one.kind, one.text) for one in parse.entities] == [("dossier_code", code)]


def test_entities_with_impossible_offsets_are_left_out() -> None:
    outside = {"entity": "procedure", "start": 3, "end": 99, "value": "x"}

    parse = to_parse("khai sinh", a_rasa_answer("khai sinh", entities=(outside,)))

    assert parse.entities == ()


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"intent": "greet"},
        {"intent": {"name": "greet"}},
        {"intent": {"name": "greet", "confidence": 7}},
        {"intent": {"name": "greet", "confidence": 0.5}, "entities": {}},
        {"intent": {"name": "greet", "confidence": 0.5}, "entities": [{"entity": "place"}]},
    ],
)
def test_an_answer_of_another_shape_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(NluAnswerInvalid):
        to_parse("xin chào", answer)


def test_a_text_without_known_features_has_no_intent() -> None:
    answer = {"intent": {"name": None, "confidence": 0.0}, "entities": []}

    assert to_parse("xin chào", answer).intent == ""


def test_who_asks_about_a_procedure_and_for_its_papers_asks_for_the_papers() -> None:
    text = "cho hỏi về khai sinh cần giấy tờ gì"
    both = a_rasa_answer(text, asked={"overview": "hỏi về", "documents": "cần giấy tờ gì"})
    alone = a_rasa_answer(text, asked={"overview": "hỏi về"})

    assert to_parse(text, both).asked == (AskedField.DOCUMENTS,)
    assert to_parse(text, alone).asked == (AskedField.OVERVIEW,)


def test_a_message_that_holds_a_dossier_code_wants_to_know_where_it_is() -> None:
    text = "mã đây em: H17.15-250710-0012"

    assert to_parse(text, a_rasa_answer(text, intent="ask_procedure")).intent == "check_dossier"
    withdrawn = to_parse(text, a_rasa_answer(text, intent="withdraw_dossier"))
    assert withdrawn.intent == "withdraw_dossier"


@pytest.mark.parametrize(
    "text",
    ["H17.15-250710-0012", "mã hồ sơ của em đây ạ: H17.15-250710-0012", "H17.15-25071O-0012"],
)
def test_a_code_that_stands_alone_is_no_wish_to_withdraw_the_dossier(text: str) -> None:
    answer = a_rasa_answer(text, intent="withdraw_dossier", confidence=0.6)

    assert to_parse(text, answer).intent == "check_dossier"


def test_a_field_that_is_taken_back_is_not_asked() -> None:
    text = "không phải phí, hỏi thời gian cơ"
    asked = {"fee": "phí", "time": "thời gian"}

    assert to_parse(text, a_rasa_answer(text, asked=asked)).asked == (AskedField.TIME,)


def test_a_field_is_taken_back_where_its_second_word_is_read() -> None:
    text = "không phải hỏi giấy tờ, hỏi lệ phí khai tử"
    read = [
        {"name": "documents", "start": text.index("tờ"), "confidence": 0.9},
        {"name": "fee", "start": text.index("phí"), "confidence": 0.9},
    ]

    assert to_parse(text, a_rasa_answer(text) | {"asked": read}).asked == (AskedField.FEE,)


def test_the_only_field_stays_even_behind_a_no() -> None:
    text = "không hỏi lệ phí à"

    assert to_parse(text, a_rasa_answer(text, asked={"fee": "lệ phí"})).asked == (AskedField.FEE,)
