"""Links that open a conversation: what a button does, in the characters a platform passes on."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import WORDS, read_typed
from bot.deciding.filing_values import FilingAct, filing_value, slip_value
from bot.deciding.found import dossier_value, group_value, press_value
from bot.deep_links import choice_of, link_payload
from bot.dossiers.codes import normal_form
from bot.filings.codes import ALPHABET
from bot.messages import Gesture
from bot.parse import AskedField
from knowledge.content import load_procedures
from knowledge.faq_yaml import load_faq_content
from knowledge.siblings_file import load_siblings

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
FIELDS = st.lists(st.sampled_from(AskedField), unique=True, max_size=len(AskedField))
CODES = tuple(one.code for one in load_procedures())
FAQS = load_faq_content().faqs
GROUPS = tuple(one.key for one in load_siblings())


def opens_what_the_button_does(value: str) -> None:
    payload = link_payload(value)

    assert PAYLOAD.fullmatch(payload), payload
    assert choice_of(payload) == value


@given(st.sampled_from(CODES), FIELDS)
def test_every_button_of_a_procedure_has_its_link(code: str, fields: list[AskedField]) -> None:
    opens_what_the_button_does(press_value(code, fields))
    opens_what_the_button_does(press_value(code, fields, detail=True))
    opens_what_the_button_does(f"form:{code}")
    opens_what_the_button_does(filing_value(code))
    opens_what_the_button_does(filing_value(code, FilingAct.ONLINE))


@given(st.from_regex(rf"[{ALPHABET}]{{6}}", fullmatch=True))
def test_every_slip_has_its_link(code: str) -> None:
    opens_what_the_button_does(slip_value(code))


@pytest.mark.parametrize("act", sorted(set(FilingAct) - {FilingAct.START, FilingAct.ONLINE}))
def test_a_link_begins_a_filing_and_does_nothing_else_to_it(act: FilingAct) -> None:
    assert choice_of(f"file_1-001193_{act}") == ""
    assert choice_of(f"file_1-001193_{act}_khai") == ""
    with pytest.raises(ValueError, match="No link"):
        link_payload(filing_value("1.001193", act))


@pytest.mark.parametrize("payload", ["slip_ABC123", "slip_K7Q2M", "slip_k7q2mx", "slip_K7Q2MX_on"])
def test_what_is_no_code_of_a_slip_opens_nothing(payload: str) -> None:
    assert choice_of(payload) == ""


def test_every_general_question_has_its_link() -> None:
    assert FAQS
    for faq in FAQS:
        opens_what_the_button_does(f"faq:{faq.key}")


@given(st.sampled_from(GROUPS), FIELDS)
def test_every_question_among_siblings_has_its_link(key: str, fields: list[AskedField]) -> None:
    opens_what_the_button_does(group_value(key, fields))
    opens_what_the_button_does(group_value(key, fields, listed=True))


@given(
    st.from_regex(r"(000\.\d\d\.\d\d\.[A-Y]\d\d|[A-Y]\d\d(\.\d{1,3}){0,4})", fullmatch=True),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.from_regex(r"[A-Z]{0,2}[0-9]{4,7}", fullmatch=True),
)
def test_every_dossier_code_has_its_link(body: str, day: date, number: str) -> None:
    code = normal_form(f"{body}-{day:%y%m%d}-{number}")

    if code is not None:
        opens_what_the_button_does(dossier_value(code))


@given(st.text(max_size=80) | st.from_regex(PAYLOAD))
def test_a_payload_stands_for_one_button_or_for_nothing(payload: str) -> None:
    value = choice_of(payload)

    assert value == "" or link_payload(value) == payload


@pytest.mark.parametrize(
    "payload",
    [
        "", "none", "rate_up_12", "erase_yes", "ask_", "ask_1-004222_price", "dossier_H17",
        "place_1", "ask_1.004222", "'; DROP TABLE turns", "form_1-004222_stop", "a" * 65,
    ],
)  # fmt: skip
def test_what_is_no_link_stands_for_nothing(payload: str) -> None:
    assert choice_of(payload) == ""
    assert read_typed(f"/start {payload}").gesture is Gesture.START


@pytest.mark.parametrize("value", ["none", "rate:up:1", "form:1.004222:stop", "place:x", ""])
def test_other_buttons_have_no_link(value: str) -> None:
    with pytest.raises(ValueError, match="No link"):
        link_payload(value)


def test_every_command_is_read_with_and_without_the_name_of_the_bot() -> None:
    assert WORDS
    for word, gesture in WORDS.items():
        for typed in (f"/{word}", f"/{word}@motcua_bot", f" /{word.upper()} "):
            assert read_typed(typed).gesture is gesture, typed


def test_a_dossier_code_behind_hoso_is_asked_for() -> None:
    assert read_typed("/hoso H17.15-250710-0012").text == "H17.15-250710-0012"


@pytest.mark.parametrize("text", ["/abc", "/foo@motcua_bot", " /dang_ky ", "/giúp", "/HOTRO"])
def test_a_word_behind_a_slash_that_is_no_command_is_known_as_one(text: str) -> None:
    assert read_typed(text).gesture is Gesture.UNKNOWN_COMMAND


@pytest.mark.parametrize(
    "text",
    ["/2", "/etc/passwd", "/", "/foo và", "hủy", "huy /huy", "/ huy", "//start", "xoá dữ liệu"],
)
def test_words_stay_words(text: str) -> None:
    assert read_typed(text).text == text
