"""Content files: what is right is read, what is wrong is told with its line, all at once."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content import Reading, load_procedures, read_files, read_procedures
from knowledge.errors import ContentFaulty
from knowledge.procedure import (
    Amount,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    Level,
    OnlineLevel,
    Paper,
    ReplacedPaper,
    TimeLimit,
    TimeUnit,
)

GOOD = """\
code: "1.004222"
name: Đăng ký thường trú
label: Đăng ký thường trú
field: Đăng ký, quản lý cư trú
levels: [commune]
aliases: [nhập hộ khẩu, chuyển khẩu, vào sổ hộ khẩu, đăng ký hộ khẩu]
summary: Bạn làm thủ tục này khi chuyển đến ở ổn định lâu dài.
methods:
  - channel: online
    time: {amount: "7", unit: working_day}
    fee: {status: amount, amounts: [{vnd: 10000, for: mỗi lần đăng ký}]}
  - channel: counter
    time: ~
    fee: {status: see_text, text: Hội đồng nhân dân tỉnh quy định mức thu.}
papers:
  - case: ""
    items:
      - {name: Tờ khai thay đổi thông tin cư trú, form: CT01}
      - {name: Thẻ căn cước, original: 0, copies: 0}
replaced_papers:
  - {paper: Giấy khai sinh, database: CSDL hộ tịch, resolution: 66.7/2025/NQ-CP,
     from: "2026-01-01", to: "2027-02-28"}
steps: [Chuẩn bị giấy tờ., Nộp hồ sơ.]
online_level: full
online_level_source: Quyết định 2808/QĐ-UBND
url: https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7
popularity: 5
source: {decision: 1523/QĐ-BCA-C06, origin: Cổng Dịch vụ công quốc gia, as_of: "2026-07"}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "procedures" / "cu-tru").mkdir(parents=True)
    return tmp_path / "content"


def written(content: Path, text: str | bytes, name: str = "1.004222.yaml") -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    (content / "procedures" / "cu-tru" / name).write_bytes(data)
    return read_procedures(content)


def faults(reading: Reading) -> list[str]:
    return [str(fault) for fault in reading.faults]


