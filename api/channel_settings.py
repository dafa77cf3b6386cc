"""The settings of the channels; `api.settings.Settings` holds them with all others.

A channel without its token is off. Secrets are `SecretStr`: printing the settings shows none.
"""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def web_address(url: str) -> str:
    """Return `url` without a slash at its end.

    Raises:
        ValueError: it is no address of the web.
    """
    if url and not url.startswith(("http://", "https://")):
        raise ValueError(url)
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(web_address)]
Way = Literal["webhook", "polling"]

WEBHOOK_PATHS: Final[Mapping[str, str]] = {
    "telegram": "/webhooks/telegram",
    "zalo_oa": "/webhooks/zalo/oa",
    "zalo_bot": "/webhooks/zalo/bot",
}
"""Behind PUBLIC_URL, by channel: where the platforms send what arrives."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""What Telegram and Zalo Bot both take; shorter ones can be guessed."""


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value() and not _SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError(secret)
    return secret


def _known_server(url: str) -> str:
    if url and not url.startswith(("valkey://", "valkeys://", "redis://", "rediss://")):
        raise ValueError(url)
    return url


_FERNET_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}=")
"""32 bytes, base64url; `motcua zalo key` makes one."""


def _fernet_keys(keys: SecretStr) -> SecretStr:
    """Return keys that are separated by commas: the first seals, all open."""
    parts = [part.strip() for part in keys.get_secret_value().split(",") if part.strip()]
    if not all(_FERNET_KEY.fullmatch(part) for part in parts):
        raise ValueError(keys)
    return keys


FernetKeys = Annotated[SecretStr, AfterValidator(_fernet_keys)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]


