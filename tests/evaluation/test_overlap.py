"""No question that is measured is among what the program was told."""

from collections.abc import Iterable, Iterator

import pytest

from tests.evaluation import own
from tests.evaluation.cases import Case
from tests.evaluation.taught import taught, where_taught
from tests.support.training_text import fold

NEWER = ("retrieval/strangers_second", "retrieval/blind", "understanding/")
"""Sets by people who had not seen the training text."""
BY_CHANCE = 0.03
"""Share of a newer set that may be taught by chance ("menu", "cho tôi gặp cán bộ"): it is left out
of every number. More than this was copied, one way or the other."""


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    return taught()


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*own.retrieval(), *own.understanding(), *own.nlu()]


@pytest.fixture(scope="module")
def newer(cases: list[Case]) -> list[Case]:
    return [case for case in cases if case.id.startswith(NEWER)]


def told(case: Case, what: str) -> str:
    return f"{case.id}: {'(blind)' if case.blind else case.text}: {what}"


def repeated(cases: Iterable[Case]) -> Iterator[str]:
    first: dict[tuple[str, ...], Case] = {}
    for case in cases:
        earlier = first.setdefault(tuple(fold(turn) for turn in case.turns), case)
        if earlier is not case:
            yield told(case, f"stands already as {earlier.id}")


def test_a_taught_question_is_not_measured(cases: list[Case], known: dict[str, str]) -> None:
    kept, dropped = own.untaught(cases)
    assert len(kept) > 1500
    assert len(kept) + len(dropped) == len(cases)
    assert [case.id for case in kept if where_taught(case, known)] == []


def test_hardly_a_question_of_the_newer_sets_is_taught(
    newer: list[Case], known: dict[str, str]
) -> None:
    assert len(newer) >= 600
    shared = [told(case, where) for case in newer if (where := where_taught(case, known))]
    assert len(shared) <= BY_CHANCE * len(newer), "\n".join(["taught:", *shared])


def test_no_question_of_the_newer_sets_stands_twice(newer: list[Case]) -> None:
    assert newer
    twice = list(repeated(newer))
    assert twice == [], "\n".join(["twice:", *twice])


@pytest.mark.parametrize(
    "text", ["đăng ký tạm trú cần gì, ạ", "ĐĂNG KÝ TẠM TRÚ CẦN GÌ Ạ", "dang ky tam tru can gi a?"]
)
def test_accents_case_and_punctuation_make_no_other_sentence(text: str) -> None:
    known = {fold("Đăng ký tạm trú cần gì ạ?"): "ask.yml:1"}
    assert where_taught(Case("1", "x", (text,)), known) == "ask.yml:1"


def test_a_short_message_within_a_dialogue_may_be_a_taught_one() -> None:
    known = {"thoi": "cancel.yml:1"}
    assert where_taught(Case("1", "x", ("đăng ký tạm trú", "thôi")), known) is None
    assert where_taught(Case("2", "x", ("thôi",)), known) == "cancel.yml:1"


def test_names_sayings_synonyms_and_mentions_are_taught_as_sentences_are(
    known: dict[str, str],
) -> None:
    places = set(known.values())
    assert "a mention of the training text" in places
    assert "synonyms.yaml" in places
    assert any(place.startswith("an alias of ") for place in places)
    assert any("sayings/" in place for place in places)
    assert any(place.startswith("nlu/data/intents/") for place in places)
