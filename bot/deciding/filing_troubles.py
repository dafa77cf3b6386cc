"""Which of the known troubles of filing a message tells."""

import re
from collections.abc import Sequence
from typing import Final

from bot.deciding.filing_found import FilingScene
from bot.deciding.form_turns import plain
from knowledge.faq import Faq

_SHORT: Final = (
    (re.compile(r"\b(?:ko|k|kg|hong|hok|hem|chang|chua)\b"), "khong"),
    (re.compile(r"\b(?:dc|duoc)\b"), "duoc"),
    (re.compile(r"\b(?:hinh|tam anh|tam hinh)\b"), "anh"),
    (re.compile(r"\b(?:up|dang|gui|dinh kem|chen)(?= (?:anh|tep|file|len))"), "tai"),
)
"""Other words for the same: a sign is written in one way."""


def _in_full(text: str) -> str:
    words = plain(text)
    for short, full in _SHORT:
        words = short.sub(full, words)
    return words


def trouble_said(scene: FilingScene, usual: Sequence[str], text: str) -> Faq | None:
    """Return the answer to the trouble of which a sign is said; None: none is.

    Args:
        scene: what is known of filings.
        usual: keys of the troubles of the step that is gone through, which come first.
        text: as typed.
    """
    words, known = f" {_in_full(text)} ", scene.troubles
    keys = (*(key for key in usual if key in known), *(key for key in known if key not in usual))
    said = (
        one
        for one in (known[key] for key in keys)
        if any(f" {_in_full(sign)} " in words for sign in one.signs)
    )
    return next((faq for one in said if (faq := scene.faq_of(one.faq)) is not None), None)
