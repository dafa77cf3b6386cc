"""Updates on their way into the tables, with what was worked out before others have to wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dossiers.factors import KeptFactor
from bot.dossiers.folding import says_again
from bot.dossiers.status import DossierUpdate


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update with what is stored of it."""

    update: DossierUpdate
    content: str
    digest: str
    place: str
    """In the order of updates."""
    factors: tuple[KeptFactor, ...]


def repeats(incoming: Sequence[Incoming], heads: Mapping[str, str]) -> frozenset[int]:
    """Return the numbers of those that tell neither a moment nor anything else that is new.

    A system that sends all of its dossiers every night, without moments, would else fill the tables
    with updates that differ in the hour of their arrival.

    Args:
        incoming: in the order of arrival.
        heads: the newest place of each dossier; empty: there is none yet.
    """
    newest = dict(heads)
    found = set()
    for number, one in enumerate(incoming):
        head = newest[one.update.code]
        if head and not one.update.tells_moment and says_again(one.update, head):
            found.add(number)
        else:
            newest[one.update.code] = max(head, one.place)
    return frozenset(found)
