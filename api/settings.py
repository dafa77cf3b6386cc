"""The settings: environment variables or the file `.env`, read here and nowhere else.

Every variable has a description, which the README's table repeats, and an example, which the
message about a wrong value repeats.
"""

import os
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import NoDecode, SettingsConfigDict

from api.channel_settings import WebAddress
from api.dossier_settings import DossierSettings
from api.errors import SettingsInvalid

PROJECT_FOLDER: Final = Path(__file__).resolve().parent.parent
"""The checkout; relative paths in settings start here, whatever the current directory."""


def _from_project(path: Path) -> Path:
    return PROJECT_FOLDER / path.expanduser()


def _split_paths(value: object) -> object:
    if isinstance(value, str):
        return [part for part in value.split(os.pathsep) if part.strip()]
    return value


def _known_database(url: str) -> str:
    if url and not url.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
        raise ValueError(url)
    return url


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def _in_small_letters(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


ProjectPath = Annotated[Path, AfterValidator(_from_project)]


class Settings(DossierSettings):
    """What an operator can set. Names are the environment's, in capitals."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(  # type: ignore[mutable-override]  # as pydantic has it
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file=PROJECT_FOLDER / ".env",
        env_file_encoding="utf-8",
    )

    database_url: Annotated[str, AfterValidator(_known_database)] = Field(
        "",
        description="Cơ sở dữ liệu. Bỏ trống: tệp SQLite trong DATA_FOLDER, không cần cài gì thêm.",
        examples=["postgresql+psycopg://motcua:matkhau@db/motcua"],
    )
    data_folder: ProjectPath = Field(
        Path("var"),
        validate_default=True,
        description="Thư mục ghi được: tệp SQLite và chỉ mục tìm kiếm đã dựng sẵn.",
        examples=["/var/lib/motcua"],
    )
    model_folder: ProjectPath = Field(
        Path("nlu/model"),
        validate_default=True,
        description="Thư mục mô hình ngôn ngữ đã huấn luyện (make train tạo ra).",
        examples=["nlu/model"],
    )
    content_folder: ProjectPath = Field(
        Path("knowledge/content"),
        validate_default=True,
        description="Thư mục nội dung kiến thức do nhóm biên soạn.",
        examples=["knowledge/content"],
    )
    knowledge_paths: Annotated[tuple[ProjectPath, ...], NoDecode, BeforeValidator(_split_paths)] = (
        Field(
            (),
            description="Các tệp dữ liệu quốc gia nạp thêm khi chạy, cách nhau bằng dấu hai chấm.",
            examples=["/data/procedures_national.jsonl.gz"],
        )
    )
    province_profile: Annotated[ProjectPath | None, BeforeValidator(_none_if_empty)] = Field(
        None,
        description="Hồ sơ tỉnh (YAML, Excel): cơ quan, giờ làm việc, lệ phí, mẫu đơn, tổng đài.",
        examples=["/etc/motcua/tinh.yaml"],
    )
    rasa_url: WebAddress = Field(
        "",
        description="Địa chỉ máy chủ Rasa. Bỏ trống: mô hình chạy ngay trong chương trình.",
        examples=["http://rasa:5005"],
    )
    rasa_timeout_seconds: float = Field(
        3.0,
        gt=0,
        le=60,
        description="Số giây chờ máy chủ Rasa trả lời.",
        examples=["3"],
    )
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Địa chỉ mạng mà máy chủ web lắng nghe; 0.0.0.0 để máy khác truy cập được.",
        examples=["0.0.0.0"],  # noqa: S104 - an example in words; the default stays local
    )
    port: int = Field(
        8000,
        ge=1,
        le=65535,
        description="Cổng của máy chủ web, từ 1 đến 65535.",
        examples=["8000"],
    )
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], BeforeValidator(_in_small_letters)
    ] = Field(
        "info",
        description="Mức ghi nhật ký: debug, info, warning hoặc error.",
        examples=["info"],
    )
    message_max_characters: int = Field(
        2000,
        ge=1,
        le=2_000,
        description="Độ dài tối đa của một tin nhắn, từ 1 đến 2000 ký tự.",
        examples=["2000"],
    )
    body_max_bytes: int = Field(
        262_144,
        ge=1024,
        le=10_485_760,
        description="Kích thước tối đa của một yêu cầu gửi lên, từ 1024 đến 10485760 byte. "
        "Địa chỉ webhook luôn nhận ít nhất 1048576 byte.",
        examples=["262144"],
    )

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database, of either kind."""
        return self.database_url or f"sqlite+aiosqlite:///{self._sqlite_file}"

    def has_database(self) -> bool:
        """Tell whether there may be something in the database; an unmade SQLite file is empty."""
        return bool(self.database_url) or self._sqlite_file.exists()

    @property
    def _sqlite_file(self) -> Path:
        return self.data_folder / "motcua.db"


def load_settings(**overrides: Any) -> Settings:
    """Read the environment; `overrides` win over it.

    Raises:
        SettingsInvalid: with one Vietnamese line for every variable that holds a wrong value.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        faults = dict(_name_and_value(fault) for fault in error.errors())
        raise SettingsInvalid("\n".join(_explain(*fault) for fault in faults.items())) from None


def _explain(name: str, value: object) -> str:
    field = Settings.model_fields[name]
    example = (field.examples or [""])[0]
    if value == "":
        wrong = "chưa có"
    else:  # an address can hold a password
        secret = name in {"database_url", "limits_url"} or field.annotation is SecretStr
        wrong = f"đang là '{'…' if secret else value}', không dùng được"
    told = f"Biến {name.upper()} {wrong}. {field.description}"
    return told if example == "…" else f"{told} Hãy ghi ví dụ: {name.upper()}={example}"


def _name_and_value(fault: ErrorDetails) -> tuple[str, object]:
    """Return the variable at fault; a rule over several names the one that is missing."""
    if fault["loc"]:
        return str(fault["loc"][0]), fault["input"]
    return str(fault.get("ctx", {}).get("error", "")), ""
