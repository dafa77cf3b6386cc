"""`motcua keys add|list|rotate|revoke`: keys with which other systems push and read dossiers."""

import asyncio
import sys
from datetime import datetime
from typing import Annotated, Final

import typer

from api.commands.terminal import VietnameseCommand, VietnameseGroup, say, warn
from api.errors import KeyRefused
from api.machine_keys import LONGEST_KEY, MachineKey, Scope, in_words
from api.settings import load_settings
from api.wiring.build import now
from api.wiring.machine_keys import ask_keys
from knowledge.work_calendar import VIETNAM

_LONGEST_NAME: Final = 80
_OVERLAP_DAYS: Final = 7

Name = Annotated[
    str, typer.Argument(metavar="TÊN", help="Hệ thống nào dùng khoá, ví dụ 'Một cửa tỉnh'.")
]
Scopes = Annotated[
    list[Scope],
    typer.Option(
        "--scope",
        metavar="QUYỀN",
        help="dossiers:write (gửi cập nhật), dossiers:read (đọc), dossiers:lookup (cổng tra hộ "
        "người dân). Lặp lại được.",
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        min=1, max=3650, metavar="SỐ_NGÀY", help="Hết hạn sau bao nhiêu ngày. Bỏ trống: không."
    ),
]
Own = Annotated[
    bool,
    typer.Option(
        "--own", help="Đọc khoá do bên kia tự chọn từ đầu vào chuẩn; khoá yếu không nhận."
    ),
]
KeyId = Annotated[str, typer.Argument(metavar="MÃ", help="Mã khoá, xem motcua keys list.")]
Overlap = Annotated[
    int,
    typer.Option(
        "--overlap-days", min=0, max=90, metavar="SỐ_NGÀY", help="Khoá cũ còn dùng bao nhiêu ngày."
    ),
]


def build_app() -> typer.Typer:
    """Return the commands of `motcua keys`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Khoá cho hệ thống khác gửi và đọc hồ sơ.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name, command in (("add", add), ("list", list_), ("rotate", rotate), ("revoke", revoke)):
        app.command(name, cls=VietnameseCommand)(command)
    return app


def add(name: Name, scope: Scopes, days: Days = None, own: Own = False) -> None:  # noqa: FBT002 - an option
    """Tạo một khoá và in ra đúng một lần.

    Với --own: nhận khoá do bên kia tự chọn, ví dụ: motcua keys add "Hệ thống cũ" --scope
    dossiers:write --own < khoa.txt
    """
    called = " ".join(name.split())
    if not 0 < len(called) <= _LONGEST_NAME:
        raise KeyRefused(f"Tên khoá dài từ 1 đến {_LONGEST_NAME} ký tự.")
    scopes = frozenset(scope)
    if own:
        given = _given_key()
        key_id = asyncio.run(
            ask_keys(load_settings(), lambda keys: keys.add_own(given, called, scopes, days))
        )
        say(f"Đã nhận khoá của bên kia, mã {key_id}. Bên kia gửi: Authorization: Bearer <khoá đó>")
        return
    key_id, key = asyncio.run(
        ask_keys(load_settings(), lambda keys: keys.add(called, scopes, days))
    )
    _show_once(key_id, key)


def list_() -> None:
    """Xem các khoá: mã, tên, quyền, hạn và lần dùng gần nhất. Không xem lại được khoá."""
    found = asyncio.run(ask_keys(load_settings(), lambda keys: keys.list()))
    if not found:
        say("Chưa có khoá nào. Tạo khoá: motcua keys add TÊN --scope dossiers:write")
        return
    for key in found:
        owned = ", bên kia tự chọn" if key.own_key else ""
        say(f"{key.id}  {key.name} ({in_words(key.scopes)}{owned}): {_condition(key)}")


def rotate(key_id: KeyId, overlap_days: Overlap = _OVERLAP_DAYS) -> None:
    """Tạo khoá thay một khoá cũ, cùng tên và quyền; khoá cũ còn dùng thêm vài ngày."""
    new_id, key = asyncio.run(
        ask_keys(load_settings(), lambda keys: keys.rotate(key_id, overlap_days))
    )
    _show_once(new_id, key)
    say(f"Khoá cũ {key_id} còn dùng được {overlap_days} ngày nữa.")


def revoke(key_id: KeyId) -> None:
    """Thu hồi một khoá ngay lập tức."""
    key = asyncio.run(ask_keys(load_settings(), lambda keys: keys.revoke(key_id)))
    say(f"Đã thu hồi khoá {key.id} ({key.name}).")


def _given_key() -> str:
    if sys.stdin.isatty():
        warn("Dán khoá của bên kia rồi bấm Enter:")
    return sys.stdin.readline(2 * LONGEST_KEY).strip()


def _show_once(key_id: str, key: str) -> None:
    say(f"Mã khoá: {key_id}")
    say(f"Khoá: {key}")
    say("Chép ngay và giữ kín: khoá không xem lại được. Gửi ở đầu mục Authorization: Bearer <khoá>")


def _condition(key: MachineKey) -> str:
    if key.revoked_at is not None:
        return f"đã thu hồi {_day(key.revoked_at)}"
    if key.expires_at is not None and key.expires_at <= now():
        return f"đã hết hạn {_day(key.expires_at)}"
    until = f"đến {_day(key.expires_at)}" if key.expires_at else "không có hạn"
    used = f"dùng lần cuối {_day(key.last_used_at)}" if key.last_used_at else "chưa dùng lần nào"
    return f"{until}, {used}"


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
