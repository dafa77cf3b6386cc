"""`motcua staff add|list|password|disable|enable`: accounts of officials."""

import asyncio
import os
import pwd
from datetime import datetime
from typing import Annotated, Final

import typer

from api.commands.terminal import VietnameseCommand, VietnameseGroup, say
from api.errors import StaffRefused
from api.settings import load_settings
from api.staff_accounts import (
    LONGEST_NAME,
    LONGEST_UNIT,
    NO_SUCH_ACCOUNT,
    Account,
    Official,
    checked_login,
    checked_words,
)
from api.wiring.staff import ask_staff
from knowledge.work_calendar import VIETNAM

Login = Annotated[
    str, typer.Argument(metavar="TÊN_ĐĂNG_NHẬP", help="Chữ thường không dấu, ví dụ lan.nguyen.")
]
Name = Annotated[
    str, typer.Option("--name", metavar="HỌ_TÊN", help="Họ tên cán bộ, ví dụ 'Nguyễn Thị Lan'.")
]
Unit = Annotated[
    str, typer.Option("--unit", metavar="ĐƠN_VỊ", help="Nơi làm việc; bỏ trống cũng được.")
]
Generate = Annotated[
    bool,
    typer.Option("--generate", help="Tự tạo mật khẩu ngẫu nhiên và in ra đúng một lần."),
]

_NO_NAME: Final = "Hãy ghi họ tên cán bộ, ví dụ --name 'Nguyễn Thị Lan'."
_OTHER: Final = "Hai lần gõ mật khẩu không giống nhau. Chưa có gì thay đổi; hãy chạy lại lệnh này."
_ENDED: Final = "Mọi phiên đăng nhập của tài khoản này đã kết thúc."


def build_app() -> typer.Typer:
    """Return the commands of `motcua staff`."""
    app = typer.Typer(
        cls=VietnameseGroup,
        help="Tài khoản cán bộ mở phiếu hướng dẫn tại quầy.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    named = (
        ("add", add),
        ("list", list_),
        ("password", password),
        ("disable", disable),
        ("enable", enable),
    )
    for name, command in named:
        app.command(name, cls=VietnameseCommand)(command)
    return app


def add(login: Login, name: Name, unit: Unit = "", generate: Generate = False) -> None:  # noqa: FBT002 - an option
    """Tạo tài khoản cán bộ. Mật khẩu được hỏi hai lần, không hiện khi gõ."""
    who = Official(
        0,
        checked_login(login),
        checked_words(name, "Họ tên", LONGEST_NAME),
        checked_words(unit, "Tên đơn vị", LONGEST_UNIT),
    )
    if not who.name:
        raise StaffRefused(_NO_NAME)
    chosen, hashed = _new_password(who.login, who.name, generate=generate)
    asyncio.run(ask_staff(load_settings(), lambda staff: staff.add(who, hashed, _operator())))
    say(f"Đã tạo tài khoản {who.login} ({who.name}). Đăng nhập tại địa chỉ /staff của trang.")
    _show_once(chosen, generate=generate)


def list_() -> None:
    """Xem các tài khoản: tên, đơn vị, ngày đặt mật khẩu, số phiên đang mở."""
    found = asyncio.run(ask_staff(load_settings(), lambda staff: staff.accounts()))
    if not found:
        say("Chưa có tài khoản nào. Tạo: motcua staff add TÊN_ĐĂNG_NHẬP --name 'HỌ TÊN'")
    for one in found:
        unit = f", {one.unit}" if one.unit else ""
        say(f"{one.login}  {one.name}{unit}: {_condition(one)}")


def password(login: Login, generate: Generate = False) -> None:  # noqa: FBT002 - an option
    """Đổi mật khẩu. Mọi phiên đăng nhập của tài khoản kết thúc."""
    known = checked_login(login)
    kept = asyncio.run(ask_staff(load_settings(), lambda staff: staff.find(known)))
    if kept is None:
        raise StaffRefused(NO_SUCH_ACCOUNT)
    chosen, hashed = _new_password(known, kept.official.name, generate=generate)
    asyncio.run(
        ask_staff(load_settings(), lambda staff: staff.set_password(known, hashed, _operator()))
    )
    say(f"Đã đổi mật khẩu của {known}. {_ENDED}")
    _show_once(chosen, generate=generate)


def disable(login: Login) -> None:
    """Khoá tài khoản ngay. Mọi phiên đăng nhập của tài khoản kết thúc."""
    known = checked_login(login)
    asyncio.run(ask_staff(load_settings(), lambda staff: staff.disable(known, _operator())))
    say(f"Đã khoá tài khoản {known}. {_ENDED}")


def enable(login: Login) -> None:
    """Mở lại tài khoản đã khoá; mật khẩu như cũ."""
    known = checked_login(login)
    asyncio.run(ask_staff(load_settings(), lambda staff: staff.enable(known, _operator())))
    say(f"Đã mở lại tài khoản {known}.")


def _new_password(login: str, name: str, *, generate: bool) -> tuple[str, str]:
    """Return a password and its hash."""
    from api.staff.passwords import Passwords, check, generated  # noqa: PLC0415 - argon2, late

    if generate:
        chosen = generated()
    else:
        chosen = typer.prompt("Mật khẩu mới", hide_input=True)
        check(chosen, login, name)
        if typer.prompt("Gõ lại mật khẩu", hide_input=True) != chosen:
            raise StaffRefused(_OTHER)
    return chosen, Passwords().hash(chosen)


def _show_once(chosen: str, *, generate: bool) -> None:
    if generate:
        say(f"Mật khẩu: {chosen}")
        say("Chép ngay và trao tận tay cán bộ: mật khẩu không xem lại được.")


def _condition(one: Account) -> str:
    if one.disabled_at is not None:
        return f"đã khoá từ {_moment(one.disabled_at)}"
    return f"đặt mật khẩu {_moment(one.changed_at)}, {one.sessions} phiên đang mở"


def _moment(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


def _operator() -> str:
    """Return the account that runs the program, by the system: no variable can change it."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # an account of a container has no name
        return str(number)
