"""An export is imported line by line; what is damaged is told and skipped."""

import gzip
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codec import canonical, encode
from knowledge.errors import ExportUnreadable, RecordDamaged
from knowledge.importer import (
    LONGEST_LINE_BYTES,
    DamagedLine,
    Doubt,
    differences,
    import_export,
    import_texts,
    read_export,
)
from knowledge.national import read_record
from knowledge.procedure import Procedure
from tests.support.builders import a_procedure
from tests.support.exports import an_export, an_exported_method, an_exported_record

BIRTH = an_exported_record(code="1.001193", name="Đăng ký khai sinh")
DEATH = an_exported_record(code="1.000656", name="Đăng ký khai tử")


def names(items: list[Procedure | DamagedLine]) -> list[str]:
    return [item.name if isinstance(item, Procedure) else f"hỏng {item.number}" for item in items]


@pytest.mark.parametrize("name", ["export.jsonl", "export.jsonl.gz", "export.gz.txt"])
def test_plain_and_packed_exports_are_told_by_their_content(tmp_path: Path, name: str) -> None:
    path = an_export(tmp_path, BIRTH, DEATH, name=name)
    assert names(list(read_export(path))) == ["Đăng ký khai sinh", "Đăng ký khai tử"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "không phải JSON"),
        ("[1, 2]", "phải là đối tượng JSON"),
        ("null", "phải là đối tượng JSON"),
        ('"chữ"', "phải là đối tượng JSON"),
        ("[" * 100_000, "không phải JSON"),
        (b"\xff\xfe\x00", "không phải văn bản UTF-8"),
        (an_exported_record(code="abc"), "phải có dạng 1.004222"),
        (an_exported_record(code=1.004222), "'code' phải là chữ"),
        (an_exported_record(name=" "), "thiếu 'name'"),
        (an_exported_record(name=["Đăng ký"]), "'name' phải là chữ"),
        (an_exported_record(methods={}), "'methods' phải là danh sách"),
        (an_exported_record(methods=["Trực tiếp"]), "'methods' phải là đối tượng"),
        (an_exported_record(methods=[an_exported_method("Fax")]), "hình thức nộp 'Fax'"),
        (an_exported_record(methods=[an_exported_method(fee_status="?")]), "'fee_status' '?'"),
        (an_exported_record(methods=[an_exported_method(fee_suspicious=1)]), "true hoặc false"),
        (an_exported_record(agency_level=["Cấp huyện"]), "không biết cấp 'Cấp huyện'"),
        (
            an_exported_record(documents=[{"items": [{"name": "Đơn", "original": -1}]}]),
            "số nguyên không âm",
        ),
        (an_exported_record(documents=[{"items": "Đơn"}]), "'items' phải là danh sách"),
        (an_exported_record(legal_refs=[1]), "'legal_refs' phải là chữ"),
        (an_exported_record(results=["Giấy"]), "'results' phải là đối tượng"),
    ],
)
def test_a_damaged_line_is_told_with_its_number_and_the_import_goes_on(
    tmp_path: Path, line: Any, reason: str
) -> None:
    items = list(read_export(an_export(tmp_path, BIRTH, line, DEATH)))
    assert names(items) == ["Đăng ký khai sinh", "hỏng 2", "Đăng ký khai tử"]
    assert isinstance(items[1], DamagedLine)
    assert reason in items[1].reason


def test_a_line_of_ten_megabytes_is_skipped_without_holding_it(tmp_path: Path) -> None:
    long = b'{"name": "' + b"a" * (5 * LONGEST_LINE_BYTES) + b'"}'
    items = list(read_export(an_export(tmp_path, BIRTH, long, DEATH)))
    assert names(items) == ["Đăng ký khai sinh", "hỏng 2", "Đăng ký khai tử"]


def test_the_second_record_of_a_code_is_told_and_skipped(tmp_path: Path) -> None:
    items = list(read_export(an_export(tmp_path, BIRTH, BIRTH | {"name": "Khác"})))
    assert names(items) == ["Đăng ký khai sinh", "hỏng 2"]


