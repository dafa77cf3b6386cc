"""What is said in place of a field whose value changed and waits to be confirmed."""

from collections.abc import Sequence

from bot.messages import Block, Link, Outcome, OutcomeFamily, Paragraph
from bot.parse import AskedField
from bot.rendering.desk import Desk
from bot.rendering.sources import address_of
from knowledge.procedure import Procedure

HELD = Outcome(OutcomeFamily.UNANSWERED, "held")
"""All that was asked is held."""

_NAMES = {
    AskedField.OVERVIEW: "field.overview",
    AskedField.DOCUMENTS: "field.documents",
    AskedField.FEE: "field.fee",
    AskedField.TIME: "field.time",
    AskedField.STEPS: "field.steps",
    AskedField.AGENCY: "field.agency",
    AskedField.WHERE: "field.where",
    AskedField.ONLINE: "field.online",
    AskedField.METHODS: "field.methods",
    AskedField.CONDITIONS: "field.conditions",
    AskedField.LEGAL_BASIS: "field.legal_basis",
    AskedField.RESULT: "field.result",
    AskedField.FORMS: "field.forms",
    AskedField.WHO: "field.who",
}


def is_held(desk: Desk, procedure: Procedure, field: AskedField) -> bool:
    """Tell whether an answer about `field` waits; an overview only leaves out what is held."""
    if field is AskedField.OVERVIEW:
        return False
    held = desk.held.of_code(procedure.code)
    # Where to go is read from the agency where the record tells no place.
    stands_in = field is AskedField.WHERE and not procedure.where and AskedField.AGENCY in held
    return field in held or stands_in


def all_held(desk: Desk, procedure: Procedure, fields: Sequence[AskedField]) -> bool:
    """Tell whether nothing of what was asked can be answered."""
    return all(is_held(desk, procedure, field) for field in fields)


def held_blocks(desk: Desk, field: AskedField) -> tuple[Block, ...]:
    """Return what is said in place of the field."""
    name = desk.book.say(_NAMES[field])
    return (Paragraph(desk.book.say("held.field", field=name)),)


def held_links(desk: Desk, procedure: Procedure, fields: Sequence[AskedField]) -> tuple[Block, ...]:
    """Return the way to the page that is up to date, where something asked is held."""
    if not desk.held.of_code(procedure.code) or not any(
        is_held(desk, procedure, field) or field is AskedField.OVERVIEW for field in fields
    ):
        return ()
    return (Link(desk.book.say("link.newest"), address_of(procedure)),)
