"""Questions of a general kind and their answers: the portal, VNeID, payment, dossiers, scams.

What a procedure cannot answer, since it belongs to none or to all of them. Every figure of an
answer stands in a source. All types are frozen; texts are Vietnamese in NFC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.procedure import Procedure
from knowledge.text import syllables


@dataclass(frozen=True, slots=True)
class FaqLink:
    """A page of the government to read on."""

    label: str
    url: str
    """Over https, of a host under gov.vn."""


@dataclass(frozen=True, slots=True)
class FaqSource:
    """Where an answer comes from: a legal document, a record of ours, or a government page."""

    document: str = ""
    """Number of the law, decree, circular, resolution or decision; empty: no document."""
    title: str = ""
    """Of the document or page."""
    article: str = ""
    """Where in the document; empty: not told."""
    code: str = ""
    """Code of the record; empty: no record."""
    field: str = ""
    """The field of the record, see `knowledge.record_texts`."""
    page: str = ""
    """Address of the page; empty: no page."""
    says: tuple[str, ...] = ()
    """The figures that the answer takes from it, as the answer writes them."""
    read: str = ""
    """The month in which it was last checked, "2026-11"; empty for records, which have a date."""


@dataclass(frozen=True, slots=True)
class Faq:
    """A question as citizens ask it, and its answer."""

    key: str
    """The name of its file, at most 60 characters of ASCII: goes into a button."""
    topic: str
    """The folder of its file."""
    question: str
    label: str
    """For a button, at most 40 characters."""
    asked: tuple[str, ...] = ()
    """How people ask it."""
    answer: tuple[str, ...] = ()
    """Paragraphs; the first one answers straight away."""
    steps: tuple[str, ...] = ()
    links: tuple[FaqLink, ...] = ()
    procedures: tuple[str, ...] = ()
    """Codes of procedures that it leads to."""
    related: tuple[str, ...] = ()
    """Keys of other entries."""
    sources: tuple[FaqSource, ...] = ()
    valid_from: str = ""
    """ISO date before which it is not answered; empty: always was."""
    valid_to: str = ""
    """ISO date, inclusive, after which it is answered with a warning; empty: no end is known."""
    until: tuple[str, ...] = ()
    """It gives way to procedures whose names hold one of these phrases."""

    def has_begun(self, today: date) -> bool:
        """Tell whether it may be answered on `today`."""
        return not self.valid_from or date.fromisoformat(self.valid_from) <= today

    def has_ended(self, today: date) -> bool:
        """Tell whether it must be answered with a warning on `today`."""
        return bool(self.valid_to) and date.fromisoformat(self.valid_to) < today


def superseded_by(faq: Faq, procedure: Procedure) -> bool:
    """Tell whether a name of `procedure` holds a phrase of `faq.until`."""
    if not faq.until or procedure.suspect:
        return False
    return any(
        _holds(name, phrase) for name in (procedure.name, procedure.label) for phrase in faq.until
    )


def still_needed(faqs: Iterable[Faq], procedures: Iterable[Procedure]) -> tuple[Faq, ...]:
    """Return the entries that no procedure supersedes, in the order of their keys."""
    everything = sorted(faqs, key=lambda one: one.key)
    waiting = [faq for faq in everything if faq.until]
    gone = {
        faq.key
        for procedure in (procedures if waiting else ())
        for faq in waiting
        if superseded_by(faq, procedure)
    }
    return tuple(faq for faq in everything if faq.key not in gone)


def _holds(name: str, phrase: str) -> bool:
    return _spaced(phrase) in _spaced(name)


@lru_cache(maxsize=16_384)  # every name is held against every entry that waits
def _spaced(text: str) -> str:
    return f" {' '.join(syllables(text))} "
