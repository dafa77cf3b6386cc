"""Asking `motcua understand` many questions at once."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.evaluation.cases import Case
from tests.retrieval.questions import EXPORTS

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a message."""

    intent: str
    asked: frozenset[str]
    procedure: str | None
    candidates: tuple[str, ...]
    outcome: str
    reply: str
    confidence: float
    """0 to 1."""
    dossier_code: str | None


def exports(national_data: Path) -> list[Path]:
    """Return the exports that lie in the folder, or nothing where there are none."""
    return [national_data / name for name in EXPORTS if (national_data / name).is_file()]


def ask(cases: Iterable[Case], knowledge: list[Path]) -> dict[str, tuple[Answer, ...]]:
    """Return the answers to every turn, by the case's id; one process answers them all.

    Raises:
        subprocess.CalledProcessError: the program ended with an error.
        ValueError: a message came back with an error or not at all.
    """
    asked = list(cases)
    options = [word for path in knowledge for word in ("--knowledge", str(path))]
    result = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "motcua"), "understand", *options],
        input="".join(json.dumps(line) + "\n" for line in _lines(asked)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answers: dict[str, list[Answer]] = {case.id: [] for case in asked}
    for line in result.stdout.splitlines():
        got = json.loads(line)
        if "error" in got:
            raise ValueError(f"question {got['id']}: {got['error']}")
        answers[got["id"]].append(read_answer(got))
    wrong = [case.id for case in asked if len(answers[case.id]) != len(case.turns)]
    if wrong:
        raise ValueError(f"not every turn was answered, or two cases have one id: {wrong[:5]}")
    return {case: tuple(given) for case, given in answers.items()}


def _lines(cases: Iterable[Case]) -> Iterator[dict[str, str | None]]:
    for case in cases:
        conversation = case.id if len(case.turns) > 1 else None
        for turn in case.turns:
            yield {"id": case.id, "text": turn, "conversation": conversation}


def read_answer(got: dict[str, Any]) -> Answer:
    """Read one line of the program's."""
    return Answer(
        intent=got["intent"] or "",
        asked=frozenset(got["asked"]),
        procedure=got["procedure"],
        candidates=tuple(got["candidates"]),
        outcome=got["outcome"],
        reply=got["reply"],
        confidence=got["confidence"],
        dossier_code=got["dossier_code"],
    )