def test_empty_lines_count_but_are_no_damage(tmp_path: Path) -> None:
    items = list(read_export(an_export(tmp_path, BIRTH, "", "  ", "{", DEATH)))
    assert names(items) == ["Đăng ký khai sinh", "hỏng 4", "Đăng ký khai tử"]


def test_a_packed_export_that_was_cut_is_refused(tmp_path: Path) -> None:
    path = an_export(tmp_path, *([BIRTH] * 50), name="export.gz")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ExportUnreadable, match="bị cắt sau dòng"):
        list(read_export(path))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "xa.jsonl", tmp_path):
        with pytest.raises(ExportUnreadable, match="Kiểm tra đường dẫn"):
            list(read_export(path))


def test_a_file_that_is_no_export_is_refused_before_its_end(tmp_path: Path) -> None:
    path = an_export(tmp_path, *["dòng chữ"] * 5_000)
    with pytest.raises(ExportUnreadable, match="1000 dòng đầu đều hỏng"):
        list(read_export(path))


@pytest.mark.parametrize("lines", [(), ("{",)])
def test_an_export_without_a_record_changes_nothing(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(ExportUnreadable, match="không có thủ tục nào"):
        import_export(an_export(tmp_path, *lines), {"1.004222": a_procedure()})


def test_text_is_composed_and_rid_of_control_characters() -> None:
    name = unicodedata.normalize("NFD", "Đăng ký  khai\x00 sinh\u200b")
    assert read_record(an_exported_record(name=name)).procedure.name == "Đăng ký khai sinh"


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = an_export(tmp_path, *[an_exported_record(code=f"1.{n:06}") for n in range(300)])
    told: list[tuple[int, int]] = []
    count = len(list(read_export(path, on_progress=lambda done, total: told.append((done, total)))))
    size = path.stat().st_size
    assert count == 300
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_doubts_name_line_and_code(tmp_path: Path) -> None:
    doubts: list[Doubt] = []
    record = an_exported_record(methods=[an_exported_method(time="1")])
    list(read_export(an_export(tmp_path, BIRTH, record), on_doubt=doubts.append))
    assert [(doubt.line, doubt.code) for doubt in doubts] == [(2, "1.004222")]


def test_the_date_given_is_used_where_the_export_tells_none(tmp_path: Path) -> None:
    path = an_export(tmp_path, an_exported_record(source="tỉnh"), DEATH)
    dates = [
        item.source.as_of for item in read_export(path, "2026-11") if isinstance(item, Procedure)
    ]
    assert dates == ["2026-11", "2026-07"]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    path = an_export(tmp_path, BIRTH, "{", DEATH)
    stored, first = import_export(path, {})
    again, second = import_export(path, stored)
    assert (first.new, first.read, len(first.damaged)) == (["1.000656", "1.001193"], 2, 1)
    assert (second.new, second.changed, second.unchanged) == ([], [], 2)
    assert again == stored


def test_a_changed_record_is_counted_and_the_others_stay(tmp_path: Path) -> None:
    stored, _ = import_export(an_export(tmp_path, BIRTH, DEATH), {})
    changed = BIRTH | {"decision": "1/QĐ-BTP"}
    found, summary = import_export(an_export(tmp_path, changed, name="b.jsonl"), stored)
    assert (summary.new, summary.changed, summary.unchanged) == ([], ["1.001193"], 0)
    assert set(found) == {"1.001193", "1.000656"}


def test_what_was_exported_from_here_is_imported_as_it_was(tmp_path: Path) -> None:
    procedure = a_procedure(ours=True, aliases=("nhập hộ khẩu",), popularity=5)
    path = an_export(tmp_path, canonical(procedure), BIRTH)
    assert next(iter(read_export(path))) == procedure


@pytest.mark.parametrize(
    "damage",
    [
        {"code": "x"},
        {"name": ""},
        {"levels": ["huyện"]},
        {"methods": [{}]},
        {"source": {}},
        {"source": {"decision": "", "origin": "", "as_of": "2026-07-01-01"}},
        {"valid_to": "2027-02-29"},
        {
            "replaced_papers": [
                {"paper": "Thẻ căn cước", "database": "", "resolution": "", "valid_from": "2026"}
                | {"valid_to": ""}
            ]
        },
    ],
)
def test_a_damaged_record_of_our_own_is_told(tmp_path: Path, damage: dict[str, Any]) -> None:
    path = an_export(tmp_path, encode(a_procedure()) | damage, BIRTH)
    assert names(list(read_export(path))) == ["hỏng 1", "Đăng ký khai sinh"]


def test_a_record_of_our_own_that_is_nested_deeply_is_told(tmp_path: Path) -> None:
    nested = '{"source": {}, "steps": ' + "[" * 900 + "]" * 900 + "}"
    assert names(list(read_export(an_export(tmp_path, nested, BIRTH))))[0] == "hỏng 1"


def test_a_record_of_our_own_is_cleaned_like_any_other(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Đăng ký\x00 khai sinh")
    record = encode(a_procedure()) | {"name": name, "url": "https://example.com/"}
    (procedure,) = read_export(an_export(tmp_path, record))
    assert isinstance(procedure, Procedure)
    assert (procedure.name, procedure.url) == ("Đăng ký khai sinh", "")


def test_suspects_stand_in_the_summary(tmp_path: Path) -> None:
    copied = BIRTH | {"decision": "226/QĐ-UBND", "ministry": "Bộ Công an"}
    _, summary = import_export(an_export(tmp_path, copied, DEATH), {})
    assert summary.suspects == ["1.001193"]


def test_differences_name_what_is_new_changed_and_missing() -> None:
    old = [a_procedure(code="1.000001"), a_procedure(code="1.000002")]
    new = [a_procedure("Khác", code="1.000002"), a_procedure(code="1.000003")]
    found = differences(old, new)
    assert (found.new, found.changed) == (("1.000003",), ("1.000002",))
    assert (found.unchanged, found.missing) == ((), ("1.000001",))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(an_exported_record())), JSON, max_size=4))
