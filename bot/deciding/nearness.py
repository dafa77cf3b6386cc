"""How nearly a message is the name of a procedure, letter by letter."""

from functools import lru_cache

from bot.deciding.words import names_of
from knowledge.procedure import Procedure
from knowledge.text import fold, similar, syllables

NEAR_NAME = 0.93
"""Share of equal letters from which on a message is a name with a slip in it; "cấp lại" and "cấp
đổi thẻ căn cước" share 0.85."""

_LEAST_LENGTH = NEAR_NAME / (2 - NEAR_NAME)
"""Texts whose lengths differ more cannot be so near; saves comparing them."""

_LEAST_BEGINNING = 6
"""Blanks in the beginning of a long official name that stands for the whole of it."""


def nearness(procedure: Procedure, text: str) -> float:
    """Return how much of a name `text` is: 1 all of it, 0 where the lengths differ too much.

    A beginning of several words is near: official names drag on, and their ends change.
    """
    said = text.removeprefix("thu tuc ")
    best = 0.0
    for name in names_of(procedure):
        if len(name) < _LEAST_LENGTH * len(said):  # most names: no need to fold them
            continue
        folded = _folded(name)
        if said == folded:
            return 1.0
        if folded.startswith(f"{said} ") and said.count(" ") >= _LEAST_BEGINNING:
            best = max(best, NEAR_NAME)
        elif len(said) >= _LEAST_LENGTH * len(folded):
            best = max(best, similar(said, folded))
    return best


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    """Return a name as it is compared; the names of a few thousand procedures recur all day."""
    return " ".join(syllables(fold(name))).removeprefix("thu tuc ")
