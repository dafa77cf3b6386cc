"""Our own questions: `tests/retrieval` for finding, `nlu/evaluation` for what is meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.parse import AskedField
from knowledge.text import fold, strip_accents
from tests.evaluation.asking import ROOT, Question, understand
from tests.evaluation.outside import GROUNDLESS, Rows, acceptable

SPAN = re.compile(r"\[([^\]]+)\]\((\w+)\)")
ASKED = "asked_"


def finding(knowledge: list[Path]) -> tuple[Rows, list[str]]:
    """Measure our own retrieval questions, as typed and with every accent stripped."""
    known = taught()
    items = [
        (f"{file.stem}-{number}-{form}", form, text, set(item["codes"]))
        for file in sorted((ROOT / "tests" / "retrieval").glob("*.yaml"))
        for number, item in enumerate(yaml.safe_load(file.read_text("utf-8")))
        for form, text in (("typed", item["ask"]), ("stripped", strip_accents(item["ask"])))
        if fold(item["ask"]) not in known
    ]
    answers = understand((Question(name, text) for name, _, text, _ in items), knowledge)
    rows: Rows = {}
    failures = []
    for name, form, text, codes in items:
        answer = answers[name]
        if not codes:
            refused = not answer.outcome.startswith(GROUNDLESS)
            rows.setdefault(f"nothing fits: refused, {form}", []).append(refused)
            continue
        first = bool(answer.candidates) and answer.candidates[0] in codes
        rows.setdefault(f"right first, {form}", []).append(first)
        among = bool(codes & set(answer.candidates[:5]))
        rows.setdefault(f"right among five, {form}", []).append(among)
        rows.setdefault(f"acceptable reply, {form}", []).append(acceptable(answer, codes))
        if not first:
            got = " ".join(answer.candidates[:3])
            failures.append(f"{'|'.join(sorted(codes))} ≠ {got} [{answer.outcome}] {text}")
    return rows, failures


def taught() -> set[str]:
    """Return, folded, every sentence of the training text and every procedure it mentions.

    Training teaches mentions alone too; a question the model has met proves nothing.
    """
    known: set[str] = set()
    for file in sorted((ROOT / "nlu" / "data" / "intents").rglob("*.yml")):
        for line in examples(file):
            known.add(fold(SPAN.sub(r"\1", line)))
            known |= {fold(said) for said, kind in SPAN.findall(line) if kind == "procedure"}
    if not known:
        raise ValueError("no training text found: nothing could be compared with it")
    return known


def examples(file: Path) -> Iterator[str]:
    """Yield the marked sentences of a Rasa file."""
    for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield line.removeprefix("- ")


def meaning() -> tuple[Rows, list[str]]:
    """Measure intents and asked fields on sentences never trained on, without any knowledge."""
    items = list(sentences())
    answers = understand((Question(name, text) for name, text, _, _ in items), [])
    rows: Rows = {}
    failures = []
    for name, text, intent, asked in items:
        answer = answers[name]
        slice_ = "unaccented" if strip_accents(text) == text else "accented"
        rows.setdefault(f"intent, {slice_}", []).append(answer.intent == intent)
        if intent == "ask_procedure":
            right = set(answer.asked) == asked
            rows.setdefault(f"all asked fields right, {slice_}", []).append(right)
        if answer.intent != intent:
            failures.append(f"{intent} ≠ {answer.intent}: {text}")
    return rows, failures


def sentences() -> Iterator[tuple[str, str, str, set[str]]]:
    """Yield name, plain text, intent and asked fields of every evaluation sentence."""
    for file in sorted((ROOT / "nlu" / "evaluation").rglob("*.yml")):
        for number, line in enumerate(examples(file)):
            fields = {kind.removeprefix(ASKED) for _, kind in SPAN.findall(line)}
            asked = fields & {field.value for field in AskedField}
            name = f"{file.parent.name}-{file.stem}-{number}"
            yield name, SPAN.sub(r"\1", line), file.stem, asked
