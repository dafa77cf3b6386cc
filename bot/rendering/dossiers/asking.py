"""What is asked before a dossier can be told, and why it cannot be told."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.deciding.dossier_decisions import (
    AskDossierCode,
    AskFactor,
    DossierAway,
    DossiersLocked,
    NoDossier,
    NotInGroups,
)
from bot.deciding.dossier_doubts import Doubt
from bot.deciding.dossier_values import DossierAct
from bot.deciding.found import dossier_value
from bot.dossiers.ports import Remembered, Sample
from bot.dossiers.signless import WITH_ALL_SIGNS
from bot.dossiers.status import SAMPLE_AGENCY, FactorKind
from bot.messages import (
    ASKED_FACTOR,
    WHICH_DOSSIER,
    Block,
    Choice,
    Choices,
    FactList,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Picture,
    Reply,
)
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.telling import act_button
from bot.rendering.dossiers.words import ends_words, short
from bot.rendering.sources import portal_link

EXAMPLE_CODE: Final = WITH_ALL_SIGNS
"""What a code looks like."""

RECEIPT: Final = "giay-hen"
"""Our drawing of a receipt that points at the code."""

MOST_OFFERED: Final = 5
"""Remembered dossiers with a button each."""

MOST_SAMPLES: Final = 12
"""One of each state, and two that are late or paused."""

_NAME: Final = 40
"""Characters of a procedure's name on a button."""

_FACTORS: Final = {
    FactorKind.PHONE: "dossier_ask.phone",
    FactorKind.IDENTITY: "dossier_ask.identity",
    FactorKind.BIRTH_YEAR: "dossier_ask.birth_year",
}

AskingDecision = AskDossierCode | AskFactor | NoDossier | DossiersLocked | DossierAway | NotInGroups


def render_asking(desk: Desk, decision: AskingDecision) -> Reply:
    """Return what is asked, or why nothing can be told."""
    book = desk.book
    match decision:
        case AskDossierCode():
            return _ask_code(book, decision)
        case AskFactor():
            return _ask_factor(book, decision)
        case NoDossier():
            return _none(book, decision)
        case DossiersLocked() | DossierAway() | NotInGroups():
            return _not_now(book, decision)


def _not_now(book: Phrasebook, decision: DossiersLocked | DossierAway | NotInGroups) -> Reply:
    match decision:
        case DossiersLocked(until):
            locked = book.say("dossier_ask.locked", moment=ends_words(book, until))
            outcome = Outcome(OutcomeFamily.REFUSED, "dossiers_locked")
            return Reply((Paragraph(locked),), outcome)
        case DossierAway():
            away = (Paragraph(book.say("dossier_ask.away")), portal_link(book))
            return Reply(away, Outcome(OutcomeFamily.UNANSWERED, "dossier_away"))
        case NotInGroups():
            outcome = Outcome(OutcomeFamily.REFUSED, "dossier_in_group")
            return Reply((Paragraph(book.say("dossier_ask.group")),), outcome)


def _ask_code(book: Phrasebook, asked: AskDossierCode) -> Reply:
    if asked.remembered and not (asked.again or asked.lost or asked.no_news):
        return _choose(book, asked.remembered)
    blocks: list[Block] = [Paragraph(text) for text in _how_to_find(book, asked)]
    if not asked.again or asked.lost:
        blocks.append(Picture(RECEIPT, book.say("dossier_ask.picture")))
    items: list[Choice] = []
    if asked.remembered:
        blocks.append(Paragraph(book.say("dossier_ask.remembered")))
        items += [_remembered(book, one) for one in asked.remembered[:MOST_OFFERED]]
    blocks += _offered(book, asked.samples)
    items += _sample_buttons(asked.samples)
    if not asked.lost:
        items.append(act_button(book, DossierAct.LOST))
    blocks += [Choices(tuple(items))] if items else []
    private = book.say("dossier_ask.afterwards") if asked.remembered else ""
    outcome = Outcome(OutcomeFamily.CLARIFY, WHICH_DOSSIER)
    return Reply(tuple(blocks), outcome, afterwards=private)


def _choose(book: Phrasebook, remembered: Sequence[Remembered]) -> Reply:
    """Return the question which of the remembered dossiers is meant; another code is as good."""
    items = (
        *(_remembered(book, one) for one in remembered[:MOST_OFFERED]),
        act_button(book, DossierAct.LOST),
    )
    return Reply(
        (Paragraph(book.say("dossier_ask.choose")), Choices(items)),
        Outcome(OutcomeFamily.CLARIFY, WHICH_DOSSIER),
        afterwards=book.say("dossier_ask.afterwards"),
    )


