"""Whether a stranger with a stop-watch can tell a wrong code from a wrong factor.

`python -m tests.bench.leaks` looks up 10,000 codes, half of which exist, in random order and each
with a wrong factor, and compares how long the answers take: as soon as they are known inside the
process, where no network blurs anything.
"""

import asyncio
import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

import typer
from rich.console import Console
from rich.table import Table
from scipy.stats import mannwhitneyu

from api.store.database import Database
from api.store.migrate import migrate
from bot.dossiers.ports import Asker
from bot.messages import ConversationKey
from tests.bench.measure import Measure
from tests.support.desk_parts import RIGHT, WRONG, an_office
from tests.support.leaks import existing_code, fill, unknown_code

CODES: Final = 10_000
FOUND: Final = 1_000

FAR_FROM_CHANCE: Final = 0.02
"""Of AUC: how often an existing code takes longer than an unknown one is 50 %, give or take this.

Chance alone gives ± 0.011 in nineteen of twenty runs of so many codes. Whoever is to see such a
difference has to ask about one code hundreds of times, and is answered fifteen times a day.
"""


def measure_leaks() -> list[Measure]:
    """Look up 10,000 codes in a database of their own."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        existing, unknown, found = asyncio.run(_timed(Path(folder)))
    test = mannwhitneyu(existing, unknown)
    auc = float(test.statistic) / (len(existing) * len(unknown))
    return [
        Measure("a dossier found at the desk (p50)", median(found) * 1000, "ms", 5),
        Measure("found, one after the other", len(found) / sum(found), "/s", 500, at_least=True),
        Measure("refused, the code exists (p50)", median(existing) * 1000, "ms"),
        Measure("refused, no such code (p50)", median(unknown) * 1000, "ms"),
        Measure("the first takes longer than the second (AUC)", auc * 100, "%"),
        Measure("away from 50 %", abs(auc - 0.5) * 100, "%", FAR_FROM_CHANCE * 100),
        Measure("chance of as much without a leak (Mann-Whitney)", float(test.pvalue) * 100, "%"),
    ]


async def _timed(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of each look-up: of existing codes, of unknown ones, with the factor."""
    database = Database(f"sqlite+aiosqlite:///{folder}/motcua.db")
    await migrate(database)
    office = an_office(database)
    await fill(office.book, CODES // 2)
    order = [(code, WRONG) for code in _codes()]
    random.Random(20261122).shuffle(order)  # noqa: S311 - nobody guesses at it
    order += [(existing_code(number), RIGHT) for number in range(FOUND)]
    seconds: dict[tuple[bool, str], list[float]] = {}
    known = {existing_code(number) for number in range(CODES // 2)}
    for at, (code, factor) in enumerate(order):
        asker = Asker(ConversationKey("web", f"{at:064x}"), f"block {at}")
        began = time.perf_counter()
        await office.desk.look_up(asker, code, factor)
        took = time.perf_counter() - began
        seconds.setdefault((code in known, factor), []).append(took)
    await database.close()
    return seconds[True, WRONG], seconds[False, WRONG], seconds[True, RIGHT]


def _codes() -> list[str]:
    numbers = range(CODES // 2)
    return [code(number) for number in numbers for code in (existing_code, unknown_code)]


def main() -> None:
    """Print the measures."""
    table = Table("measure", "value", "limit", "")
    for one in measure_leaks():
        table.add_row(one.name, one.shown, one.limit_shown, one.verdict)
    Console(width=110).print(table)


if __name__ == "__main__":
    typer.run(main)
