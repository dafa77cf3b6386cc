"""What is asked, told and offered where a dossier is remembered or its changes are told."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.deciding.dossier_decisions import (
    Agreed,
    AskConsent,
    Forgotten,
    GoOnElsewhere,
    NotAgreed,
    WordSpent,
)
from bot.deciding.dossier_values import DossierAct, word_value
from bot.deep_links import link_payload
from bot.dossiers.ports import Remembered
from bot.messages import (
    FOLLOWED,
    Block,
    Choices,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.telling import act_button

ConsentDecision = AskConsent | Agreed | NotAgreed | Forgotten | GoOnElsewhere | WordSpent


def render_consent(desk: Desk, decision: ConsentDecision) -> Reply:
    """Return what is said."""
    book = desk.book
    match decision:
        case AskConsent():
            return _ask(desk, decision)
        case GoOnElsewhere():
            blocks = tuple(_elsewhere(book, decision))
            return _private(book, blocks, OutcomeFamily.HANDED_OVER, "dossier_elsewhere")
        case Agreed() | NotAgreed() | Forgotten() | WordSpent():
            return _done(book, decision)
    assert_never(decision)


def _done(book: Phrasebook, decision: Agreed | NotAgreed | Forgotten | WordSpent) -> Reply:
    blocks: tuple[Block, ...]
    match decision:
        case Agreed(code, follow):
            key = "dossier_follow.agreed_follow" if follow else "dossier_follow.agreed_remember"
            stop = act_button(book, DossierAct.STOP if follow else DossierAct.FORGET, code)
            buttons = Choices((stop, act_button(book, DossierAct.OTHER)))
            blocks = (Paragraph(book.say(key, code=code)), buttons)
            kind = FOLLOWED if follow else "dossier_remembered"
            return _private(book, blocks, OutcomeFamily.SMALL_TALK, kind)
        case Forgotten():
            blocks = tuple(Paragraph(text) for text in _forgotten(book, decision))
            return _private(book, blocks, OutcomeFamily.SMALL_TALK, "dossier_forgotten")
        case NotAgreed():
            blocks = (Paragraph(book.say("dossier_follow.not_agreed")),)
            return Reply(blocks, Outcome(OutcomeFamily.SMALL_TALK, "dossier_not_agreed"))
        case WordSpent():
            blocks = (Paragraph(book.say("dossier_follow.word_spent")),)
            return Reply(blocks, Outcome(OutcomeFamily.UNANSWERED, "dossier_word"))


def _forgotten(book: Phrasebook, told: Forgotten) -> Iterator[str]:
    """Yield what ended, what is not kept any more, and what still is."""
    yield _ended(book, told)
    if told.entirely:
        if told.others:
            yield book.say("dossier_follow.remembered_still", codes=_codes(told.others))
        return
    kept = {one.code for one in told.kept}
    dropped = tuple(one for one in told.ended if one.code not in kept)
    if dropped and len(told.ended) == 1:
        yield book.say("dossier_follow.dropped")
    elif dropped:
        yield book.say("dossier_follow.dropped_some", codes=_codes(dropped))
    if told.kept:
        yield book.say("dossier_follow.kept_still", codes=_codes(told.kept))
    if told.others:
        yield book.say("dossier_follow.followed_still", codes=_codes(told.others))


def _ended(book: Phrasebook, told: Forgotten) -> str:
    count, codes = len(told.ended), _codes(told.ended)
    if told.code or count == 1:
        code = told.code or told.ended[0].code
        key = "dossier_follow.forgotten" if told.entirely else "dossier_follow.stopped"
        return book.say(key, code=code)
    if not count:
        return book.say(
            "dossier_follow.nothing_kept" if told.entirely else "dossier_follow.stopped_all"
        )
    key = "dossier_follow.forgotten_all" if told.entirely else "dossier_follow.stopped_some"
    return book.say(key, count=count, codes=codes)


def _codes(those: Sequence[Remembered]) -> str:
    return ", ".join(one.code for one in those)


def _private(
    book: Phrasebook, blocks: tuple[Block, ...], family: OutcomeFamily, kind: str
) -> Reply:
    return Reply(blocks, Outcome(family, kind), afterwards=book.say("dossier_ask.afterwards"))


def _ask(desk: Desk, asked: AskConsent) -> Reply:
    """Return the question, what is kept, for how long, and how to stop."""
    book = desk.book
    key = "dossier_follow.ask_follow" if asked.follow else "dossier_follow.ask_remember"
    button = book.say("dossier_button.stop" if asked.follow else "dossier_button.forget")
    kept = (
        book.say("dossier_follow.kept", button=button)
        if desk.dossier_days is None
        else book.say("dossier_follow.kept_days", button=button, days=desk.dossier_days)
    )
    to = DossierAct.FOLLOW if asked.follow else DossierAct.REMEMBER
    answers = (
        act_button(book, DossierAct.AGREE, asked.code, to),
        act_button(book, DossierAct.REFUSE, asked.code, to),
    )
    blocks = (Paragraph(book.say(key, code=asked.code)), Paragraph(kept), Choices(answers))
    return _private(book, blocks, OutcomeFamily.CLARIFY, "dossier_consent")


def _elsewhere(book: Phrasebook, offered: GoOnElsewhere) -> Iterator[Block]:
    yield Paragraph(book.say("dossier_follow.elsewhere"))
    if offered.telegram_link:
        url = f"{offered.telegram_link}{link_payload(word_value(offered.word))}"
        yield Link(book.say("dossier_follow.telegram"), url)
    if offered.zalo:
        yield Paragraph(book.say("dossier_follow.zalo", word=offered.word))
        if offered.zalo_link:
            yield Link(book.say("dossier_follow.zalo_open"), offered.zalo_link)
    yield Paragraph(book.say("dossier_follow.word_once"))
