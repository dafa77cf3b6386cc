"""An operator makes, lists, changes and ends accounts of officials."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.staff import build_app
from api.errors import StaffRefused
from tests.api.commands.test_commands import motcua

LOGIN, NAME = "lan.nguyen", "Nguyễn Thị Lan"
PASSWORD = "mưa rơi trên mái ngói"  # noqa: S105 - of these tests

Staff = Callable[..., Result]


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    """`motcua staff …` in this process: each start of a program takes a second."""

    def run(*arguments: str, typed: tuple[str, ...] = ()) -> Result:
        env = {"DATA_FOLDER": str(tmp_path / "var")}
        given = "".join(f"{line}\n" for line in typed)
        return CliRunner().invoke(build_app(), list(arguments), input=given, env=env)

    return run


def test_an_account_is_made_with_a_password_that_is_shown_once(tmp_path: Path) -> None:
    made = motcua(
        *("staff", "add", LOGIN, "--name", NAME, "--unit", "UBND phường Bến Thành", "--generate"),
        folder=tmp_path,
    )
    assert made.returncode == 0, made.stderr
    (password,) = re.findall(r"(?m)^Mật khẩu: ([a-z2-9-]{23})$", made.stdout)
    listed = motcua("staff", "list", folder=tmp_path)
    assert f"{LOGIN}  {NAME}, UBND phường Bến Thành: đặt mật khẩu " in listed.stdout
    assert "0 phiên đang mở" in listed.stdout
    assert password not in listed.stdout


def test_the_password_is_asked_for_twice_and_never_shown(staff: Staff) -> None:
    made = staff("add", LOGIN, "--name", NAME, typed=(PASSWORD, PASSWORD))
    assert made.exit_code == 0
    assert "/staff" in made.stdout
    assert PASSWORD not in made.output
    differing = staff("password", LOGIN, typed=(PASSWORD, f"{PASSWORD}!"))
    assert isinstance(differing.exception, StaffRefused)
    assert "không giống nhau" in str(differing.exception)
    changed = staff("password", LOGIN, typed=("gió thổi qua rặng tre", "gió thổi qua rặng tre"))
    assert changed.exit_code == 0
    assert "Mọi phiên đăng nhập của tài khoản này đã kết thúc" in changed.stdout


def test_an_account_is_disabled_and_enabled(staff: Staff) -> None:
    staff("add", LOGIN, "--name", NAME, "--generate")
    assert "Đã khoá tài khoản lan.nguyen" in staff("disable", "LAN.nguyen").stdout
    assert "đã khoá từ" in staff("list").stdout
    assert "Đã mở lại" in staff("enable", LOGIN).stdout
    assert "đã khoá" not in staff("list").stdout


def test_what_is_wrong_is_told_in_vietnamese(staff: Staff) -> None:
    assert "Chưa có tài khoản nào" in staff("list").stdout
    named = ("--name", NAME)
    weak = ("matkhau12345", "matkhau12345")
    for arguments, typed, told in (
        (("password", LOGIN), (), "Không có tài khoản nào"),
        (("disable", LOGIN), (), "Không có tài khoản nào"),
        (("add", "Lan Nguyễn", *named), (), "Tên đăng nhập dài 3 đến 40 ký tự"),
        (("add", "x" * 41, *named), (), "Tên đăng nhập dài 3 đến 40 ký tự"),
        (("add", LOGIN, "--name", " "), (), "họ tên"),
        (("add", LOGIN, "--name", "x" * 81), (), "Họ tên dài tối đa 80"),
        (("add", LOGIN, *named, "--unit", "x" * 121), (), "Tên đơn vị dài tối đa 120"),
        (("add", LOGIN, *named), weak, "dễ đoán"),
        (("add", LOGIN, *named), ("ngắn", "ngắn"), "ít nhất 12 ký tự"),
    ):
        refused = staff(*arguments, typed=typed)
        assert isinstance(refused.exception, StaffRefused), arguments
        assert told in str(refused.exception)
    assert "Chưa có tài khoản nào" in staff("list").stdout


def test_a_login_is_taken_once(staff: Staff) -> None:
    assert staff("add", LOGIN, "--name", NAME, "--generate").exit_code == 0
    again = staff("add", LOGIN, "--name", "Người khác", "--generate")
    assert isinstance(again.exception, StaffRefused)
    assert "Mật khẩu:" not in again.output
