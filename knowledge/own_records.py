"""Reads records that `motcua knowledge export` wrote; they are as hostile as any other line."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from knowledge.codec import decode
from knowledge.dates import is_date, is_day
from knowledge.errors import RecordDamaged
from knowledge.national import CODE, Record, trusted_url
from knowledge.procedure import Procedure
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
    _refuse_wrong_dates(procedure)
    return Record(replace(procedure, url=trusted_url(procedure.url)), ())


def _refuse_wrong_dates(procedure: Procedure) -> None:
    as_of = procedure.source.as_of
    if as_of and not is_date(as_of):
        raise RecordDamaged(f"'as_of' là '{as_of[:30]}', phải có dạng 2026-07-15")
    spans = [(procedure.valid_from, procedure.valid_to)]
    spans += [(one.valid_from, one.valid_to) for one in procedure.replaced_papers]
    for day in (day for span in spans for day in span):
        if day and not is_day(day):
            raise RecordDamaged(f"ngày hiệu lực '{day[:30]}' phải có dạng 2026-07-15")


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {key: _clean(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    return value
