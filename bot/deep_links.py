"""Links that open a conversation at a procedure, a general question, a slip or a dossier.

Telegram passes on 1 to 64 of the characters A-Z a-z 0-9 _ - (core.telegram.org/bots/features, deep
linking; protocols.md §3). A payload is the value of a button, so a link can do no more than a
press, and it can be written by hand on a poster: `ask_1-004222_fee`.
"""

import re
from typing import Final

from bot.deciding.decisions import Unread
from bot.deciding.dossier_values import word_value
from bot.deciding.filing_values import FilingAct, OpenedSlip, read_filing, slip_value
from bot.deciding.found import MAX_VALUE_BYTES, read_press

LONGEST_PAYLOAD: Final = 64

_CODE: Final = r"[A-Za-z0-9]+(?:{0}[A-Za-z0-9]+)*"
"""Of a procedure; its dots become hyphens."""

_PROCEDURE: Final = re.compile(
    rf"(?P<kind>ask|more|form|file):(?P<name>{_CODE.format('[.]')})(?::(?P<fields>[a-z_,]+))?"
)
_NAMED: Final = re.compile(
    r"(?P<kind>which|list|faq):(?P<name>[A-Za-z0-9][A-Za-z0-9-]*)(?::(?P<fields>[a-z_,]+))?"
)
_DOSSIER: Final = re.compile(r"dossier:(?P<code>[A-Z0-9.-]+)")
_WORD: Final = re.compile(rf"{re.escape(word_value(''))}(?P<word>[A-Z0-9]+)")

_PAYLOAD: Final = re.compile(
    r"(?P<kind>ask|more|form|file|which|list|faq)_(?P<name>[A-Za-z0-9-]+)(?P<fields>(?:_[a-z-]+)*)"
)
_DOSSIER_PAYLOAD: Final = re.compile(r"dossier_(?P<code>[A-Z0-9_-]+)")
_WORD_PAYLOAD: Final = re.compile(r"word_(?P<word>[A-Z0-9]+)")

_SLIP_PAYLOAD: Final = re.compile(r"slip_(?P<code>[A-Z0-9]+)")

_BY_CODE: Final = frozenset({"ask", "more", "form", "file"})
_BEGUN: Final = {"form": frozenset({""}), "file": frozenset({"", f"_{FilingAct.ONLINE}"})}
"""What a link can do with a form or a filing: begin it."""


def link_payload(value: str) -> str:
    """Return the payload of a link that does what the button with this value does.

    >>> link_payload("ask:1.004222:fee,legal_basis"), link_payload("dossier:H17.15-250710-0012")
    ('ask_1-004222_fee_legal-basis', 'dossier_H17_15-250710-0012')

    Raises:
        ValueError: the button is about no procedure, general question, slip or dossier.
    """
    payload = _written(value)
    if not 0 < len(payload) <= LONGEST_PAYLOAD or choice_of(payload) != value:
        raise ValueError(f"No link opens what the button {value!r:.80} does.")
    return payload


def _written(value: str) -> str:
    if match := _DOSSIER.fullmatch(value):
        return f"dossier_{match['code'].replace('.', '_')}"
    if match := _WORD.fullmatch(value):
        return f"word_{match['word']}"
    if isinstance(slip := read_filing(value), OpenedSlip):
        return f"slip_{slip.code}"
    match = _PROCEDURE.fullmatch(value) or _NAMED.fullmatch(value)
    if match is None:
        return ""
    fields = (match["fields"] or "").replace("_", "-").split(",")
    return "_".join((match["kind"], match["name"].replace(".", "-"), *filter(None, fields)))


def choice_of(payload: str) -> str:
    """Return the value of the button that the payload stands for; empty: none.

    >>> choice_of("ask_1-004222_fee"), choice_of("faq_toan-trinh-la-gi"), choice_of("rate_up_1")
    ('ask:1.004222:fee', 'faq:toan-trinh-la-gi', '')
    """
    if len(payload) > LONGEST_PAYLOAD:
        return ""
    value = _read(payload)
    if len(value.encode()) > MAX_VALUE_BYTES or isinstance(read_press(value), Unread):
        return ""
    return value


def _read(payload: str) -> str:
    if match := _DOSSIER_PAYLOAD.fullmatch(payload):
        return f"dossier:{match['code'].replace('_', '.')}"
    if match := _WORD_PAYLOAD.fullmatch(payload):
        return word_value(match["word"])
    if match := _SLIP_PAYLOAD.fullmatch(payload):
        return slip_value(match["code"])
    match = _PAYLOAD.fullmatch(payload)
    if match is None or match["fields"] not in _BEGUN.get(match["kind"], {match["fields"]}):
        return ""
    name = match["name"].replace("-", ".") if match["kind"] in _BY_CODE else match["name"]
    fields = [one.replace("-", "_") for one in match["fields"].split("_") if one]
    return ":".join((match["kind"], name, *([",".join(fields)] if fields else [])))
