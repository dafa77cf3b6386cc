"""Files of dossiers are read row by row, and what is wrong with a row is told with its place."""

import io
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.errors import CannotStart
from api.wiring.dossiers.files import FileRow, open_dossiers
from api.wiring.dossiers.samples_file import sample_csv, sample_workbook
from bot.dossier_sources.columns import COLUMNS, field_of
from bot.dossier_sources.national import read_national
from bot.dossiers.status import State
from knowledge.work_calendar import VIETNAM

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=VIETNAM)
CODE = "H17.15-261110-0012"


def rows_of(folder: Path, name: str, content: str | bytes) -> list[FileRow]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(open_dossiers(path).rows)


def excel(*rows: Sequence[Any], title: str = "Hồ sơ") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_a_table_is_read_with_any_delimiter(tmp_path: Path, delimiter: str, begin: str) -> None:
    lines = [["Mã hồ sơ", "TRẠNG THÁI", "Ghi chú"], [CODE, '"4"', "x"]]
    text = begin + "\r\n".join(delimiter.join(line) for line in lines)
    (row,) = rows_of(tmp_path, "ho-so.csv", text)
    assert dict(row.record) == {"MaHoSo": CODE, "TrangThaiHoSo": "4"}
    assert (row.number, row.fault) == (2, "")


def test_a_fault_is_told_with_the_cell_and_the_heading(tmp_path: Path) -> None:
    text = f"Mã hồ sơ;Ngày hẹn trả;Tình trạng\n\n{CODE};32/01/2026;4\n"
    (row,) = rows_of(tmp_path, "ho-so.csv", text)
    assert row.place("NgayHenTra") == "dòng 3, ô B3 (Ngày hẹn trả)"
    assert row.place("TrangThaiHoSo") == "dòng 3, ô C3 (Trạng thái)"
    assert row.place("ChuHoSo") == "dòng 3 (Chủ hồ sơ)"


def test_broken_rows_of_a_table_do_not_hide_the_others(tmp_path: Path) -> None:
    lines = [
        "Mã hồ sơ,Trạng thái",
        f"{CODE},4",
        f'"{CODE}"x,4',
        f"{CODE},4,thừa",
        f"{CODE},#N/A",
        f"{CODE}," + "1" * 200_000,
        f"{CODE},9",
        f'"{CODE},9',
    ]
    rows = rows_of(tmp_path, "ho-so.csv", "\n".join(lines))
    assert [(row.number, bool(row.fault)) for row in rows] == [
        (2, False),
        (3, True),
        (4, True),
        (5, True),
        (6, True),
        (7, False),
        (8, True),
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "", "thiếu cột 'Mã hồ sơ'"),
        ("a.csv", "Mã hồ sơ;Ngày hẹn trả\n", "thiếu cột 'Trạng thái'"),
        ("a.csv", "Mã hồ sơ;Trạng thái;Tình trạng\n", "cùng một nội dung"),
        ("a.csv", "Mã hồ sơ;Trạng thái\n".encode("utf-16"), "UTF-8"),
        ("a.csv", "Mã hồ sơ;Trạng thái\n".encode("cp1258", "ignore") + b"\xe3\xff", "UTF-8"),
        ("a.xlsx", b"PK khong phai", "Excel"),
        ("a.xls", b"", "Không nhận"),
        ("khong-duoi", b"", "Không nhận"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_before_anything_is_stored(
    tmp_path: Path, name: str, content: str | bytes, why: str
) -> None:
    with pytest.raises(CannotStart, match=why):
        rows_of(tmp_path, name, content)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(CannotStart):
        open_dossiers(tmp_path / "a.csv")
    with pytest.raises(FileNotFoundError):
        open_dossiers(tmp_path / "b.csv")


def test_excel_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 24, 17, 0)  # noqa: DTZ001 - as Excel has it
    content = excel(
        ["Mã hồ sơ", "Trạng thái", "Ngày hẹn trả", "4 số cuối điện thoại", None],
        [CODE, 4, moment, 678],
        [None, None, None, None],
        [CODE, "#N/A", moment, "0678"],
    )
    rows = rows_of(tmp_path, "ho-so.xlsx", content)
    assert [(row.number, bool(row.fault)) for row in rows] == [(2, False), (4, True)]
    update = read_national(rows[0].record, NOW)
    assert update.due_at == moment.replace(tzinfo=VIETNAM)
    assert list(update.factors.values()) == ["0678"]


def test_json_comes_as_lines_as_a_list_and_in_its_envelope(tmp_path: Path) -> None:
    record = {"MaHoSo": CODE, "TrangThai": 4}
    for name, content in (
        ("a.jsonl", json.dumps(record) + "\n\n"),
        ("a.json", json.dumps([record], indent=2)),
        ("a.json", json.dumps({"service": "DongBoHoSoMC", "Data": [record]})),
        ("a.json", json.dumps(record)),
    ):
        assert [dict(row.record) for row in rows_of(tmp_path, name, content)] == [record]


def test_a_broken_line_of_json_does_not_hide_the_others(tmp_path: Path) -> None:
    sound = json.dumps({"MaHoSo": CODE, "TrangThai": 4}).encode()
    deep = b"[" * 100_000
    long = b'{"a": "' + b"x" * 2_500_000 + b'"}'
    content = b"\n".join([sound, b"{", b"4", b"\xff", deep, long, sound])
    rows = rows_of(tmp_path, "a.jsonl", content)
    assert [row.number for row in rows if not row.fault] == [1, 7]
    assert [row.number for row in rows if row.fault] == [2, 3, 4, 5, 6]


def test_every_column_is_known_by_its_heading_and_its_field() -> None:
    assert len({one.field for one in COLUMNS}) == len(COLUMNS) > 15
    for column in COLUMNS:
        for heading in (column.heading, column.field, column.heading.upper(), *column.also):
            assert field_of(heading) == column.field


@pytest.mark.parametrize(("name", "make"), [("a.xlsx", sample_workbook), ("a.csv", sample_csv)])
def test_the_sample_can_be_imported_as_it_is(tmp_path: Path, name: str, make: Any) -> None:
    rows = rows_of(tmp_path, name, make())
    updates = [read_national(row.record, NOW) for row in rows]
    assert [one.state for one in updates] == [State.PROCESSING, State.SUPPLEMENT]
    assert all(one.factors and one.code.startswith("H00") for one in updates)
    assert updates[1].supplement
    assert len(updates[1].supplement.papers) == 2


def test_a_quotation_mark_that_is_never_closed_costs_one_row_and_no_other(tmp_path: Path) -> None:
    lines = [f"H17.15-261110-{number:04},4,Chờ ký" for number in range(2_000)]
    lines[499] = 'H17.15-261110-0499,4,"chưa đóng'
    lines[899] = 'H17.15-261110-0899,4,"đã đóng"'
    path = tmp_path / "ho-so.csv"
    path.write_text("\n".join(["Mã hồ sơ,Trạng thái,Nội dung xử lý", *lines]), "utf-8")
    rows = list(open_dossiers(path).rows)
    assert len(rows) == 2_000
    assert [row.number for row in rows if row.fault] == [501]
    assert rows[-1].record["MaHoSo"] == "H17.15-261110-1999"
