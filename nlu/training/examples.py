"""Training sentences: read from the Rasa YAML that people write, written for the training."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.errors import TrainingDataFault

_MARK = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")


@dataclass(frozen=True)
class Span:
    """An entity in a sentence."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Example:
    """One sentence with its intent and entities."""

    text: str
    intent: str
    spans: tuple[Span, ...] = ()


def read_marked(line: str, intent: str) -> Example:
    """Read one sentence with marks.

    >>> read_marked("[phí](asked_fee) bao nhiêu", "ask_procedure").spans
    (Span(start=0, end=3, kind='asked_fee'),)
    """
    text, spans, last = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark.group(1)), mark.group(2)))
        text += mark.group(1)
        last = mark.end()
    return Example(text + line[last:], intent, tuple(spans))


def write_marked(example: Example) -> str:
    """Return the sentence with its marks, as `read_marked` reads it."""
    text, last = "", 0
    for span in example.spans:
        text += example.text[last : span.start]
        text += f"[{example.text[span.start : span.end]}]({span.kind})"
        last = span.end
    return text + example.text[last:]


def read_folder(folder: Path) -> list[Example]:
    """Read all intents under `folder`, in the order of file names.

    Raises:
        TrainingDataFault: a file is not Rasa's training YAML, or there is no sentence at all.
    """
    found = read_files(sorted(folder.rglob("*.yml")))
    if not found:
        raise TrainingDataFault(f"{folder} holds no training sentence.")
    return found


def read_files(files: Iterable[Path]) -> list[Example]:
    """Read the intents in these files, in their order.

    Raises:
        TrainingDataFault: a file is not Rasa's training YAML.
    """
    found = []
    for path in files:
        for block in _blocks(path):
            if "intent" in block:
                found += [read_marked(line, block["intent"]) for line in _lines(block)]
    return found


def read_lookups(folder: Path) -> dict[str, list[str]]:
    """Read the lookup tables under `folder`: entity kind → names."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yml")):
        for block in _blocks(path):
            if "lookup" in block:
                found.setdefault(block["lookup"], []).extend(_lines(block))
    return found


def read_patterns(folder: Path) -> dict[str, list[str]]:
    """Read the regular expressions under `folder`: name → expressions."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yml")):
        for block in _blocks(path):
            if "regex" in block:
                found.setdefault(block["regex"], []).extend(_lines(block))
    return found


def write_training_file(
    examples: Iterable[Example], patterns: dict[str, list[str]], path: Path
) -> None:
    """Write one file that Rasa trains on."""
    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(write_marked(example))
    blocks = [{"intent": i, "examples": _listed(lines)} for i, lines in sorted(by_intent.items())]
    blocks += [{"regex": n, "examples": _listed(lines)} for n, lines in sorted(patterns.items())]
    content = {"version": "3.1", "nlu": blocks}
    path.write_text(yaml.safe_dump(content, allow_unicode=True, width=10**6), encoding="utf-8")


def _blocks(path: Path) -> list[dict[str, str]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return list(content["nlu"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise TrainingDataFault(f"{path} is not Rasa training YAML: {error}") from error


def _lines(block: dict[str, str]) -> list[str]:
    stripped = (line.strip() for line in block.get("examples", "").splitlines())
    return [line[2:].strip() for line in stripped if line.startswith("- ") and line[2:].strip()]


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)
