"""What stands beside an answer while a look-up waits, or where several dossiers were named."""

from collections.abc import Sequence
from dataclasses import replace

from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.deciding.found import dossier_value
from bot.messages import Choice, Choices, Paragraph, Reply
from bot.phrasebook import Phrasebook


def beside(book: Phrasebook, reply: Reply, *, consent: bool = False) -> Reply:
    """Return a reply with the way back to the dossier that is being looked up.

    Args:
        book: the sentences.
        reply: what was asked in between.
        consent: it was asked whether the dossier is remembered or followed.
    """
    waiting = Paragraph(book.say("dossier.consent_waiting" if consent else "dossier.waiting"))
    label = "button.resume_consent" if consent else "button.resume_dossier"
    go = Choice(book.say(label), dossier_act_value(DossierAct.RESUME))
    return replace(reply, blocks=(*reply.blocks, waiting, Choices((go,))))


def with_others(book: Phrasebook, reply: Reply, others: Sequence[str]) -> Reply:
    """Return what is told of the first dossier of a message, and a button for each other one."""
    told = Paragraph(book.say("dossier.first_of_several"))
    items = tuple(Choice(code, dossier_value(code)) for code in others)
    kept = reply.afterwards or book.say("dossier_ask.afterwards")
    return replace(reply, blocks=(*reply.blocks, told, Choices(items)), afterwards=kept)
