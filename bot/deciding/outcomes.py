"""A decision together with what the conversation remembers after it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.deciding.decisions import (
    Answer,
    AskProcedure,
    AskWhich,
    Decision,
    DoubtfulRecord,
    GuideOnline,
    OutOfRange,
)
from bot.deciding.labels import labels_of
from bot.dialogue import Dialogue, OpenQuestion
from bot.parse import AskedField
from knowledge.procedure import Procedure

MAX_CHOICES = 5
"""More buttons than this are not read on a telephone."""

After = tuple[Decision, Dialogue]


def settle(
    procedure: Procedure,
    fields: Sequence[AskedField],
    twins: tuple[Procedure, ...] = (),
    *,
    detail: bool = False,
) -> After:
    """Answer about `procedure`, which becomes the topic; its twins can be chosen next."""
    asked = tuple(dict.fromkeys(fields)) or (AskedField.OVERVIEW,)
    after = Dialogue(topic=procedure.code, asked=asked, open_question=_offer(twins, asked))
    if procedure.suspect:
        return DoubtfulRecord(procedure), Dialogue()
    twins = twins[:MAX_CHOICES]
    return Answer(procedure, asked, detail=detail, twins=twins), after


def guide_online(procedure: Procedure, twins: tuple[Procedure, ...]) -> After:
    """Explain how `procedure` is filed online; it becomes the topic."""
    asked = (AskedField.ONLINE,)
    if procedure.suspect:
        return DoubtfulRecord(procedure), Dialogue()
    after = Dialogue(topic=procedure.code, asked=asked, open_question=_offer(twins, asked))
    return GuideOnline(procedure, twins[:MAX_CHOICES]), after


def _offer(twins: Sequence[Procedure], asked: tuple[AskedField, ...]) -> OpenQuestion | None:
    shown = tuple(twins[:MAX_CHOICES])
    if not shown:
        return None
    return OpenQuestion(tuple(twin.code for twin in shown), labels_of(shown), asked)


def ask_which(
    dialogue: Dialogue,
    procedures: Sequence[Procedure],
    fields: tuple[AskedField, ...],
    *,
    replaced_code: str = "",
    again: bool = False,
    out_of_range: bool = False,
) -> After:
    """Ask which of `procedures` is meant; `fields` are answered as soon as that is known.

    A question about other levels of the open topic leaves the topic as it is. What was found by
    words comes with "none of them"; what was asked before is asked the same way again.
    """
    shown = tuple(procedures[:MAX_CHOICES])
    if not shown:
        return ask_procedure(dialogue, fields)
    labels = labels_of(shown)
    before = dialogue.open_question if again or out_of_range else None
    none_offered = before.none_offered if before else not replaced_code
    question = AskWhich(shown, labels, fields, replaced_code, again, none_offered)
    after = Dialogue(
        topic=dialogue.topic if out_of_range else None,
        asked=fields,
        open_question=OpenQuestion(
            tuple(one.code for one in shown), labels, fields, none_offered=none_offered
        ),
    )
    return (OutOfRange(question) if out_of_range else question), after


def ask_procedure(
    dialogue: Dialogue, fields: tuple[AskedField, ...], *, declined: bool = False
) -> After:
    """Ask which procedure the question is about; what was asked waits for the name."""
    return AskProcedure(fields, declined), replace(
        dialogue, asked=fields, open_question=None, misses=0
    )
