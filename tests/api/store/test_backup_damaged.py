"""A backup that is damaged is refused before anything is touched."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.errors import BackupUnusable
from api.store.archive import MANIFEST, opened
from api.store.database import Database
from api.store.staging import stage
from tests.api.store.backups import Databases, backed_up, bring_back, quiet
from tests.support.stored import everything, fill

pytestmark = pytest.mark.anyio


def changed(backup: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy of the backup in which one file is changed, whole as a ZIP."""
    copy = backup.with_name("changed.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(copy, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member == name else data)
    return copy


def rewritten(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def rewrite(data: bytes) -> bytes:
        manifest = json.loads(data)
        change(manifest)
        return json.dumps(manifest).encode()

    return rewrite


def of_table(table_name: str, **values: object) -> Callable[[bytes], bytes]:
    def change(manifest: dict[str, Any]) -> None:
        for table in manifest["tables"]:
            if table["name"] == table_name:
                table.update(values)

    return rewritten(change)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("tables/turns.jsonl", lambda data: data.replace(b"20.000", b"90.000"), "turns"),
        ("tables/turns.jsonl", lambda data: data[: len(data) // 2], "turns"),
        ("tables/turns.jsonl", lambda _: b"", "turns"),
        ("tables/turns.jsonl", lambda data: data + data, "turns"),
        ("tables/turns.jsonl", lambda _: b'{"id": 1}\n', "turns"),
        ("tables/turns.jsonl", lambda _: b"[[[[\n", "turns"),
        (MANIFEST, rewritten(lambda one: one.update(schema="9999")), "mới hơn"),
        (MANIFEST, rewritten(lambda one: one.update(format="other")), "other"),
        (MANIFEST, rewritten(lambda one: one.pop("tables")), "hỏng"),
        (MANIFEST, rewritten(lambda one: one["tables"].pop()), "thừa hoặc thiếu"),
        (MANIFEST, of_table("turns", columns=[["id", "plain"]]), "turns"),
        (MANIFEST, of_table("turns", name="../../etc/passwd"), "thừa hoặc thiếu"),
        (MANIFEST, lambda _: b"\xff", "hỏng"),
    ],
)
async def test_a_damaged_backup_is_refused_before_anything_is_touched(
    databases: Databases,
    tmp_path: Path,
    name: str,
    change: Callable[[bytes], bytes],
    told: str,
) -> None:
    database = await databases.fresh("sqlite")
    await fill(database)
    backup = changed(await backed_up(database, tmp_path), name, change)
    with pytest.raises(BackupUnusable, match=told):
        await bring_back(database, backup, tmp_path)


async def test_whatever_byte_is_damaged_the_backup_is_refused_or_means_the_same(
    databases: Databases, tmp_path: Path
) -> None:
    database = await databases.fresh("sqlite")
    await fill(database)
    wanted = await everything(database)
    whole = (await backed_up(database, tmp_path)).read_bytes()
    damaged, staged = tmp_path / "damaged.zip", tmp_path / "staged.db"
    refused = 0
    for place in range(0, len(whole), max(len(whole) // 30, 1)):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        staged.unlink(missing_ok=True)
        try:
            with opened(damaged) as (archive, manifest):
                stage(archive, manifest, staged, quiet)
        except BackupUnusable:
            refused += 1
            continue
        copy = Database(f"sqlite+aiosqlite:///{staged}")
        assert await everything(copy) == wanted
        await copy.close()
    assert refused > 10


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
async def test_a_backup_that_is_cut_off_is_refused(
    databases: Databases, tmp_path: Path, share: float
) -> None:
    database = await databases.fresh("sqlite")
    await fill(database)
    backup = await backed_up(database, tmp_path)
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BackupUnusable, match="cụt"):
        await bring_back(database, backup, tmp_path)
