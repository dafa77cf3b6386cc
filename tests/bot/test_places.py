"""Questions about places, and which office of a named place serves."""

import pytest

from bot.deciding import Press, look_up, read_press
from bot.deciding.place_decisions import Data, TellPlace
from bot.deciding.place_found import (
    PressedPlace,
    asks_of_a_place,
    may_name_a_place,
    place_question,
    without_places,
)
from bot.deciding.places import place_label, place_value
from bot.dialogue import Dialogue
from bot.parse import AskedField
from bot.phrasebook import Phrasebook
from bot.rendering import render, render_plain
from bot.rendering.places import office_text
from knowledge.library import Library
from knowledge.places import Kind
from tests.support.builders import a_procedure
from tests.support.desks import a_desk
from tests.support.places import a_gazetteer, the_place

WARD = "Phường Cầu Giấy, Thành phố Hà Nội"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bình Dương giờ thuộc tỉnh nào", "Bình Dương"),
        ("sáp nhập tỉnh Bình Dương vào đâu", "tỉnh Bình Dương"),
        ("tên mới của phường Dịch Vọng là gì", "phường Dịch Vọng"),
        ("huyện Bình Chánh còn không", "huyện Bình Chánh"),
        ("sa pa thuộc tỉnh nào", "sa pa"),
        ("tp thu duc bay gio la phuong nao", "tp thu duc"),
        ("vinh giờ thuộc đâu", "vinh"),
        ("quận 7 bỏ rồi thì lên đâu", "quận 7"),
        ("Hải Dương với Hải Phòng gộp thành gì", "Hải Dương"),
        ("Quảng Nam nhập vào Đà Nẵng rồi đúng không", "Quảng Nam"),
        ("huyện Củ Chi có bị bỏ không", "huyện Củ Chi"),
        ("địa chỉ mới của xã Phú Mỹ huyện Mỹ Tú là gì", "xã Phú Mỹ"),
    ],
)
def test_a_question_about_a_place_is_seen(text: str, said: str) -> None:
    question = place_question(a_gazetteer(), text)
    assert question is not None
    assert question.mention.said == said


@pytest.mark.parametrize(
    "text",
    [
        "sáp nhập tỉnh rồi có phải đổi căn cước không", "xã tôi giờ tên gì", "hộ nghèo còn không",
        "công ty sáp nhập thì làm thủ tục gì", "chia tách thửa đất", "giấy tờ cũ còn không",
        "bình thường giờ thuộc diện nào", "mức 4 nay gọi là gì",
    ],
)  # fmt: skip
def test_other_questions_are_not_about_a_place(text: str) -> None:
    assert place_question(a_gazetteer(), text) is None


def test_no_place_is_looked_for_where_none_may_be_meant() -> None:
    assert not asks_of_a_place("làm khai sinh cần giấy tờ gì")


def test_every_place_may_be_named_behind_its_kind_and_behind_in() -> None:
    places = a_gazetteer().places
    assert len(places) > 10_000
    missed = [
        text
        for one in places
        for text in (one.name, f"ở {one.short_name}")
        if not may_name_a_place(text)
    ]
    assert not missed


@pytest.mark.parametrize(
    "text", ["khai sinh ở đâu", "nộp ở xã nào", "tại đâu", "lên phường", "ở chỗ nào", "xã em"]
)
def test_words_that_ask_for_a_place_name_none(text: str) -> None:
    assert not may_name_a_place(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("làm căn cước ở phường Thủ Đức chỗ nào", "làm căn cước ở chỗ nào"),
        ("xã Tân Nhựt đăng ký khai tử ở đâu", "đăng ký khai tử ở đâu"),
        ("phường Bến Nghé quận 1", "phường Bến Nghé quận 1"),
        ("cho phuong 5 sao", "cho phuong 5 sao"),
        ("đăng ký khai sinh ở xã", "đăng ký khai sinh ở xã"),
    ],
)
def test_a_place_is_left_out_beside_what_is_asked(text: str, left: str) -> None:
    without = without_places(a_gazetteer, text)
    assert len(without) == len(text)
    assert " ".join(without.split()) == left


@pytest.mark.parametrize(
    ("agency", "place", "office"),
    [
        ("Công an cấp xã", WARD, "Công an Phường Cầu Giấy"),
        ("Ủy ban nhân dân cấp xã", WARD, "Ủy ban nhân dân Phường Cầu Giấy"),
        ("Trung tâm phục vụ hành chính công cấp xã", WARD,
         "Trung tâm phục vụ hành chính công Phường Cầu Giấy"),
        ("Công an tỉnh", "Tỉnh Bình Dương", "Công an Thành phố Hồ Chí Minh"),
        ("Sở Tư pháp nơi bạn cư trú", WARD, "Sở Tư pháp Thành phố Hà Nội"),
    ],
)  # fmt: skip
def test_an_office_is_named_in_the_terms_of_the_record(
    book: Phrasebook, agency: str, place: str, office: str
) -> None:
    assert office in office_text(book, a_procedure(agency=agency), the_place(place))


@pytest.mark.parametrize(
    "agency",
    ["Cơ quan bảo hiểm xã hội", "Làm ở công an xã nào trong cả nước cũng được", "Cơ quan thuế", ""],
)
def test_no_office_is_named_that_the_record_does_not_give(book: Phrasebook, agency: str) -> None:
    assert office_text(book, a_procedure(agency=agency), the_place(WARD)) == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Thừa Thiên Huế", "“Thừa Thiên Huế” nay là Thành phố Huế"),
        ("tp Huế", "vẫn giữ tên cũ"),
        ("Hà Nội", "vẫn giữ tên cũ"),
    ],
)
def test_a_former_name_is_not_said_to_be_kept(said: str, told: str) -> None:
    question = place_question(a_gazetteer(), f"{said} còn không")
    assert question is not None
    (place,) = question.mention.places
    decision = TellPlace(
        place, tuple(a_gazetteer().within(place)), Data("", "2026-01-01"), said=said
    )
    text = render_plain(render(decision, a_desk()))
    assert told in text
    assert ("vẫn giữ tên cũ" in text) == (told == "vẫn giữ tên cũ")


def test_buttons_of_places_fit_and_lead_back() -> None:
    places = a_gazetteer().places[::500]
    assert places
    for place in places:
        value = place_value(place)
        assert len(value.encode()) <= 64
        assert read_press(value) == PressedPlace(place.key)


def test_labels_tell_all_former_wards_of_one_name_apart() -> None:
    wards = [one for one in a_gazetteer().places if one.short_name == "Tân Thành"]
    assert len(wards) > 20
    assert len({place_label(one) for one in wards}) == len(wards)
    assert all(one.kind is not Kind.PROVINCE for one in wards)


def test_places_are_not_read_for_a_message_that_names_none() -> None:
    def never() -> None:
        raise AssertionError

    library = Library.of((a_procedure(),))
    press = Press("1.004222", (AskedField.FEE,), detail=False)
    found = look_up(library, Dialogue(), press, None, never)
    assert found.gazetteer is never
