"""Bodies of machines: JSON, or a line of JSON for each dossier, read whole or told why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from api.problems import FieldProblem, ProblemError
from bot.dossier_sources.fields import TWICE
from bot.dossier_sources.json_text import Twice, read_json

MOST_ROWS: Final = 5_000
"""Of one batch: more would keep others who write waiting."""

_NO_OBJECT: Final = "Phải là một đối tượng JSON với các mục của hồ sơ."
_NO_JSON: Final = "Dòng này không phải JSON. Mỗi dòng một đối tượng, không xuống dòng ở giữa."
_NO_LIST: Final = "Gửi một danh sách JSON, mỗi phần tử là một hồ sơ, hoặc JSON từng dòng."
_NO_ROW: Final = "Không có dòng nào. Gửi ít nhất một hồ sơ."
_MANY: Final = f"Nhiều hơn {MOST_ROWS} dòng. Chia thành nhiều lần gửi."


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier of a batch."""

    number: int
    """From 1; of a line where lines are sent."""
    record: Mapping[str, object] | None
    """None: it is no object."""
    fault: str = ""


def read_object(body: bytes) -> Mapping[str, object]:
    """Return the one object that a body holds.

    Raises:
        ProblemError: 400 for what is no JSON, 422 for other JSON.
    """
    value = _parsed(body)
    if not isinstance(value, dict):
        raise ProblemError(422, errors=[FieldProblem(field="body", message=_NO_OBJECT)])
    return value


def read_rows(body: bytes, *, as_lines: bool) -> list[Row]:
    """Return the rows of a batch; those that are no objects have a fault.

    The envelope in which DongBoHoSoMC is sent, with the rows in `data`, is opened.

    Raises:
        ProblemError: 400 for what is no JSON, 413 for too many rows, 422 for none.
    """
    rows = list(_lines(body)) if as_lines else _listed(_parsed(body))
    if len(rows) > MOST_ROWS:
        raise ProblemError(413, _MANY)
    if not rows:
        raise ProblemError(422, errors=[FieldProblem(field="body", message=_NO_ROW)])
    return rows


def _parsed(body: bytes) -> object:
    try:
        return read_json(body)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400) from error


def _listed(value: object) -> list[Row]:
    if isinstance(value, dict):
        value = next((held for name, held in value.items() if name.lower() == "data"), None)
    if isinstance(value, Twice):
        raise ProblemError(422, errors=[FieldProblem(field="data", message=TWICE)])
    if not isinstance(value, list):
        raise ProblemError(422, errors=[FieldProblem(field="body", message=_NO_LIST)])
    return [_row(number, entry) for number, entry in enumerate(value, start=1)]


def _lines(body: bytes) -> Iterator[Row]:
    for number, line in enumerate(body.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _row(number, read_json(line))
        except (ValueError, RecursionError):
            yield Row(number, None, _NO_JSON)


def _row(number: int, entry: object) -> Row:
    return Row(number, entry) if isinstance(entry, dict) else Row(number, None, _NO_OBJECT)
