"""Settings that do not go together, the disk, and the clock."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx

from api.settings import PROJECT_FOLDER, Settings
from api.wiring.doctor.findings import Area, Finding

SETTINGS: Final = Area("Cài đặt")
DISK: Final = Area("Đĩa")
CLOCK: Final = Area("Đồng hồ")

_MEGABYTE: Final = 1_000_000
LITTLE_BYTES: Final = 1000 * _MEGABYTE
TOO_LITTLE_BYTES: Final = 100 * _MEGABYTE

DRIFT_SECONDS: Final = 5.0
WRONG_SECONDS: Final = 60.0
"""Signatures, tokens and windows of the platforms are judged by the clock."""

PATIENCE_SECONDS: Final = 10.0


_OUR_OWN_SECRETS: Final = (
    "telegram_webhook_secret",
    "zalo_bot_webhook_secret",
    "metrics_token",
    "dossier_key",
)
"""Made up by the operator; the pages show an example of each."""


def look_at_settings(settings: Settings) -> Sequence[Finding]:
    """Return what does not go together, and what everybody knows."""
    return [*_addresses(settings), *_examples(settings)] or [
        SETTINGS.well("các biến môi trường đọc được, khớp nhau.")
    ]


def _addresses(settings: Settings) -> Iterator[Finding]:
    needs = [name for name, way in webhook_channels(settings).items() if way]
    if needs and not settings.public_url.startswith("https://"):
        yield SETTINGS.wrong(
            f"PUBLIC_URL chưa phải địa chỉ https, mà {', '.join(needs)} gọi vào địa chỉ này.",
            "Ghi PUBLIC_URL=https://tên-miền-của-bạn.",
        )
    if settings.public_url and not settings.trusted_proxies:
        yield SETTINGS.look(
            "Có PUBLIC_URL mà chưa có TRUSTED_PROXIES: mọi người dùng trang web sẽ chung một địa "
            "chỉ là máy proxy, và chung giới hạn SESSIONS_PER_MINUTE.",
            "Ghi địa chỉ proxy (nginx…) vào TRUSTED_PROXIES.",
        )


def _examples(settings: Settings) -> Iterator[Finding]:
    for name in _OUR_OWN_SECRETS:
        examples = Settings.model_fields[name].examples or ()
        if getattr(settings, name).get_secret_value() in examples:
            yield SETTINGS.wrong(
                f"{name.upper()} là chuỗi ví dụ trong tài liệu, ai cũng biết.",
                'Tạo chuỗi khác: python3 -c "import secrets; print(secrets.token_hex(24))"',
            )


def webhook_channels(settings: Settings) -> Mapping[str, bool]:
    """Return by name whether a channel that is on wants its events sent to us."""
    return {
        "Telegram": bool(settings.telegram_token.get_secret_value())
        and settings.telegram_way == "webhook",
        "Zalo OA": bool(settings.zalo_oa_app_id),
        "Zalo Bot": bool(settings.zalo_bot_token.get_secret_value())
        and settings.zalo_bot_way == "webhook",
    }


def look_at_disk(settings: Settings) -> Sequence[Finding]:
    """Return whether the program can write where it has to, and how much room there is."""
    folder = settings.data_folder
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        told = f"không ghi được vào {settings.data_folder}."
        return [DISK.wrong(told, "Cho người chạy motcua quyền ghi, hoặc đổi DATA_FOLDER.")]
    free = shutil.disk_usage(folder).free
    told = f"còn {free // _MEGABYTE:,} MB ở {settings.data_folder}.".replace(",", ".")
    remedy = "Xoá bớt tệp cũ hoặc thêm đĩa; hết đĩa thì tin nhắn không lưu được."
    if free < TOO_LITTLE_BYTES:
        return [DISK.wrong(told, remedy)]
    return [DISK.look(told, remedy) if free < LITTLE_BYTES else DISK.well(told)]


def look_at_files(
    now: datetime, newest: Path = PROJECT_FOLDER / "nlu" / "model"
) -> Sequence[Finding]:
    """Compare the clock with the program's own files: none of them is from the future."""
    times = [file.stat().st_mtime for file in newest.glob("*") if file.is_file()]
    if times and max(times) > now.timestamp() + WRONG_SECONDS:
        written = datetime.fromtimestamp(max(times), UTC)
        return [_wrong_clock(now, f"có tệp ghi lúc {written:%H:%M %d/%m/%Y} UTC")]
    return []


def compare_clocks(now: datetime, theirs: datetime, whose: str) -> Finding:
    """Compare our clock with another."""
    seconds = abs((now - theirs).total_seconds())
    if seconds > WRONG_SECONDS:
        return _wrong_clock(now, f"{whose} là {theirs:%H:%M:%S %d/%m/%Y} UTC")
    if seconds > DRIFT_SECONDS:
        told = f"lệch {whose} {seconds:.0f} giây."
        return CLOCK.look(told, "Bật đồng bộ giờ (NTP) trên máy này.")
    return CLOCK.well(f"khớp với {whose}.")


def _wrong_clock(now: datetime, other: str) -> Finding:
    return CLOCK.wrong(
        f"máy này đang là {now:%H:%M:%S %d/%m/%Y} UTC, {other}.",
        "Bật đồng bộ giờ (NTP): token và chữ ký của Zalo, Telegram phụ thuộc đồng hồ.",
    )


async def their_clock(url: str) -> datetime | None:
    """Ask a server for the time; None: it does not say."""
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            response = await client.head(url)
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (httpx.HTTPError, KeyError, ValueError):
        return None
