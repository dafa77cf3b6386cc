"""What is backed up comes back, on either database, wholly or not at all."""

import asyncio
import itertools
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from api.errors import RestoreRefused
from api.jobs.beside import beside
from api.store import schema
from api.store.archive import opened
from api.store.backup import write_backup
from api.store.channel_tables import audit, inbox, sealed_tokens
from api.store.database import Database
from api.store.restore import contents, restore
from api.store.staging import stage
from api.store.tables import conversations, state, turns
from tests.api.store.backups import KINDS, NOW, Databases, backed_up, bring_back, quiet
from tests.support.stored import MORNING, everything, fill, is_filled

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 60.0


def test_no_table_is_forgotten() -> None:
    folder = Path(schema.__file__).parent
    named = {Path(str(module.__file__)).name for module in schema.MODULES}
    assert named == {file.name for file in folder.glob("*tables.py")}
    assert all(module.metadata is schema.metadata for module in schema.MODULES)


def test_the_example_has_something_in_every_table() -> None:
    assert is_filled()


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
async def test_every_row_comes_back_from_either_database_to_either(
    databases: Databases, tmp_path: Path, source: str, target: str
) -> None:
    before, after = await databases.fresh(source), await databases.fresh(target)
    await fill(before)
    async with after.writing() as connection:
        await connection.execute(
            insert(conversations).values(channel="web", user_id="cũ", dialogue="{}")
        )
    await bring_back(after, await backed_up(before, tmp_path), tmp_path)
    wanted, got = await everything(before), await everything(after)
    (line,) = [row for row in got["audit"] if row not in wanted["audit"]]
    assert line[1:3] == (NOW, "restored")
    got["audit"].remove(line)
    assert got.pop("knowledge_state")[0][1] > wanted.pop("knowledge_state")[0][1]
    assert got == wanted


@pytest.mark.parametrize("target", KINDS)
async def test_new_rows_are_numbered_after_the_restored_ones(
    databases: Databases, tmp_path: Path, target: str
) -> None:
    before, after = await databases.fresh("sqlite"), await databases.fresh(target)
    await fill(before)
    await bring_back(after, await backed_up(before, tmp_path), tmp_path)
    async with after.writing() as connection:
        new = insert(conversations).values(channel="web", user_id="mới", dialogue="{}")
        number = (await connection.execute(new.returning(conversations.c.id))).scalar_one()
    assert number > 42


@pytest.mark.parametrize("target", KINDS)
async def test_the_line_of_audit_takes_no_number_of_a_restored_one(
    databases: Databases, tmp_path: Path, target: str
) -> None:
    before, after = await databases.fresh("sqlite"), await databases.fresh(target)
    erased = [{"id": number, "at": NOW, "what": "erased"} for number in (1, 2, 3)]
    async with before.writing() as connection:
        await connection.execute(insert(audit), erased)
    await bring_back(after, await backed_up(before, tmp_path), tmp_path)
    async with after.reading() as connection:
        lines = (await connection.execute(select(audit.c.what).order_by(audit.c.id))).scalars()
        assert list(lines) == ["erased", "erased", "erased", "restored"]


async def talk(database: Database, more: asyncio.Event) -> None:
    """Write conversations until cancelled, each with its turn; set `more` behind each."""
    for number in itertools.count(1):
        async with database.writing() as connection:
            new = insert(conversations).values(
                channel="web", user_id=f"người {number}", dialogue="{}"
            )
            made = await connection.execute(new.returning(conversations.c.id))
            turn = {"conversation_id": made.scalar_one(), "event_id": "1", "reply": "{}"}
            facts = {"asked": "", "outcome_family": "answered", "outcome_kind": "fee"}
            row = turn | facts | {"duration_ms": 1.0, "sent_at": MORNING}
            await connection.execute(insert(turns).values(row))
        more.set()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_holds_one_moment_while_others_write(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    database = await databases.fresh(kind)
    await fill(database)
    more, backups = asyncio.Event(), []
    async with beside(talk(database, more)):
        for number in range(5):
            more.clear()
            await asyncio.wait_for(more.wait(), PATIENCE_SECONDS)
            output = tmp_path / f"{number}.zip"
            await write_backup(database, output, MORNING, quiet)
            backups.append(output)
    counts = []
    for backup in backups:
        with opened(backup) as (_, manifest):
            rows = {table.name: table.rows for table in manifest.tables}
        assert rows["conversations"] - 2 == rows["turns"] - 2
        counts.append(rows["turns"])
    assert counts == sorted(counts)
    assert len(set(counts)) == 5


@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_of_the_tables_before_is_brought_up_to_date(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    before, after = await databases.fresh(kind, schema="0002"), await databases.fresh(kind)
    async with before.writing() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO conversations (channel, user_id, dialogue) VALUES ('web', 'Lan', '{}')"
        )
        await connection.exec_driver_sql("UPDATE knowledge_state SET version = 77")
    await bring_back(after, await backed_up(before, tmp_path), tmp_path)
    async with after.reading() as connection:
        rows = (await connection.execute(select(conversations))).all()
        version = (await connection.execute(select(state.c.version))).scalar_one()
    assert [(row.channel, row.user_id) for row in rows] == [("web", "Lan")]
    assert version == 78


async def test_tokens_renewed_since_the_backup_are_kept(
    databases: Databases, tmp_path: Path
) -> None:
    database = await databases.fresh("sqlite")
    await fill(database)
    backup = await backed_up(database, tmp_path)
    async with database.writing() as connection:
        change = sealed_tokens.update().values(version=6, sealed="gAAAA-mới")
        await connection.execute(change)
    await bring_back(database, backup, tmp_path)
    async with database.reading() as connection:
        row = (await connection.execute(select(sealed_tokens))).one()
    assert (row.version, row.sealed) == (6, "gAAAA-mới")


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_restored_while_a_server_has_the_database_open(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    serving = await databases.fresh(kind)
    await fill(serving)
    backup = await backed_up(serving, tmp_path)
    address = serving.engine.url.render_as_string(hide_password=False)
    before = await everything(serving)  # leaves a connection in the pool, as a server has
    ours = Database(address)
    databases.opened.append(ours)
    with pytest.raises(RestoreRefused, match="motcua serve"):
        await bring_back(ours, backup, tmp_path)
    assert await everything(serving) == before


@pytest.mark.parametrize("kind", KINDS)
async def test_a_restore_that_breaks_half_way_changes_nothing(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    source, target = await databases.fresh("sqlite"), await databases.fresh(kind)
    await fill(source)
    await fill(target)
    async with source.writing() as connection:
        await connection.execute(audit.insert().values(at=1.0, what="chỉ có ở bản sao lưu"))
    before = await everything(target)
    staged = tmp_path / "staged.db"
    with opened(await backed_up(source, tmp_path)) as (archive, manifest):
        stage(archive, manifest, staged, quiet)

    def stumble(what: str, _done: int, _total: int) -> None:
        if what == turns.name:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await restore(target, staged, NOW, stumble)
    assert await everything(target) == before


async def test_an_empty_database_has_no_contents(databases: Databases) -> None:
    database = await databases.fresh("sqlite")
    assert await contents(database) == {}
    await fill(database)
    assert (await contents(database))[inbox.name] == 1
