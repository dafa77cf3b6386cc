"""The file that describes another system is checked whole, and says where it is wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dossier_sources.rest_file import (
    FIELDS,
    RestFile,
    SecretFile,
    SourceFileInvalid,
    read_rest_file,
)
from bot.dossiers.status import State

SAMPLE = Path(__file__).parents[3] / "docs" / "dossier-source.sample.yaml"

WHOLE: dict[str, Any] = {
    "url": "https://motcua.example.gov.vn/ho-so/{code}",
    "records": [{"found": "data", "fields": {"MaHoSo": "ma", "TrangThaiHoSo": "tt"}}],
}


def written(folder: Path, data: object) -> Path:
    file = folder / "ho-so.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return file


def faults_of(folder: Path, **changes: Any) -> Sequence[str]:
    with pytest.raises(SourceFileInvalid) as invalid:
        read_rest_file(written(folder, WHOLE | changes))
    assert invalid.value.faults
    return invalid.value.faults


def test_the_sample_is_whole_and_maps_every_state() -> None:
    plan = read_rest_file(SAMPLE)
    assert set(plan.states.values()) == set(State)
    assert len(plan.records) == 2
    assert isinstance(plan.headers["X-Api-Key"], SecretFile)


def test_the_least_that_is_needed_is_enough(tmp_path: Path) -> None:
    assert read_rest_file(written(tmp_path, WHOLE)).method == "GET"


def test_all_faults_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        url="http://motcua.example.gov.vn/{code}",
        methd="GET",
        records=[{"found": "data[", "fields": {"MaHoSo": "ma", "TrangThaiHoSo": 7}}],
        states={"Xong": 11},
        dates=["%d/%m"],
        not_found_statuses=[200],
    )
    places = [fault.split(": ")[0] for fault in faults]
    assert places == [
        "ho-so.yaml, url",
        "ho-so.yaml, not_found_statuses.1",
        "ho-so.yaml, records.1.found",
        "ho-so.yaml, records.1.fields.TrangThaiHoSo",
        "ho-so.yaml, states.xong",
        "ho-so.yaml, dates.1",
        "ho-so.yaml, methd",
    ]
    assert "từ 1 đến 10" in faults[4]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://motcua.example.gov.vn/{code}", "https"),
        ("ftp://motcua.example.gov.vn/{code}", "địa chỉ đầy đủ"),
        ("motcua.example.gov.vn/{code}", "địa chỉ đầy đủ"),
        ("https://lan:matkhau@motcua.example.gov.vn/{code}", "tài khoản"),
        ("https://{code}.example.gov.vn/", "đường dẫn"),
        ("https://motcua.example.gov.vn/{code}?api_key=bimat", "bí mật"),
        ("https://motcua.example.gov.vn/{ma}", "{ma}"),
        ("https://motcua.example.gov.vn:cong/{code}", "địa chỉ web"),
        ("https://motcua.example.gov.vn/ho-so", "chỗ đặt mã hồ sơ"),
        ("https://localhost.example.vn@motcua.example.vn/{code}", "tài khoản"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(tmp_path: Path, url: str, why: str) -> None:
    (fault,) = faults_of(tmp_path, url=url)
    assert why in fault
    assert "matkhau" not in fault
    assert "bimat" not in fault


@pytest.mark.parametrize("host", ["localhost:9100", "127.0.0.1:9100", "[::1]:9100"])
def test_this_machine_may_be_asked_without_https(tmp_path: Path, host: str) -> None:
    plan = WHOLE | {"url": f"http://{host}/{{code}}"}
    assert read_rest_file(written(tmp_path, plan)).url.startswith("http://")


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"X-Api-Key": "bi-mat-lam"}},
        {"headers": {"Authorization": "Bearer bi-mat-lam"}},
        {"method": "POST", "body": {"ma": "{code}", "matKhau": "bi-mat-lam"}},
        {"method": "POST", "body": {"ma": "{code}", "in": [{"token": "bi-mat-lam"}]}},
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_told(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    (fault,) = faults_of(tmp_path, **changes)
    assert "tệp riêng" in fault
    assert "bi-mat-lam" not in fault


@pytest.mark.parametrize(
    ("name", "value"), [("Host", "khac.vn"), ("X Y", "1"), ("X-Don-Vi", "một\r\nhai")]
)
def test_a_header_that_breaks_http_is_refused(tmp_path: Path, name: str, value: str) -> None:
    assert "headers." in faults_of(tmp_path, headers={name: value})[0]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"TrangThaiHoSo": "tt"}, "MaHoSo"),
        ({"MaHoSo": "ma"}, "TrangThaiHoSo"),
        ({"MaHoSo": "ma", "TrangThaiHoSo": "tt", "MauSac": "x"}, "MauSac"),
        ({"MaHoSo": "khong_co(ma)", "TrangThaiHoSo": "tt"}, "khong_co"),
        ({"MaHoSo": "ma", "TrangThaiHoSo": "a.b[?c > khong_co(d)]"}, "khong_co"),
    ],
)
def test_fields_that_are_missing_or_unknown_are_told(
    tmp_path: Path, fields: dict[str, str], why: str
) -> None:
    assert why in faults_of(tmp_path, records=[{"found": "data", "fields": fields}])[0]


def test_words_that_yaml_takes_for_something_else_are_told(tmp_path: Path) -> None:
    assert "ngoặc kép" in faults_of(tmp_path, states={True: 9})[0]
    assert read_rest_file(written(tmp_path, WHOLE | {"states": {7: 9}})).states == {"7": State.DONE}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"url: [", b"", b"- 1", b"42"])
def test_a_file_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "ho-so.yaml"
    file.write_bytes(content)
    with pytest.raises(SourceFileInvalid, match=r"ho-so\.yaml"):
        read_rest_file(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFileInvalid, match="quyền đọc"):
        read_rest_file(tmp_path / "khong-co.yaml")


def test_every_field_that_can_be_mapped_is_one_that_is_read() -> None:
    source = (SAMPLE.parents[1] / "bot" / "dossier_sources" / "national.py").read_text("utf-8")
    assert FIELDS
    assert [name for name in FIELDS if f'"{name}"' not in source] == []


def test_the_documentation_names_every_key_and_every_field() -> None:
    page = (SAMPLE.parent / "dossier-sources.md").read_text("utf-8")
    names = [*RestFile.model_fields, *FIELDS]
    assert [name for name in names if name not in page] == []
