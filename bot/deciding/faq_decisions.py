"""What can be decided about questions that belong to no procedure."""

from dataclasses import dataclass

from bot.parse import AskedField
from knowledge.faq import Faq
from knowledge.procedure import Procedure


@dataclass(frozen=True, slots=True)
class AnswerFaq:
    """Answer a general question; what is talked of stays."""

    faq: Faq
    procedures: tuple[Procedure, ...] = ()
    """Those to which the entry leads, as far as they are known here."""
    records: tuple[Procedure, ...] = ()
    """Those from which its figures are."""
    related: tuple[Faq, ...] = ()
    topic: Procedure | None = None
    """The open topic, which the citizen may go on with."""


@dataclass(frozen=True, slots=True)
class AskFaq:
    """Several entries, or entries and a procedure, fit about equally: ask which is meant."""

    faqs: tuple[Faq, ...]
    """One to four, best first."""
    procedures: tuple[Procedure, ...]
    """None to two, best first."""
    labels: tuple[str, ...]
    """As shown, of the entries first."""
    fields: tuple[AskedField, ...] = ()
    """What is answered if a procedure is chosen."""
    topic: Procedure | None = None
