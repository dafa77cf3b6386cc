"""JSON in which no name of an object is told twice without anybody noticing."""

import json
from collections import defaultdict
from typing import Any


class Twice(tuple[object, ...]):
    """The values of one name, where an object has it more than once and they differ."""

    __slots__ = ()


def read_json(written: str | bytes) -> Any:
    """Return what is written in JSON, where a name told twice has all of its values.

    Parsers keep the last of them, others the first (RFC 8259, section 4): whoever sent it may have
    meant the other one.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.

    >>> read_json('{"a": 1, "a": 2, "b": 3, "b": 3}')
    {'a': (1, 2), 'b': 3}
    """
    return json.loads(written, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    whole = dict(pairs)
    if len(whole) == len(pairs):
        return whole
    told = defaultdict(list)
    for name, value in pairs:
        told[name].append(value)
    return {
        name: values[0] if all(one == values[0] for one in values) else Twice(values)
        for name, values in told.items()
    }
