"""Dossiers are imported from files: broken rows are told by row and cell, the rest is stored."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.api.commands.test_commands import motcua

HEADINGS = "Mã hồ sơ;Trạng thái;Ngày hẹn trả;4 số cuối điện thoại"
PATIENCE_SECONDS = 120.0


def table(folder: Path, count: int, broken: int = 0) -> Path:
    """A file in which every n-th row is broken, spread evenly."""
    every = count // broken if broken else count + 1
    rows = [
        f"H17.15-261110-{number:05};{'lạ' if number % every == every - 1 else 4};24/11/2026;"
        f"{number % 10_000:04}"
        for number in range(count)
    ]
    path = folder / "ho-so.csv"
    path.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    return path


def stored(folder: Path) -> tuple[int, int]:
    """How many dossiers and updates there are."""
    with sqlite3.connect(next((folder / "var").glob("*.db"))) as connection:
        (dossiers,) = connection.execute("SELECT count(*) FROM dossiers").fetchone()
        (updates,) = connection.execute("SELECT count(*) FROM dossier_updates").fetchone()
    connection.close()
    return dossiers, updates


def test_fifty_thousand_rows_with_twenty_broken_ones(tmp_path: Path) -> None:
    path, report = table(tmp_path, 50_000, 20), tmp_path / "loi.txt"
    result = motcua("dossiers", "import", str(path), "--report", str(report), folder=tmp_path)
    assert result.returncode == 1, result.stderr
    assert "49980 dòng dùng được, 20 dòng lỗi" in result.stdout
    lines = report.read_text("utf-8").splitlines()
    told = [line for line in lines if re.search(r"dòng \d+, ô B\d+ \(Trạng thái\): ", line)]
    assert len(told) == 20
    assert stored(tmp_path) == (49_980, 49_980)


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, 1500)
    first = motcua("dossiers", "import", str(path), folder=tmp_path)
    again = motcua("dossiers", "import", str(path), folder=tmp_path)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "1500 hồ sơ mới" in first.stdout
    assert "1500 đã có từ trước" in again.stdout
    assert stored(tmp_path) == (1500, 1500)


def test_a_dry_run_tells_and_stores_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, 40, 2)
    result = motcua("dossiers", "import", str(path), "--dry-run", folder=tmp_path)
    assert result.returncode == 1
    assert "2 dòng lỗi" in result.stdout
    assert "chưa lưu gì" in result.stdout
    assert not (tmp_path / "var").exists()


def test_a_killed_import_is_run_again_and_nothing_is_lost(tmp_path: Path) -> None:
    path = table(tmp_path, 20_000)
    variables = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path / "var")}  # noqa: TID251
    program = [str(Path(sys.executable).parent / "motcua"), "dossiers", "import", str(path)]
    running = subprocess.Popen(program, env=variables, stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE_SECONDS
    while not 0 < _so_far(tmp_path) < 20_000:
        assert time.monotonic() < end
        assert running.poll() is None, "it was over before it could be killed"
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    before, _ = stored(tmp_path)
    assert before % 1000 == 0
    result = motcua("dossiers", "import", str(path), folder=tmp_path)
    assert f"{before} đã có từ trước" in result.stdout
    assert stored(tmp_path) == (20_000, 20_000)


def _so_far(folder: Path) -> int:
    try:
        return stored(folder)[0]
    except (StopIteration, sqlite3.OperationalError):
        return 0


def test_whoever_cannot_look_up_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ho-so.csv"
    path.write_text(
        "Mã hồ sơ,Trạng thái,Năm sinh\nH17.15-261110-0001,4,1990\nH17.15-261110-0002,4,", "utf-8"
    )
    usual = motcua("dossiers", "import", str(path), "--dry-run", folder=tmp_path)
    assert "2 hồ sơ trong tệp không có thông tin thứ hai (phone4, id4)" in usual.stdout
    for factors, told in (("birth_year", "1 hồ sơ trong tệp"), ("none", "")):
        env = {"DOSSIER_FACTORS": factors}
        result = motcua("dossiers", "import", str(path), "--dry-run", folder=tmp_path, env=env)
        assert ("thông tin thứ hai" in result.stdout) == bool(told)
        assert told in result.stdout


@pytest.mark.parametrize("name", ["ho-so.xlsx", "ho-so.csv"])
def test_the_sample_is_read_and_its_two_rows_are_not_taken_for_real(
    tmp_path: Path, name: str
) -> None:
    made = motcua("dossiers", "sample", name, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    result = motcua("dossiers", "import", name, folder=tmp_path)
    told = result.stdout + result.stderr
    assert (result.returncode, told.count("hồ sơ mẫu")) == (1, 2), told


def test_a_file_that_is_none_is_told_in_one_line(tmp_path: Path) -> None:
    for name in ("khong-co.csv", "ho-so.pdf", "."):
        result = motcua("dossiers", "import", name, folder=tmp_path)
        assert result.returncode == 1
        assert len(result.stderr.splitlines()) == 1
    assert motcua("dossiers", "sample", "mau.pdf", folder=tmp_path).returncode == 1
