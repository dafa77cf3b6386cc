"""What is compared when a procedure is looked for."""

import pytest

from knowledge.terms import core, named_levels, split, terms, twin_key, variants


def test_i_and_y_are_one_where_writers_choose_freely() -> None:
    assert split("đăng kí, lí lịch, quí") == split("đăng ký, lý lịch, quý")
    assert split("tay") != split("tai")


def test_abbreviations_that_records_use_are_written_out() -> None:
    assert split("sổ BHXH") == split("sổ bảo hiểm xã hội")


def test_terms_are_syllables_and_pairs_with_and_without_accents() -> None:
    found = terms("Tách hộ")
    assert found.accented == {"tách", "hộ", "tách hộ"}
    assert found.bare == {"tach", "ho", "tach ho"}


@pytest.mark.parametrize(
    "ending",
    [
        "",
        " (thực hiện tại cấp tỉnh)",
        " (thực hiện tại cấp trung ương).",
        " (thực hiện ở cấp tỉnh)",
        " (cấp xã)",
        " tại Công an cấp tỉnh",
        " thực hiện tại cấp trung ương,  cấp tỉnh, cấp xã",
        " thực hiện bằng dịch vụ công trực tuyến toàn trình",
    ],
)
def test_level_and_channel_at_the_end_are_no_part_of_the_name(ending: str) -> None:
    assert core(f"Thủ tục Cấp lại thẻ thường trú{ending}") == "Cấp lại thẻ thường trú"
    assert twin_key(f"Cấp lại thẻ thường trú{ending}") == "cap lai the thuong tru"


def test_a_level_that_belongs_to_the_matter_stays() -> None:
    name = "Công nhận người có công thuộc Ủy ban nhân dân cấp tỉnh quản lý"
    assert core(name) == name


def test_a_long_name_can_be_said_in_part() -> None:
    name = "Cấp giấy phép xây dựng đối với công trình cấp IV (theo tuyến/dự án) và nhà ở riêng lẻ"
    said = dict(variants(name))
    assert said[name] is False
    assert said["Cấp giấy phép xây dựng"] is True
    assert any(text.endswith("nhà ở riêng lẻ dự án") for text in said)


def test_a_short_beginning_is_no_name() -> None:
    assert [text for text, _ in variants("Cấp giấy phép, thẻ")] == ["Cấp giấy phép, thẻ"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("làm ở công an tỉnh được không", {"province"}),
        ("nộp ở xã hay trên bộ công an", {"commune", "ministry"}),
        ("cap trung uong", {"ministry"}),
        ("tỉnh giấc", set()),
    ],
)
def test_levels_that_a_question_names(text: str, levels: set[str]) -> None:
    assert named_levels(text) == levels