def test_whatever_a_line_holds_it_is_read_or_told(damage: dict[str, Any]) -> None:
    line = json.loads(json.dumps(an_exported_record(**damage)))
    try:
        record = read_record(line)
    except RecordDamaged as error:
        assert str(error)  # noqa: PT017 - either outcome is right, a stack trace is not
    else:
        assert record.procedure.code


def test_the_whole_national_data_is_read(national_data: Path) -> None:
    items = list(read_export(national_data / "procedures_national.jsonl.gz"))
    damaged = [item for item in items if isinstance(item, DamagedLine)]
    assert len(items) == 2_642
    assert damaged == []


def test_a_packed_file_of_endless_empty_lines_is_refused_soon(tmp_path: Path) -> None:
    path = tmp_path / "trong.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"\n" * 100_002)
    with pytest.raises(ExportUnreadable, match="dòng trống"):
        list(read_export(path))


def test_a_folder_is_no_export_and_the_reason_is_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable, match="đây là thư mục, không phải tệp"):
        list(read_export(tmp_path))


def test_records_as_texts_are_those_that_an_import_of_records_makes(tmp_path: Path) -> None:
    before = an_export(
        tmp_path, an_exported_record(), an_exported_record(code="1.001193"), name="truoc.jsonl"
    )
    after = an_export(
        tmp_path,
        an_exported_record(),
        "{hỏng",
        an_exported_record(code="1.001193", decision="9/QĐ-BTP"),
        an_exported_record(code="2.000635"),
        name="sau.jsonl",
    )
    stored, _ = import_export(before, {})
    found, summary = import_export(after, stored)
    old = {code: canonical(one) for code, one in stored.items()}
    texts, same = import_texts(after, old)
    assert old | texts == {code: canonical(one) for code, one in found.items()}
    assert same == summary
    assert (same.new, same.changed, same.unchanged) == (["2.000635"], ["1.001193"], 1)
