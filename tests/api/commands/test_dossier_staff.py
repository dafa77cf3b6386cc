"""Officials look at dossiers in a terminal; who did, and why, is on record."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.settings import load_settings
from api.wiring.build import open_database
from api.wiring.dossiers.office import open_book
from api.wiring.dossiers.staff import without_persons
from bot.dossiers.status import State, Supplement
from tests.api.commands.test_commands import motcua
from tests.support.desk_parts import CODE, NOBODYS, an_update

pytestmark = pytest.mark.anyio

WHY = "Công dân gọi điện hỏi hồ sơ của mình"


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with one dossier, which waits for a supplement."""
    settings = load_settings(data_folder=tmp_path / "var")
    asked = Supplement(("Giấy tờ chứng minh chỗ ở hợp pháp",), "Bản chụp bị mờ")
    async with open_database(settings) as database:
        book = await open_book(settings, database)
        await book.put([an_update(state=State.SUPPLEMENT, supplement=asked)], "test")
    return tmp_path


def audit(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "var" / "motcua.db")) as connection:
        rows = connection.execute("SELECT what, details FROM audit ORDER BY id").fetchall()
    assert {what for what, _ in rows} <= {"dossier_looked_at"}
    return [json.loads(details) for _, details in rows]


async def test_a_look_shows_the_dossier_and_leaves_a_line(folder: Path) -> None:
    shown = motcua("dossiers", "show", CODE.lower(), "--reason", WHY, folder=folder)
    assert shown.returncode == 0, shown.stderr
    for line in (
        f"Mã hồ sơ: {CODE}",
        "Thủ tục: Đăng ký thường trú 1.004222",
        "Trạng thái: Yêu cầu bổ sung giấy tờ, từ 12:00 20/11/2026",
        "Cần bổ sung: Giấy tờ chứng minh chỗ ở hợp pháp",
        "Khoản thu: Lệ phí đăng ký cư trú 20.000 đồng, đã nộp",
        "Người nộp: N*** V** A**",
        "  12:00 20/11/2026: Yêu cầu bổ sung giấy tờ, UBND phường Ngô Quyền, Chuyển cán bộ thụ lý",
    ):
        assert line in shown.stdout
    (noted,) = audit(folder)
    assert noted["reason"] == WHY
    told = motcua("dossiers", "audit", folder=folder)
    assert (told.returncode, told.stdout.count("\n")) == (0, 1)
    assert told.stdout.rstrip().split("\t")[1:] == [noted["who"], noted["dossier"], WHY]
    assert CODE not in told.stdout + json.dumps(audit(folder))


async def test_code_and_reason_are_asked_for_where_they_are_not_given(folder: Path) -> None:
    given = f"{CODE}\n{WHY}\n".encode()
    shown = motcua("dossiers", "show", folder=folder, given=given)
    assert shown.returncode == 0, shown.stderr
    assert "Đăng ký thường trú" in shown.stdout
    assert [line["reason"] for line in audit(folder)] == [WHY]


async def test_a_look_at_what_is_not_there_leaves_a_line_too(folder: Path) -> None:
    shown = motcua("dossiers", "show", NOBODYS, "--reason", WHY, folder=folder)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert len(audit(folder)) == 1


async def test_looks_at_one_dossier_have_one_name_and_others_another(folder: Path) -> None:
    for code in (CODE, NOBODYS, CODE):
        motcua("dossiers", "show", code, "--reason", WHY, folder=folder)
    names = [line["dossier"] for line in audit(folder)]
    assert names[0] == names[2] != names[1]


@pytest.mark.parametrize(
    ("code", "reason"), [("H17", WHY), (CODE, "hỏi"), (CODE, "a" * 201), ("' OR 1=1", WHY)]
)
async def test_what_cannot_be_noted_is_not_shown(folder: Path, code: str, reason: str) -> None:
    shown = motcua("dossiers", "show", code, "--reason", reason, folder=folder)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert audit(folder) == []


def test_no_code_and_no_number_of_a_person_stays_in_a_reason() -> None:
    reason = f"Anh Nam 0912345678 cccd 001099012345 hỏi {CODE} và h17.15 – 261116 - 0013, gấp"
    told = without_persons(reason)
    assert told.startswith("Anh Nam … cccd … hỏi … và …")
    assert not any(sign.isdigit() for sign in told)
