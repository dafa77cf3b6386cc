"""What the shelf of general questions holds for one message."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.ports import Library
from knowledge.faq import Faq
from knowledge.procedure import Procedure

FAQ_MARK = "faq:"
"""Begins the value of a button that asks a general question, and stands for one among codes."""

MOST_FOUND = 5
"""Entries that are looked at."""


@dataclass(frozen=True, slots=True)
class PressedFaq:
    """A pressed button that asks a general question."""

    key: str


@dataclass(frozen=True, slots=True)
class FoundFaq:
    """An entry, where it leads, and how well it fits."""

    faq: Faq
    procedures: tuple[Procedure, ...] = ()
    records: tuple[Procedure, ...] = ()
    """Those that its sources name, as far as they are known here."""
    related: tuple[Faq, ...] = ()
    score: float = 0.0
    """0 to 1."""
    heard: float = 0.0
    said: float = 0.0
    named: float = 0.0
    exact: bool = False
    """As in `knowledge.faq_finder.FaqMatch`."""


def faq_value(faq: Faq) -> str:
    """Return the value of a button that asks `faq`."""
    return f"{FAQ_MARK}{faq.key}"


def find_faqs(library: Library, words: str, today: date | None) -> tuple[FoundFaq, ...]:
    """Return the entries that fit `words` and may be answered on `today`, best first.

    None for `today`: all entries may.
    """
    matches = (
        one
        for one in library.faqs.search(words, limit=MOST_FOUND)
        if today is None or one.faq.has_begun(today)
    )
    return tuple(
        replace(
            _found(library, one.faq, today),
            score=one.score,
            heard=one.heard,
            said=one.said,
            named=one.named,
            exact=one.exact,
        )
        for one in matches
    )


def known_faqs(library: Library, keys: Iterable[str], today: date | None) -> tuple[FoundFaq, ...]:
    """Return the entries of `keys` that may be answered on `today`, in their order."""
    return tuple(_found(library, faq, today) for faq in _begun(library, keys, today))


def _begun(library: Library, keys: Iterable[str], today: date | None) -> tuple[Faq, ...]:
    faqs = (faq for key in keys if (faq := library.faqs.get(key)) is not None)
    return tuple(faq for faq in faqs if today is None or faq.has_begun(today))


def _found(library: Library, faq: Faq, today: date | None) -> FoundFaq:
    named = (source.code for source in faq.sources if source.code)
    records = tuple(record for code in named if (record := library.get(code)) is not None)
    related = _begun(library, faq.related, today)
    return FoundFaq(faq, _today(library, faq.procedures), records, related)


def _today(library: Library, codes: Iterable[str]) -> tuple[Procedure, ...]:
    """Return what the codes mean today, each once, without records that cannot be trusted."""
    now = (procedure for code in codes for procedure in library.resolve(code))
    return tuple({one.code: one for one in now if not one.suspect}.values())
