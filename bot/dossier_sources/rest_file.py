"""The YAML file that describes another system of dossiers, checked whole before it is used.

One complete example: docs/dossier-source.sample.yaml, which a test loads.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal, Self

import jmespath
import yaml
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from jmespath.parser import ParsedResult
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic import ValidationError as PydanticInvalid
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.dossier_sources.rest_dates import a_date_form
from bot.dossier_sources.rest_places import check_body, check_header, check_url
from bot.dossiers.status import State
from bot.errors import BotError

CODE: Final = "{code}"
"""Where the dossier code goes, in the address and in texts of the body."""

FIELDS: Final = frozenset(
    {
        *("MaHoSo", "MaTTHC", "TenTTHC", "DonViXuLy", "CoQuanXuLy", "PhongBanXuLy", "ChuHoSo"),
        *("TrangThaiHoSo", "NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayBoSung", "HanBoSung"),
        *("ThoiDiemCapNhat", "ThoiDiemXuLy", "NoiDungXuLy", "NguoiXuLy", "NoiDungBoSung"),
        *("GiayToBoSung", "NguoiYeuCauBoSung", "HinhThuc", "LePhi", "DaThanhToan"),
        *("DanhSachHoSoBoSung", "DanhSachGiayToKetQua", "DanhSachLePhi"),
        *("SoDienThoai", "SoDinhDanh", "NgaySinh", "NamSinh", "DienThoai4", "GiayTo4"),
    }
)
"""What can be mapped: the names that `bot.dossier_sources.national` reads."""

MOST_BYTES: Final = 100_000
_LONGEST_SECRET: Final = 4096


class SourceFileInvalid(BotError):
    """The file cannot be used; `faults` names every one in Vietnamese, with where it stands."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Take the faults, one line each."""
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def plain_word(word: str) -> str:
    """Return a word of theirs as it is compared: without spaces at its ends, in small letters."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def _fault(words: str) -> PydanticCustomError:
    return PydanticCustomError("motcua", "{words}", {"words": words})


def _compiled(written: object) -> ParsedResult:
    if not isinstance(written, str) or not written.strip():
        raise _fault("phải là một biểu thức JMESPath, ví dụ data.hoSo")
    try:
        path = jmespath.compile(written)
    except JMESPathError:
        raise _fault(f"không phải biểu thức JMESPath: {written[:80]}") from None
    if unknown := [one for one in _functions(path.parsed) if one not in Functions.FUNCTION_TABLE]:
        raise _fault(f"JMESPath không có hàm {unknown[0][:40]}")
    return path


def _functions(node: Mapping[str, Any]) -> Iterator[str]:
    if node.get("type") == "function_expression":
        yield str(node["value"])
    for child in node.get("children", ()):
        if isinstance(child, Mapping):
            yield from _functions(child)


def _words(written: object) -> object:
    """Return their words for states as texts: `1` is a number in YAML."""
    if not isinstance(written, Mapping):
        return written
    if any(isinstance(word, bool) for word in written):
        raise _fault("từ như yes, no, true phải đặt trong ngoặc kép")
    return {plain_word(str(word)): state for word, state in written.items()}


JsonPath = Annotated[ParsedResult, BeforeValidator(_compiled)]
Url = Annotated[str, AfterValidator(check_url)]
Words = Annotated[dict[str, State], BeforeValidator(_words)]
DateForm = Annotated[str, AfterValidator(a_date_form)]
Status = Annotated[int, Field(ge=400, le=499)]


class _Part(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True
    )


class SecretFile(_Part):
    """A value that stands in a file of its own."""

    file: Path

    def read(self) -> str:
        """Return what stands in the file, one line of ASCII.

        Raises:
            OSError, ValueError: it cannot be read, or holds something else.
        """
        secret = self.file.read_text("ascii").strip()
        if not secret.isprintable() or not 0 < len(secret) <= _LONGEST_SECRET:
            raise ValueError
        return secret


class Records(_Part):
    """Where rows about a dossier are in an answer, and what their fields are."""

    found: JsonPath
    """A list of objects, or one; an empty one, or null where `succeeded` holds: none."""
    fields: dict[str, JsonPath] = Field(min_length=1)
    """National name → where it stands in a row."""

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        if unknown := sorted(set(self.fields) - FIELDS):
            raise _fault(f"không có mục {', '.join(unknown)[:80]}; xem danh sách trong tài liệu")
        return self


def _some(records: tuple[Records, ...]) -> tuple[Records, ...]:
    if not records:
        raise _fault("không được để trống")
    return records


SomeRecords = Annotated[tuple[Records, ...], AfterValidator(_some)]


class RestFile(_Part):
    """One system of dossiers."""

    url: Url
    method: Literal["GET", "POST"] = "GET"
    headers: dict[str, str | SecretFile] = {}
    body: dict[str, Any] | None = None
    """Sent as JSON; `{file: …}` for a secret."""
    not_found_statuses: tuple[Status, ...] = ()
    """Other statuses than 200 are a system that does not answer."""
    succeeded: JsonPath | None = None
    """True where the system worked. None: its HTTP status says so, and then only an empty list or
    object is no dossier; null is an answer that cannot be read."""
    records: SomeRecords
    """The first tells whether there is such a dossier, and has MaHoSo; others add its steps."""
    states: Words = {}
    """Their words → number; empty: they tell the national numbers or names."""
    dates: tuple[DateForm, ...] = ()
    """How they write moments; empty: in one of the ways that are read anyway."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if CODE not in self.url and not _holds_code(self.body):
            raise _fault(f"url hoặc body phải có {CODE} ở chỗ đặt mã hồ sơ")
        if self.body is not None and self.method == "GET":
            raise _fault("có body thì method phải là POST")
        if "MaHoSo" not in self.records[0].fields:
            raise _fault("records.1.fields phải có MaHoSo, để biết đúng hồ sơ đã hỏi")
        for number, records in enumerate(self.records, start=1):
            if "TrangThaiHoSo" not in records.fields:
                raise _fault(f"records.{number}.fields phải có TrangThaiHoSo")
        for name, value in self.headers.items():
            check_header(name, value if isinstance(value, str) else None)
        check_body(self.body)
        return self


