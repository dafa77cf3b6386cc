"""`make eval`: prints the report, and writes it with the failures to build/evaluation."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from api.wiring.build import now
from knowledge.content import load_procedures
from tests.evaluation import faults, outside, own, tables
from tests.evaluation.asking import ROOT, ask, exports
from tests.evaluation.cases import SLICES, Case
from tests.evaluation.judging import Judged, judge
from tests.evaluation.noise import variants
from tests.retrieval.questions import names

BUILD: Final = ROOT / "build" / "evaluation"
WIDTH: Final = 190


class Part(StrEnum):
    """What can be measured alone."""

    RETRIEVAL = "retrieval"
    UNDERSTANDING = "understanding"
    NLU = "nlu"
    DEV = "dev"
    LEGALRAG = "legalrag"


OWN: Final = (Part.RETRIEVAL, Part.UNDERSTANDING, Part.NLU)

Data = Annotated[str, typer.Option(envvar="NATIONAL_DATA", help="Folder of the exports.")]
Only = Annotated[list[Part] | None, typer.Option(help="Measure this part; may be repeated.")]
Quick = Annotated[bool, typer.Option(help="Own open sets as they are typed, nothing else.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything to be measured in one run."""

    cases: list[Case]
    """Our own and dev.jsonl; blind ones too."""
    retyped: dict[str, list[Case]]
    """The open ones of them, typed in other ways."""
    follow_ups: list[Case]
    """legalrag.jsonl."""
    dropped: list[str]
    """Cases left out, since the program was told them."""

    @property
    def everything(self) -> list[Case]:
        """All of them, to be asked in one process."""
        return [*self.cases, *(c for some in self.retyped.values() for c in some), *self.follow_ups]


def main(*, national_data: Data = "", only: Only = None, quick: Quick = False) -> None:
    """Measure understanding and finding; other people's questions only where they are at hand."""
    data = Path(national_data) if national_data else None
    parts = set(only or (OWN if quick else Part))
    loaded = exports(data) if data else []
    known = {one.code: one.name for one in load_procedures()} | (names(data) if data else {})
    asked = collect(parts, data, known, quick=quick)
    answers = ask(asked.everything, loaded)
    retyped = {name: judge(cases, answers) for name, cases in asked.retyped.items()}
    report = Report(Console(width=WIDTH, record=True), known)
    report.head(asked, data)
    report.body(judge(asked.cases, answers), retyped)
    if asked.follow_ups:
        report.print(tables.topics(judge(asked.follow_ups, answers)))
    BUILD.mkdir(parents=True, exist_ok=True)
    faults.write(BUILD, judge([*asked.cases, *asked.follow_ups], answers))
    faults.write_lost(BUILD, judge(asked.cases, answers), retyped)
    (BUILD / "dropped.txt").write_text("\n".join([*asked.dropped, ""]), "utf-8")
    report.console.print(f"Failures to read: {BUILD.relative_to(ROOT)}/*.txt")
    (BUILD / "report.txt").write_text(report.text(), "utf-8")


def collect(parts: set[Part], data: Path | None, known: dict[str, str], *, quick: bool) -> Asked:
    """Return what is asked; questions that no loaded record answers are left out."""
    sources = {Part.RETRIEVAL: own.retrieval, Part.UNDERSTANDING: own.understanding}
    sources[Part.NLU] = own.nlu
    wanted = [case for part in OWN if part in parts for case in sources[part]()]
    kept, dropped = own.untaught([case for case in wanted if not (quick and case.blind)])
    if data and Part.DEV in parts:
        kept += outside.dev(data)
    kept = [case for case in kept if not case.accepted or case.accepted & known.keys()]
    follow_ups = list(outside.legalrag(data)) if data and Part.LEGALRAG in parts else []
    open_cases = [case for case in kept if not case.blind]
    return Asked(kept, {} if quick else variants(open_cases), follow_ups, dropped)


class Report:
    """Prints the tables in their order."""

    def __init__(self, console: Console, known: dict[str, str]) -> None:
        self.console = console
        self.print = console.print
        self._names = known

    def head(self, asked: Asked, data: Path | None) -> None:
        """Tell what was measured."""
        self.print(f"{now():%Y-%m-%d %H:%M} UTC; {len(self._names)} procedures loaded.")
        self.print(
            f"{len(asked.cases)} cases; {len(asked.dropped)} left out: taught (dropped.txt)."
        )
        if data is None:
            self.print("NATIONAL_DATA is not set: other people's questions are not measured.")

    def text(self) -> str:
        """Return what was printed, as plain text."""
        lines = self.console.export_text().splitlines()
        return "".join(f"{line.rstrip()}\n" for line in lines)

    def body(self, judged: list[Judged], retyped: dict[str, list[Judged]]) -> None:
        """Print the numbers first, then what goes wrong."""
        dev = [one for one in judged if one.case.source == outside.DEV]
        blind = [one for one in judged if one.case.blind]
        ours = [one for one in judged if not one.case.blind and one.case.source != outside.DEV]
        columns = {"own, open": ours, "own, blind": blind, outside.DEV: dev}
        self.print(tables.targets({name: cases for name, cases in columns.items() if cases}))
        by_slice = {"all": ours, **self._by_slice(ours)}
        by_slice |= {f"all accented, {name}": cases for name, cases in retyped.items()}
        by_set = {
            source: list(cases)
            for source, cases in groupby(sorted(judged, key=_source), key=_source)
        }
        for title, rows in (("own, open, by slice", by_slice), ("by set", by_set)):
            self.print(tables.measures(f"Finding: {title}", tables.FINDING, rows))
            self.print(tables.measures(f"Meaning: {title}", tables.MEANING, rows))
            self.print(tables.measures(f"Special: {title}", tables.SPECIAL, rows))
        if retyped:
            self.print(tables.losses(ours + dev, retyped))
        self.print(tables.intents(ours))
        self.print(faults.procedures(ours, self._names))
        self.print(faults.intents(ours))
        self.print(faults.reliability(ours))

    def _by_slice(self, judged: list[Judged]) -> dict[str, list[Judged]]:
        return {
            shown: [one for one in judged if name in one.case.slices]
            for name, shown in SLICES.items()
        }


def _source(one: Judged) -> str:
    return one.case.source


if __name__ == "__main__":
    typer.run(main)
