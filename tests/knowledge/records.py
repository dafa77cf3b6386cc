"""The official records that our content is held against."""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

EXPORTS = (
    "procedures_national.jsonl.gz",
    "procedures_defence.jsonl.gz",
    "procedures_social_supplement.jsonl",
)


@dataclass(frozen=True)
class Records:
    """Everything that the national data says, by code."""

    procedures: Mapping[str, Mapping[str, Any]]
    replaced_papers: Mapping[str, list[dict[str, str]]]
    online_levels: Mapping[str, list[dict[str, str]]]

    def texts(self, code: str) -> list[str]:
        """Return every text and number that the data holds on `code`."""
        rows = self.replaced_papers.get(code, []) + self.online_levels.get(code, [])
        return list(_leaves([self.procedures.get(code, {}), rows]))


@cache
def read_records(folder: Path) -> Records:
    """Read all official records of the folder."""
    procedures = {}
    for name in EXPORTS:
        procedures.update({record["code"]: record for record in _lines(folder / name)})
    return Records(
        procedures,
        _rows(folder / "documents_replaced_by_data.csv"),
        _rows(folder / "online_level.csv"),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["code"]].append(row)
    return dict(found)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, str | int | float):
        yield str(value)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _leaves(part)
