"""What a citizen reads about dossiers: one reply for every decision about them."""

from typing import assert_never

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
    TellBriefly,
    TellDossier,
    TellHistory,
    WordSpent,
)
from bot.messages import Reply
from bot.rendering.desk import Desk
from bot.rendering.dossiers.asking import render_asking
from bot.rendering.dossiers.brief import tell_briefly
from bot.rendering.dossiers.consent import render_consent
from bot.rendering.dossiers.telling import tell_dossier, tell_history


def render_dossier(desk: Desk, decision: DossierDecision) -> Reply:
    """Return the reply to a decision about dossiers.

    Replies that name a dossier say in `afterwards` what may stay of them in the log.
    """
    match decision:
        case TellDossier():
            return tell_dossier(desk, decision)
        case TellBriefly():
            return tell_briefly(desk, decision)
        case TellHistory():
            return tell_history(desk, decision)
        case (
            AskDossierCode()
            | AskFactor()
            | NoDossier()
            | DossiersLocked()
            | DossierAway()
            | NotInGroups()
        ):
            return render_asking(desk, decision)
        case AskConsent() | Agreed() | NotAgreed() | Forgotten() | GoOnElsewhere() | WordSpent():
            return render_consent(desk, decision)
    assert_never(decision)
