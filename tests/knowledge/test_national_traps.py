"""The ten traps of the national data, each with what the import makes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from knowledge.code_changes import load_code_changes, with_code_changes
from knowledge.content import SHIPPED
from knowledge.national import Record, read_record
from knowledge.procedure import (
    Amount,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    Level,
    Procedure,
    TimeLimit,
    TimeUnit,
)
from tests.knowledge.records import read_records
from tests.support.builders import a_procedure
from tests.support.exports import an_exported_method, an_exported_paper, an_exported_record

SEVEN_COPIES = ["2.001428", "3.000226", "3.000243", "3.000244", "3.000246", "3.000283", "3.000331"]
THREE_COPIES = ["3.000284", "3.000285", "3.000286"]


def read(**changes: Any) -> Procedure:
    return read_record(an_exported_record(**changes)).procedure


def method_of(**changes: Any) -> FilingMethod:
    return read(methods=[an_exported_method(**changes)]).methods[0]


@pytest.fixture(scope="module")
def national(national_data: Path) -> Mapping[str, Record]:
    records = read_records(national_data).procedures
    return {code: read_record(record) for code, record in records.items()}


def test_trap_1_mien_phi_with_a_fee_in_the_bracket_is_not_free() -> None:
    fee = method_of(
        fee_status="see_text",
        fees=[{"amount": "Miễn phí", "text": "Lệ phí: 135.000 đồng/lần."}],
    ).fee
    assert fee.status is FeeStatus.SEE_TEXT
    assert fee.text == "Lệ phí: 135.000 đồng/lần."
    assert fee.amounts == ()


def test_trap_1_only_the_status_free_is_free() -> None:
    fees = [{"amount": "Miễn phí", "text": "Không quy định."}]
    assert method_of(fee_status="free", fees=fees).fee.status is FeeStatus.FREE
    assert method_of(fee_status="", fees=[]).fee.status is FeeStatus.NOT_PUBLISHED


def test_trap_1_holds_for_the_known_records(national: Mapping[str, Record]) -> None:
    for code in ("3.000346", "1.012575", "1.013225"):
        statuses = {method.fee.status for method in national[code].procedure.methods}
        assert statuses
        assert FeeStatus.FREE not in statuses


def test_trap_2_a_time_without_unit_gets_none() -> None:
    record = read_record(an_exported_record(methods=[an_exported_method(time="1")]))
    assert record.procedure.methods[0].time == TimeLimit("1", None)
    assert any("không có đơn vị" in doubt for doubt in record.doubts)


def test_trap_2_birth_registration_keeps_its_time_without_unit(
    national: Mapping[str, Record],
) -> None:
    methods = national["1.001193"].procedure.methods
    assert methods
    assert {method.time.unit for method in methods if method.time} == {None}


@pytest.mark.parametrize(
    ("published", "limit"),
    [
        ("07 Ngày làm việc", TimeLimit("7", TimeUnit.WORKING_DAY)),
        ("24 Giờ", TimeLimit("24", TimeUnit.HOUR)),
        ("0.5 Ngày làm việc", TimeLimit("0,5", TimeUnit.WORKING_DAY)),
        ("15-30", TimeLimit("15-30", None)),
        ("Không quy định", TimeLimit("", None, "Không quy định")),
        ("", None),
    ],
)
def test_trap_2_a_time_limit_says_what_was_published(
    published: str, limit: TimeLimit | None
) -> None:
    assert method_of(time=published).time == limit


def test_trap_3_a_sum_off_by_a_thousand_never_becomes_an_amount() -> None:
    fee = method_of(
        fees=[{"amount": "40 đồng", "text": "40.000đ/giấy thông hành"}], fee_suspicious=True
    ).fee
    assert fee.amounts == ()
    assert (fee.status, fee.text) == (FeeStatus.SEE_TEXT, "40.000đ/giấy thông hành")


def test_trap_3_a_sum_below_any_fee_is_doubted_even_without_the_flag() -> None:
    fee = method_of(fees=[{"amount": "135 đồng", "text": ""}], fee_suspicious=False).fee
    assert fee.amounts == ()
    assert fee.status is FeeStatus.NOT_PUBLISHED


def test_trap_3_no_amount_of_the_national_data_is_below_a_thousand_dong(
    national: Mapping[str, Record],
) -> None:
    sums = [
        amount
        for record in national.values()
        for method in record.procedure.methods
        for amount in method.fee.amounts
        if amount.currency == "VND"
    ]
    assert len(sums) > 1_000
    assert min(amount.value for amount in sums) >= 1_000


def test_trap_4_each_filing_method_keeps_its_own_fee_and_time() -> None:
    online = an_exported_method("Trực tuyến", time="3 Ngày")
    counter = an_exported_method(fees=[{"amount": "20.000 đồng", "text": ""}])
    methods = read(methods=[online, counter]).methods
    assert [method.channel for method in methods] == [FilingChannel.ONLINE, FilingChannel.COUNTER]
    assert [method.fee.amounts for method in methods] == [(Amount(10_000),), (Amount(20_000),)]
    assert [method.time for method in methods] == [
        TimeLimit("3", TimeUnit.DAY),
        TimeLimit("7", TimeUnit.WORKING_DAY),
    ]


def test_trap_5_quantities_of_zero_mark_a_note() -> None:
    note = an_exported_paper("* Lưu ý: không cần công chứng.", original=0, copy=0)
    documents = [{"case": "Người dưới 14 tuổi:", "items": [note, an_exported_paper("Tờ khai")]}]
    circumstance = read(documents=documents).circumstances[0]
    assert circumstance.title == "Người dưới 14 tuổi"
    assert [paper.name for paper in circumstance.papers] == ["Tờ khai"]
    assert circumstance.notes == ("Lưu ý: không cần công chứng.",)


def test_trap_5_a_case_that_stands_twice_becomes_one_circumstance() -> None:
    case = "Nhà của mình"
    documents = [
        {"case": case, "items": [an_exported_paper("Tờ khai")]},
        {"case": case, "items": [an_exported_paper("Giấy tờ về chỗ ở")]},
    ]
    circumstances = read(documents=documents).circumstances
    assert [len(circumstance.papers) for circumstance in circumstances] == [2]


def test_trap_5_the_file_of_a_form_is_cut_off_the_name() -> None:
    item = an_exported_paper(
        "Phiếu đề nghị giải quyết thủ tục về căn cước (Mẫu DC02 ban hành kèm theo Thông tư số "
        "17/2024/TT-BCA của Bộ Công an)Mẫu DC02 Phiếu đề nghị giải quyết thủ tục về căn",
        form="cước.doc",
    )
    procedure = read(documents=[{"case": "", "items": [item]}])
    paper = procedure.circumstances[0].papers[0]
    assert paper.name.endswith("của Bộ Công an)")
    assert paper.form == "DC02"
    assert [form.number for form in procedure.forms] == ["DC02"]


def test_trap_5_a_year_glued_to_a_quantity_goes_back_to_the_name() -> None:
    item = an_exported_paper("Tờ khai theo Nghị định 58/2026/NĐ-CP ngày 13/02/", original=20261)
    record = read_record(an_exported_record(documents=[{"case": "", "items": [item]}]))
    paper = record.procedure.circumstances[0].papers[0]
    assert (paper.name[-10:], paper.original) == ("13/02/2026", 1)
    assert any("20261" in doubt for doubt in record.doubts)


def test_trap_6_damaged_prose_is_doubted(national: Mapping[str, Record]) -> None:
    assert any("sao chép" in doubt for doubt in national["1.001193"].doubts)


def test_trap_6_the_abolished_district_level_is_doubted(
    national: Mapping[str, Record],
) -> None:
    outdated = [
        code
        for code, record in national.items()
        if any("cấp huyện" in doubt for doubt in record.doubts)
    ]
    assert 80 <= len(outdated) <= 100


def test_trap_7_old_codes_lead_to_the_new_ones_and_back() -> None:
    changes = load_code_changes(SHIPPED)
    card = a_procedure("Cấp lại thẻ căn cước", code="1.014064")
    record = a_procedure("Cấp Phiếu lý lịch tư pháp", code="3.000333")
    changed = {found.code: found for found in with_code_changes([card, record], changes)}
    assert changed["1.014064"].changed_to == ("1.116410",)
    assert changed["3.000333"].former_codes == ("2.000488",)


def test_trap_7_the_date_of_the_data_is_read_from_its_source() -> None:
    assert read().source.as_of == "2026-07"
    late = an_exported_record(source="parsed (late 2025)")
    assert read_record(late).procedure.source.as_of == "2025"
    undated = read_record(an_exported_record(source="tỉnh"), as_of="2026-11")
    assert undated.procedure.source.as_of == "2026-11"


def test_trap_8_only_https_pages_of_the_government_are_kept() -> None:
    page = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7"
    assert read(url=page).url == page
    for foreign in (
        "http://dichvucong.gov.vn/x",
        "https://dichvucong.gov.vn.example.com/x",
        "https://xgov.vn/x",
        "javascript:alert(1)",
        "https://[",
    ):
        assert read(url=foreign).url == ""


def test_trap_9_the_ten_records_with_another_text_are_suspects(
    national: Mapping[str, Record],
) -> None:
    for code in SEVEN_COPIES + THREE_COPIES:
        assert national[code].procedure.suspect, code


def test_trap_9_an_ordinary_record_is_no_suspect(national: Mapping[str, Record]) -> None:
    suspects = [code for code, record in national.items() if record.procedure.suspect]
    assert 10 <= len(suspects) <= 17
    for code in ("2.002750", "1.004222", "1.001193"):
        assert code not in suspects


def test_trap_10_level_twins_stay_apart(national: Mapping[str, Record]) -> None:
    levels = {
        code: national[code].procedure.levels for code in ("1.014064", "2.001194", "1.000757")
    }
    assert levels == {
        "1.014064": (Level.COMMUNE,),
        "2.001194": (Level.PROVINCE,),
        "1.000757": (Level.MINISTRY,),
    }


def test_legal_numbers_that_the_export_damaged_are_repaired_or_left_out() -> None:
    record = {
        "legal_refs": ["202323/2023/QH15", "60/2023/TT-BT", "12/2020/TT-BG"],
        "legal_raw": "Luật số 23/2023/QH15Thông tư 60/2023/TT-BTCNghị định",
    }
    assert read(**record).legal_basis == ("23/2023/QH15", "60/2023/TT-BTC")


def test_a_decision_is_named_by_its_number_alone() -> None:
    assert read(decision="Quyết định số 6375 /QĐ-BQP").source.decision == "6375/QĐ-BQP"


def test_steps_are_cut_where_the_prose_numbers_them() -> None:
    steps = read(
        steps="Bước 1: Nộp hồ sơ. Bước 2: Quay lại Bước 1 nếu thiếu.\n- Bước 3. Nhận."
    ).steps
    assert [step.text for step in steps] == ["Nộp hồ sơ.", "Quay lại Bước 1 nếu thiếu.", "Nhận."]


def test_the_supplement_with_one_fee_text_a_method_imports_too(
    national: Mapping[str, Record],
) -> None:
    pension = national["1.014027"].procedure
    assert {method.fee.status for method in pension.methods} == {FeeStatus.FREE}
    assert pension.circumstances[0].papers[0].form == "Mẫu số 01"
    assert pension.source.as_of == "2026"


def test_steps_without_numbers_are_lines_under_their_heading() -> None:
    steps = read(steps="a) Nộp hồ sơ:\n- Người dân nộp tại xã.\n2. Xã trả kết quả.").steps
    assert [step.text for step in steps] == [
        "a) Nộp hồ sơ:\nNgười dân nộp tại xã.",
        "Xã trả kết quả.",
    ]


def test_no_condition_is_no_condition_called_khong() -> None:
    assert read(requirements="Không.").conditions == ()
    assert read(requirements="- Từ đủ 18 tuổi.\n- Không").conditions == ("Từ đủ 18 tuổi.",)


def test_papers_to_fill_in_come_first() -> None:
    items = [an_exported_paper("Giấy chứng sinh"), an_exported_paper("Tờ khai (Mẫu CT01)")]
    papers = read(documents=[{"case": "", "items": items}]).circumstances[0].papers
    assert [paper.form for paper in papers] == ["CT01", ""]


def test_a_unit_left_over_before_a_note_is_not_said_twice() -> None:
    cell = {"amount": "20.000.000 đồng", "text": "đồng Miễn phí kể từ ngày 07/4/2026"}
    fee = method_of(fees=[cell], fee_status="amount").fee
    assert fee.amounts == (Amount(20_000_000),)
    assert fee.text == "Miễn phí kể từ ngày 07/4/2026"
