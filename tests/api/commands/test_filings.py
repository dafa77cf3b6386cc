"""`motcua filings` counts what guided filings reached, by procedure, and names nobody."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from api.commands.filings import filings
from api.commands.terminal import EXIT_USAGE
from api.settings import load_settings
from api.store.filings.counts import Counted, add_counts
from api.wiring.build import open_database
from tests.api.commands.test_commands import motcua

BIRTH, RESIDENCE = "1.001193", "1.004222"
COUNTS = {
    ("2026-11-01", BIRTH, "guided"): 4,
    ("2026-11-20", BIRTH, "guided"): 2,
    ("2026-11-20", BIRTH, "stepped"): 3,
    ("2026-11-21", BIRTH, "filed"): 3,
    ("2026-11-21", BIRTH, "completed"): 1,
    ("2026-11-21", RESIDENCE, "guided"): 1,
    ("2026-11-21", "9.999999", "guided"): 1,
}


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data folder with some counts."""
    settings = load_settings(data_folder=tmp_path / "var")
    counted = [Counted(*one) for one, times in COUNTS.items() for _ in range(times)]
    async with open_database(settings) as database:
        await database.transact(lambda connection: add_counts(database, connection, counted))
    return tmp_path


@pytest.mark.anyio
async def test_the_table_and_what_a_program_reads_tell_the_same(folder: Path) -> None:
    shown = motcua("filings", folder=folder)
    assert shown.returncode == 0, shown.stderr
    lines = [line.split("\t") for line in shown.stdout.splitlines()]
    assert [line[0] for line in lines[:5]] == ["Mã", BIRTH, RESIDENCE, "9.999999", "Tất cả"]
    assert lines[1][2:] == ["6", "3", "3", "1", "50 %", "33 %"]
    assert lines[2][6:] == ["0 %", "–"]
    assert "khai sinh" in lines[1][1]
    told = json.loads(motcua("filings", "--json", folder=folder).stdout)
    assert told["total"] == {"guided": 8, "stepped": 3, "filed": 3, "completed": 1}
    written = motcua("filings", "--csv", folder=folder).stdout
    rows = list(csv.DictReader(io.StringIO(written)))
    for row, one in zip(rows, told["procedures"], strict=True):
        assert row == {name: str(value) for name, value in one.items()}


@pytest.mark.anyio
async def test_days_and_a_procedure_narrow_it(folder: Path) -> None:
    days = ("--from", "20/11/2026", "--to", "2026-11-20")
    told = json.loads(motcua("filings", "--json", *days, folder=folder).stdout)
    assert (told["from"], told["to"]) == ("2026-11-20", "2026-11-20")
    assert told["total"] == {"guided": 2, "stepped": 3, "filed": 0, "completed": 0}
    one = motcua("filings", "--json", "--procedure", RESIDENCE, folder=folder)
    assert [found["procedure"] for found in json.loads(one.stdout)["procedures"]] == [RESIDENCE]


@pytest.mark.anyio
async def test_nothing_counted_is_said_also_where_there_is_no_database(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for where, given in ((folder, ("--from", "2027-01-01")), (tmp_path_factory.mktemp("x"), ())):
        shown = motcua("filings", *given, folder=where)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert shown.stdout.startswith("Chưa có hồ sơ nào")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"first": "hôm qua"}, "--from là 'hôm qua'"),
        ({"last": "2026-13-01"}, "--to là '2026-13-01'"),
        ({"last": "20261101"}, "2026-11-01"),
        ({"first": "2026-11-02", "last": "2026-11-01"}, "sau --to"),
        ({"as_json": True, "as_csv": True}, "Chỉ chọn một"),
    ],
)
def test_what_cannot_be_meant_is_told(
    capsys: pytest.CaptureFixture[str], given: dict[str, Any], why: str
) -> None:
    assert filings(**given) == EXIT_USAGE
    told = capsys.readouterr()
    assert why in told.err
    assert told.out == ""
