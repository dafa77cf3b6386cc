"""How nearly a message is the name of a procedure, letter by letter."""

from functools import lru_cache

from bot.deciding.words import names_of
from knowledge.procedure import Procedure
from knowledge.text import fold, similar, syllables

NEAR_NAME = 0.93
"""Share of equal letters from which on a message is a name with a slip in it; "cấp lại" and "cấp
đổi thẻ căn cước" share 0.85."""

_LEAST_LENGTH = NEAR_NAME / (2 - NEAR_NAME)
"""Of two near texts the shorter one has at least this share of the other's length."""

_LEAST_BEGINNING = 6
"""Blanks in the beginning of a long official name that stands for the whole of it."""


def nearness(procedure: Procedure, text: str) -> float:
    """Return how much of a name `text`, folded, is: 1 all of it, 0 less than NEAR_NAME.

    A beginning of several words is near: official names drag on, and their ends change.
    """
    said = text.removeprefix("thu tuc ")
    names = _folded(names_of(procedure))
    if said in names:
        return 1.0
    is_long = said.count(" ") >= _LEAST_BEGINNING
    begun = [name for name in names if name.startswith(f"{said} ")] if is_long else []
    # Most names are much shorter or longer: that is cheaper to see than to compare letters.
    shortest, longest = len(said) * _LEAST_LENGTH, len(said) / _LEAST_LENGTH
    alike = [name for name in names if shortest <= len(name) <= longest and name not in begun]
    best = max((similar(said, name, least=NEAR_NAME) for name in alike), default=0.0)
    return max(best, NEAR_NAME) if begun else best


@lru_cache(maxsize=4096)
def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names as they are compared; those of a few thousand procedures recur all day."""
    folded = (" ".join(syllables(fold(name))).removeprefix("thu tuc ") for name in names)
    return tuple(dict.fromkeys(folded))
