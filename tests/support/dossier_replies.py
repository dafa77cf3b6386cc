"""Everything that can be decided about dossiers: each state, each matter, each way to ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.deciding.dossier_decisions import (
    Agreed,
    AskConsent,
    AskDossierCode,
    AskFactor,
    DossierAway,
    DossierDecision,
    DossiersLocked,
    Forgotten,
    GoOnElsewhere,
    NoDossier,
    NotAgreed,
    NotInGroups,
    OneOfSeveral,
    TellBriefly,
    TellDossier,
    TellHistory,
    WordSpent,
)
from bot.deciding.dossier_matters import IN_FULL, Matter
from bot.dossiers.ports import Found, Remembered, Sample
from bot.dossiers.status import DossierStatus, FactorKind
from bot.messages import Reply, StatusCard
from bot.rendering import render_plain
from bot.rendering.dossiers import render_dossier
from tests.support.desks import a_desk
from tests.support.dossiers import (
    CODE,
    NOW,
    OPEN,
    OTHER_CODE,
    a_dossier,
    a_dossier_in_each_state,
)

SAMPLE = Sample("H00.01-261116-0001", "1234")
WORD = "K7QM2XWA"
FRIDAY = date(2026, 11, 20)
"""On which all is told where no other day is set."""
LATE_DAY = date(2026, 12, 2)
TELEGRAM = "https://t.me/motcua_bot?start="


def told(status: DossierStatus, about: Matter = Matter.STATUS, **changes: Any) -> TellDossier:
    """The decision to tell how a dossier stands, to somebody who can be told of changes."""
    decision = TellDossier(Found(status), about, OPEN, can_follow=True)
    return replace(decision, **changes)


def every_telling() -> Iterator[TellDossier]:
    """Each state for each matter: as it is, published by code alone, last known, and a sample."""
    for status in a_dossier_in_each_state():
        for about in Matter:
            yield told(status, about)
            yield told(replace(status, terse=True), about)
            yield told(status, about, away=True, can_follow=False)
            yield told(replace(status, code=SAMPLE.code), about)
            yield told(status, about, found=Found(status, followed=True, remembered=True))


def every_brief_telling() -> Iterator[TellBriefly]:
    """The same in few lines, for everything that is answered so."""
    yield from (TellBriefly(one) for one in every_telling() if one.about not in IN_FULL)


def every_asking() -> Iterator[DossierDecision]:
    """Each decision that does not tell how a dossier stands."""
    remembered = tuple(Remembered(CODE, name, followed=True) for name in ("Khai sinh", ""))
    for again in (False, True):
        yield AskDossierCode(Matter.STATUS, again=again)
        yield AskDossierCode(Matter.LATE, remembered=remembered, again=again)
        yield AskFactor(CODE, OPEN.factors, again=again)
        yield AskFactor(SAMPLE.code, (FactorKind.BIRTH_YEAR,), (SAMPLE,), again)
    yield AskDossierCode(Matter.STATUS, samples=(SAMPLE,))
    yield AskDossierCode(Matter.STATUS, samples=(Sample(SAMPLE.code, ""),))
    yield AskDossierCode(Matter.STATUS, lost=True)
    yield NoDossier(CODE, OPEN.factors)
    yield NoDossier(CODE, (), (SAMPLE,))
    yield DossiersLocked(NOW)
    yield DossierAway()
    yield from every_consent(remembered)
    yield GoOnElsewhere(WORD, TELEGRAM, zalo=True)
    yield GoOnElsewhere(WORD, "", zalo=True)
    yield GoOnElsewhere(WORD, TELEGRAM, zalo=False)
    yield WordSpent()
    yield NotInGroups()
    yield TellHistory(Found(a_dossier()))


def every_consent(remembered: tuple[Remembered, ...]) -> Iterator[DossierDecision]:
    """Each decision about what is kept."""
    for follow in (False, True):
        yield AskConsent(CODE, follow)
        yield Agreed(CODE, follow)
        yield Forgotten(CODE, entirely=follow)
        yield Forgotten("", entirely=follow)
        yield Forgotten("", follow, remembered)
        yield Forgotten(CODE, follow, remembered[:1], others=remembered)
        yield Forgotten("", follow, remembered, kept=remembered[:1])
    yield NotAgreed(CODE)


def every_dossier_decision() -> Iterator[DossierDecision | OneOfSeveral]:
    """All of them, and several dossiers in one message."""
    yield from every_telling()
    yield from every_brief_telling()
    yield from every_asking()
    yield OneOfSeveral(AskFactor(CODE, OPEN.factors), (OTHER_CODE,))


def reply_to(decision: DossierDecision, today: date = FRIDAY) -> Reply:
    return render_dossier(a_desk(today=today), decision)


def text_of(decision: DossierDecision, today: date = FRIDAY) -> str:
    return render_plain(reply_to(decision, today))


def card_of(decision: DossierDecision, today: date = FRIDAY) -> StatusCard:
    (card,) = (one for one in reply_to(decision, today).blocks if isinstance(one, StatusCard))
    return card


def pressed(reply: Reply) -> set[str]:
    return {choice.value.split(":")[1] for choice in reply.buttons}
