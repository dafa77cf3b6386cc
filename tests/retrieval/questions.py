"""The questions that finding is measured with.

Ours stand in `tests/retrieval/*.yaml`, one file per field of life: what is asked and every code
that answers it; no code: nothing fits, and the best score should be low. Each is asked as it
stands and once more without accents. Nobody but its author and `make eval` reads a file whose name
begins with "blind".
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from knowledge.content import SHIPPED, load_procedures
from knowledge.faq_finder import shelf_beside
from knowledge.faq_yaml import load_faq_content
from knowledge.importer import DamagedLine, read_export
from knowledge.library import Library
from knowledge.merging import merge_all
from knowledge.procedure import Procedure
from knowledge.ranking import RANKING, Ranking
from knowledge.sayings import load_sayings
from knowledge.siblings_file import load_siblings
from knowledge.synonyms_file import load_vocabulary
from knowledge.text import strip_accents

FOLDER = Path(__file__).parent
BLIND = "blind"
EXPORTS = (
    "procedures_national.jsonl.gz",
    "procedures_defence.jsonl.gz",
    "procedures_social_supplement.jsonl",
)
OUTSIDE = Path("questions") / "dev.jsonl"
"""Questions by outsiders; they are measured with and never shipped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and the codes that answer it; no codes: nothing does."""

    text: str
    codes: frozenset[str]
    topic: str
    """The file it stands in."""

    @property
    def accented(self) -> bool:
        """Tell whether the text has any accent."""
        return strip_accents(self.text) != self.text

    @property
    def blind(self) -> bool:
        """Tell whether only totals may be shown."""
        return self.topic.startswith(BLIND)


def ours(folder: Path = FOLDER) -> tuple[Asked, ...]:
    """Return our questions in the order of their files, without the blind ones."""
    return tuple(one for one in _read(folder) if not one.blind)


def blind(folder: Path = FOLDER) -> tuple[Asked, ...]:
    """Return the questions that nothing may be written or tuned because of."""
    return tuple(one for one in _read(folder) if one.blind)


def _read(folder: Path) -> Iterator[Asked]:
    for file in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text("utf-8")):
            yield Asked(entry["ask"], frozenset(entry["codes"]), file.stem)


def without_accents(questions: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Return the same questions as they are typed without accents."""
    return tuple(replace(asked, text=strip_accents(asked.text)) for asked in questions)


def outside(data: Path) -> tuple[Asked, ...]:
    """Return the outside questions that a record of the data answers, or that nothing answers."""
    lines = (data / OUTSIDE).read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return tuple(
        Asked(entry["text"], frozenset(entry["codes"]), "outside")
        for entry in entries
        if entry["codes_in_data"] or entry["behaviour"] == "oos"
    )


def exported(data: Path) -> Iterator[Procedure]:
    """Yield the records of the national exports."""
    for name in EXPORTS:
        for item in read_export(data / name):
            if not isinstance(item, DamagedLine):
                yield item


def names(data: Path) -> dict[str, str]:
    """Return the official name of each code of the exports, read without our importer."""
    found: dict[str, str] = {}
    for name in EXPORTS:
        opened = gzip.open if name.endswith(".gz") else open
        with opened(data / name, "rt", encoding="utf-8") as lines:
            found |= {record["code"]: record["name"] for record in map(json.loads, lines)}
    return found


def library(data: Path, ranking: Ranking = RANKING, *, own: bool = True) -> Library:
    """Build the library of the exports and, unless told not to, our own content."""
    entries = load_procedures() if own else ()
    sayings = load_sayings(SHIPPED) if own else ()
    merged = merge_all(entries, exported(data), sayings)
    words = load_vocabulary()
    faqs = shelf_beside(load_faq_content(), merged.procedures, words)
    return Library.of(merged.procedures, words, ranking, siblings=load_siblings(), faqs=faqs)