def test_a_good_file_becomes_a_procedure_of_ours(content: Path) -> None:
    reading = written(content, GOOD)
    assert faults(reading) == []
    (procedure,) = reading.procedures
    assert (procedure.code, procedure.levels, procedure.ours) == (
        "1.004222",
        (Level.COMMUNE,),
        True,
    )
    online, counter = procedure.methods
    assert online.channel is FilingChannel.ONLINE
    assert online.time == TimeLimit("7", TimeUnit.WORKING_DAY)
    assert online.fee.amounts == (Amount(10_000, "mỗi lần đăng ký", Currency.VND),)
    assert counter.time is None
    assert counter.fee == Fee(FeeStatus.SEE_TEXT, text="Hội đồng nhân dân tỉnh quy định mức thu.")
    assert procedure.circumstances[0].papers[1] == Paper("Thẻ căn cước", original=0, copies=0)
    assert procedure.replaced_papers == (
        ReplacedPaper(
            "Giấy khai sinh", "CSDL hộ tịch", "66.7/2025/NQ-CP", "2026-01-01", "2027-02-28"
        ),
    )
    assert procedure.online_level is OnlineLevel.FULL
    assert [step.text for step in procedure.steps] == ["Chuẩn bị giấy tờ.", "Nộp hồ sơ."]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ("label:", "lable:", 3, "Có phải là 'label'?"),
        ("levels: [commune]", "levels: [huyện]", 5, "'levels' không nhận 'huyện'"),
        ("levels: [commune]", "levels: []", 5, "chưa có cấp nào"),
        ("levels: [commune]", "levels: commune", 5, "'levels' phải là danh sách"),
        ('code: "1.004222"', "code: 1.004222", 1, 'Hãy viết trong dấu nháy: "1.004222"'),
        ('code: "1.004222"', 'code: "1.004223"', 1, "khác tên tệp"),
        ('code: "1.004222"', 'code: "1004222"', 1, "không đúng dạng"),
        ("nhập hộ khẩu,", "", 6, "Mới có 3 tên gọi"),
        ("nhập hộ khẩu,", "nhập hộ khẩu, nhap ho khau,", 6, "chỉ khác nhau ở dấu"),
        ('amount: "7"', 'amount: "bảy"', 10, 'Không nhận "bảy"'),
        ('amount: "7"', "amount: 7", 10, "phải là chữ"),
        ("unit: working_day", "unit: tuần", 10, "working_day, day, hour, month"),
        ("status: amount,", "status: free,", 11, "'free' thì không có số tiền"),
        ("status: amount,", "status: miễn phí,", 11, "free, amount, see_text, not_published"),
        ("vnd: 10000", "vnd: 10.000", 11, "không dấu chấm"),
        ("vnd: 10000", 'vnd: "10000"', 11, "phải là số nguyên"),
        ("vnd: 10000", "vnd: 0", 11, "phải là số nguyên từ 1"),
        ("vnd: 10000, ", "", 11, "đúng một khoá 'vnd' hoặc 'usd'"),
        ("channel: counter", "channel: fax", 12, "online, counter, post"),
        ("    time: ~\n", "", 12, "Thiếu khoá 'time'"),
        (
            "status: see_text, text: Hội đồng nhân dân tỉnh quy định mức thu.",
            "status: see_text",
            14,
            "see_text",
        ),
        ("form: CT01", "form: 01", 18, "phải là chữ"),
        ('from: "2026-01-01"', "from: 2026-01-01", 22, "phải là chữ"),
        ('from: "2026-01-01"', 'from: "2026-02-30"', 22, 'Viết ngày dạng "2026-01-31"'),
        ('from: "2026-01-01"', 'from: "2028-01-01"', 22, "'to' trước 'from'"),
        ("popularity: 5", "popularity: 5\nvalid_from: 2026-01-01", 28, "phải là chữ"),
        ("popularity: 5", 'popularity: 5\nvalid_to: "2026-02"', 28, 'Viết ngày dạng "2026-01-31"'),
        (
            "popularity: 5",
            'popularity: 5\nvalid_from: "2026-02-01"\nvalid_to: "2026-01-31"',
            29,
            "'valid_to' trước 'valid_from'",
        ),
        ("online_level_source: Quyết định 2808/QĐ-UBND\n", "", 1, "Ghi quyết định"),
        ("https://dichvucong.gov.vn/", "https://example.com/", 26, "'url' phải bắt đầu bằng"),
        ("popularity: 5", "popularity: 9", 27, "từ 0 đến 5"),
        ('as_of: "2026-07"', 'as_of: "2026-13"', 28, '"2026-07" hoặc "2026-07-15"'),
        ("origin: Cổng Dịch vụ công quốc gia, ", "", 28, "Thiếu 'origin'"),
        ("label: Đăng ký thường trú", "label: " + "rất " * 11, 3, "Rút còn 40"),
        ("popularity: 5", "popularity: 5\npopularity: 4", 28, "đã có ở dòng 27"),
        ("steps: [", "steps: [[", 24, "YAML"),
        ("steps: [Chuẩn bị", "steps:\n\t- [Chuẩn bị", 24, "dấu tab"),
        ("name: Đăng", "name: : Đăng", 2, "YAML sai cú pháp"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(
    content: Path, wrong: str, right: str, line: int, told: str
) -> None:
    assert wrong in GOOD
    reading = written(content, GOOD.replace(wrong, right, 1))
    assert [fault for fault in reading.faults if fault.line == line and told in fault.message], (
        faults(reading)
    )
    assert faults(reading)[0].startswith("content/procedures/cu-tru/1.004222.yaml:")


def test_the_days_of_validity_may_be_stated(content: Path) -> None:
    text = GOOD + 'valid_from: "2026-07-01"\nvalid_to: ~\n'
    (procedure,) = written(content, text).procedures

    assert (procedure.valid_from, procedure.valid_to) == ("2026-07-01", "")


def test_all_mistakes_of_all_files_are_told_at_once(content: Path) -> None:
    written(content, GOOD.replace("popularity: 5", "popularity: 9").replace("label:", "lable:"))
    other = GOOD.replace("1.004222", "1.004194").replace("commune", "huyện")
    reading = written(content, other, "1.004194.yaml")
    files = {fault.file.rpartition("/")[2] for fault in reading.faults}
    assert files == {"1.004222.yaml", "1.004194.yaml"}
    assert len(reading.faults) >= 4


def test_a_code_and_an_alias_belong_to_one_procedure_only(content: Path) -> None:
    written(content, GOOD)
    (content / "procedures" / "khac").mkdir()
    other = content / "procedures" / "khac" / "1.004222.yaml"
    other.write_text(GOOD.replace("nhập hộ khẩu", "NHAP ho khau"), encoding="utf-8")
    told = "\n".join(faults(read_procedures(content)))
    assert "Mã 1.004222 đã có ở content/procedures/cu-tru/1.004222.yaml" in told
    assert "Tên gọi 'NHAP ho khau' đã thuộc về" in told


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Tệp trống"),
        (b"# ghi ch\xc3\xba\n", "Tệp trống"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "không phải văn bản UTF-8"),
        (b"code: \x00\n", "ký tự lạ"),
        (b"- a\n- b\n", "không phải các dòng"),
        (b"[" * 100_000, "lồng quá sâu"),
        (b"a: &x [*x]\n", "phình ra quá lớn"),
        (b"x" * 1_000_001, "lớn hơn 1 MB"),
        (b"code: 1\n---\ncode: 2\n", "YAML"),
    ],
)
def test_a_file_that_is_no_content_is_told_and_never_a_stack_trace(
    content: Path, data: bytes, told: str
) -> None:
    assert told in "\n".join(faults(written(content, data)))


