"""What is held, as the engine asks for it."""

from collections.abc import Collection

from bot.held import NOTHING_HELD, Held
from knowledge.holds import FAQ_MARK, Hold


def as_held(holds: Collection[Hold]) -> Held:
    """Return what is not answered while `holds` are open."""
    if not holds:
        return NOTHING_HELD
    entries = [hold.subject for hold in holds if hold.subject.startswith(FAQ_MARK)]
    pairs = [(hold.subject, hold.field) for hold in holds if hold.subject not in entries]
    return Held.of(pairs, (subject.removeprefix(FAQ_MARK) for subject in entries))
