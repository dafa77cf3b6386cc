"""Other people's questions: read from NATIONAL_DATA, measured with, never shipped."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.evaluation.cases import Case

DEV = "dev.jsonl"
LEGALRAG = "legalrag.jsonl"


def dev(national_data: Path) -> Iterator[Case]:
    """Yield the questions that a record answers, and those that nothing answers.

    What is out of scope only for a desk of a commune (`oos_in_commune_kb`) is not judged.
    """
    for item in _lines(national_data / "questions" / DEV):
        outside = item["behaviour"] == "oos"
        if outside or item["codes_in_data"]:
            codes = frozenset(() if outside else item["codes_in_data"])
            yield Case(id=f"dev/{item['id']}", source=DEV, turns=(item["text"],), codes=codes)


def legalrag(national_data: Path) -> Iterator[Case]:
    """Yield the questions as follow-ups to a message that holds the procedure's title."""
    for number, item in enumerate(_lines(national_data / "questions" / LEGALRAG)):
        code = item.get("code")
        yield Case(
            id=f"legalrag/{number}",
            source=LEGALRAG,
            turns=(item["title"], item["text"]),
            codes=frozenset({code}) if code else None,
        )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
