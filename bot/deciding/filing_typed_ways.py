"""Another way of filing, chosen by words while the list or a step waits."""

from bot.deciding.filing_presses import by_way
from bot.deciding.filing_telling import FilingStep, Place, tell_step
from bot.deciding.filing_ways import way_said


def by_way_said(place: Place, text: str) -> FilingStep | None:
    """Take the way of filing that words choose, where this citizen can go it.

    Who chooses the way that is taken already goes on to its steps. None: the words choose none, or
    one that is not open to her, which is answered as ever.
    """
    way, view = way_said(text), place.view
    if way is None or way not in view.ways:
        return None
    if way is view.way and place.filing.way is way:
        return tell_step(place)
    return by_way(place, way)