def test_text_in_decomposed_form_is_told_and_read_composed(content: Path) -> None:
    reading = written(content, unicodedata.normalize("NFD", GOOD))
    assert "NFD" in "\n".join(faults(reading))
    assert reading.procedures[0].name == "Đăng ký thường trú"


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read(content: Path) -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert faults(written(content, data)) == []


def test_a_missing_folder_and_an_empty_one_are_told(tmp_path: Path, content: Path) -> None:
    assert "Không có thư mục này" in faults(read_procedures(tmp_path / "xa"))[0]
    assert "Chưa có thủ tục nào" in faults(read_procedures(content))[0]


def test_a_file_with_another_ending_is_told(content: Path) -> None:
    written(content, GOOD)
    assert "Đổi tên" in "\n".join(faults(written(content, "x", "1.004223.yml")))


def test_loading_faulty_content_names_every_fault(content: Path) -> None:
    written(content, GOOD.replace("popularity: 5", "popularity: 9").replace("label:", "lable:"))
    with pytest.raises(ContentFaulty, match="lable") as error:
        load_procedures(content)
    assert len(error.value.faults) == 3


def test_shipped_procedures_come_in_the_order_of_their_codes() -> None:
    codes = [procedure.code for procedure in load_procedures()]
    assert codes
    assert codes == sorted(set(codes))


def test_the_good_file_of_this_test_is_yaml_that_others_read_too() -> None:
    assert yaml.safe_load(GOOD)["code"] == "1.004222"


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 30),
    st.sampled_from(["", "\t", ":", "[", "~", "1"]),
)
def test_whatever_is_mistyped_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, place: int, length: int, typed: str
) -> None:
    file = tmp_path_factory.mktemp("content") / "1.004222.yaml"
    file.write_text(GOOD[:place] + typed + GOOD[place + length :], encoding="utf-8")
    reading = read_files([file], file.parent)
    assert reading.faults or reading.procedures
    assert all(fault.message and fault.file == "1.004222.yaml" for fault in reading.faults)
