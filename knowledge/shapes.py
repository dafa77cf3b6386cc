"""Takes values out of foreign JSON; what has another shape than promised is refused by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.errors import RecordDamaged
from knowledge.text import normalise

HIGHEST_COUNT = 10**6


def a_mapping(value: object, what: str) -> Mapping[str, Any]:
    """Return `value` as a mapping.

    Raises:
        RecordDamaged: it is none.
    """
    if not isinstance(value, dict):
        raise RecordDamaged(f"mỗi mục của '{what}' phải là đối tượng JSON {{…}}")
    return value


def a_list(record: Mapping[str, Any], key: str) -> Sequence[Any]:
    """Return the list under `key`; [] where it is missing or null.

    Raises:
        RecordDamaged: it is no list.
    """
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise RecordDamaged(f"'{key}' phải là danh sách […]")
    return value


def a_text(record: Mapping[str, Any], key: str) -> str:
    """Return the text under `key` on one line, clean and NFC; "" where it is missing or null.

    Raises:
        RecordDamaged: it is no text.
    """
    return " ".join(lines_of(record, key))


def lines_of(record: Mapping[str, Any], key: str) -> list[str]:
    """Return the lines of the text under `key` that are not empty, each clean and NFC.

    Raises:
        RecordDamaged: it is no text.
    """
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, str):
        raise RecordDamaged(f"'{key}' phải là chữ")
    lines = (" ".join(line.split()) for line in normalise(value).splitlines())
    return [line for line in lines if line]


def texts_of(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts of the list under `key`, without empty ones and repetitions.

    Raises:
        RecordDamaged: it is no list of texts.
    """
    found = (a_text({key: value}, key) for value in a_list(record, key))
    return tuple(dict.fromkeys(text for text in found if text))


def a_count(record: Mapping[str, Any], key: str) -> int:
    """Return the number under `key`, from 0; 0 where it is missing or null.

    Raises:
        RecordDamaged: it is no such number.
    """
    value = record.get(key)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST_COUNT:
        raise RecordDamaged(f"'{key}' phải là số nguyên không âm")
    return value


def a_flag(record: Mapping[str, Any], key: str) -> bool:
    """Tell whether `key` holds true; anything else but true, false and null is refused.

    Raises:
        RecordDamaged: it is neither.
    """
    value = record.get(key)
    if value is not None and not isinstance(value, bool):
        raise RecordDamaged(f"'{key}' phải là true hoặc false")
    return value is True