def read_rest_file(file: Path) -> RestFile:
    """Read and check a file.

    Raises:
        SourceFileInvalid: with every fault; none quotes a secret.
    """
    try:
        text = file.read_bytes()[: MOST_BYTES + 1].decode("utf-8")
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError):
        raise SourceFileInvalid([f"Không đọc được {file}. Kiểm tra tên tệp, quyền đọc."]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", dòng {mark.line + 1}" if mark else ""
        raise SourceFileInvalid([f"{file.name}{line}: không phải YAML đúng."]) from None
    try:
        return RestFile.model_validate(data)
    except PydanticInvalid as error:
        raise SourceFileInvalid([_told(file, one) for one in error.errors()]) from None


def _holds_code(value: object) -> bool:
    if isinstance(value, str):
        return CODE in value
    inner = value.values() if isinstance(value, Mapping) else value
    return isinstance(inner, list | tuple | type({}.values())) and any(map(_holds_code, inner))


_TOLD: Final[Mapping[str, str]] = {
    "missing": "còn thiếu",
    "extra_forbidden": "không có mục này; kiểm tra chính tả",
    "string_type": "phải là một dòng chữ",
    "dict_type": "phải là một nhóm mục: giá trị",
    "model_type": "phải là một nhóm mục: giá trị",
    "tuple_type": "phải là một danh sách",
    "too_short": "không được để trống",
    "literal_error": "chỉ nhận GET hoặc POST",
    "enum": "phải là số trạng thái từ 1 đến 10",
}


def _told(file: Path, fault: ErrorDetails) -> str:
    place = ".".join(
        str(part + 1) if isinstance(part, int) else str(part)
        for part in fault["loc"]
        if part not in {"str", "SecretFile"}
    )
    why = fault["msg"] if fault["type"] == "motcua" else _TOLD.get(fault["type"], "không đúng kiểu")
    return f"{file.name}{f', {place}' if place else ''}: {why}."
