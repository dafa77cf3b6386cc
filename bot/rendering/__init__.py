"""From a decision to a reply: pure, every fact from the record, every sentence from the book."""

from bot.deciding.act_decisions import AskErasure, Erase, KeepData, Rate, Received
from bot.deciding.decisions import (
    Answer,
    AnswerEach,
    Aside,
    AskCase,
    AskProcedure,
    AskWhich,
    ConfirmDossierCode,
    Decision,
    DoubtfulRecord,
    GuideOnline,
    InOtherLanguage,
    NotFound,
    NotUnderstood,
    OutOfRange,
    Say,
    UnknownCode,
    Unreadable,
)
from bot.deciding.dossier_decisions import OneOfSeveral
from bot.deciding.faq_decisions import AnswerFaq, AskFaq
from bot.deciding.filing_decisions import FilingDecision
from bot.deciding.form_decisions import AskCircumstance, FormStopped
from bot.deciding.place_decisions import (
    AskPlace,
    AskWard,
    OfficeUnknown,
    TellHotline,
    TellOffice,
    TellPlace,
)
from bot.deciding.service_decisions import TellOnlineServices
from bot.messages import Reply
from bot.rendering import forms, talk
from bot.rendering.acts import render_act
from bot.rendering.answers import render_answer, render_guide
from bot.rendering.desk import Desk
from bot.rendering.dossiers import render_dossier
from bot.rendering.dossiers.beside import beside, with_others
from bot.rendering.faq import render_general
from bot.rendering.filing import render_filing
from bot.rendering.filing.telling import beside_filing
from bot.rendering.offices import render_offices
from bot.rendering.online_services import render_services
from bot.rendering.places import render_places
from bot.rendering.plain import render_plain
from bot.rendering.ranges import render_question
from bot.rendering.talk import render_error, render_over_limit

__all__ = ["Desk", "render", "render_error", "render_over_limit", "render_plain"]

_Unanswered = UnknownCode | InOtherLanguage | DoubtfulRecord | NotFound | NotUnderstood | Unreadable


def render(decision: Decision, desk: Desk) -> Reply:  # noqa: C901, PLR0911, PLR0912 - one line a decision
    """Return the reply to a decision."""
    if isinstance(decision, FilingDecision):
        return render_filing(desk, decision)
    if isinstance(decision, _Unanswered):
        return _unanswered(desk, decision)
    match decision:
        case Answer():
            return render_answer(desk, decision)
        case AnswerEach():
            return talk.render_each(desk, decision)
        case AnswerFaq() | AskFaq():
            return render_general(desk, decision)
        case AskCircumstance() | FormStopped():
            return forms.render_form(desk, decision)
        case TellPlace() | AskPlace():
            return render_places(desk, decision)
        case TellOffice() | TellHotline() | AskWard() | OfficeUnknown():
            return render_offices(desk, decision)
        case TellOnlineServices():
            return render_services(desk, decision)
        case Aside():
            return _aside(desk, decision)
        case GuideOnline():
            return render_guide(desk, decision)
        case AskWhich() | AskCase() | OutOfRange() | AskProcedure():
            return render_question(desk.book, decision)
        case ConfirmDossierCode():
            return talk.render_confirm(desk.book, decision)
        case Say():
            return talk.render_say(desk, decision)
        case Received() | AskErasure() | Erase() | KeepData() | Rate():
            return render_act(desk, decision)
        case OneOfSeveral(inner, others):
            return with_others(desk.book, render_dossier(desk, inner), others)
        case _:
            return render_dossier(desk, decision)


def _unanswered(desk: Desk, decision: _Unanswered) -> Reply:  # noqa: PLR0911 - one line a decision
    match decision:
        case UnknownCode():
            return talk.render_unknown_code(desk, decision)
        case InOtherLanguage():
            return talk.render_other_language(desk, decision)
        case DoubtfulRecord():
            return talk.render_doubtful(desk.book, decision)
        case NotFound():
            return talk.render_not_found(desk, decision)
        case NotUnderstood():
            return talk.render_not_understood(desk, decision)
        case Unreadable():
            return talk.render_unreadable(desk.book, decision)


def _aside(desk: Desk, aside: Aside) -> Reply:
    told = render(aside.decision, desk)
    if aside.procedure is None:
        return beside(desk.book, told, consent=aside.consent)
    if aside.filing:
        return beside_filing(desk.book, told, aside.procedure)
    return forms.beside(desk.book, told, aside.procedure)
