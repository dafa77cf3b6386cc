"""Fields: one for all spellings, keys that fit into a button, and the words people say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.service_fields import LONGEST_KEY, Fields
from knowledge.text import strip_accents
from tests.support.shipped import shipped_library

SHIPPED = shipped_library().online_services().fields
names = st.lists(st.text(st.sampled_from("abc đăng ký ĐẤT ,()–-"), min_size=1, max_size=80))


@given(names)
def test_every_name_has_a_field_whose_key_finds_it_again(some: list[str]) -> None:
    fields = Fields.of(some)
    for name in some:
        field = fields.of_name(name)
        assert fields.get(field.key) is field
        assert re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_KEY}}}", field.key)


def test_spellings_share_a_field_and_the_most_frequent_is_shown() -> None:
    fields = Fields.of(["Hộ tịch", "HỘ TỊCH", "Hộ  tịch", "Đất đai"])
    assert len(fields) == 2
    assert fields.of_name("hộ tịch").name == "Hộ tịch"
    assert fields.named_like("ho-tich") == fields.named_like("HO TICH")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("hộ tịch", ["Hộ tịch"]),
        ("hộ khẩu", ["Đăng ký, quản lý cư trú"]),
        ("đất", ["Đất đai"]),
        ("bằng lái", ["Sát hạch, cấp giấy phép lái xe"]),
        ("thuế", ["Thuế"]),
        ("căn cước", ["Cấp, quản lý căn cước"]),
        ("hộ chiếu", ["Quản lý xuất nhập cảnh"]),
        ("nghĩa vụ quân sự", ["Nghĩa vụ quân sự"]),
        ("lý lịch tư pháp", ["Lý lịch tư pháp"]),
        ("tàu vũ trụ", []),
    ],
)
def test_a_field_is_found_by_what_people_call_it(said: str, names: list[str]) -> None:
    for typed in (said, strip_accents(said)):
        found, _ = SHIPPED.said_in(f"lĩnh vực {typed} có những thủ tục nào nộp online")
        assert [one.name for one in found] == names


def test_a_word_of_several_fields_finds_them_all() -> None:
    found, said = SHIPPED.said_in("bảo hiểm xã hội có gì nộp online")
    assert said == "bao hiem xa hoi"
    assert len(found) > 1
    assert all("BHXH" in one.name for one in found)
