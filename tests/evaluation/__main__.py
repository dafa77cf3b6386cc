"""`make eval`: prints the tables, and writes the failures to build/evaluation for reading."""

from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from tests.evaluation import inside, outside
from tests.evaluation.asking import ROOT, exports
from tests.evaluation.intervals import proportion
from tests.evaluation.outside import Rows

FAILURES = ROOT / "build" / "evaluation"


def main(national_data: str = typer.Option("", envvar="NATIONAL_DATA")) -> None:
    """Measure understanding and finding; other people's questions only where they are at hand."""
    console = Console(width=100)
    FAILURES.mkdir(parents=True, exist_ok=True)
    folder = Path(national_data) if national_data else None
    loaded = exports(folder) if folder else []
    show(console, "meaning", "what is meant: nlu/evaluation", inside.meaning())
    show(console, "finding", "what is found: tests/retrieval", inside.finding(loaded))
    if folder is None:
        console.print("NATIONAL_DATA is not set: other people's questions are not measured.")
        return
    show(console, "dev", "what is found: dev.jsonl", outside.finding(folder, loaded))
    show(console, "legalrag", "follow-ups: legalrag.jsonl", outside.topic_kept(folder, loaded))
    console.print(f"Failures to read: {FAILURES}")


def show(console: Console, name: str, title: str, measured: tuple[Rows, list[str]]) -> None:
    """Print a table and keep its failures in a file."""
    rows, failures = measured
    table = Table(title=title, title_justify="left", width=90)
    table.add_column("measure")
    table.add_column("share [95 %] n", justify="right")
    for measure in sorted(rows):
        table.add_row(measure, proportion(rows[measure]))
    console.print(table)
    (FAILURES / f"{name}.txt").write_text("\n".join([*failures, ""]), "utf-8")


if __name__ == "__main__":
    typer.run(main)
