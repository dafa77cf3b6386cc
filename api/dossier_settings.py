"""The settings of dossiers: where they are looked up, and who is told what when."""

import re
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from api.channel_settings import WebAddress
from api.operating_settings import OperatingSettings
from bot.dossiers.status import FactorKind

NONE: Final = "none"
"""What an operator writes to publish by code alone, or to be told at all hours."""

_HOURS: Final = re.compile(r"(?P<begin>\d{1,2})-(?P<end>\d{1,2})")
_LAST_HOUR: Final = 23
_SHORTEST_KEY: Final = 32


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    names = [part.strip() for part in value.split(",") if part.strip()]
    return [] if names == [NONE] else names


def _long_enough(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value()) < _SHORTEST_KEY:
        raise ValueError(secret)
    return secret


def _hours(text: str) -> str:
    match = _HOURS.fullmatch(text)
    if text == NONE:
        return ""
    if text and (match is None or any(int(hour) > _LAST_HOUR for hour in match.groups())):
        raise ValueError(text)
    return text


class DossierSettings(OperatingSettings):
    """What an operator sets about dossiers."""

    dossier_source: Literal["store", "tracuuhoso", "rest"] = Field(
        "store",
        description="Nơi tra tình trạng hồ sơ: store (kho riêng, hệ thống một cửa đẩy vào hoặc "
        "nhập từ tệp), tracuuhoso (dịch vụ TraCuuHoSo), rest (hệ thống khác, theo "
        "DOSSIER_REST_FILE).",
        examples=["store"],
    )
    dossier_factors: Annotated[tuple[FactorKind, ...], NoDecode, BeforeValidator(_split)] = Field(
        "phone4,id4",
        validate_default=True,
        description="Thông tin thứ hai phải đúng cùng mã hồ sơ, cách nhau bằng dấu phẩy: phone4, "
        "id4 (4 số cuối điện thoại, số định danh), birth_year (năm sinh). Ghi none: chỉ cần mã, "
        "và chỉ cho xem trạng thái với ngày tháng.",
        examples=["phone4,id4"],
    )
    dossier_key: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(
        SecretStr(""),
        description="Khoá để băm 4 số cuối trước khi lưu, từ 32 ký tự, giống nhau trên mọi máy. Bỏ "
        "trống: tự tạo tệp dossier.key trong DATA_FOLDER. Mất khoá thì phải nhập lại hồ sơ.",
        examples=["mot-chuoi-ngau-nhien-that-dai-khong-doan-duoc"],
    )
    dossier_samples: bool = Field(
        False,  # noqa: FBT003 - the default of a setting
        description="Nạp vài hồ sơ mẫu (mã H00, ghi rõ là mẫu) để dùng thử; không nạp khi đã có hồ "
        "sơ thật hoặc nguồn khác.",
        examples=["false"],
    )
    dossier_days: int = Field(
        365,
        ge=30,
        le=3650,
        description="Số ngày giữ một hồ sơ sau lần cập nhật cuối, rồi xoá; từ 30 đến 3650.",
        examples=["365"],
    )
    dossier_timeout_seconds: float = Field(
        4.0,
        gt=0,
        le=30,
        description="Số giây chờ nguồn hồ sơ bên ngoài trả lời.",
        examples=["4"],
    )
    dossier_poll_minutes: int = Field(
        30,
        ge=5,
        le=1440,
        description="Cách bao nhiêu phút hỏi lại nguồn bên ngoài về hồ sơ có người theo dõi.",
        examples=["30"],
    )
    dossier_rest_file: Annotated[
        Path | None, BeforeValidator(lambda value: None if value == "" else value)
    ] = Field(
        None,
        description="Tệp YAML tả hệ thống của tỉnh khi DOSSIER_SOURCE=rest: địa chỉ, đầu mục, "
        "các mục.",
        examples=["/etc/motcua/ho-so.yaml"],
    )
    tracuuhoso_url: WebAddress = Field(
        "",
        description="Địa chỉ dịch vụ TraCuuHoSo khi DOSSIER_SOURCE=tracuuhoso.",
        examples=["https://truc.tinh.gov.vn/mapi"],
    )
    tracuuhoso_username: str = Field(
        "", description="Tài khoản gọi TraCuuHoSo.", examples=["motcua"]
    )
    tracuuhoso_password: SecretStr = Field(
        SecretStr(""), description="Mật khẩu gọi TraCuuHoSo.", examples=["…"]
    )
    tracuuhoso_dstcode: str = Field(
        "", description="Mã đích (dstcode) của TraCuuHoSo.", examples=["VN:GOV:000.00.00.G22:vpcp"]
    )
    tracuuhoso_unit: str = Field(
        "", description="Mã đơn vị (madonvi) gửi kèm mỗi lần tra.", examples=["000.00.00.H17"]
    )
    slip_days: int = Field(
        30,
        ge=1,
        le=365,
        description="Số ngày phiếu hướng dẫn mở được sau lần thay đổi cuối; từ 1 đến 365.",
        examples=["30"],
    )
    staff_hours: int = Field(
        8,
        ge=1,
        le=24,
        description="Số giờ một phiên đăng nhập của cán bộ có hiệu lực; từ 1 đến 24.",
        examples=["8"],
    )
    alert_quiet_hours: Annotated[str, AfterValidator(_hours)] = Field(
        "21-7",
        description="Giờ không nhắn tin báo hồ sơ, theo giờ Việt Nam; tin chờ đến hết giờ này. Ghi "
        "none: báo mọi lúc.",
        examples=["21-7"],
    )
