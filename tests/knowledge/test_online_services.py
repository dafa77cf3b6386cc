"""What is stated of filing online: each procedure in one group, nothing guessed, nothing twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.online_services import (
    ONLINE,
    Counts,
    OnlineServices,
    Stated,
    Wanted,
    origins_of,
)
from knowledge.procedure import FilingChannel, Level, OnlineLevel, OnlineStatement, Procedure
from knowledge.text import strip_accents
from tests.support.builders import a_method, a_procedure
from tests.support.shipped import shipped_library

AT_COUNTER = (a_method(FilingChannel.COUNTER),)
FULL = OnlineStatement(OnlineLevel.FULL, "Quyết định 2808/QĐ-UBND (Đồng Nai)", local=True)
PARTIAL = OnlineStatement(OnlineLevel.PARTIAL, "Quyết định 1/QĐ-BTP")

FIELDS = ("Hộ tịch", "HỘ TỊCH", "Hộ  tịch", "Đất đai", "Nuôi con nuôi", "Chứng thực")
procedures = st.builds(
    a_procedure,
    st.sampled_from(("Đăng ký khai sinh", "Cấp hộ chiếu", "Đăng ký kết hôn")),
    code=st.integers(1, 60).map(lambda number: f"1.{number:06}"),
    field=st.sampled_from(FIELDS),
    levels=st.lists(st.sampled_from(Level), unique=True).map(tuple),
    methods=st.sampled_from(((), AT_COUNTER, (a_method(FilingChannel.ONLINE), *AT_COUNTER))),
    online_level=st.none() | st.sampled_from(OnlineLevel),
    online_levels=st.sampled_from(((), (), (FULL,), (PARTIAL,), (FULL, PARTIAL))),
    popularity=st.integers(0, 5),
    suspect=st.sampled_from(("", "", "văn bản của thủ tục khác")),
    changed_to=st.sampled_from(((), (), ("1.000001",), ("9.999999",))),
)
shelves = st.lists(procedures, max_size=40, unique_by=lambda one: one.code)


def the_group(**changes: object) -> Stated:
    (one,) = OnlineServices.of([a_procedure(**changes)]).all
    return one.stated


@given(shelves)
def test_the_groups_and_the_fields_add_up_and_nothing_counts_twice(
    shelf: list[Procedure],
) -> None:
    services = OnlineServices.of(shelf)
    codes = [one.code for one in services.all]
    assert len(codes) == len(set(codes))
    whole = Counts.of(services.all)
    assert whole.total == len(codes)
    of_fields = [counts for _, counts in services.by_field()]
    for group in Stated:
        assert sum(counts.groups[group] for counts in of_fields) == whole.groups[group]
        assert len(services.select(Wanted(stated=frozenset({group})))) == whole.groups[group]
    assert len(services.select(Wanted(stated=ONLINE))) == whole.online


@given(shelves)
def test_toan_trinh_is_said_only_where_a_record_states_it_alone(shelf: list[Procedure]) -> None:
    known = {one.code: one for one in shelf}
    for one in OnlineServices.of(shelf).select(Wanted(stated=frozenset({Stated.FULL}))):
        record = known[one.code]
        if record.online_levels:
            assert {said.level for said in record.online_levels} == {OnlineLevel.FULL}
        else:
            assert record.online_level is OnlineLevel.FULL
        assert not record.suspect


@given(shelves)
def test_what_is_left_out_is_no_record_to_trust_or_has_a_successor_here(
    shelf: list[Procedure],
) -> None:
    told = {one.code for one in OnlineServices.of(shelf).all}
    sound = {one.code for one in shelf if not one.suspect}
    for one in shelf:
        if one.code not in told:
            assert one.suspect or sound & set(one.changed_to)


@pytest.mark.parametrize(
    ("changes", "group"),
    [
        ({"online_level": OnlineLevel.FULL}, Stated.FULL),
        ({"online_level": OnlineLevel.FULL, "methods": AT_COUNTER}, Stated.FULL),
        ({"online_levels": (PARTIAL,)}, Stated.PARTIAL),
        ({"online_levels": (FULL, PARTIAL)}, Stated.DIFFERS),
        ({}, Stated.UNSTATED),
        ({"methods": AT_COUNTER}, Stated.NOT_NAMED),
        ({"methods": ()}, Stated.UNKNOWN),
    ],
)
def test_each_way_of_stating_it_has_its_group(changes: dict[str, object], group: Stated) -> None:
    assert the_group(**changes) is group


def test_who_states_a_level_is_kept_with_whether_it_is_one_province() -> None:
    (one,) = OnlineServices.of([a_procedure(online_levels=(FULL,))]).all
    assert one.statements == (FULL,)
    (other,) = OnlineServices.of(
        [a_procedure(online_level=OnlineLevel.PARTIAL, online_level_source="Sổ tay")]
    ).all
    assert other.statements == (OnlineStatement(OnlineLevel.PARTIAL, "Sổ tay"),)


def test_a_record_does_not_count_before_and_after_the_days_on_which_it_holds() -> None:
    dated = a_procedure(valid_from="2026-01-01", valid_to="2026-11-22")
    services = OnlineServices.of([dated, a_procedure(code="1.000001")])
    told = {day: len(services.told(day).all) for day in ("2025-12-31", "2026-11-22", "2026-11-23")}
    assert told == {"2025-12-31": 1, "2026-11-22": 2, "2026-11-23": 1}


def test_of_what_waits_to_be_confirmed_nothing_is_told() -> None:
    services = OnlineServices.of([a_procedure(online_level=OnlineLevel.FULL)])
    (one,) = services.told("2026-11-22", frozenset({"1.004222"})).all
    assert (one.stated, one.statements, one.online) == (Stated.UNKNOWN, (), None)
    assert services.all[0].stated is Stated.FULL


def test_a_search_needs_every_word_and_no_accents() -> None:
    services = shipped_library().online_services()
    found = services.select(Wanted("Khai sinh"))
    assert "1.001193" in {one.code for one in found}
    assert found == services.select(Wanted(strip_accents("Khai sinh")))
    assert services.select(Wanted("khai sinh tàu bay")) == ()
    assert [one.code for one in services.select(Wanted("1.001193"))] == ["1.001193"]


def test_the_library_gathers_its_services_once() -> None:
    library = Library.of([a_procedure()])
    assert library.online_services() is library.online_services()
    assert library.online_services().told("2026-11-22") is library.online_services()


def test_the_digest_changes_with_the_facts() -> None:
    before = OnlineServices.of([a_procedure()])
    assert before.digest == OnlineServices.of([a_procedure()]).digest
    changed = OnlineServices.of([replace(a_procedure(), url="https://dichvucong.gov.vn/1")])
    assert before.digest != changed.digest


def test_the_shipped_records_have_services_of_every_day_with_their_source() -> None:
    services = shipped_library().online_services()
    assert len(services.all) > 150
    assert all(one.origin and one.as_of for one in services.all)
    assert origins_of(services.all)[0][0] == "Cổng Dịch vụ công quốc gia"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hộ chiếu", "Hộ chiếu"),
        ("ket hon", "kết hôn"),
        ("khai sinh", "Đăng ký khai sinh"),
        ("thuong tru", "thường trú"),
    ],
)
def test_what_is_named_as_typed_stands_before_what_only_has_the_words(
    typed: str, first: str
) -> None:
    services = shipped_library().online_services()
    found = services.select(Wanted(typed))

    assert first in found[0].title
    assert {one.code for one in found} == {
        one.code
        for one in services.all
        if all(f" {word}" in one.words for word in strip_accents(typed).lower().split())
    }
