"""The rows of the table: read from rows.yml, each with all settings that decide its numbers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.errors import TrainingDataFault
from nlu.training.ablation.lessons import COPIES, LEAST, SAMPLE, SEED

ROWS = Path(__file__).parent / "rows.yml"
FULL, PART = "full", "sample"
OURS, RASA = "ours", "rasa"
READERS = frozenset({"AskedClassifier", "SpanExtractor", "CRFEntityExtractor"})
"""Components that tell the fields asked; DIET does if its entity recognition is on."""


@dataclass(frozen=True)
class Row:
    """One variant of the model."""

    key: str
    says: str
    taught: str
    """"full" or "sample"."""
    copies: str
    """A key of `lessons.COPIES`."""
    by: str
    """"ours" or "rasa"."""
    pipeline: Sequence[Mapping[str, Any]]
    """What Rasa's config.yml would hold."""

    @property
    def reads_fields(self) -> bool:
        """Tell whether any component reads what is asked; else its answers hold intents only."""
        return any(_reads_fields(component) for component in self.pipeline)

    def settings_hash(self, data: str, messages: str) -> str:
        """Return what its cached result is found by.

        Args:
            data: the hash of the training text.
            messages: the hash of the messages.
        """
        sample = [SEED, SAMPLE, LEAST] if self.taught == PART else []
        content = [{**asdict(self), "says": "", "key": ""}, sample, data, messages]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def read(config: Path, path: Path = ROWS) -> list[Row]:
    """Read the rows; `config` is the shipped config.yml, which the rows "ours" change.

    Raises:
        TrainingDataFault: a row names something that does not exist, or two have one key.
    """
    content = yaml.safe_load(path.read_text("utf-8"))
    shipped = yaml.safe_load(config.read_text("utf-8"))["pipeline"]
    rows = [_row(entry, shipped, content["featurizers"]) for entry in content["rows"]]
    keys = [row.key for row in rows]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise TrainingDataFault(f"{path.name}: several rows are called {', '.join(twice)}.")
    return rows


def chosen(rows: Sequence[Row], keys: Sequence[str]) -> list[Row]:
    """Return the rows called `keys`, all if none is named.

    Raises:
        TrainingDataFault: there is no such row.
    """
    known = [row.key for row in rows]
    if unknown := [key for key in keys if key not in known]:
        raise TrainingDataFault(f"No row {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [row for row in rows if not keys or row.key in keys]


def changed(
    pipeline: Sequence[Mapping[str, Any]], changes: Mapping[str, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the pipeline with other settings; components are named without their module.

    >>> changed([{"name": "a.b.Tok", "x": 1}], {"Tok": {"x": 2}})
    [{'name': 'a.b.Tok', 'x': 2}]

    Raises:
        TrainingDataFault: the pipeline has no such component.
    """
    names = [str(component["name"]).split(".")[-1] for component in pipeline]
    if unknown := changes.keys() - set(names):
        raise TrainingDataFault(f"The pipeline has no component {', '.join(sorted(unknown))}.")
    pairs = zip(names, pipeline, strict=True)
    return [{**component, **changes.get(name, {})} for name, component in pairs]


def _reads_fields(component: Mapping[str, Any]) -> bool:
    name = str(component["name"]).split(".")[-1]
    return name in READERS or bool(component.get("entity_recognition", False))


def _row(
    entry: Mapping[str, Any],
    shipped: Sequence[Mapping[str, Any]],
    featurizers: Sequence[Mapping[str, Any]],
) -> Row:
    key, taught, by = entry["key"], entry["taught"], entry["by"]
    if taught not in (FULL, PART) or entry["copies"] not in COPIES or by not in (OURS, RASA):
        raise TrainingDataFault(f"rows.yml, {key}: look at 'taught', 'copies' and 'by'.")
    if by == OURS:
        pipeline = changed(shipped, entry.get("change", {}))
    else:
        pipeline = [*featurizers, *entry["then"]]
    return Row(key, entry["says"], taught, entry["copies"], by, pipeline)
