"""Vietnamese mobile numbers, as Zalo wants them: 84 and nine digits."""

import re
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s.()-]+")
_MOBILE: Final = re.compile(r"(?:\+84|0084|84|0|)([35789][0-9]{8})", re.ASCII)
"""The first digits of mobile numbers since the change of 2018; land lines have no Zalo."""


def international(typed: str) -> str:
    """Return a mobile number as Zalo wants it; empty: it is none.

    A number without the leading zero comes from spreadsheets.

    >>> international("0912 345 678"), international("+84 912.345.678"), international("113")
    ('84912345678', '84912345678', '')
    >>> international("912345678"), international("84912345678"), international("0243 8251234")
    ('84912345678', '84912345678', '')
    """
    found = _MOBILE.fullmatch(_SEPARATORS.sub("", typed))
    return f"84{found[1]}" if found else ""
