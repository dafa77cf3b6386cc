"""What is right about an answer: each measure as a share of hits, or counted for an F1."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.evaluation.asking import Answer
from tests.evaluation.cases import Case

SHOWN: Final = 5
"""Choices that a question shows at most."""
GROUNDLESS: Final = ("answered", "clarify")
"""Families of outcome that name a procedure: wrong for a question about something else."""
NAMELESS: Final = "clarify_procedure_missing"
"""The question that shows no choices."""
_NO_FIELD: Final = (frozenset[str](), frozenset({"overview"}))
"""A message that names no field asks for the overview: both readings are one."""

Counts = tuple[int, int, int]
"""Fields rightly read, wrongly added, overlooked."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what was answered to its last message."""

    case: Case
    answer: Answer
    before: Answer | None = None
    """What was answered to the message before."""

    @property
    def answered(self) -> bool:
        """Tell whether it is an answer about a procedure, not a question back."""
        return self.answer.procedure is not None and not self.answer.outcome.startswith("clarify")


def judge(cases: Iterable[Case], answers: dict[str, tuple[Answer, ...]]) -> list[Judged]:
    """Join cases and answers."""
    return [
        Judged(case, given[-1], given[-2] if len(given) > 1 else None)
        for case in cases
        for given in (answers[case.id],)
    ]


def first(one: Judged) -> bool | None:
    """Tell whether the right procedure comes first."""
    return _answerable(one, bool(set(one.answer.candidates[:1]) & one.case.accepted))


def among_five(one: Judged) -> bool | None:
    """Tell whether the right procedure is among the first five."""
    return _answerable(one, bool(set(one.answer.candidates[:SHOWN]) & one.case.accepted))


def acceptable(one: Judged) -> bool | None:
    """Tell whether the first response is right, or a question whose choices hold it."""
    answer, accepted = one.answer, one.case.accepted
    if answer.outcome.startswith("clarify"):
        shown = () if answer.outcome == NAMELESS else answer.candidates[:SHOWN]
        return _answerable(one, bool(accepted & set(shown)))
    return _answerable(one, answer.procedure in accepted)


def confidently_wrong(one: Judged) -> bool | None:
    """Tell whether the answer is about another procedure."""
    return _answerable(one, one.answered and one.answer.procedure not in one.case.accepted)


def asked_back(one: Judged) -> bool | None:
    """Tell whether a question that can be answered got a question first."""
    return _answerable(one, one.answer.outcome.startswith("clarify"))


def refused_by_mistake(one: Judged) -> bool | None:
    """Tell whether a question that can be answered was sent away."""
    kept = one.answered or one.answer.outcome.startswith(GROUNDLESS)
    return _answerable(one, not kept)


def refused(one: Judged) -> bool | None:
    """Tell whether a question about something else was given no procedure."""
    if not one.case.outside:
        return None
    return one.answer.procedure is None and not one.answer.outcome.startswith(GROUNDLESS)


def intent_right(one: Judged) -> bool | None:
    """Tell whether the intent is one of those accepted."""
    return one.answer.intent in one.case.intents if one.case.intents else None


def system_intent_right(one: Judged) -> bool | None:
    """Tell the same, of what is about the service itself."""
    return intent_right(one) if one.case.system else None


def both_answered(one: Judged) -> bool | None:
    """Tell whether every procedure of the message is answered or offered."""
    if not one.case.several:
        return None
    asking_back = one.answer.outcome.startswith("clarify")
    shown = set(one.answer.candidates[:SHOWN]) if asking_back else set()
    return all(
        any(code in shown or code in one.answer.reply for code in codes)
        for codes in one.case.several
    )


def dossier_read(one: Judged) -> bool | None:
    """Tell whether the dossier code was read, and a mistyped one not taken."""
    wanted = one.case.dossier_code or None
    return one.answer.dossier_code == wanted if wanted or one.case.nearly else None


def left_alone(one: Judged) -> bool | None:
    """Tell whether a matter that no record answers got no answer; asking back is right too."""
    return not one.answered if one.case.no_record else None


def fields_exact(one: Judged) -> bool | None:
    """Tell whether exactly the asked fields were read."""
    counts = field_counts(one)
    return None if counts is None else counts[1:] == (0, 0)


def field_counts(one: Judged) -> Counts | None:
    """Count the asked fields against the accepted set that fits best."""
    if not one.case.asked:
        return None
    return min((_compare(fields, one.answer.asked) for fields in one.case.asked), key=_faults)


def _compare(wanted: frozenset[str], got: frozenset[str]) -> Counts:
    if wanted in _NO_FIELD and got in _NO_FIELD:
        return (0, 0, 0)
    return (len(wanted & got), len(got - wanted), len(wanted - got))


def _faults(counts: Counts) -> int:
    return counts[1] + counts[2]


def _answerable(one: Judged, hit: bool) -> bool | None:  # noqa: FBT001 - the verdict itself
    return hit if one.case.accepted else None


Measure = Callable[[Judged], bool | None]

MEASURES: Final[dict[str, Measure]] = {
    "right first": first,
    "among five": among_five,
    "acceptable": acceptable,
    "confidently wrong": confidently_wrong,
    "asked back": asked_back,
    "in scope refused": refused_by_mistake,
    "both answered": both_answered,
    "fields exact": fields_exact,
    "intent": intent_right,
    "system intent": system_intent_right,
    "out of scope refused": refused,
    "no record, no answer": left_alone,
    "dossier code": dossier_read,
}
"""Every share, as the tables call it."""
FIELDS_F1: Final = "fields F1"
"""The one measure that is no share."""


def hits(judged: Iterable[Judged], measure: str) -> list[bool]:
    """Return the verdicts of the cases that the measure judges."""
    told = (MEASURES[measure](one) for one in judged)
    return [hit for hit in told if hit is not None]


def counted(judged: Sequence[Judged]) -> list[Counts]:
    """Return the field counts of the cases whose fields are judged."""
    return [counts for one in judged if (counts := field_counts(one)) is not None]