def _how_to_find(book: Phrasebook, asked: AskDossierCode) -> Iterator[str]:
    if asked.no_news:
        yield book.say("dossier_ask.no_news")
    if asked.why:
        yield book.say("dossier_ask.code_why")
    if asked.lost and asked.again:
        yield book.say("dossier_ask.lost_again")
    elif asked.lost:
        yield book.say("dossier_ask.lost")
        yield book.say("dossier_ask.lost_slip", example=EXAMPLE_CODE)
    else:
        key = "dossier_ask.code_again" if asked.again else "dossier_ask.code"
        yield book.say(key, example=EXAMPLE_CODE)


def _remembered(book: Phrasebook, one: Remembered) -> Choice:
    """Return a button that names the procedure and the end of the code."""
    name = short(one.procedure_name, _NAME)
    tail = one.code.rpartition("-")[2]
    label = book.say("dossier_ask.remembered_label", name=name, tail=tail) if name else one.code
    return Choice(label, dossier_value(one.code))


def _offered(book: Phrasebook, samples: Sequence[Sample]) -> Iterator[Block]:
    """Yield what introduces the buttons of samples; their digits are told when one is chosen."""
    if samples:
        yield Paragraph(book.say("dossier_ask.samples_offered"))


def _sample_buttons(samples: Sequence[Sample]) -> list[Choice]:
    return [Choice(one.code, dossier_value(one.code)) for one in samples[:MOST_SAMPLES]]


def _ask_factor(book: Phrasebook, asked: AskFactor) -> Reply:
    blocks: list[Block] = [Paragraph(book.say("dossier_ask.read", code=asked.code))]
    blocks += [Paragraph(text) for text in _before_digits(book, asked)]
    blocks.append(_which_digits(book, asked.factors))
    blocks.append(Paragraph(book.say("dossier_ask.not_kept")))
    if asked.code.startswith(SAMPLE_AGENCY):
        known = [one.factor for one in asked.samples if one.code == asked.code]
        blocks += [
            Paragraph(book.say("dossier_ask.sample_factor", factor=factor)) for factor in known
        ]
    blocks.append(Choices((act_button(book, DossierAct.RETYPE),)))
    outcome = Outcome(OutcomeFamily.CLARIFY, ASKED_FACTOR)
    return Reply(tuple(blocks), outcome, afterwards=book.say("dossier_ask.afterwards"))


_DOUBTS: Final = {
    Doubt.UNKNOWN: "dossier_ask.factor_unknown",
    Doubt.WHY: "dossier_ask.factor_why",
    Doubt.YEAR: "dossier_ask.factor_year",
}


def _before_digits(book: Phrasebook, asked: AskFactor) -> Iterator[str]:
    """Yield what is to be known before the question is read."""
    if asked.not_yet is not None:
        day = f"{asked.not_yet:%d/%m/%Y}"
        yield book.say("dossier_ask.code_not_yet", day=day)
    if asked.doubt is Doubt.UNKNOWN and asked.again:
        yield book.say("dossier_ask.factor_still")
    elif asked.doubt in _DOUBTS:
        yield book.say(_DOUBTS[asked.doubt])
    elif asked.again:
        yield book.say("dossier_ask.factor_again")


def _which_digits(book: Phrasebook, factors: Sequence[FactorKind]) -> Block:
    named = tuple(book.say(_FACTORS[kind]) for kind in factors)
    if len(named) == 1:
        return Paragraph(book.say("dossier_ask.factor", what=named[0]))
    return FactList(book.say("dossier_ask.factors"), named)


def _none(book: Phrasebook, none: NoDossier) -> Reply:
    """Return the same whichever of code and factor is wrong."""
    by_code = not none.factors
    said = "dossier_ask.none_by_code" if by_code else "dossier_ask.none"
    check = "dossier_ask.none_check_code" if by_code else "dossier_ask.none_check"
    ways = (act_button(book, act) for act in (DossierAct.RETYPE, DossierAct.LOST))
    blocks: list[Block] = [
        Paragraph(book.say(said, code=none.code)),
        Paragraph(book.say(check)),
        Paragraph(book.say("dossier_ask.none_new")),
        *_offered(book, none.samples),
        Choices((*_sample_buttons(none.samples), *ways)),
    ]
    outcome = Outcome(OutcomeFamily.UNANSWERED, "no_dossier")
    return Reply(tuple(blocks), outcome, afterwards=book.say("dossier_ask.afterwards"))
