"""`make bench`: prints speed and memory, with stock Rasa beside it where it is set up."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tests.bench.alerts import measure_alerts
from tests.bench.dossiers import measure_dossiers
from tests.bench.emulated import MESSAGES as EMULATED
from tests.bench.emulated import emulator_beside, measure_emulated
from tests.bench.filings import measure_filings
from tests.bench.leaks import measure_leaks
from tests.bench.measure import Measure
from tests.bench.measuring import bench_environment, measure_motcua, measure_rasa
from tests.bench.processes import ROOT
from tests.bench.webhooks import all_questions, measure_webhooks

RASA_ARCHIVE = ROOT / "build" / "nlu" / "motcua.tar.gz"


def main(national_data: str = typer.Option("", envvar="NATIONAL_DATA")) -> None:
    """Measure the assistant with all national and defence procedures loaded."""
    console = Console(width=110)
    if not national_data:
        console.print("NATIONAL_DATA is not set: measured with the shipped procedures only.")
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    try:
        with console.status("motcua…"):
            ours = measure_motcua(folder, Path(national_data) if national_data else None)
        show(console, "motcua", ours)
        _show_the_road(console, folder, national_data)
        _show_in_process(console, folder)
        if not RASA_ARCHIVE.exists() or not (ROOT / "nlu" / ".venv" / ".ready").exists():
            console.print("Stock Rasa is not measured: run `make train` first.")
            return
        with console.status("Rasa…"):
            rasa = measure_rasa(RASA_ARCHIVE)
        show(console, "stock Rasa, the same trained model", rasa)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _show_in_process(console: Console, folder: Path) -> None:
    """Measure dossiers, filings and alerts in this process, on SQLite."""
    measures: dict[str, Callable[[], list[Measure]]] = {
        "dossiers": lambda: measure_dossiers(folder),
        "who looks up a dossier, with a stop-watch": measure_leaks,
        "guided filings": lambda: measure_filings(folder),
        "alerts": lambda: measure_alerts(folder),
    }
    for title, measure in measures.items():
        with console.status(f"{title}…"):
            show(console, f"{title}, in process on SQLite", measure())


def _show_the_road(console: Console, folder: Path, national_data: str) -> None:
    """Measure what goes through a channel, on the knowledge base that lies in `folder`."""
    env = bench_environment(folder)
    with console.status("Telegram…"):
        ours = measure_webhooks(env)
    emulator = emulator_beside(Path(national_data)) if national_data else None
    if emulator is None:
        console.print("npm or its emulator is missing: measured with our own Bot API only.")
    else:
        with console.status("telegram-test-api…"):
            ours += measure_emulated(emulator, env, all_questions()[:EMULATED])
    show(console, "a message through Telegram, from the webhook to the delivery", ours)


def show(console: Console, title: str, measures: list[Measure]) -> None:
    """Print one table."""
    table = Table(title=title, title_justify="left")
    for heading in ("measure", "value", "limit", ""):
        table.add_column(heading, justify="left" if heading == "measure" else "right")
    for one in measures:
        table.add_row(one.name, one.shown, one.limit_shown, one.verdict)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
    sys.exit(0)
