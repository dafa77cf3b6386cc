"""The sentences on which the interpreter and Rasa are compared: none of them is in training."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlu.errors import TrainingDataFault


def comparable(text: str) -> str:
    """Return what makes two sentences the same sentence."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def sentences(path: Path, known: set[str]) -> list[str]:
    """Return the sentences of `path` (one JSON string a line) that are not among `known`.

    A leading slash is left out: Rasa takes such a text for an intent, so nobody sends it one.

    Args:
        path: `nlu/evaluation/parity.txt`.
        known: every sentence of the training and its copies, in comparable form.

    Raises:
        TrainingDataFault: a line is not a JSON string.
    """
    found: dict[str, None] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            text = json.loads(line).lstrip("/ ")
        except ValueError as error:
            raise TrainingDataFault(f"{path}, line {number} is not a JSON string.") from error
        if comparable(text) not in known:
            found[text] = None
    return list(found)


def shortened(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer with figures to six digits and without Rasa's list of tokens."""
    entities: Sequence[Mapping[str, Any]] = answer["entities"]
    return {
        "intent": _rounded(answer["intent"]),
        "entities": [_rounded(entity) for entity in entities],
        "intent_ranking": [_rounded(intent) for intent in answer["intent_ranking"]],
        "asked": [_rounded(asked) for asked in answer["asked"]],
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: round(v, 6) if isinstance(v, float) else v for k, v in values.items()}
