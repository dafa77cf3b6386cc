"""Prints how well the right procedure is found: `python -m tests.retrieval.report`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.retrieval.measuring import Result, interval, measure, separation, share
from tests.retrieval.questions import library, ours, outside, without_accents

WITHIN = (1, 5)
"""Right procedure first, and among five."""


Data = Annotated[Path, typer.Option(envvar="NATIONAL_DATA", help="Folder of the exports.")]


def main(
    national_data: Data,
    *,
    misses: Annotated[bool, typer.Option(help="Also list what is not found first.")] = False,
    own: Annotated[bool, typer.Option(help="With our own content.")] = True,
) -> None:
    """Print the table, by slice, with the number of questions and 95 % intervals."""
    console = Console(width=110)
    shelf = library(national_data, own=own)
    typed = ours()
    slices = {
        "ours, accented": measure(shelf, typed),
        "ours, unaccented": measure(shelf, without_accents(typed)),
    }
    others = measure(shelf, outside(national_data))
    slices["outside, accented"] = tuple(one for one in others if one.asked.accented)
    slices["outside, unaccented"] = tuple(one for one in others if not one.asked.accented)
    slices["outside"] = others
    console.print(table(slices))
    for name, results in slices.items():
        for one in results if misses else ():
            if one.asked.codes and not one.within(1):
                console.print(f"{name}: {one.asked.text} → {one.found[:3]}", style="dim")


def table(slices: Mapping[str, Sequence[Result]]) -> Table:
    """Return the table: a line per slice."""
    made = Table(title="Finding the right procedure")
    for heading in ("slice", "n", *(f"among {places}" for places in WITHIN)):
        made.add_column(heading)
    made.add_column("nothing fits: n")
    made.add_column("right above nothing")
    for name, results in slices.items():
        answerable = [one for one in results if one.asked.codes]
        nothing = len(results) - len(answerable)
        cells = [_cell([one.within(places) for one in answerable]) for places in WITHIN]
        apart = f"{separation(results):.3f}" if nothing else "–"
        made.add_row(name, str(len(answerable)), *cells, str(nothing), apart)
    return made


def _cell(hits: Sequence[bool]) -> str:
    low, high = interval(hits)
    return f"{share(hits):.3f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    typer.run(main)
