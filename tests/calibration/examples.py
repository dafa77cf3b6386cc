"""What the calibration learns from: our own questions, none of them blind, none of others."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.deciding import look_up
from bot.deciding.evidence import evidence
from bot.dialogue import Dialogue
from bot.legible import legible
from bot.understanding import clean, to_parse
from knowledge.library import Library
from nlu.interpreter import Interpreter
from tests.evaluation import own
from tests.evaluation.asking import ROOT
from tests.evaluation.cases import Case
from tests.evaluation.noise import half_stripped, stripped
from tests.retrieval.questions import library

STRANGERS = ("retrieval/strangers", "understanding/")
"""Sets that are most like what outsiders ask."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message as it was typed, and what came of it."""

    case: str
    """The question it is a form of; forms of one question are never torn apart."""
    signals: tuple[float, ...]
    """In the order of `bot.deciding.evidence.SIGNALS`."""
    about: bool
    """A procedure that is known here answers it."""
    first: bool
    """The best candidate is such a procedure."""
    stranger: bool
    """Asked by somebody who had seen neither the training text nor the content."""


def gather(national_data: Path) -> Iterator[Example]:
    """Yield an example for every message that finds anything: as typed, with half the accents,
    and with none.
    """
    shelf = library(national_data)
    model = Interpreter.load(ROOT / "nlu" / "model")
    for case in _cases():
        for text in dict.fromkeys((case.text, stripped(case.text), half_stripped(case.text))):
            if (example := _example(case, text, shelf, model)) is not None:
                yield example


def _cases() -> Iterator[Case]:
    known, _ = own.untaught([*own.retrieval(), *own.understanding(), *own.nlu()])
    for case in known:
        judged = bool(case.accepted) or case.outside or case.system
        if judged and not case.blind and len(case.turns) == 1:
            yield case


def _example(case: Case, text: str, shelf: Library, model: Interpreter) -> Example | None:
    readable = legible(clean(text))
    parse = to_parse(readable, model.parse(readable))
    found = look_up(shelf, Dialogue(), parse)
    candidates = max(found.mentions, key=lambda one: (one[0].named, one[0].score), default=())
    if not candidates:
        return None
    best = candidates[0]
    codes = {best.procedure.code, *(twin.code for twin in best.twins)}
    return Example(
        case=case.id,
        signals=tuple(evidence(parse, candidates).values()),
        about=bool(case.accepted),
        first=not case.accepted.isdisjoint(codes),
        stranger=case.source.startswith(STRANGERS),
    )
