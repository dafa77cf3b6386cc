"""Codes of slips: six signs that are read out, typed and copied without mistakes."""

import re
from typing import Final

LETTERS: Final = "ACDEFGHJKMNPQRTUVWXY"
DIGITS: Final = "23479"
ALPHABET: Final = DIGITS + LETTERS
"""Of signs that are taken for one another one stays at most: 0O, 1IL, 2Z, 5S, 6G, 8B."""

LENGTH: Final = 6
"""180 million codes: every one holds a digit and a letter, so that no word looks like one."""

_WRITTEN: Final = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_BETWEEN: Final = re.compile(r"[\s.\-_]+")


def read_code(text: str) -> str:
    """Return the code that `text` is, in its one spelling; empty: it is none.

    >>> read_code(" k7q 2mx "), read_code("K7Q-2MX"), read_code("kynang"), read_code("K7Q2M0")
    ('K7Q2MX', 'K7Q2MX', '', '')
    """
    code = _BETWEEN.sub("", text.strip()).upper()
    if not _WRITTEN.fullmatch(code):
        return ""
    mixed = any(sign in DIGITS for sign in code) and any(sign in LETTERS for sign in code)
    return code if mixed else ""
