"""Dossier codes in one spelling.

The forms are those of Circulars 01/2018/TT-VPCP, 03/2025/TT-VPCP and 04/2025/TT-VPCP, and longer
ones seen in practice.
"""

import re
from datetime import date
from typing import Final

from bot.parse import Parse

_DASHES: Final = re.compile(r"[‐-―−]")
_CODE: Final = re.compile(
    r"(?:[A-Z]\.)?(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{1,3}){0,4})"
    r"-(?P<date>\d{6}(?:\d{2})?)-[A-Z]{0,2}\d{4,8}"
)


def dossier_code_of(parse: Parse) -> str | None:
    """Return the first dossier code of the message in one spelling, None where there is none."""
    found = (normalise(e.text) for e in parse.entities if e.kind == "dossier_code")
    return next((code for code in found if code), None)


def normalise(written: str) -> str | None:
    """Return the code in capitals, without spaces, with hyphens; None: no such code can exist.

    >>> normalise("h17.15 – 250710-0012")
    'H17.15-250710-0012'
    >>> normalise("H17.15-251310-0012")
    """
    code = _DASHES.sub("-", "".join(written.split()).upper())
    match = _CODE.fullmatch(code)
    return code if match and _exists(match["date"]) else None


def _exists(digits: str) -> bool:
    """Tell whether yymmdd or yyyymmdd is a day of the calendar."""
    full = digits if len(digits) == len("yyyymmdd") else f"20{digits}"
    try:
        date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError:
        return False
    return True
