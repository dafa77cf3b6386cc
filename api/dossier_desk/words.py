"""Words with which a proved dossier is opened once on another channel."""

import secrets
from typing import Final

LETTERS: Final = "23479ACDEFGHJKMNPQRTUVWXY"
"""Of signs that are taken for one another one stays at most: 0O, 1IL, 2Z, 5S, 6G, 8B."""

LENGTH: Final = 8
"""127 thousand million words: five attempts find one of a thousand that are open with a chance
of one in 25 million."""

LIFE_SECONDS: Final = 15 * 60.0


def new_word() -> str:
    """Return a word that nobody guesses, of letters and digits: no Vietnamese word is like it."""
    while True:
        word = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if not word.isalpha() and not word.isdecimal():
            return word


def as_written(word: str) -> str:
    """Return a typed word in its one spelling.

    >>> as_written(" k7qm 2xwa ")
    'K7QM2XWA'
    """
    return "".join(word.split()).upper()
