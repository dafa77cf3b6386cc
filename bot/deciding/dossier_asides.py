"""What becomes of a look-up when the message is about something else, or not clear."""

from dataclasses import replace
from typing import Final

from bot.deciding.act_decisions import Erase
from bot.deciding.acts import is_act
from bot.deciding.decisions import (
    Answer,
    Aside,
    AskProcedure,
    ConfirmDossierCode,
    Decision,
    Missing,
    NotFound,
    NotUnderstood,
    Say,
    Talk,
    Unread,
    Unreadable,
)
from bot.deciding.dossier_decisions import AskConsent
from bot.deciding.dossier_errands import Step
from bot.deciding.dossier_filed import FORGOT_CODE, is_another_matter
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_signs import OF_INTENT, OF_MISSING, matter_said
from bot.deciding.dossier_state import MOST_ASIDES, is_proved, waits, with_talk
from bot.deciding.dossier_steps import ask_again, ask_code, her_own
from bot.deciding.faq_decisions import AnswerFaq
from bot.deciding.found import Found, Said
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from bot.parse import Parse

MOST_MISSES: Final = 2
"""So often a code or its digits are asked for again in a row, as a question of a form is."""

_ENDS: Final = frozenset({Talk.CANCEL, Talk.GOODBYE})
CANNOT: Final = frozenset({"theo-doi-ho-so"})
"""General questions whose answer says that no dossier can be seen here: it can."""

_BELIED: Final = frozenset({*OF_INTENT, FORGOT_CODE}) - {"withdraw_dossier"}

_UNCLEAR: Final = frozenset({Missing.OUT_OF_SCOPE, Talk.AFFIRM})


def beside_dossier(
    dialogue: Dialogue, said: Said, decided: tuple[Decision, Dialogue], found: Found
) -> Step:
    """Return what was decided without regard to dossiers, where it is no matter of theirs.

    Args:
        dialogue: the state before.
        said: what the message says.
        decided: what would be told, and the state after it.
        found: what is known beside the message.
    """
    decision, after = decided
    inner = decision.decision if isinstance(decision, Aside) else decision
    other = _is_other(said)
    if other and _is_cannot(inner) and isinstance(said, Parse):
        inner = decision = NotFound(said.typed or said.text, 0)
        decided = decision, after
    if not other and (step := _instead_of_cannot(dialogue, inner, said, found)) is not None:
        return step
    talk = dialogue.dossier_talk
    if talk is None or _ends(inner, talk):
        return decision, replace(after, dossier_talk=None)
    if is_act(said) or isinstance(inner, ConfirmDossierCode):
        return decision, replace(after, dossier_talk=talk)
    if waits(talk):
        return _while_waiting(dialogue, talk, decided, found, clear=other)
    return _while_open(dialogue, talk, decided)


def _is_cannot(told: Decision) -> bool:
    """Tell whether a general answer would say that no dossier can be seen here."""
    return isinstance(told, AnswerFaq) and told.faq.key in CANNOT


def no_look_up(said: Said) -> Said:
    """Return a message without an intent that its words belie: "tra cứu đất đai" is no look-up."""
    if not isinstance(said, Parse) or said.intent not in _BELIED:
        return said
    return replace(said, intent="", confidence=0.0) if _is_other(said) else said


def only_by_card(dialogue: Dialogue, decision: Decision) -> bool:
    """Tell whether it is answered only because the card of a dossier made its procedure the topic.

    Nobody asked about that procedure: the message is better read as if nothing was said before.
    """
    by_topic = isinstance(decision, Answer) and decision.related
    return by_topic and is_proved(dialogue.dossier_talk)


def better_alone(decision: Decision, said: Said) -> bool:
    """Tell whether what a message says without the card's procedure is worth telling."""
    return not _is_unclear(decision) or (isinstance(decision, NotFound) and _is_other(said))


def _is_other(said: Said) -> bool:
    return isinstance(said, Parse) and is_another_matter(said.text, said.intent)


def _while_open(dialogue: Dialogue, talk: DossierTalk, decided: tuple[Decision, Dialogue]) -> Step:
    """Ask once more for a clear yes; after anything but small talk the subject is another."""
    decision, after = decided
    chat = isinstance(decision, Say) and isinstance(decision.what, Talk)
    if talk.stage is DossierStage.CONSENT:
        if _is_unclear(decision) and not dialogue.misses and not talk.asides:
            asked = AskConsent(talk.code, talk.follow)
            return asked, replace(with_talk(dialogue, talk), misses=1)
        if talk.asides < MOST_ASIDES and not isinstance(decision, Aside):
            kept = replace(talk, asides=talk.asides + 1)
            aside = Aside(decision, None, consent=True)
            return aside, replace(after, dossier_talk=kept)
    beside = not chat and not _is_unclear(decision)
    back = replace(talk, stage=DossierStage.OPEN, asides=talk.asides + beside)
    return decision, replace(after, dossier_talk=back)


def _instead_of_cannot(dialogue: Dialogue, told: Decision, said: Said, found: Found) -> Step | None:
    """Look up where a text would say that nothing can be looked up."""
    if _is_cannot(told):
        return her_own(dialogue, Matter.STATUS)
    if not isinstance(told, Say) or not isinstance(told.what, Missing):
        return None
    if told.what is Missing.DOSSIER_CODE:
        return ask_code(dialogue, found.scene, lost=True)
    if told.what not in OF_MISSING:
        return None
    about = matter_said(said.text, said.intent) if isinstance(said, Parse) else None
    return her_own(dialogue, about or OF_MISSING[told.what])


def _ends(decision: Decision, talk: DossierTalk) -> bool:
    """Tell whether the citizen wants nothing more looked up."""
    if not isinstance(decision, Say):
        return isinstance(decision, Erase)
    return decision.what in _ENDS or (
        decision.what is Talk.DENY and waits(talk) and not talk.asides
    )


def _while_waiting(
    dialogue: Dialogue,
    talk: DossierTalk,
    decided: tuple[Decision, Dialogue],
    found: Found,
    *,
    clear: bool,
) -> Step:
    """Ask again after what nobody understands, else answer and offer to go on."""
    decision, after = decided
    if talk.asides >= MOST_ASIDES:
        return decision, replace(after, dossier_talk=None)
    unclear = _is_unclear(decision) and not talk.asides and not clear
    if unclear and dialogue.misses < MOST_MISSES:
        asked, kept = ask_again(dialogue, talk, found.scene)
        return asked, replace(kept, misses=dialogue.misses + 1)
    kept_talk = replace(talk, asides=talk.asides + 1)
    aside = decision if isinstance(decision, Aside) else Aside(decision, None)
    return aside, replace(after, dossier_talk=kept_talk)


def _is_unclear(decision: Decision) -> bool:
    if isinstance(decision, Answer):  # only the topic made it an answer
        return decision.related
    if isinstance(decision, Say):
        return decision.what in _UNCLEAR
    if isinstance(decision, Unreadable):
        return decision.why in {Unread.EMPTY, Unread.ONLY_PERSONAL}
    return isinstance(decision, NotUnderstood | NotFound | AskProcedure)
