"""The settings of whoever runs the server; `api.settings.Settings` holds them with all others."""

from ipaddress import ip_network
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from api.channel_settings import ChannelSettings


def _split(value: object) -> object:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _network(text: str) -> str:
    return str(ip_network(text, strict=False))


def _long_enough(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value()) < 16:  # noqa: PLR2004 - shorter ones can be guessed
        raise ValueError(secret)
    return secret


class OperatingSettings(ChannelSettings):
    """What an operator sets about proxies, metrics and how long data is kept, beside channels."""

    trusted_proxies: Annotated[
        tuple[Annotated[str, AfterValidator(_network)], ...], NoDecode, BeforeValidator(_split)
    ] = Field(
        (),
        description="Địa chỉ hoặc dải mạng của proxy đứng trước, cách nhau bằng dấu phẩy; "
        "chỉ các máy này được nói hộ địa chỉ người dùng (X-Forwarded-For).",
        examples=["10.0.0.0/8,127.0.0.1"],
    )
    sessions_per_minute: int = Field(
        60,
        ge=1,
        le=100_000,
        description="Số cuộc trò chuyện mới trên trang web mỗi phút từ một địa chỉ mạng.",
        examples=["60"],
    )
    metrics_token: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(
        SecretStr(""),
        description="Mã mà Prometheus gửi kèm (Bearer) để đọc /metrics, từ 16 ký tự. "
        "Bỏ trống: /metrics đóng.",
        examples=["mot-chuoi-ngau-nhien-dai"],
    )
    retention_days: int = Field(
        180,
        ge=7,
        le=3650,
        description="Số ngày giữ cuộc trò chuyện không ai nhắn thêm, rồi xoá; từ 7 đến 3650.",
        examples=["180"],
    )
