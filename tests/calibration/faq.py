"""Fits when a message is taken for a general question; writes `bot/deciding/faq_calibration.py`.

Each way of asking an entry is left out in turn and searched for among the others; messages about
procedures, about nothing of ours and small talk are what must not be taken for a general question.
The questions of `tests/retrieval/faq` are not used: they measure.

python -m tests.calibration.faq
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bot.deciding.faq_evidence import FAQ_SIGNALS, TALK, faq_evidence
from bot.deciding.faq_found import FoundFaq
from bot.deciding.found import look_up
from bot.deciding.judging import best_of
from bot.dialogue import Dialogue
from bot.legible import legible
from bot.understanding import clean, to_parse
from knowledge.faq_finder import FaqShelf
from knowledge.library import Library
from knowledge.text import strip_accents
from nlu.interpreter import Interpreter
from tests.calibration.fitting import Flags, Floats
from tests.evaluation import own
from tests.evaluation.asking import ROOT
from tests.evaluation.cases import Case
from tests.retrieval.questions import library

WRITTEN = ROOT / "bot" / "deciding" / "faq_calibration.py"
FOLDS = 10
MISSING = "chua-co"
"""Entries on what no record here answers: what is outside of the records may well be theirs."""

MOST_TAKEN = 0.002
"""Share of questions about a procedure that may be answered with a general question."""

MOST_ASKED = 0.005
"""Share of them that may be asked back with a general question among the buttons."""

MOST_LEFT = 0.02
"""Share of them that may be taken for a general question where no procedure is believed."""

_HEAD = '''"""How much each signal counts, and when a message is taken for a general question.

Written by `python -m tests.calibration.faq` from {count} messages of our own; not to be edited.
"""

from collections.abc import Mapping
from typing import Final
'''


@dataclass(frozen=True, slots=True)
class Example:
    """One message, and what came of it."""

    group: str
    """The entry or question it belongs to."""
    signals: tuple[float, ...]
    """In the order of FAQ_SIGNALS."""
    general: bool
    """It asks a general question."""
    first: bool
    """The best entry is the one it asks."""
    procedure: bool
    """It is about a procedure."""


class Gatherer:
    """Turns messages into examples, with all national data loaded."""

    def __init__(self, national_data: Path) -> None:
        self.library: Library = library(national_data)
        self._model = Interpreter.load(ROOT / "nlu" / "model")

    def example(
        self, text: str, shelf: FaqShelf, key: str = "", case: Case | None = None
    ) -> Example | None:
        """Return the example of a message that asks the entry `key`, or is `case`."""
        readable = legible(clean(text))
        parse = to_parse(readable, self._model.parse(readable))
        found = look_up(self.library, Dialogue(), parse)
        faqs = [
            FoundFaq(one.faq, score=one.score, heard=one.heard, said=one.said, named=one.named)
            for one in shelf.search(readable)
        ]
        if not faqs or (case and case.outside and faqs[0].faq.topic == MISSING):
            return None
        signals = faq_evidence(parse, faqs, best_of(found.mentions))
        return Example(
            group=key or (case.id if case else ""),
            signals=tuple(signals[name] for name in FAQ_SIGNALS),
            general=bool(key),
            first=faqs[0].faq.key == key,
            procedure=bool(case and case.accepted),
        )


def gather(national_data: Path) -> Iterator[Example]:
    """Yield an example for each way of asking left out, and for each message that asks none."""
    gatherer = Gatherer(national_data)
    shelf = gatherer.library.faqs
    for left_out in range(max(len(faq.asked) for faq in shelf)):
        rest = [
            replace(faq, asked=faq.asked[:left_out] + faq.asked[left_out + 1 :]) for faq in shelf
        ]
        without = FaqShelf.of(rest, shelf.words)
        asked = [(faq.key, faq.asked[left_out]) for faq in shelf if left_out < len(faq.asked)]
        for key, form in ((key, form) for key, text in asked for form in _forms(text)):
            if (example := gatherer.example(form, without, key)) is not None:
                yield example
    for case in _others():
        for text in _forms(case.text):
            if (example := gatherer.example(text, shelf, case=case)) is not None:
                yield example


def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((text, strip_accents(text))))


def _others() -> Iterator[Case]:
    known, _ = own.untaught([*own.retrieval(), *own.understanding(), *own.nlu()])
    for case in known:
        small_talk = bool(case.intents) and case.intents <= set(TALK)
        judged = bool(case.accepted) or case.outside or small_talk
        if judged and not case.blind and len(case.turns) == 1:
            yield case


def fit(rows: Floats, labels: Flags) -> tuple[float, Floats]:
    """Return start and weights; both kinds of message count the same."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=2_000, class_weight="balanced")
    model.fit((rows - middle) / spread, labels)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ middle), weights


