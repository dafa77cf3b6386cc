"""The messages that the rows are measured with, and how an answer to one is judged."""

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlu.errors import TrainingDataFault

Parse = Callable[[str], Mapping[str, Any]]
ASKED = "asked_"
NO_FIELD = (frozenset[str](), frozenset({"overview"}))
"""A message that names no field asks for the overview: both readings are one."""
WARM = 20
"""Answers before the clock runs: libraries load the last of themselves with the first answers."""


@dataclass(frozen=True)
class Message:
    """One message and what is right about it."""

    text: str
    slice: str
    intents: frozenset[str]
    """Any of these is right."""
    asked: tuple[frozenset[str], ...] = ()
    """Any of these sets of fields is right; empty: not judged."""


@dataclass
class Tally:
    """What was counted over one slice."""

    messages: int = 0
    intents_right: int = 0
    judged: int = 0
    """Messages whose fields are judged."""
    fields_right: int = 0
    intent_verdicts: str = ""
    """1 or 0 for each message, in their order: two models can be compared message by message."""
    field_verdicts: str = ""
    """The same of the messages whose fields are judged."""

    def add(self, message: Message, answer: Mapping[str, Any]) -> None:
        """Count one answer."""
        right = answer["intent"]["name"] in message.intents
        self.messages += 1
        self.intents_right += right
        self.intent_verdicts += "01"[right]
        if message.asked:
            right = any(same(fields, heard(answer)) for fields in message.asked)
            self.judged += 1
            self.fields_right += right
            self.field_verdicts += "01"[right]


@dataclass
class Measured:
    """How a model answered all messages."""

    slices: dict[str, Tally] = field(default_factory=dict)
    parse_ms: float = 0.0
    """Median processor time of one answer, of all threads."""


def read(path: Path) -> list[Message]:
    """Read the messages that `python -m tests.evaluation.single` wrote, one JSON object a line.

    Raises:
        TrainingDataFault: the file is missing, empty or holds something else.
    """
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found = [
            Message(
                r["text"], r["slice"], frozenset(r["intents"]), tuple(map(frozenset, r["asked"]))
            )
            for r in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingDataFault(
            f"{path} holds no messages: {error!r}. Run make ablation."
        ) from error
    if not found:
        raise TrainingDataFault(f"{path} is empty. Run make ablation.")
    return found


def heard(answer: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields asked: what the reader of fields says, else the spans of asking words.

    >>> sorted(heard({"entities": [{"entity": "asked_fee"}, {"entity": "procedure"}]}))
    ['fee']
    """
    if "asked" in answer:
        return frozenset(str(one["name"]) for one in answer["asked"])
    kinds = (str(entity["entity"]) for entity in answer["entities"])
    return frozenset(kind.removeprefix(ASKED) for kind in kinds if kind.startswith(ASKED))


def same(wanted: frozenset[str], got: frozenset[str]) -> bool:
    """Tell whether two sets of fields mean the same."""
    return wanted == got or (wanted in NO_FIELD and got in NO_FIELD)


def measure(parse: Parse, messages: Sequence[Message]) -> Measured:
    """Ask everything and count, slice by slice in the order they first occur."""
    for message in messages[:WARM]:
        parse(message.text)
    measured, times = Measured(), []
    for message in messages:
        before = time.process_time()
        answer = parse(message.text)
        times.append(time.process_time() - before)
        measured.slices.setdefault(message.slice, Tally()).add(message, answer)
    measured.parse_ms = statistics.median(times) * 1000
    return measured
