"""Everything that is not an answer about one procedure: questions back, limits, small talk."""

from collections.abc import Iterator
from dataclasses import replace

from bot.deciding.act_values import EXAMPLES
from bot.deciding.decisions import (
    AnswerEach,
    AskCase,
    AskProcedure,
    AskWhich,
    ConfirmDossierCode,
    DoubtfulRecord,
    Guide,
    InOtherLanguage,
    Missing,
    NotFound,
    NotUnderstood,
    Say,
    Talk,
    UnknownCode,
    Unread,
    Unreadable,
)
from bot.deciding.found import NONE_VALUE, dossier_value, group_value, press_value
from bot.deciding.labels import short_name
from bot.dossiers.signless import WITH_ALL_SIGNS
from bot.messages import (
    CONFIRM_CODE,
    Block,
    Choice,
    Choices,
    FactList,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.phrasebook import Phrasebook
from bot.rendering.answers import MAX_BUTTONS, next_buttons, render_several
from bot.rendering.desk import Desk
from bot.rendering.faq import faq_choices
from bot.rendering.sources import address_of, portal_link, search_link
from bot.understanding import MAX_CHARACTERS
from knowledge.procedure import Procedure
from knowledge.siblings import GROUP_MARK

MAX_CANDIDATES = 10
"""Codes that a reply names as considered."""

MISSES_BEFORE_EXAMPLES = 2
"""After so many turns in a row without an understanding, examples and people are offered."""

MAX_QUOTED_WORDS = 80
"""Characters of the question that are given to the portal's search."""

_WITHIN_A_TOPIC = frozenset({*Guide, *Missing, Talk.FEEDBACK}) - {
    Missing.OUT_OF_SCOPE,
    Missing.COURT,
}
"""What is asked in the middle of a topic because of it: "cán bộ đòi thêm giấy tờ thì sao"."""

_FAMILIES = {
    Talk: OutcomeFamily.SMALL_TALK,
    Guide: OutcomeFamily.GUIDED,
    Missing: OutcomeFamily.UNANSWERED,
}


def render_which(book: Phrasebook, question: AskWhich, instead: str = "") -> Reply:
    """Return the question which procedure is meant, one button each; or `instead` its words."""
    if instead:
        text = instead
    elif code := question.replaced_code:
        newer = any(code in procedure.changed_to for procedure in question.procedures)
        text = book.say("which.newer" if newer else "which.replaced", code=code)
    else:
        listed = "which.listed" if question.listed else "which.ask"
        asked = "which.one" if len(question.procedures) == 1 else listed
        text = book.say("which.again" if question.again else asked)
    items = tuple(
        Choice(label, press_value(procedure.code, question.fields))
        for label, procedure in zip(question.labels, question.procedures, strict=True)
    )
    if question.none_offered:
        items = (*items, Choice(book.say("button.none"), NONE_VALUE))
    lines = tuple(map(_line, question.procedures, question.labels)) if question.listed else ()
    blocks: list[Block] = [FactList(text, lines, ordered=True) if lines else Paragraph(text)]
    blocks.append(Choices(items, open_question=True))
    codes = tuple(procedure.code for procedure in question.procedures)
    outcome = Outcome(OutcomeFamily.CLARIFY, "which_procedure")
    return Reply(tuple(blocks), outcome, candidates=codes)


def _line(procedure: Procedure, label: str) -> str:
    """Return the label and what the procedure is for; imported ones have their name alone."""
    return f"{label}: {procedure.summary}" if procedure.summary else procedure.name


def render_each(desk: Desk, each: AnswerEach) -> Reply:
    """Return the answers, and behind them the question about what is not clear yet."""
    book = desk.book
    answered = render_several(desk, each.answers)
    if each.question is None:
        return answered
    question = each.question
    if isinstance(question, AskCase):
        asked = render_case(book, question)
    else:
        asked = render_which(book, question)
    blocks = (*answered.blocks, Paragraph(book.say("answer.one_more")), *asked.blocks)
    codes = (*answered.candidates, *asked.candidates)[:MAX_CANDIDATES]
    return replace(answered, blocks=blocks, candidates=codes)


def render_case(book: Phrasebook, question: AskCase) -> Reply:
    """Return the question that tells siblings apart, one button a case, and one for the unsure."""
    blocks: list[Block] = [Paragraph(question.question)]
    items = [Choice(one.label, _target_value(one.target, question)) for one in question.options]
    listed = group_value(question.group, question.fields, listed=True)
    items.append(Choice(book.say("button.unsure"), listed))
    blocks.append(Choices(tuple(items), open_question=True))
    outcome = Outcome(OutcomeFamily.CLARIFY, "which_case")
    return Reply(tuple(blocks), outcome, candidates=question.codes[:MAX_CANDIDATES])


def _target_value(target: str, question: AskCase) -> str:
    if target.startswith(GROUP_MARK):
        return group_value(target.removeprefix(GROUP_MARK), question.fields)
    return press_value(target, question.fields)


def render_ask_procedure(book: Phrasebook, decision: AskProcedure) -> Reply:
    """Return the question for the procedure's name."""
    key = "which.name_it" if decision.fields else "which.what_do_you_need"
    key = "which.none_of_them" if decision.declined else key
    outcome = Outcome(OutcomeFamily.CLARIFY, "procedure_missing")
    if (topic := decision.topic) is not None:
        told = Paragraph(book.say("which.no_list", name=short_name(topic)))
        return Reply((told, Choices(next_buttons(book, topic, ()))), outcome, procedure=topic.code)
    return Reply((Paragraph(book.say(key)),), outcome)


def render_unknown_code(desk: Desk, decision: UnknownCode) -> Reply:
    """Return that no procedure has this code."""
    book = desk.book
    text = book.say("limit.unknown_code", code=decision.code)
    blocks = (Paragraph(text), search_link(desk, decision.code), *hotline(desk))
    return Reply(blocks, Outcome(OutcomeFamily.UNANSWERED, "unknown_code"))


def render_confirm(book: Phrasebook, decision: ConfirmDossierCode) -> Reply:
    """Return how a mistyped dossier code was read, one button a reading, and what to check."""
    readings, check = decision.readings, book.say("dossier.check")
    outcome = Outcome(OutcomeFamily.CLARIFY, CONFIRM_CODE)
    if not readings:
        key = "dossier.type_again" if decision.declined else "dossier.unreadable"
        said = book.say(key) if decision.declined else book.say(key, example=WITH_ALL_SIGNS)
        return Reply((Paragraph(said), Paragraph(check)), outcome)
    one = len(readings) == 1
    text = book.say("dossier.confirm", code=readings[0]) if one else book.say("dossier.which")
    items = [Choice(code, dossier_value(code)) for code in readings]
    items.append(Choice(book.say("button.wrong_code"), dossier_value("")))
    choices = Choices(tuple(items), open_question=True)
    blocks: list[Block] = [Paragraph(text), choices, Paragraph(check)]
    if decision.digits:
        blocks.append(Paragraph(book.say("dossier.digits_again")))
    return Reply(tuple(blocks), outcome, afterwards=check)


def render_other_language(desk: Desk, decision: InOtherLanguage) -> Reply:
    """Return in the language of the message that only Vietnamese can be answered."""
    book = desk.book
    blocks = (Paragraph(book.say(decision.language)), portal_link(book), *hotline(desk))
    return Reply(blocks, Outcome(OutcomeFamily.UNANSWERED, "other_language"))


def render_doubtful(book: Phrasebook, decision: DoubtfulRecord) -> Reply:
    """Return that the record cannot be trusted; no fact of it is told."""
    procedure = decision.procedure
    text = book.say("limit.doubtful", code=procedure.code, name=short_name(procedure))
    blocks = (Paragraph(text), Link(book.say("link.search"), address_of(procedure)))
    return Reply(blocks, Outcome(OutcomeFamily.UNANSWERED, "doubtful_record"))


def render_not_found(desk: Desk, decision: NotFound) -> Reply:
    """Return that the records hold nothing that fits."""
    book = desk.book
    blocks: list[Block] = [Paragraph(book.say("limit.not_found"))]
    blocks.append(search_link(desk, decision.words[:MAX_QUOTED_WORDS]))
    blocks += hotline(desk)
    blocks += _after_misses(book, decision.misses)
    return Reply(tuple(blocks), Outcome(OutcomeFamily.UNANSWERED, "no_procedure"))


def render_not_understood(desk: Desk, decision: NotUnderstood) -> Reply:
    """Return that the message was not understood."""
    book = desk.book
    blocks: list[Block] = [Paragraph(book.say("limit.not_understood")), portal_link(book)]
    blocks += hotline(desk)
    blocks += _after_misses(book, decision.misses)
    return Reply(tuple(blocks), Outcome(OutcomeFamily.UNANSWERED, "not_understood"))


def render_unreadable(book: Phrasebook, decision: Unreadable) -> Reply:
    """Return why there was nothing to read."""
    texts = {
        Unread.EMPTY: book.say("limit.empty"),
        Unread.TOO_LONG: book.say("limit.too_long", limit=MAX_CHARACTERS),
        Unread.BROKEN_BUTTON: book.say("limit.broken_button"),
        Unread.ONLY_PERSONAL: book.say("limit.only_personal"),
    }
    family = OutcomeFamily.REFUSED if decision.why is Unread.TOO_LONG else OutcomeFamily.UNANSWERED
    return Reply((Paragraph(texts[decision.why]),), Outcome(family, decision.why))


def render_say(desk: Desk, decision: Say) -> Reply:
    """Return a fixed text, with the way out where the assistant itself cannot help."""
    book, what, topic = desk.book, decision.what, decision.topic
    blocks: list[Block] = [Paragraph(book.say(what)), *_ways_out(desk, what)]
    blocks += _after_misses(book, decision.misses)
    buttons = faq_choices(decision.faqs)
    if buttons:
        blocks.append(Paragraph(book.say("faq.see_also")))
    if topic is not None and what is not Missing.OUT_OF_SCOPE:
        blocks.append(Paragraph(book.say("talk.go_on", name=short_name(topic))))
    within = topic if what in _WITHIN_A_TOPIC else None
    if within is not None:
        buttons = (*buttons, *next_buttons(book, within))
    if buttons:
        blocks.append(Choices(buttons[:MAX_BUTTONS]))
    outcome = Outcome(_FAMILIES[type(what)], what.value.partition(".")[2])
    return Reply(tuple(blocks), outcome, procedure=within.code if within else None)


def _ways_out(desk: Desk, what: Talk | Guide | Missing) -> Iterator[Block]:
    if what in {Talk.HELP, Talk.GREET, Guide.PROCEDURES}:
        yield _questions(desk.book)
    if isinstance(what, Missing) or what in {Guide.ACCOUNT, Guide.PAYMENT}:
        yield portal_link(desk.book)
    if isinstance(what, Missing) or what in {Guide.SCAM, Guide.ACCOUNT}:
        yield from hotline(desk)


def render_error(book: Phrasebook) -> Reply:
    """Return that the language model did not help and what the citizen can do."""
    blocks = (Paragraph(book.say("limit.nlu_down")), portal_link(book))
    return Reply(blocks, Outcome(OutcomeFamily.ERROR, "nlu"))


def render_over_limit(book: Phrasebook) -> Reply:
    """Return that messages come too fast, and when to write again."""
    blocks = (Paragraph(book.say("limit.too_many")),)
    return Reply(blocks, Outcome(OutcomeFamily.REFUSED, "too_many"))


def hotline(desk: Desk) -> tuple[Block, ...]:
    """Return the number to call, where the province publishes one."""
    book, profile = desk.book, desk.profile
    if not profile.hotline:
        return ()
    source = profile.hotline_source
    key = "limit.hotline_source" if source else "limit.hotline"
    return (Paragraph(book.say(key, number=profile.hotline, source=source)),)


def _after_misses(book: Phrasebook, misses: int) -> tuple[Block, ...]:
    if misses < MISSES_BEFORE_EXAMPLES:
        return ()
    return (_questions(book), Paragraph(book.say("limit.ask_people")))


def _questions(book: Phrasebook) -> Block:
    return FactList(book.say("example.title"), tuple(book.say(key) for key in EXAMPLES.values()))
