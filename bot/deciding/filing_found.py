"""What is known beside a message when a guided filing is talked of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.deciding.filing_decisions import Shown
from bot.filings.ports import FilingTerms
from bot.filings.state import Checked, Filing, Milestone
from bot.guide.filing import view_of
from bot.ports import Library
from knowledge.faq import Faq
from knowledge.guides import Guide, Trouble
from knowledge.procedure import Procedure
from knowledge.tables import Table


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What the library holds of a procedure that is filed."""

    procedure: Procedure
    table: Table | None
    """None: every citizen brings the same papers."""
    guide: Guide


FactsOf = Callable[[str], FilingFacts | None]
"""Returns what is known of a code; None: it is no procedure's."""

FaqOf = Callable[[str], Faq | None]
"""Returns the general question of a key, where it may be answered today."""


def _nothing(_key: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class FilingScene:
    """Where a message about a filing comes from, and what can be done there."""

    facts_of: FactsOf = _nothing
    faq_of: FaqOf = _nothing
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    terms: FilingTerms = FilingTerms()  # noqa: RUF009 - frozen
    """Closed in groups: a slip would be everybody's."""
    is_group: bool = False
    can_remind: bool = False
    """This channel can write to her of itself."""
    can_look_up: bool = False
    """Dossiers can be looked up here."""
    at: datetime = datetime.fromtimestamp(0, UTC)  # noqa: RUF009 - immutable
    """When the message was sent."""
    pressed: bool = False
    checked: Checked | None = None
    """What the counter saw of the filing in progress."""

    def shown(
        self,
        facts: FilingFacts,
        filing: Filing,
        milestone: Milestone | None = None,
        *,
        in_place: bool = False,
    ) -> Shown:
        """Return what a reply about `filing` is written with."""
        view = view_of(facts.procedure, facts.table, facts.guide, filing)
        checked = self.checked if filing.slip else None
        return Shown(view, self.terms, checked, self.can_remind, in_place, milestone)


def filing_scene(library: Library, today: date | None) -> FilingScene:
    """Return what `library` holds for filings; where and when the message came is added later.

    Args:
        library: the procedures.
        today: general questions that hold only later are none; None: all are.
    """

    def facts_of(code: str) -> FilingFacts | None:
        procedure = library.get(code)
        if procedure is None:
            return None
        return FilingFacts(procedure, library.table(code), library.guide(code))

    def faq_of(key: str) -> Faq | None:
        faq = library.faqs.get(key)
        return faq if faq is not None and (today is None or faq.has_begun(today)) else None

    return FilingScene(facts_of, faq_of, library.troubles)


def can_guide(procedure: Procedure) -> bool:
    """Tell whether the record holds something to guide with: papers, or a way of filing."""
    papers = any(one.papers for one in procedure.circumstances)
    return not procedure.suspect and (papers or bool(procedure.methods))
