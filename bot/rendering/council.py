"""Fees that the provincial council has set, told instead of the national figures."""

from bot.messages import Block, Link
from bot.phrasebook import Phrasebook
from bot.ports import Profile
from bot.rendering.wording import date, money
from knowledge.procedure import FilingChannel, Procedure
from knowledge.province import CouncilFee


def council_fee(
    book: Phrasebook, profile: Profile, procedure: Procedure, channel: FilingChannel | None
) -> str:
    """Return what the council has set for a way of filing; empty: it has set nothing.

    A fee of this very way goes before one of all ways.
    """
    own = [fee for fee in profile.fees if fee.code == procedure.code]
    exact = [fee for fee in own if channel is not None and fee.channel is channel]
    fees = exact or [fee for fee in own if fee.channel is None or channel is None]
    text = "; ".join(_said(book, fee) for fee in fees)
    return f"{text} ({book.say('office.sample_short')})" if text and profile.sample else text


def _said(book: Phrasebook, fee: CouncilFee) -> str:
    amount = money(fee.amount) if fee.amount.value else book.say("fee.council_free")
    return book.say("fee.council", amount=amount, decision=fee.decision, day=date(fee.date))


def form_links(book: Phrasebook, profile: Profile, procedure: Procedure) -> tuple[Block, ...]:
    """Return where the forms of the record can be had."""
    links = {form.number: form.link for form in profile.forms}
    numbers = dict.fromkeys(form.number for form in procedure.forms if form.number in links)
    return tuple(Link(book.say("link.form", number=one), links[one]) for one in numbers)