class ChannelSettings(BaseSettings):
    """What an operator sets for Telegram, Zalo Official Account and Zalo Bot."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(frozen=True)

    public_url: WebAddress = Field(
        "",
        description="Địa chỉ https mà Telegram và Zalo gọi vào, cũng là nơi mở trang hỏi đáp.",
        examples=["https://motcua.example.gov.vn"],
    )
    telegram_token: SecretStr = Field(
        SecretStr(""),
        description="Token của bot Telegram do BotFather cấp. Bỏ trống: không dùng Telegram.",
        examples=["123456:ABC-DEF"],
    )
    telegram_way: Way = Field(
        "webhook",
        description="Cách nhận tin Telegram: webhook, hoặc polling khi chạy thử ở máy mình.",
        examples=["webhook"],
    )
    telegram_webhook_secret: WebhookSecret = Field(
        SecretStr(""),
        description="Chuỗi bí mật Telegram gửi kèm: 16 đến 256 chữ không dấu, số, gạch. "
        "Cách webhook bắt buộc có.",
        examples=["mot-chuoi-ngau-nhien-dai"],
    )
    telegram_api_url: WebAddress = Field(
        "https://api.telegram.org",
        description="Máy chủ Bot API, khi không dùng máy chủ chung của Telegram.",
        examples=["http://127.0.0.1:9000"],
    )
    telegram_messages_per_second: float = Field(
        30,
        gt=0,
        le=1000,
        description="Số tin gửi đi nhiều nhất mỗi giây; Telegram cho 30 nếu không trả phí.",
        examples=["30"],
    )
    zalo_oa_app_id: str = Field(
        "",
        pattern=r"^[0-9]{0,32}$",
        description="Mã ứng dụng Zalo nối với Official Account. Bỏ trống: không dùng Zalo OA.",
        examples=["360846524940903967"],
    )
    zalo_oa_app_secret: SecretStr = Field(
        SecretStr(""),
        description="Khoá bí mật của ứng dụng Zalo, để xin và gia hạn token.",
        examples=["…"],
    )
    zalo_oa_secret_key: SecretStr = Field(
        SecretStr(""),
        description="OA Secret Key ở mục Webhook, để kiểm tra chữ ký; khác khoá của ứng dụng.",
        examples=["…"],
    )
    zalo_oa_api_url: WebAddress = Field(
        "https://openapi.zalo.me",
        description="Máy chủ gửi tin của Zalo OA.",
        examples=["https://openapi.zalo.me"],
    )
    zalo_oauth_url: WebAddress = Field(
        "https://oauth.zaloapp.com",
        description="Máy chủ cấp token của Zalo.",
        examples=["https://oauth.zaloapp.com"],
    )
    zalo_zns_api_url: WebAddress = Field(
        "https://business.openapi.zalo.me",
        description="Máy chủ gửi tin theo mẫu (ZNS) của Zalo.",
        examples=["https://business.openapi.zalo.me"],
    )
    zalo_zns_template_id: str = Field(
        "",
        pattern=r"^[0-9]{0,20}$",
        description="Mã mẫu ZNS báo tình trạng hồ sơ đã được Zalo duyệt. Bỏ trống: không gửi ZNS.",
        examples=["123456"],
    )
    zalo_oa_paid_alerts: bool = Field(
        True,  # noqa: FBT003 - the default of a setting
        description="Báo hồ sơ cả khi Zalo tính tiền tin đó (người dân nhắn lần cuối từ 2 đến 7 "
        "ngày trước). Ghi false: dùng ZNS nếu có, nếu không thì chờ lần nhắn sau.",
        examples=["true"],
    )
    zalo_site_verification: str = Field(
        "",
        pattern=r"^[A-Za-z0-9_-]{0,100}$",
        description="Mã xác thực tên miền do Zalo cấp, hiện trong thẻ meta của trang chủ.",
        examples=["GTcnSB_B2MPytA1gfzecS7"],
    )
    zalo_bot_token: SecretStr = Field(
        SecretStr(""),
        description="Token của Zalo Bot. Bỏ trống: không dùng Zalo Bot.",
        examples=["12345689:abc-xyz"],
    )
    zalo_bot_way: Way = Field(
        "webhook",
        description="Cách nhận tin Zalo Bot: webhook, hoặc polling khi chạy thử ở máy mình.",
        examples=["webhook"],
    )
    zalo_bot_webhook_secret: WebhookSecret = Field(
        SecretStr(""),
        description="Chuỗi bí mật Zalo Bot gửi kèm: 16 đến 256 chữ không dấu, số, gạch. "
        "Cách webhook bắt buộc có.",
        examples=["mot-chuoi-ngau-nhien-dai"],
    )
    zalo_bot_api_url: WebAddress = Field(
        "https://bot-api.zaloplatforms.com",
        description="Máy chủ của Zalo Bot Platform.",
        examples=["https://bot-api.zaloplatforms.com"],
    )
    token_key: FernetKeys = Field(
        SecretStr(""),
        description="Khoá mã hoá token Zalo trong kho dữ liệu; Zalo OA bắt buộc có. "
        "Tạo bằng: motcua zalo key.",
        examples=["…"],
    )
    messages_per_minute: int = Field(
        20,
        ge=1,
        le=1_000_000,
        description="Số tin nhắn mỗi người được gửi trong một phút; quá thì được nhắc một lần.",
        examples=["20"],
    )
    messages_per_minute_overall: int = Field(
        20_000,
        ge=1,
        le=1_000_000,
        description="Số tin nhắn mọi người được gửi trong một phút, trên mọi kênh.",
        examples=["20000"],
    )
    limits_url: Annotated[str, AfterValidator(_known_server)] = Field(
        "",
        description="Valkey hoặc Redis đếm chung giới hạn cho nhiều máy chủ. "
        "Bỏ trống: mỗi máy đếm riêng.",
        examples=["valkey://valkey:6379"],
    )

    @model_validator(mode="after")
    def _fail_closed(self) -> Self:
        """Refuse a channel whose webhook nobody could authenticate."""
        for token, way, secret, name in (
            (
                self.telegram_token,
                self.telegram_way,
                self.telegram_webhook_secret,
                "telegram_webhook_secret",
            ),
            (
                self.zalo_bot_token,
                self.zalo_bot_way,
                self.zalo_bot_webhook_secret,
                "zalo_bot_webhook_secret",
            ),
        ):
            if token.get_secret_value() and way == "webhook" and not secret.get_secret_value():
                raise ValueError(name)
        if self.zalo_oa_app_id:
            for name in ("zalo_oa_app_secret", "zalo_oa_secret_key", "token_key"):
                if not getattr(self, name).get_secret_value():
                    raise ValueError(name)
        return self
