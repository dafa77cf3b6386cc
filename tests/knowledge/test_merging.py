"""Our entries enrich imported records: newer facts, our wording, disagreements told."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.merging import is_newer, merge, merge_all
from knowledge.procedure import (
    FeeStatus,
    FilingChannel,
    Level,
    OnlineLevel,
    Procedure,
    Step,
)
from tests.support.builders import a_fee, a_method, a_procedure, a_source, a_time

OURS = a_procedure(
    ours=True,
    label="Đăng ký thường trú",
    aliases=("nhập hộ khẩu",),
    popularity=5,
    steps=("Chuẩn bị giấy tờ của bạn.",),
)
OFFICIAL = a_procedure(steps=("Cá nhân, tổ chức chuẩn bị hồ sơ.",))
LATER = a_source(as_of="2026-11")


def test_our_wording_aliases_and_popularity_stay() -> None:
    merged, told = merge(OURS, OFFICIAL)
    assert merged == OURS
    assert told == ()


def test_a_fee_of_newer_data_wins_and_is_told() -> None:
    newer = a_procedure(source=LATER, methods=(a_method(fee=a_fee(30_000)),))
    merged, (told,) = merge(OURS, newer)
    assert merged.methods == newer.methods
    assert merged.source == LATER
    assert merged.aliases == ("nhập hộ khẩu",)
    assert told.taken == "imported"
    assert "30.000 đồng" in told.message()


def test_the_days_of_validity_come_from_the_newer_data_and_are_told() -> None:
    ours = replace(OURS, valid_from="2026-01-01", valid_to="2026-12-31")
    newer, older = (
        a_procedure(source=a_source(as_of=as_of), valid_to="2027-06-30")
        for as_of in ("2026-11", "2025")
    )

    assert merge(ours, newer)[0].valid_to == "2027-06-30"
    assert merge(ours, newer)[0].valid_from == "2026-01-01"
    assert merge(ours, older)[0].valid_to == "2026-12-31"
    assert merge(OURS, older)[0].valid_to == "2027-06-30"
    assert "hiệu lực đến" in merge(ours, newer)[1][0].message()


def test_a_fee_of_older_data_is_told_and_not_taken() -> None:
    older = a_procedure(source=a_source(as_of="2025"), methods=(a_method(fee=a_fee(5_000)),))
    merged, (told,) = merge(OURS, older)
    assert merged.methods == OURS.methods
    assert (told.taken, "5.000 đồng" in told.message()) == ("ours", True)


def test_a_fee_that_changed_in_data_of_the_same_date_wins_and_is_told() -> None:
    changed = a_procedure(methods=(a_method(fee=a_fee(25_000)),), steps=("Nộp hồ sơ.",))
    assert changed.source.as_of == OURS.source.as_of
    merged, (told,) = merge(OURS, changed)
    assert merged.methods == changed.methods
    assert merged.steps == OURS.steps
    assert told.taken == "imported"


def test_a_new_decision_in_data_of_the_same_date_wins() -> None:
    merged, (told,) = merge(OURS, a_procedure(source=a_source(decision="99/QĐ-BCA")))
    assert merged.source.decision == "99/QĐ-BCA"
    assert (told.what, told.taken) == ("quyết định", "imported")


def test_a_newer_record_with_the_same_facts_only_brings_its_date() -> None:
    merged, told = merge(OURS, a_procedure(source=LATER, steps=("Nộp hồ sơ.",)))
    assert told == ()
    assert merged.source.as_of == "2026-11"
    assert merged.steps == OURS.steps
    assert merged.ours


def test_a_new_decision_replaces_what_we_wrote_about_the_old_one() -> None:
    decided = a_procedure(
        source=a_source(decision="99/QĐ-BCA", as_of="2026-11"), steps=("Bước mới.",)
    )
    merged, (told,) = merge(OURS, decided)
    assert merged.steps == (Step("Bước mới."),)
    assert not merged.ours
    assert merged.label == "Đăng ký thường trú"
    assert told.what == "quyết định"


def test_sums_that_we_took_from_the_official_text_are_no_disagreement() -> None:
    text = "Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần."
    official = a_procedure(methods=(a_method(fee=a_fee(status=FeeStatus.SEE_TEXT, text=text)),))
    written = a_fee(135_000).amounts
    ours = a_procedure(
        ours=True, methods=(a_method(fee=a_fee(status=FeeStatus.SEE_TEXT, amounts=written)),)
    )
    assert merge(ours, official) == (ours, ())
    wrong = a_fee(status=FeeStatus.SEE_TEXT, amounts=a_fee(155_000).amounts)
    assert merge(a_procedure(ours=True, methods=(a_method(fee=wrong),)), official)[1]


def test_a_time_with_another_unit_is_a_disagreement() -> None:
    official = a_procedure(
        methods=(
            a_method(FilingChannel.ONLINE, time=a_time("7", None)),
            a_method(FilingChannel.COUNTER, fee=a_fee(20_000)),
        )
    )
    assert [told.what for told in merge(OURS, official)[1]] == ["cách nộp, thời hạn, phí"]


def test_a_suspect_record_never_touches_our_entry() -> None:
    suspect = a_procedure(
        "Công bố danh mục", source=LATER, suspect="Tên là tên một quyết định.", methods=()
    )
    merged, (told,) = merge(OURS, suspect)
    assert merged == OURS
    assert "tên một quyết định" in told.message()


def test_what_we_do_not_state_comes_from_the_record() -> None:
    official = a_procedure(
        url="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1",
        online_level=OnlineLevel.FULL,
        online_level_source="1523/QĐ-BCA-C06",
        former_codes=("2.000488",),
        changed_to=("1.116410",),
    )
    merged, told = merge(OURS, official)
    assert told == ()
    assert merged.url == official.url
    assert merged.online_level is OnlineLevel.FULL
    assert (merged.former_codes, merged.changed_to) == (("2.000488",), ("1.116410",))


def test_all_procedures_come_once_in_the_order_of_their_codes() -> None:
    ours = [a_procedure(code="1.000003", ours=True), a_procedure(code="1.000001", ours=True)]
    imported = [a_procedure(code="1.000002"), a_procedure(code="1.000001")]
    merged = merge_all(ours, imported)
    assert [procedure.code for procedure in merged.procedures] == [
        "1.000001",
        "1.000002",
        "1.000003",
    ]
    assert [procedure.ours for procedure in merged.procedures] == [True, False, True]


def test_dates_compare_as_far_as_they_are_known() -> None:
    assert is_newer("2026-08", "2026-07-15")
    assert not is_newer("2026-07", "2026-07-15")
    assert not is_newer("", "2025")
    assert not is_newer("", "")


SOURCES = st.builds(
    a_source,
    as_of=st.sampled_from(["", "2025", "2026-07", "2026-07-15", "2026-11"]),
    decision=st.sampled_from(["", "1523/QĐ-BCA-C06", "99/QĐ-BCA"]),
)
PROCEDURES = st.builds(
    a_procedure,
    source=SOURCES,
    levels=st.sampled_from([(), (Level.COMMUNE,), (Level.PROVINCE,)]),
    methods=st.lists(
        st.builds(
            a_method, st.sampled_from(FilingChannel), fee=st.builds(a_fee, st.integers(1, 3))
        ),
        max_size=2,
    ).map(tuple),
    online_level=st.sampled_from([None, *OnlineLevel]),
    suspect=st.sampled_from(["", "Nội dung của thủ tục khác."]),
)


@settings(max_examples=200)
@given(PROCEDURES, PROCEDURES)
def test_merging_again_changes_nothing(ours: Procedure, imported: Procedure) -> None:
    once = merge(ours, imported)[0]
    assert merge(once, imported)[0] == once
