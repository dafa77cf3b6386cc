"""Asking `motcua understand` many questions at once."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXPORTS = (
    "procedures_national.jsonl.gz",
    "procedures_defence.jsonl.gz",
    "procedures_social_supplement.jsonl",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One line for `motcua understand`; equal `conversation` is one dialogue, None a fresh one."""

    id: str
    text: str
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for it."""

    intent: str
    asked: tuple[str, ...]
    procedure: str | None
    candidates: tuple[str, ...]
    outcome: str
    reply: str


def exports(national_data: Path) -> list[Path]:
    """Return the exports that lie in the folder, or nothing where there are none."""
    return [national_data / name for name in EXPORTS if (national_data / name).is_file()]


def understand(questions: Iterable[Question], knowledge: list[Path]) -> dict[str, Answer]:
    """Return the answers by question id.

    Raises:
        subprocess.CalledProcessError: the program ended with an error.
        ValueError: a question came back with an error or not at all.
    """
    asked = list(questions)
    lines = "".join(
        json.dumps({"id": q.id, "text": q.text, "conversation": q.conversation}) + "\n"
        for q in asked
    )
    options = [word for path in knowledge for word in ("--knowledge", str(path))]
    result = subprocess.run(
        [str(ROOT / ".venv" / "bin" / "motcua"), "understand", *options],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    answers = {}
    for line in result.stdout.splitlines():
        got = json.loads(line)
        if "error" in got:
            raise ValueError(f"question {got['id']}: {got['error']}")
        answers[got["id"]] = Answer(
            intent=got["intent"],
            asked=tuple(got["asked"]),
            procedure=got["procedure"],
            candidates=tuple(got["candidates"]),
            outcome=got["outcome"],
            reply=got["reply"],
        )
    if missing := [q.id for q in asked if q.id not in answers]:
        raise ValueError(f"no answer to {missing[:5]}")
    return answers
