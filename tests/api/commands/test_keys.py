"""An operator makes, lists, exchanges and ends the keys of other systems."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.keys import build_app
from api.errors import KeyRefused
from tests.api.commands.test_commands import motcua

OWN = "vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ\n"

Keys = Callable[..., Result]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """`motcua keys …` in this process: each start of a program takes a second."""

    def run(*arguments: str, given: str = "") -> Result:
        env = {"DATA_FOLDER": str(tmp_path / "var")}
        return CliRunner().invoke(build_app(), list(arguments), input=given, env=env)

    return run


def shown(text: str) -> tuple[str, str]:
    """The id and the key that were shown."""
    key_id, key = re.findall(r"(?m)^(?:Mã khoá|Khoá): (\S+)$", text)
    return key_id, key


def test_a_key_is_shown_once_and_listed_without_its_secret(tmp_path: Path) -> None:
    made = motcua(
        "keys", "add", "Một cửa tỉnh", "--scope", "dossiers:write", "--days", "90", folder=tmp_path
    )
    assert made.returncode == 0, made.stderr
    key_id, key = shown(made.stdout)
    listed = motcua("keys", "list", folder=tmp_path)
    assert key_id in listed.stdout
    assert "Một cửa tỉnh (dossiers:write): đến " in listed.stdout
    assert key.split("_", 2)[2] not in listed.stdout


def test_a_key_is_exchanged_and_ended(keys: Keys) -> None:
    scopes = ("--scope", "dossiers:read", "--scope", "dossiers:write")
    key_id, _ = shown(keys("add", "Cổng tỉnh", *scopes).stdout)
    rotated = keys("rotate", key_id, "--overlap-days", "3")
    new_id, _ = shown(rotated.stdout)
    assert "3 ngày" in rotated.stdout
    assert keys("revoke", new_id).exit_code == 0
    listed = keys("list").stdout
    assert "đã thu hồi" in listed
    assert "(dossiers:read dossiers:write)" in listed
    again = keys("rotate", new_id)
    assert isinstance(again.exception, KeyRefused)
    assert "không còn dùng được" in str(again.exception)


def test_a_key_of_the_other_side_comes_over_stdin_and_a_weak_one_is_refused(keys: Keys) -> None:
    arguments = ("add", "Hệ thống cũ", "--scope", "dossiers:write", "--own")
    for weak in ("Password123456789012345678901234567890\n", "", "x" * 5000):
        refused = keys(*arguments, given=weak)
        assert isinstance(refused.exception, KeyRefused)
        assert "Password1" not in str(refused.exception) + refused.output
    taken = keys(*arguments, given=OWN)
    assert taken.exit_code == 0
    assert OWN.strip() not in taken.stdout
    assert "bên kia tự chọn" in keys("list").stdout


def test_what_is_wrong_is_told_in_vietnamese(tmp_path: Path) -> None:
    assert "Chưa có khoá nào" in motcua("keys", "list", folder=tmp_path).stdout
    for arguments, status, told in (
        (("keys", "revoke", "khong-co"), 1, "Không có khoá nào mang mã này"),
        (("keys", "add", " ", "--scope", "dossiers:read"), 1, "Tên khoá"),
        (("keys", "add", "x", "--scope", "moi-thu"), 2, "không nằm trong"),
        (("keys", "add", "x"), 2, "Thiếu tuỳ chọn '--scope'"),
    ):
        result = motcua(*arguments, folder=tmp_path)
        assert result.returncode == status, result.stderr
        assert told in result.stderr