def shares(fitted: tuple[float, Floats], rows: Floats) -> Floats:
    """Return the probability that each row gets."""
    return np.asarray(1 / (1 + np.exp(-(fitted[0] + rows @ fitted[1]))))


def cross_validated(rows: Floats, labels: Flags, groups: Sequence[str]) -> Floats:
    """Return for each row the probability by a model that saw nothing of its group."""
    told = np.zeros(len(rows))
    for known, unknown in GroupKFold(FOLDS).split(rows, labels, groups):
        told[unknown] = shares(fit(rows[known], labels[known]), rows[unknown])
    return told


def least(told: Floats, most: float) -> float:
    """Return the lowest threshold that no more than the share `most` of `told` reaches."""
    steps = (round(float(one), 3) for one in np.arange(0.3, 0.999, 0.005))
    return next((one for one in steps if np.mean(told >= one) <= most), 0.999)


def main(
    national_data: Annotated[Path, typer.Option(envvar="NATIONAL_DATA")],
    *,
    write: Annotated[bool, typer.Option(help="Write the file; else only show.")] = True,
) -> None:
    """Fit on the ways of asking of all entries and on our own open questions."""
    examples = list(gather(national_data))
    rows = np.array([example.signals for example in examples])
    general = np.array([example.general for example in examples])
    first = np.array([example.first for example in examples])
    procedure = np.array([example.procedure for example in examples])
    groups = [example.group for example in examples]
    told = cross_validated(rows, general, groups)
    told_first = cross_validated(
        rows[general],
        first[general],
        [group for group, kept in zip(groups, general, strict=True) if kept],
    )
    limits = {
        "GENERAL_SURE": least(told[procedure], MOST_TAKEN),
        "GENERAL_BESIDE": least(told[procedure], MOST_ASKED),
        "GENERAL": least(told[procedure], MOST_LEFT),
    }
    console = Console(width=100)
    for name, limit in limits.items():
        strange = ~general & ~procedure
        console.print(
            f"{name} {limit}: taken of general {np.mean(told[general] >= limit):.3f}, "
            f"of procedures {np.mean(told[procedure] >= limit):.4f}, "
            f"of what is neither {np.mean(told[strange] >= limit):.3f}"
        )
    right = first[general]
    for limit in (0.2, 0.3, 0.4, 0.5, 0.6):
        sure = told_first >= limit
        console.print(
            f"first {limit}: answered at once {np.mean(sure):.3f}, right {np.mean(right[sure]):.3f}"
        )
    fitted = {"GENERAL": fit(rows, general), "FIRST": fit(rows[general], first[general])}
    if write:
        WRITTEN.write_text(_module(len(examples), fitted, limits), "utf-8")


def _module(
    count: int, fitted: Mapping[str, tuple[float, Floats]], limits: Mapping[str, float]
) -> str:
    notes = {
        "GENERAL_SURE": "From this probability on a general question is answered, whatever fits.",
        "GENERAL_BESIDE": "From this one on it is offered beside a procedure that is asked about.",
        "GENERAL": "From this one on it is answered where no procedure is asked about.",
    }
    lines = [_HEAD.format(count=count)]
    lines += [f'{name}: Final = {limit}\n"""{notes[name]}"""' for name, limit in limits.items()]
    for name, (start, weights) in fitted.items():
        lines.append(f"{name}_START: Final = {start:.3f}")
        lines.append(f"{name}_SIGNALS: Final[Mapping[str, float]] = {{")
        pairs = zip(FAQ_SIGNALS, weights, strict=True)
        lines += [f'    "{signal}": {weight:.3f},' for signal, weight in pairs]
        lines.append("}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(main)
