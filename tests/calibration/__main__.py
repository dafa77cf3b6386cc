"""Fits the calibration, shows how well it holds, and writes `bot/deciding/calibration.py`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from tests.calibration.examples import Example, gather
from tests.calibration.fitting import (
    Flags,
    Floats,
    Weights,
    cross_validated,
    fit,
    least_about,
    least_first,
    reliability,
)
from tests.evaluation.asking import ROOT

WRITTEN = ROOT / "bot" / "deciding" / "calibration.py"
MOST_WRONG = 0.015
"""Share of answerable questions that may be answered with another procedure. 0.03 is promised, also
to those whose questions are harder than ours."""

MOST_BELIEVED = 0.05
"""Share of messages that nothing answers which may be taken for questions about a procedure: as
promised."""

_HEAD = '''"""How much each signal counts, and from where on a judgement is believed.

Written by `python -m tests.calibration` from {count} messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final
'''


def main(
    national_data: Annotated[Path, typer.Option(envvar="NATIONAL_DATA")],
    *,
    write: Annotated[bool, typer.Option(help="Write the file; else only show.")] = True,
) -> None:
    """Fit on our own questions with all national data loaded; strangers' ones set the limits."""
    examples = list(gather(national_data))
    rows = np.array([example.signals for example in examples])
    about = np.array([example.about for example in examples])
    first = np.array([example.first for example in examples])
    groups = [example.case for example in examples]
    stranger = np.array([example.stranger for example in examples])
    told_about = cross_validated(rows, about, groups)
    told_first = cross_validated(rows[about], first[about], _of(groups, about))
    asked = stranger[about]
    limits = {
        "ABOUT": least_about(told_about[stranger], about[stranger], MOST_BELIEVED),
        "FIRST": least_first(told_first[asked], first[about][asked], MOST_WRONG),
    }
    console = Console(width=100)
    console.print(_reliability("asks about a procedure known here", told_about, about))
    console.print(_reliability("the first is right", told_first, first[about]))
    _tell(console, limits, (told_about, about), (told_first, first[about]))
    fitted = {"ABOUT": fit(rows, about), "FIRST": fit(rows[about], first[about])}
    for name, weights in fitted.items():
        console.print(name, weights)
    if write:
        WRITTEN.write_text(_module(examples, fitted, limits), "utf-8")


def _of(groups: Sequence[str], kept: Flags) -> list[str]:
    return [group for group, keep in zip(groups, kept, strict=True) if keep]


def _reliability(title: str, told: Floats, right: Flags) -> Table:
    table = Table(title=f"{title} (cross-validated)", title_justify="left")
    for heading in ("told", "right", "n"):
        table.add_column(heading, justify="right")
    for mean, share, count in reliability(told, right):
        table.add_row(f"{mean:.3f}", f"{share:.3f}", str(count))
    return table


def _tell(
    console: Console,
    limits: Mapping[str, float],
    about: tuple[Floats, Flags],
    first: tuple[Floats, Flags],
) -> None:
    believed = about[0] >= limits["ABOUT"]
    answered = first[0] >= limits["FIRST"]
    console.print(f"limits: {limits}")
    console.print(
        f"refused by mistake {np.mean(~believed[about[1]]):.3f}, "
        f"believed by mistake {np.mean(believed[~about[1]]):.3f}, "
        f"answered at once {np.mean(answered):.3f}, of all wrong "
        f"{np.mean(answered & ~first[1]):.3f}"
    )


def _module(
    examples: Sequence[Example], fitted: Mapping[str, Weights], limits: Mapping[str, float]
) -> str:
    lines = [_HEAD.format(count=len(examples))]
    notes = {
        "ABOUT": "From this probability on a message is taken to ask about a procedure known here.",
        "FIRST": "From this probability on the best is answered without asking back.",
    }
    for name, weights in fitted.items():
        lines.append(f'{name}: Final = {limits[name]}\n"""{notes[name]}"""')
        lines.append(f"{name}_START: Final = {weights.start}")
        lines.append(f"{name}_SIGNALS: Final[Mapping[str, float]] = {{")
        lines += [f'    "{signal}": {weight},' for signal, weight in weights.signals.items()]
        lines.append("}\n")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    typer.run(main)
