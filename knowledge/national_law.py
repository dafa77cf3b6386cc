"""Reads numbers of decisions and legal documents, which the export glues together or cuts short."""

import re
from collections.abc import Iterable, Iterator

_PREFIX = re.compile(r"^(?:quyết định\s*)?(?:số\s*)?", re.IGNORECASE)
_GLUED_YEAR = re.compile(r"(?:19|20)\d{2}(?=\d{1,4}/\d{4}/)")
"""A year that the export ran together with a number: "năm 2023" + "23/2023/QH15"."""
ISSUERS = (
    *("BLĐTBXH", "BNNPTNT", "BVHTTDL", "BGTVT", "BNNMT", "BTNMT", "BGDĐT", "BGDDT", "BKHĐT"),
    *("BKHCN", "BTTTT", "BDTTG", "NHNN", "TTCP", "VPCP", "BTC", "BTP", "BYT", "BNV", "BCA"),
    *("BXD", "BCT", "BNG", "BQP", "TTg", "CP"),
)
"""Who issues circulars and decisions; longest first, as a cut number may be several of them."""
_ISSUER = re.compile(r"-(?P<issuer>[A-ZĐ]+)$")


def decision_number(text: str) -> str:
    """Return the bare number of a decision.

    >>> decision_number("Quyết định số 6375 /QĐ-BQP")
    '6375/QĐ-BQP'
    """
    return re.sub(r"\s*/\s*", "/", _PREFIX.sub("", text)).rstrip(" .")


def legal_numbers(numbers: Iterable[str], prose: str) -> tuple[str, ...]:
    """Return the numbers whole: without a glued year, and completed from the record's prose.

    A number that the prose does not complete is left out: half a number is no source.

    >>> legal_numbers(["202323/2023/QH15", "60/2023/TT-BT"], "Thông tư 60/2023/TT-BTCThông tư")
    ('23/2023/QH15', '60/2023/TT-BTC')
    """
    plain = (_GLUED_YEAR.sub("", number) for number in numbers)
    return tuple(dict.fromkeys(_completed(plain, prose)))


def _completed(numbers: Iterable[str], prose: str) -> Iterator[str]:
    for number in numbers:
        named = _ISSUER.search(number)
        if named is None or named["issuer"] in ISSUERS or _is_other_body(named["issuer"]):
            yield number
            continue
        stem = number[: named.start("issuer")]
        place = prose.find(number)
        told = prose[place + len(stem) :] if place >= 0 else ""
        issuer = next((issuer for issuer in ISSUERS if told.startswith(issuer)), "")
        if issuer:
            yield stem + issuer


def _is_other_body(issuer: str) -> bool:
    """Tell whether the number is of no ministry: "UBTVQH", "HĐTP" and such are not cut short."""
    return not any(known.startswith(issuer) for known in ISSUERS)
