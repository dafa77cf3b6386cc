"""Two changes of one filing, made at once on two channels: both are kept, as far as they go."""

from dataclasses import replace

from bot.filings.state import Filing, Milestone


def merged(mine: Filing, theirs: Filing, base: Filing | None) -> Filing:
    """Return what becomes of a filing that was changed elsewhere in the meantime.

    Ticks are not united, for a tick that was taken away would come back: a paper that was ticked
    or not since `base` is as whoever changed it left it. The answers, the way and the place in the
    steps are mine if I changed them, for mine came last, and theirs otherwise. What was counted
    stays counted.

    Args:
        mine: the change that comes now.
        theirs: what is stored, changed since.
        base: what `mine` was made from; None: that is not known any more, and theirs wins.
    """
    reached = _both(theirs.reached, mine.reached)
    if base is None:
        return replace(theirs, reached=reached)
    answers = mine.answers if mine.answers != base.answers else theirs.answers
    way = mine.way if mine.way is not base.way else theirs.way
    moved = (mine.stage, mine.step) != (base.stage, base.step)
    stands = mine if moved else theirs
    return replace(
        theirs,
        answers=answers,
        way=way,
        stage=stands.stage,
        step=stands.step,
        ticked=_ticked(mine, theirs, base),
        reached=reached,
    )


def _ticked(mine: Filing, theirs: Filing, base: Filing) -> tuple[str, ...]:
    before, now = frozenset(base.ticked), frozenset(mine.ticked)
    return tuple(sorted((frozenset(theirs.ticked) | (now - before)) - (before - now)))


def _both(one: tuple[Milestone, ...], other: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    return tuple(dict.fromkeys((*one, *other)))
