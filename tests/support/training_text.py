"""Reads the sentences the language model is taught and measured with, and finds their faults.

The format is Rasa's: one intent a file, `[words](type)` around a span. See nlu/data/README.md.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.parse import AskedField

ASKED = tuple(f"asked_{field}" for field in AskedField)
KINDS = frozenset({"procedure", "place", "dossier_code", "procedure_code", *ASKED})
LEAST_PER_INTENT = 20
LARGEST_TEMPLATE_SHARE = 0.3
"""At most 30 % of the sentences of an intent come from one template."""

SPAN = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its marks, and where it stands."""

    intent: str
    file: Path
    line: int
    """Counted from 1."""
    marked: str

    @property
    def text(self) -> str:
        """The sentence as a citizen types it, without the marks."""
        return SPAN.sub(r"\1", self.marked)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types of its spans, in order."""
        return tuple(kind for _, kind in SPAN.findall(self.marked))

    def shape(self, *, asking_words: bool) -> str:
        """The folded sentence with its spans replaced by their types.

        Args:
            asking_words: keep the words that ask; False gives the template.
        """

        def replace(match: re.Match[str]) -> str:
            words, kind = match.groups()
            return words if asking_words and kind in ASKED else f" {kind.upper()} "

        return fold(SPAN.sub(replace, self.marked))


def fold(text: str) -> str:
    """Takes accents, case, punctuation and repeated blanks away; a text of signs only stays."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare)) or text.strip()


def read_sentences(folder: Path) -> list[Sentence]:
    """Reads every YAML file below the folder, in the order of their paths."""
    files = sorted(folder.rglob("*.yml"))
    return [sentence for file in files for sentence in _read_file(file)]


def _read_file(file: Path) -> Iterator[Sentence]:
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    for entry in _child(root, "nlu").value:
        intent = _child(entry, "intent").value
        examples = _child(entry, "examples")
        first = examples.start_mark.line + 2  # the line below the "|", counted from 1
        for offset, line in enumerate(examples.value.splitlines()):
            yield Sentence(intent, file, first + offset, line.removeprefix("- "))


def _child(node: yaml.Node | None, key: str) -> yaml.Node:
    assert isinstance(node, yaml.MappingNode), node
    found: yaml.Node = next(value for name, value in node.value if name.value == key)
    return found


def faults_of_sentences(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Faults that one sentence shows alone, each with file, line and what to do."""
    for sentence in sentences:
        for fault in _faults(sentence):
            yield f"{_place(sentence)}: {fault}"


def _faults(sentence: Sentence) -> Iterator[str]:
    if sentence.intent not in (sentence.file.stem, sentence.file.parent.name):
        yield f"intent is {sentence.intent}; name the file or its folder so"
    if not sentence.text.strip() or sentence.marked != sentence.marked.strip():
        yield "empty, or blanks around it; take them away"
    if not unicodedata.is_normalized("NFC", sentence.marked):
        yield "not in NFC; type the accents composed"
    yield from _faults_of_marks(sentence.marked)


def _faults_of_marks(marked: str) -> Iterator[str]:
    if set(SPAN.sub("", marked)) & set("[]"):
        yield "brackets do not pair; write [words](type), never one span inside another"
    if re.search(r"\w\[|\)\w", SPAN.sub("[]()", marked)):
        yield "a span begins or ends inside a word; move its bracket to the word's edge"
    for words, kind in SPAN.findall(marked):
        if kind not in KINDS:
            yield f"type '{kind}' is unknown; use one of {', '.join(sorted(KINDS))}"
        if words != words.strip():
            yield f"blanks inside the span '{words}'; put them outside"


def faults_of_repetition(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Sentences that are equal to an earlier one but for accents, case, signs and names."""
    seen: dict[str, Sentence] = {}
    for sentence in sentences:
        first = seen.setdefault(sentence.shape(asking_words=True), sentence)
        if first is not sentence:
            yield f"{_place(sentence)}: says the same as {_place(first)}; word it anew"


def faults_of_balance(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Intents with too few sentences, or too many from one template."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        by_intent[sentence.intent].append(sentence.shape(asking_words=False))
    for intent, shapes in by_intent.items():
        template, count = Counter(shapes).most_common(1)[0]
        if len(shapes) < LEAST_PER_INTENT:
            yield f"{intent}: {len(shapes)} sentences; write at least {LEAST_PER_INTENT}"
        if count > LARGEST_TEMPLATE_SHARE * len(shapes):
            yield f"{intent}: {count} of {len(shapes)} read '{template}'; vary them"


def _place(sentence: Sentence) -> str:
    return f"{sentence.file.parent.name}/{sentence.file.name}, line {sentence.line}"
