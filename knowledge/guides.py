"""How a dossier is filed, step by step: what is said of every procedure, and of single ones.

Facts in a step are the record's, or stand beside the document that says them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from knowledge.procedure import FilingChannel
from knowledge.tables import ALWAYS, Condition

FILLED: Final = frozenset({"forms", "fee", "time", "agency", "results", "portal"})
"""What may stand in braces in a step ("{fee}").

Filled in from the record, for the way of filing: numbers of the forms, else their names; fee; time
limit; who handles it; results. `portal` is the address of the National Portal. Each without a full
stop, since the step goes on after it; what the record does not say is told in general words, which
stand in the README of the guides."""

MOST_FILLED_WORDS: Final = 25
"""What is longer is told in general words too, but for a time limit."""

_FIELD: Final = re.compile(r"\{([^{}]*)\}")


def fields_of(text: str) -> tuple[str, ...]:
    """Return what stands in braces in the text of a step, in order.

    >>> fields_of("Điền {forms}, trả {fee}.")
    ('forms', 'fee')
    """
    return tuple(_FIELD.findall(text))


class Need(StrEnum):
    """What must be so for a step to be gone through; told by the record and the citizen's list."""

    FORM = "form"
    """There is a form to be filled in."""
    PAPERS = "papers"
    """There is a paper to be attached or handed in."""
    FEE = "fee"
    """The way of filing costs something, or the record does not say that it is free."""
    FREE = "free"
    """The record says that it is free."""
    AMOUNT_UNKNOWN = "fee_unknown"
    """The record names no sum."""
    SIGN = "sign"
    """The procedure wants a digital signature; only its own guide says so."""
    FULL = "full"
    """Toàn trình: nobody has to come."""
    NOT_FULL = "not_full"
    """A part of it is done on paper, or no decision says that it is toàn trình."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that goes wrong while filing, and where the answer stands."""

    key: str
    label: str
    """As on the button, at most 40 characters."""
    faq: str
    """Key of the general question that answers it."""
    signs: tuple[str, ...] = ()
    """What people say who mean it: "quá dung lượng", "không nhận được mã"."""


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step of filing. It takes half a minute to read."""

    key: str
    """a-z, 0-9, "-"; at most 16 characters; the same in every guide for the same step."""
    title: str
    """At most 60 characters."""
    text: str
    """One to three sentences, at most 60 words; may hold the names of `FILLED` in braces."""
    ways: frozenset[FilingChannel]
    """The ways of filing in which it is gone through; not empty."""
    needs: frozenset[Need] = frozenset()
    """All of them must be so; empty: always."""
    troubles: tuple[str, ...] = ()
    """Keys of troubles that are usual here, the most frequent first."""
    portal: bool = False
    """The link to the procedure's page on the portal stands below."""
    papers: bool = False
    """What is to be attached or handed in stands below."""
    condition: Condition = ALWAYS
    """On the citizen's answers; only in guides of single procedures."""


@dataclass(frozen=True, slots=True)
class ClosedOnline:
    """Who cannot file online, though others can."""

    condition: Condition
    """Always: what the record calls its online way files nothing, such as booking a time."""
    why: str
    """In the words of the guide; the fact stands in the record."""


@dataclass(frozen=True, slots=True)
class Come:
    """Who comes in person all the same, said where the list begins."""

    say: str
    """In the words of the guide; the fact stands in the record."""
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Scan:
    """How a paper is to be photographed or scanned, where the record says it."""

    paper: str
    """Its name in the record."""
    how: str


@dataclass(frozen=True, slots=True)
class Guide:
    """How one procedure is filed."""

    code: str
    steps: tuple[GuideStep, ...]
    """Of all ways, in order: the common ones and its own."""
    closed: tuple[ClosedOnline, ...] = ()
    scans: tuple[Scan, ...] = ()
    come: tuple[Come, ...] = ()
    results_only: frozenset[FilingChannel] = frozenset()
    """Ways of the record that only bring the result; nothing can be filed by them."""
    needs: frozenset[Need] = frozenset()
    """What its own guide says: SIGN."""
    way_labels: Mapping[str, FilingChannel] = field(default_factory=dict)
    """Folded labels of answers that choose a way of filing: "truc tuyen", "tai quay"."""
    written: bool = False
    """Somebody wrote a guide for this procedure; False: it is the common one."""


@dataclass(frozen=True, slots=True)
class Guides:
    """All guides of a library."""

    common: tuple[GuideStep, ...] = ()
    own: Mapping[str, Guide] = field(default_factory=dict)
    """By code; the common steps are in them already."""
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    way_labels: Mapping[str, FilingChannel] = field(default_factory=dict)

    def of(self, code: str) -> Guide:
        """Return the guide of a procedure, the common one where nobody wrote its own."""
        return self.own.get(code) or Guide(code, self.common, way_labels=self.way_labels)
