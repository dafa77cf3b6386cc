"""Each procedure of ours is answered by each of its names, with accents and without.

The road is the engine's: the trained model reads, the library that ships is searched, and it is
decided what to answer. A question that offers the procedure is an answer too, where a name means
several things; how often that happens is counted and limited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
import typer

from api.settings import load_settings
from api.wiring.knowledge import Imported, build_library
from api.wiring.language import build_nlu
from bot.deciding import decide, look_up
from bot.deciding.decisions import (
    Answer,
    AnswerEach,
    AskCase,
    AskWhich,
    Decision,
    GuideOnline,
)
from bot.deciding.faq_decisions import AnswerFaq, AskFaq
from bot.dialogue import Dialogue
from bot.legible import legible
from bot.ports import Nlu
from bot.understanding import clean, to_parse
from knowledge.content import load_procedures
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.text import strip_accents

MOST_QUESTIONS = 0.02
"""Share of names that may lead to a question; measured in November 2026: 0.005."""

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Called:
    """One name, and what came of it."""

    text: str
    code: str
    answered: bool
    offered: bool
    decision: str


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = load_settings(data_folder=tmp_path_factory.mktemp("var"))
    return build_library(settings, (), Imported(), lambda _line: None)


@cache
def nlu() -> Nlu:
    return build_nlu(load_settings())


def names() -> Iterator[tuple[str, Procedure]]:
    """Yield the official name, the label and the aliases of each procedure, in both spellings."""
    for one in load_procedures():
        for text in dict.fromkeys((one.name, one.label, *one.aliases)):
            yield from ((typed, one) for typed in dict.fromkeys((text, strip_accents(text))))


async def decided(library: Library, text: str) -> Decision:
    read = legible(clean(text))
    said = replace(to_parse(read, await nlu().parse(read)), typed=clean(text))
    decision, _ = decide(Dialogue(), said, look_up(library, Dialogue(), said))
    return decision


def told(decision: Decision) -> set[str]:
    """Return the codes of what is answered about."""
    match decision:
        case Answer() | GuideOnline():
            return {decision.procedure.code}
        case AnswerEach():
            return {answer.procedure.code for answer in decision.answers}
        case _:
            return set()


def offered(decision: Decision) -> set[str]:
    """Return the codes behind the buttons."""
    codes: set[str] = set()
    match decision:
        case Answer():
            codes = _codes((*decision.twins, *decision.instead))
        case AnswerEach(question=AskWhich() | AskCase() as question):
            codes = offered(question)
        case AskWhich() | AskFaq():
            codes = _codes(decision.procedures)
        case AskCase():
            codes = {*decision.codes}
        case AnswerFaq():
            codes = {*decision.faq.procedures}
        case _:
            pass
    return codes


def _codes(procedures: Sequence[Procedure]) -> set[str]:
    return {procedure.code for procedure in procedures}


async def called(library: Library, text: str, one: Procedure) -> Called:
    decision = await decided(library, text)
    fitting = {one.code, *_codes(library.twins(one.code))}
    return Called(
        text,
        one.code,
        answered=not fitting.isdisjoint(told(decision)),
        offered=not fitting.isdisjoint(offered(decision)),
        decision=type(decision).__name__,
    )


async def test_every_name_is_answered(library: Library) -> None:
    found = [await called(library, text, one) for text, one in names()]
    assert len({one.code for one in found}) >= 200
    assert len(found) >= 2_000

    missed = [one for one in found if not (one.answered or one.offered)]
    asked = [one for one in found if not one.answered]
    share = len(asked) / len(found)
    typer.echo(f"{len(found)} tên gọi, {len(asked)} dẫn tới câu hỏi ({share:.1%}).")
    assert missed == []
    assert share <= MOST_QUESTIONS, asked
