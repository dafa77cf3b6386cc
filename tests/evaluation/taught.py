"""Everything the program is told in words: a question that is one of them proves nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from knowledge.content import SHIPPED, load_procedures
from knowledge.sayings import load_sayings
from knowledge.synonyms import expand
from knowledge.synonyms_file import load_vocabulary
from nlu.training.augment import names_alone
from nlu.training.examples import read_marked
from tests.evaluation.asking import ROOT
from tests.evaluation.cases import Case
from tests.support.training_text import fold, read_sentences

INTENTS: Final = ROOT / "nlu" / "data" / "intents"
_LONG_ENOUGH: Final = 4
"""Syllables of a synonym, or of a message within a dialogue, from which on equal is no chance."""


def taught() -> dict[str, str]:
    """Return where each taught text stands, by the text folded and without its punctuation.

    Raises:
        ValueError: there is no training text, so nothing could be compared.
    """
    found: dict[str, str] = {}
    for text, where in (*_training(), *_names(), *_synonyms()):
        found.setdefault(fold(text), where)
    return found


def where_taught(case: Case, known: dict[str, str]) -> str | None:
    """Return where the judged message is taught; None where it is not.

    Short messages within a dialogue ("thôi", "2") can be said in few ways: they are let pass.
    """
    said = fold(case.text)
    if len(case.turns) > 1 and len(said.split()) < _LONG_ENOUGH:
        return None
    return known.get(said)


def _training() -> Iterator[tuple[str, str]]:
    sentences = read_sentences(INTENTS)
    if not sentences:
        raise ValueError(f"no training text in {INTENTS}: nothing could be compared with it")
    for one in sentences:
        yield one.text, f"{_short(one.file)}:{one.line}"
    examples = [read_marked(one.marked, one.intent) for one in sentences]
    yield from ((alone.text, "a mention of the training text") for alone in names_alone(examples))


def _names() -> Iterator[tuple[str, str]]:
    for procedure in load_procedures():
        yield from ((alias, f"an alias of {procedure.code}") for alias in procedure.aliases)
    for entry in load_sayings(SHIPPED):
        yield from ((saying.text, f"{entry.file}:{saying.line}") for saying in entry.say)


def _synonyms() -> Iterator[tuple[str, str]]:
    for synonym in load_vocabulary().synonyms:
        for phrase in expand(synonym.said):
            if len(phrase.split()) >= _LONG_ENOUGH:
                yield phrase, "synonyms.yaml"


def _short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
