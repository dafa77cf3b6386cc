"""Our own questions: `tests/retrieval`, `tests/understanding` and `nlu/evaluation`."""

from collections.abc import Iterator
from typing import Final

from bot.parse import AskedField
from tests.evaluation.asking import ROOT
from tests.evaluation.cases import PROCEDURE_INTENTS, Case
from tests.evaluation.taught import taught, where_taught
from tests.retrieval.questions import blind, ours
from tests.support.training_text import ASKED, read_sentences
from tests.understanding import reading

_STRANGERS: Final = frozenset(
    {"strangers", "strangers_second", "strangers_third", "fresh", "unseen"}
)
"""Files of retrieval questions that are shown apart: they were written after the words."""
_FIELDS: Final = frozenset(field.value for field in AskedField)


def retrieval() -> Iterator[Case]:
    """Yield the questions of `tests/retrieval`."""
    for number, one in enumerate((*ours(), *blind()), start=1):
        apart = one.blind or one.topic in _STRANGERS
        yield Case(
            id=f"retrieval/{one.topic}-{number}",
            source=f"retrieval/{one.topic}" if apart else "retrieval/by topic",
            turns=(one.text,),
            codes=one.codes,
            blind=one.blind,
        )


def nlu() -> Iterator[Case]:
    """Yield the marked sentences of `nlu/evaluation`, which name no code."""
    for number, one in enumerate(read_sentences(ROOT / "nlu" / "evaluation"), start=1):
        fields = {kind.removeprefix("asked_") for kind in one.kinds if kind in ASKED}
        judged = one.intent in PROCEDURE_INTENTS
        yield Case(
            id=f"nlu/{one.intent}-{number}",
            source="nlu/evaluation",
            turns=(one.text,),
            intents=frozenset({one.intent}),
            asked=(frozenset(fields & _FIELDS),) if judged else (),
        )


def understanding() -> Iterator[Case]:
    """Yield the messages of `tests/understanding`."""
    yield from reading.cases()


def untaught(cases: list[Case]) -> tuple[list[Case], list[str]]:
    """Return the cases that the program was never told, and where the others are taught."""
    known = taught()
    kept, dropped = [], []
    for case in cases:
        where = where_taught(case, known)
        if where is None:
            kept.append(case)
        else:
            dropped.append(case.id if case.blind else f"{case.id}: {case.text} = {where}")
    return kept, dropped
