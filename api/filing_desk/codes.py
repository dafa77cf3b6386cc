"""New codes of slips."""

import secrets
from typing import Final

from bot.filings.codes import ALPHABET, LENGTH, read_code

MOST_TRIES: Final = 20
"""Were half of all 180 million codes in use, so many would all be taken once in a million slips."""


def new_code() -> str:
    """Return a code that nobody foretells, as it is shown.

    Somebody who types codes by chance has 24 attempts a day from one block of addresses, and 49 on
    the first (`bot.dossiers.tries.BY_ADDRESS`): with ten thousand slips open, one hit in two years.
    What she would find is a list of papers, and nobody's.
    """
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if read_code(code) == code:
            return code
