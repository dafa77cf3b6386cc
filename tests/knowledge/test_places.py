"""Places of today and former ones, and finding them in what people type."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from knowledge.content import SHIPPED
from knowledge.errors import KnowledgeError
from knowledge.place_finding import find_places
from knowledge.places import Kind, Place
from knowledge.places_file import load_gazetteer
from knowledge.text import strip_accents
from tests.support.places import a_gazetteer, the_place

HCM, HANOI = "Thành phố Hồ Chí Minh", "Thành phố Hà Nội"


def of(kind: Kind) -> list[Place]:
    return [place for place in a_gazetteer().places if place.kind is kind]


def found(text: str, *, bare: bool = False) -> list[list[str]]:
    mentions = find_places(a_gazetteer(), text, bare=bare)
    return [[place.full_name for place in mention.places] for mention in mentions]


def test_every_place_before_and_after_the_reform_is_known() -> None:
    assert Counter(place.kind for place in a_gazetteer().places) == {
        Kind.PROVINCE: 34,
        Kind.WARD: 3321,
        Kind.FORMER_PROVINCE: 63,
        Kind.FORMER_DISTRICT: 696,
        Kind.FORMER_WARD: 10_035,
    }


def test_every_former_place_leads_to_places_of_today_and_each_of_those_comes_from_one() -> None:
    former = [place for place in a_gazetteer().places if not place.exists]
    assert former
    assert all(place.now and all(one.exists for one in place.now) for place in former)
    reached = {one for place in former for one in place.now}
    assert {one for one in a_gazetteer().places if one.exists} == reached


def test_a_ward_lies_in_the_province_into_which_its_own_went() -> None:
    for place in of(Kind.FORMER_WARD):
        province = place.within[-1]
        assert set(place.provinces) == set(province.now), place.full_name


def test_keys_tell_all_places_apart_and_lead_back() -> None:
    places = a_gazetteer().places
    assert len({place.key for place in places}) == len(places)
    some = places[:: len(places) // 40]
    assert [a_gazetteer().get(place.key) for place in some] == list(some)
    assert a_gazetteer().get("1ffffffff") is None


@pytest.mark.parametrize("kind", [Kind.PROVINCE, Kind.FORMER_PROVINCE])
def test_every_province_is_found_in_every_way_of_typing(kind: Kind) -> None:
    provinces = of(kind)
    assert provinces
    for province in provinces:
        for name in (province.name, province.short_name):
            for typed in (name, strip_accents(name), name.lower(), name.upper()):
                (mention,) = find_places(a_gazetteer(), typed, bare=True)
                assert province.now[0] in {one.now[0] for one in mention.places}, typed


def test_every_ward_is_found_by_its_full_name_with_and_without_accents() -> None:
    wards = of(Kind.WARD)
    assert wards
    for ward in wards:
        full = ward.full_name
        for typed in (full, strip_accents(full), f"tôi ở {_lowered(ward)} thì nộp ở đâu"):
            mentions = find_places(a_gazetteer(), typed)
            assert any(ward in one.now for m in mentions for one in m.places), typed


def _lowered(ward: Place) -> str:
    """In small letters, but for "xã An Toàn" and the like, which are words."""
    name = ward.short_name.lower()
    is_a_word = {name, strip_accents(name)} & a_gazetteer().words_after_kind
    return ward.full_name if is_a_word else ward.full_name.lower()


def test_former_wards_are_found_by_their_full_name() -> None:
    wards = of(Kind.FORMER_WARD)[::5]
    assert wards
    for ward in wards:
        mentions = find_places(a_gazetteer(), ward.full_name)
        assert any(set(ward.now) <= set(one.now) for m in mentions for one in m.places), ward.name


def test_every_district_is_found_by_its_full_name() -> None:
    districts = of(Kind.FORMER_DISTRICT)
    assert districts
    for district in districts:
        (mention,) = find_places(a_gazetteer(), f"{district.name} {district.within[0].name}")
        assert mention.places == (district,), district.full_name


@pytest.mark.parametrize(
    ("text", "place", "now"),
    [
        ("phường Dịch Vọng", f"Phường Dịch Vọng, Quận Cầu Giấy, {HANOI}",
         ["Phường Cầu Giấy", "Phường Nghĩa Đô"]),
        ("quận 7", f"Quận 7, {HCM}",
         ["Phường Phú Thuận", "Phường Tân Hưng", "Phường Tân Mỹ", "Phường Tân Thuận"]),
        ("tỉnh Bình Dương", "Tỉnh Bình Dương", [HCM]),
    ],
)  # fmt: skip
def test_what_became_of_a_place(text: str, place: str, now: list[str]) -> None:
    assert found(text) == [[place]]
    assert [one.name for one in the_place(place).now] == now


@pytest.mark.parametrize(
    "text",
    [
        "Quận 7", "q7", "Q.7", "quan 7", "Q 7", "q.7, TPHCM", "Quận 7 Sài Gòn", "q7 SG",
        "quận 7 tp hcm", "q7 tp.hcm",
    ],
)  # fmt: skip
def test_abbreviations_of_a_district_are_read(text: str) -> None:
    assert found(text) == [[f"Quận 7, {HCM}"]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("HCM", [HCM]), ("tphcm", [HCM]), ("TP.HCM", [HCM]), ("sg", [HCM]), ("HN", [HANOI]),
        ("BD", ["Tỉnh Bình Dương", "Tỉnh Bình Định"]),
        ("BĐ", ["Tỉnh Bình Định"]),
        ("ĐN", ["Thành phố Đà Nẵng", "Tỉnh Đắk Nông", "Tỉnh Đồng Nai"]),
        ("thừa thiên huế", ["Thành phố Huế"]), ("daklak", ["Tỉnh Đắk Lắk"]),
        ("qui nhơn", ["Thành phố Quy Nhơn, Tỉnh Bình Định"]),
    ],
)  # fmt: skip
def test_short_names_of_provinces_are_read(text: str, places: list[str]) -> None:
    (mention,) = found(text, bare=True)
    assert sorted(mention) == places


@pytest.mark.parametrize("text", ["phường Dịch Vọg", "phuong dich vog", "p. Dịch Vọnng"])
def test_a_slip_is_read_and_said_to_be_one(text: str) -> None:
    (mention,) = find_places(a_gazetteer(), text)
    assert mention.slip
    assert [place.name for place in mention.places] == ["Phường Dịch Vọng"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("phường Tân Phú quận 7", [f"Phường Tân Phú, Quận 7, {HCM}"]),
        ("p tân phú, q7", [f"Phường Tân Phú, Quận 7, {HCM}"]),
        ("phường 12 quận Gò Vấp", [f"Phường 12, Quận Gò Vấp, {HCM}"]),
        ("huyện Châu Thành tỉnh Tiền Giang", ["Huyện Châu Thành, Tỉnh Tiền Giang"]),
        ("Tiền Giang, huyện Châu Thành", ["Huyện Châu Thành, Tỉnh Tiền Giang"]),
    ],
)
def test_a_larger_place_tells_two_of_one_name_apart(text: str, places: list[str]) -> None:
    assert found(text) == [places]


def test_a_name_that_several_places_bear_gives_them_all() -> None:
    (wards,) = found("phường Tân Phú")
    assert len(wards) > 3
    (districts,) = found("huyện Châu Thành")
    assert len(districts) == 10
    (former,) = found("phường 12")
    assert len(former) > 5


def test_a_district_stands_for_the_wards_in_it_that_bear_its_name() -> None:
    assert found("tôi ở Dĩ An") == [["Thành phố Dĩ An, Tỉnh Bình Dương"]]


@pytest.mark.parametrize(
    "text",
    [
        "tôi ở nhà trọ bình thường", "làm ở Mỹ về", "xã hội", "công an xã ở đâu",
        "nộp ở phường nào", "phường tôi ở", "ở hiện tại", "xa lam khong di duoc",
        "phuong an xu ly", "ở quê lên",
        "khai sinh ở đâu", "quan hệ cha con", "hộ khẩu ở quận cũ", "tại trung tâm", "Sa thải",
        "xã biên giới", "thành phố trực thuộc", "thoả thuận vinh dự", "huyện nào cũng được",
    ],
)  # fmt: skip
def test_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("tôi ở Vinh", "Thành phố Vinh"), ("ở Sa Pa", "Thị xã Sa Pa"), ("o hue", "Thành phố Huế")],
)
def test_names_that_are_also_words_count_after_where_one_lives(text: str, name: str) -> None:
    (mention,) = find_places(a_gazetteer(), text)
    assert mention.places[0].name == name


def test_every_other_name_leads_to_a_place_that_there_is() -> None:
    names = yaml.safe_load((SHIPPED / "place_names.yaml").read_text("utf-8"))["other_names"]
    assert names
    known = {place.name for place in a_gazetteer().places}
    assert [name for meant in names.values() for name in meant if name not in known] == []
    for name, meant in names.items():
        (mention,) = find_places(a_gazetteer(), name, bare=True)
        assert {place.name for place in mention.places} & set(meant), name


def test_a_folder_without_other_names_is_read_with_those_that_ship(tmp_path: Path) -> None:
    own, shipped = (
        find_places(gazetteer, "ở Sài Gòn", bare=True)
        for gazetteer in (load_gazetteer(tmp_path), a_gazetteer())
    )
    names = [[place.full_name for place in mention.places] for mention in own]
    assert names
    assert names == [[place.full_name for place in mention.places] for mention in shipped]


def test_damaged_data_is_told_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "place_names.yaml").write_text("[", "utf-8")
    with pytest.raises(KnowledgeError, match="địa danh"):
        load_gazetteer(tmp_path)
