"""Reads records that `motcua knowledge export` wrote; they are as hostile as any other line."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from knowledge.codec import decode
from knowledge.errors import RecordDamaged
from knowledge.national import CODE, Record, trusted_url
from knowledge.text import normalise


def is_own_record(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Tell whether the line has our own shape: there `source` is an object, elsewhere a text."""
    return isinstance(value, dict) and isinstance(value.get("source"), dict)


def own_record(value: Mapping[str, Any]) -> Record:
    """Return the record, its texts clean and NFC, its link only if it is the government's.

    Raises:
        RecordDamaged: the line is no record; the message says why.
    """
    try:
        procedure = decode(_clean(value))
    except RecursionError as error:
        raise RecordDamaged("lồng quá sâu") from error
    if not CODE.fullmatch(procedure.code):
        raise RecordDamaged(f"'code' là '{procedure.code[:30]}', phải có dạng 1.004222")
    if not procedure.name.strip():
        raise RecordDamaged("thiếu 'name'")
    return Record(replace(procedure, url=trusted_url(procedure.url)), ())


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value
