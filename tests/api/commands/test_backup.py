"""`motcua backup` and `motcua restore` as people run them, and as power cuts end them."""

import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from api.store.schema import metadata
from api.wiring.backing_up import LABELS
from tests.api.commands.test_commands import motcua

PEOPLE = 6_000
DIALOGUE_BYTES = 2_000
DIALOGUE = " " * (DIALOGUE_BYTES - 2) + "{}"
"""Together more than SQLite keeps in memory, so that a restore writes as it goes."""


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "var" / "motcua.db", timeout=10)


def make_database(folder: Path) -> None:
    """Let the program itself make the tables."""
    (folder / "var").mkdir(parents=True, exist_ok=True)
    program = (
        "import asyncio, sys; from api.store.database import Database; "
        "from api.store.migrate import migrate; "
        "asyncio.run(migrate(Database(f'sqlite+aiosqlite:///{sys.argv[1]}')))"
    )
    command = [sys.executable, "-c", program, str(folder / "var" / "motcua.db")]
    subprocess.run(command, check=True, timeout=60)


def talk(folder: Path, name: str, people: int) -> None:
    with closing(database(folder)) as connection, connection:
        connection.execute("DELETE FROM conversations")
        connection.executemany(
            "INSERT INTO conversations (channel, user_id, dialogue) VALUES ('web', ?, ?)",
            [(f"{name} {number}", DIALOGUE) for number in range(people)],
        )


def names(folder: Path) -> dict[str, int]:
    """Return how many conversations there are of each name."""
    with closing(database(folder)) as connection:
        query = "SELECT substr(user_id, 1, 3), count(*) FROM conversations GROUP BY 1"
        return dict(connection.execute(query).fetchall())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_database(tmp_path)
    talk(tmp_path, "Lan", 3)
    return tmp_path


def test_a_backup_is_written_and_brought_back(folder: Path) -> None:
    saved = motcua("backup", "motcua.zip", folder=folder)
    assert saved.returncode == 0, saved.stderr
    assert "Cuộc trò chuyện: 3 dòng" in saved.stdout
    assert stat.S_IMODE((folder / "motcua.zip").stat().st_mode) == 0o600
    talk(folder, "Hoa", 5)
    restored = motcua("restore", "motcua.zip", "--yes", folder=folder)
    assert restored.returncode == 0, restored.stderr
    assert "Đã khôi phục" in restored.stdout
    assert names(folder) == {"Lan": 3}


def test_an_operator_reads_of_every_table_what_it_holds() -> None:
    assert set(LABELS) == set(metadata.tables)
    assert len(set(LABELS.values())) == len(LABELS)


def test_what_is_there_is_not_replaced_without_being_asked(folder: Path) -> None:
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    talk(folder, "Hoa", 5)
    refused = motcua("restore", "motcua.zip", folder=folder)
    assert refused.returncode == 1
    assert "Cuộc trò chuyện: 5" in refused.stderr
    assert "--yes" in refused.stderr
    assert names(folder) == {"Hoa": 5}


def test_a_new_machine_needs_no_permission(folder: Path, tmp_path: Path) -> None:
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    env = {"DATA_FOLDER": str(tmp_path / "new" / "var")}
    restored = motcua("restore", "motcua.zip", folder=folder, env=env)
    assert restored.returncode == 0, restored.stderr
    assert names(tmp_path / "new") == {"Lan": 3}


def test_nothing_is_restored_while_somebody_has_the_database_open(folder: Path) -> None:
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    with closing(database(folder)) as serving:
        serving.execute("SELECT count(*) FROM conversations").fetchall()
        assert motcua("backup", "again.zip", folder=folder).returncode == 0
        refused = motcua("restore", "motcua.zip", "--yes", folder=folder)
    assert refused.returncode == 1
    assert "motcua serve" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("restore", "khong-co.zip"), "khong-co.zip"),
        (("restore", "var"), "var"),
        (("backup", "khong/co/motcua.zip"), "motcua.zip"),
        (("backup", "var"), "var"),
    ],
)
def test_files_that_cannot_be_read_or_written_are_named(
    folder: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = motcua(*arguments, folder=folder)
    assert result.returncode == 1
    assert told in result.stderr


def test_before_there_is_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    result = motcua("backup", "motcua.zip", folder=tmp_path)
    assert result.returncode == 1
    assert "chưa có gì để sao lưu" in result.stderr
    assert not (tmp_path / "var").exists()
    assert list(tmp_path.iterdir()) == []


def killed_when(grown: Path, size: int, *arguments: str, folder: Path) -> bool:
    """Kill the command as soon as a file has grown to `size`; tell whether it was in time."""
    command = [str(Path(sys.executable).parent / "motcua"), *arguments]
    env = {"DATA_FOLDER": str(folder / "var"), "LC_ALL": "C"}
    with subprocess.Popen(
        command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        while program.poll() is None and not _has(grown, size):
            time.sleep(0.001)
        program.kill()
    return program.returncode < 0


def _has(file: Path, size: int) -> bool:
    try:
        return file.stat().st_size >= size
    except FileNotFoundError:
        return False


def test_a_restore_that_is_killed_leaves_all_of_the_old_or_all_of_the_new(folder: Path) -> None:
    talk(folder, "Lan", PEOPLE)
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    write_ahead = folder / "var" / "motcua.db-wal"
    left = []
    for share in (0.01, 0.4, 0.8):
        talk(folder, "Hoa", 7)
        size = int(PEOPLE * DIALOGUE_BYTES * share)
        killed_when(write_ahead, size, "restore", "motcua.zip", "--yes", folder=folder)
        left.append(names(folder))
    assert all(one in ({"Hoa": 7}, {"Lan": PEOPLE}) for one in left), left
    assert {"Hoa": 7} in left, "none was killed before the end"
    assert motcua("restore", "motcua.zip", "--yes", folder=folder).returncode == 0
    assert names(folder) == {"Lan": PEOPLE}


def test_a_backup_that_is_killed_leaves_a_whole_one(folder: Path) -> None:
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    talk(folder, "Hoa", PEOPLE)
    part = folder / ".motcua.zip.part"
    killed_when(part, 1, "backup", "motcua.zip", folder=folder)
    assert motcua("restore", "motcua.zip", "--yes", folder=folder).returncode == 0
    assert names(folder) in ({"Lan": 3}, {"Hoa": PEOPLE})
    assert motcua("backup", "motcua.zip", folder=folder).returncode == 0
    assert not part.exists()
