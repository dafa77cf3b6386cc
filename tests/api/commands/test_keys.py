"""An operator makes, lists, exchanges and ends the keys of other systems."""

import re
from pathlib import Path

from tests.api.commands.test_commands import motcua

OWN = b"vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ\n"


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


def test_a_key_is_exchanged_and_ended(tmp_path: Path) -> None:
    scopes = ("--scope", "dossiers:read", "--scope", "dossiers:write")
    key_id, _ = shown(motcua("keys", "add", "Cổng tỉnh", *scopes, folder=tmp_path).stdout)
    rotated = motcua("keys", "rotate", key_id, "--overlap-days", "3", folder=tmp_path)
    new_id, _ = shown(rotated.stdout)
    assert "3 ngày" in rotated.stdout
    assert motcua("keys", "revoke", new_id, folder=tmp_path).returncode == 0
    listed = motcua("keys", "list", folder=tmp_path).stdout
    assert "đã thu hồi" in listed
    assert "(dossiers:read dossiers:write)" in listed
    again = motcua("keys", "rotate", new_id, folder=tmp_path)
    assert again.returncode == 1
    assert "không còn dùng được" in again.stderr


def test_a_key_of_the_other_side_comes_over_stdin_and_a_weak_one_is_refused(tmp_path: Path) -> None:
    arguments = ("keys", "add", "Hệ thống cũ", "--scope", "dossiers:write", "--own")
    weak = motcua(*arguments, folder=tmp_path, given=b"Password123456789012345678901234567890\n")
    assert weak.returncode == 1
    assert "Password" not in weak.stdout + weak.stderr.replace("như 12345, admin, password", "")
    assert len(weak.stderr.splitlines()) == 1
    empty = motcua(*arguments, folder=tmp_path)
    assert empty.returncode == 1
    taken = motcua(*arguments, folder=tmp_path, given=OWN)
    assert taken.returncode == 0, taken.stderr
    assert OWN.decode().strip() not in taken.stdout
    assert "bên kia tự chọn" in motcua("keys", "list", folder=tmp_path).stdout


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
