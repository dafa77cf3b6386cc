"""What was measured of a row, kept in build/ so that an interrupted run goes on."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Result:
    """The numbers of one row."""

    key: str
    measured_on: str
    """ISO date."""
    sentences: int
    taught: int
    """Sentences with their copies."""
    train_seconds: float
    """Processor time of all threads: the machine may be shared."""
    parse_ms: float
    """Median processor time of one answer."""
    size: int
    """Bytes on disk: the exported model of ours, Rasa's archive."""
    network: int
    """Bytes of a network's weights as npz; 0: there is no network."""
    slices: Mapping[str, Mapping[str, Any]]
    """Slice → the counts of `messages.Tally`."""


def load(folder: Path, settings: str) -> Result | None:
    """Return the result with these settings; None if it was not measured yet."""
    path = folder / f"{settings}.json"
    if not path.is_file():
        return None
    return Result(**json.loads(path.read_text(encoding="utf-8")))


def save(folder: Path, settings: str, result: Result) -> None:
    """Keep a result; it is found again as long as data, messages and settings stay the same."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(result), ensure_ascii=False, indent=1)
    (folder / f"{settings}.json").write_text(text + "\n", encoding="utf-8")
