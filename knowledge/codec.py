"""Turns a Procedure into plain JSON values and back.

What equals the default of its type is left out, so that stored records stay small. `decode` is on
the road of every answer (records are decoded when they are needed), so it is written out.
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, cast

from knowledge.errors import RecordDamaged
from knowledge.procedure import (
    Amount,
    Circumstance,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    FormDocument,
    Level,
    OnlineLevel,
    OnlineStatement,
    Paper,
    Procedure,
    ReplacedPaper,
    Source,
    Step,
    TimeLimit,
    TimeUnit,
)

Json = dict[str, Any]

_TEXTS = (
    "aliases",
    "keywords",
    "former_codes",
    "who",
    "conditions",
    "results",
    "legal_basis",
    "changed_to",
)
_STRINGS = (
    "code",
    "name",
    "field",
    "label",
    "summary",
    "agency",
    "where",
    "online_level_source",
    "url",
    "suspect",
    "valid_from",
    "valid_to",
)


def encode(procedure: Procedure) -> Json:
    """Return `procedure` as JSON values; `decode` gives the same procedure back."""
    plain: Json = _plain(procedure)
    return plain


def canonical(procedure: Procedure) -> str:
    """Return the one JSON text of `procedure`: equal texts are equal procedures."""
    return json.dumps(encode(procedure), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode(plain: Mapping[str, Any]) -> Procedure:
    """Return the procedure that `encode` wrote.

    Raises:
        RecordDamaged: `plain` is not what `encode` writes.
    """
    try:
        return _procedure(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordDamaged(f"Bản ghi lưu trữ bị hỏng ({error}). Hãy nhập lại dữ liệu.") from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        named = (
            (name, getattr(value, name), default)
            for name, default in _defaults(cast(Hashable, type(value)))
        )
        return {name: _plain(held) for name, held, default in named if held != default}
    return value.value if hasattr(value, "value") else value


@cache
def _defaults(kind: Hashable) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(cast(Any, kind)))


def _procedure(plain: Mapping[str, Any]) -> Procedure:
    level = plain.get("online_level")
    plainer: Json = {key: _string(plain[key]) for key in _STRINGS if key in plain}
    plainer |= {key: _texts(plain[key]) for key in _TEXTS if key in plain}
    return Procedure(
        **plainer,
        levels=tuple(Level(value) for value in _list(plain["levels"])),
        source=Source(**_strings(plain["source"])),
        methods=tuple(_method(part) for part in _list(plain.get("methods", ()))),
        circumstances=tuple(_circumstance(part) for part in _list(plain.get("circumstances", ()))),
        replaced_papers=tuple(
            ReplacedPaper(**_strings(part)) for part in _list(plain.get("replaced_papers", ()))
        ),
        steps=tuple(Step(_string(part["text"])) for part in _list(plain.get("steps", ()))),
        forms=tuple(FormDocument(**_strings(part)) for part in _list(plain.get("forms", ()))),
        online_level=None if level is None else OnlineLevel(level),
        online_levels=tuple(_statement(part) for part in _list(plain.get("online_levels", ()))),
        popularity=_integer(plain.get("popularity", 0)),
        ours=plain.get("ours", False) is True,
    )


def _statement(plain: Mapping[str, Any]) -> OnlineStatement:
    return OnlineStatement(
        level=OnlineLevel(plain["level"]),
        decision=_string(plain["decision"]),
        local=plain.get("local", False) is True,
    )


def _method(plain: Mapping[str, Any]) -> FilingMethod:
    time = plain["time"]
    return FilingMethod(
        channel=FilingChannel(plain["channel"]),
        time=None if time is None else _time(time),
        fee=_fee(plain["fee"]),
        note=_string(plain.get("note", "")),
    )


def _time(plain: Mapping[str, Any]) -> TimeLimit:
    unit = plain["unit"]
    return TimeLimit(
        amount=_string(plain["amount"]),
        unit=None if unit is None else TimeUnit(unit),
        text=_string(plain.get("text", "")),
    )


def _fee(plain: Mapping[str, Any]) -> Fee:
    return Fee(
        status=FeeStatus(plain["status"]),
        amounts=tuple(_amount(part) for part in _list(plain.get("amounts", ()))),
        text=_string(plain.get("text", "")),
    )


def _amount(plain: Mapping[str, Any]) -> Amount:
    return Amount(
        value=_integer(plain["value"]),
        purpose=_string(plain.get("purpose", "")),
        currency=Currency(plain.get("currency", Currency.VND)),
    )


def _circumstance(plain: Mapping[str, Any]) -> Circumstance:
    return Circumstance(
        title=_string(plain["title"]),
        papers=tuple(_paper(part) for part in _list(plain["papers"])),
        notes=_texts(plain.get("notes", ())),
    )


def _paper(plain: Mapping[str, Any]) -> Paper:
    return Paper(
        name=_string(plain["name"]),
        original=_integer(plain.get("original", 1)),
        copies=_integer(plain.get("copies", 0)),
        form=_string(plain.get("form", "")),
        when=_string(plain.get("when", "")),
        note=_string(plain.get("note", "")),
    )


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"chờ chữ, gặp {type(value).__name__}")
    return value


def _integer(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"chờ số nguyên, gặp {type(value).__name__}")
    return value


def _list(value: object) -> Iterable[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"chờ danh sách, gặp {type(value).__name__}")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_string(part) for part in _list(value))


def _strings(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: _string(part) for key, part in value.items()}
