"""Whether a whole field is filed online, asked without saying "which"."""

import pytest

from bot.deciding.service_signs import asks_for_list, asks_of_a_field
from knowledge.text import strip_accents
from tests.support.shipped import shipped_library

ASKED = (
    "đất đai có nộp online được không",
    "hộ tịch nộp trực tuyến được không",
    "xây dựng làm qua mạng được không vậy",
)
OTHERS = (
    "khai sinh nộp online được không",
    "đất đai nộp online cần giấy tờ gì",
    "hộ tịch là gì",
    "đất đai bị lỗi không nộp online được",
    "nộp ban đêm được không",
)


def of_a_field(text: str) -> bool:
    _, words = shipped_library().online_services().fields.said_in(text)
    return asks_of_a_field(text, words)


@pytest.mark.parametrize("text", [*ASKED, *map(strip_accents, ASKED)])
def test_a_field_is_asked_for_by_its_name_alone(text: str) -> None:
    assert of_a_field(text)


@pytest.mark.parametrize("text", [*OTHERS, *map(strip_accents, OTHERS)])
def test_what_says_more_than_a_field_is_another_question(text: str) -> None:
    assert not of_a_field(text)


@pytest.mark.parametrize("text", ["cái chi nộp được trên mạng rứa", "thủ tục mô nộp qua mạng nớ"])
def test_a_particle_of_the_centre_is_no_field(text: str) -> None:
    for typed in (text, strip_accents(text)):
        asked = asks_for_list(typed, "")
        assert asked is None or not asked.unknown_field


def test_a_field_nobody_knows_is_still_told() -> None:
    asked = asks_for_list("mảng thiên văn có thủ tục nào online", "")
    assert asked is not None
    assert asked.unknown_field == "thien van"
