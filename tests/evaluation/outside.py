"""Other people's questions: read from NATIONAL_DATA, measured with, never shipped."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.text import strip_accents
from tests.evaluation.asking import Answer, Question, understand

Rows = dict[str, list[bool]]
"""Name of a measure → one entry per question."""
GROUNDLESS = ("answered", "clarify")
"""Families of outcome that name a procedure: wrong for a question about something else."""


def finding(national_data: Path, knowledge: list[Path]) -> tuple[Rows, list[str]]:
    """Measure the right procedure first, among five, and abstention; with the failures."""
    items = list(read_lines(national_data / "questions" / "dev.jsonl"))
    answers = understand((Question(item["id"], item["text"]) for item in items), knowledge)
    rows: Rows = {}
    failures = []
    for item in items:
        answer = answers[item["id"]]
        if item["behaviour"] == "oos":
            refused = not answer.outcome.startswith(GROUNDLESS)
            rows.setdefault("out of scope refused", []).append(refused)
        elif item["codes_in_data"]:
            accepted = set(item["codes_in_data"])
            marked = "unaccented" if strip_accents(item["text"]) == item["text"] else "accented"
            first = bool(answer.candidates) and answer.candidates[0] in accepted
            among = bool(accepted & set(answer.candidates[:5]))
            for name, hit in (("first", first), ("five", among)):
                rows.setdefault(f"right {name}, all", []).append(hit)
                rows.setdefault(f"right {name}, {marked}", []).append(hit)
            rows.setdefault("acceptable reply", []).append(acceptable(answer, accepted))
            wrong = answer.outcome.startswith("answered") and answer.procedure not in accepted
            rows.setdefault("confidently wrong", []).append(wrong)
            if not first:
                failures.append(failure(item, answer))
    return rows, failures


def acceptable(answer: Answer, accepted: set[str]) -> bool:
    """Say whether the first response is right, or a question whose choices may hold it."""
    if answer.outcome.startswith("clarify"):
        return bool(accepted & set(answer.candidates[:5]))
    return answer.procedure in accepted


def failure(item: Mapping[str, Any], answer: Answer) -> str:
    """Describe one failure on a line."""
    wanted = "|".join(item["codes_in_data"])
    return f"{wanted} ≠ {' '.join(answer.candidates[:3])} [{answer.outcome}] {item['text']}"


def topic_kept(national_data: Path, knowledge: list[Path]) -> tuple[Rows, list[str]]:
    """Ask each question after a turn with its procedure's title: does the topic stay?"""
    items = list(read_lines(national_data / "questions" / "legalrag.jsonl"))
    turns: list[Question] = []
    for number, item in enumerate(items):
        turns.append(Question(f"{number}-title", item["title"], f"c{number}"))
        turns.append(Question(f"{number}-question", item["text"], f"c{number}"))
    answers = understand(turns, knowledge)
    rows: Rows = {"first turn finds a topic": [], "topic kept": [], "topic is the right code": []}
    failures = []
    for number, item in enumerate(items):
        before = answers[f"{number}-title"].procedure
        after = answers[f"{number}-question"].procedure
        rows["first turn finds a topic"].append(before is not None)
        rows["topic kept"].append(before is not None and before == after)
        if item.get("code"):
            rows["topic is the right code"].append(after == item["code"])
        if before is None or before != after:
            outcome = answers[f"{number}-question"].outcome
            failures.append(f"{before} → {after} [{outcome}] {item['title']} | {item['text']}")
    return rows, failures


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
