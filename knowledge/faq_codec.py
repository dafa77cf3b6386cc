"""Turns FAQ entries into plain JSON values and back, for the compiled library."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowledge.faq import Faq, FaqLink, FaqSource

_TEXTS = ("asked", "answer", "steps", "procedures", "related", "until")


def encode_faq(faq: Faq) -> dict[str, Any]:
    """Return `faq` as JSON values; `decode_faq` gives the same entry back."""
    return asdict(faq)


def decode_faq(plain: Mapping[str, Any]) -> Faq:
    """Return the entry that `encode_faq` wrote.

    Raises:
        KeyError, TypeError: `plain` is not what `encode_faq` writes.
    """
    texts = {name: tuple(plain[name]) for name in _TEXTS}
    links = tuple(FaqLink(**link) for link in plain["links"])
    sources = tuple(
        FaqSource(**{**source, "says": tuple(source["says"])}) for source in plain["sources"]
    )
    return Faq(**{**plain, **texts, "links": links, "sources": sources})
