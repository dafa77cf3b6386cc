"""Arrivals and parts as JSON text."""

import dataclasses
import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.channels.base import Arrival, Part


def dump_arrival(arrival: Arrival) -> str:
    """Return `arrival` as JSON text that `load_arrival` reads."""
    return _reader(Arrival).dump_json(arrival, exclude_defaults=True).decode()


def load_arrival(text: str) -> Arrival:
    """Return the arrival kept in `text`.

    Raises:
        ValueError: it is no arrival of this version.
    """
    arrival: Arrival = _reader(Arrival).validate_json(text)
    return arrival


def dump_part(part: Part) -> str:
    """Return `part` as JSON text that `load_part` reads."""
    return json.dumps(dataclasses.asdict(part), ensure_ascii=False, separators=(",", ":"))


def load_part(text: str) -> Part:
    """Return the part kept in `text`.

    Raises:
        ValueError: it is no part of this version.
    """
    try:
        return _part(json.loads(text))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("Not a part of this version") from error


def _part(tree: Any) -> Part:
    """Return a part; one that was kept by an earlier version lacks what came to it since."""
    again, unasked = tree.get("again"), tree.get("unasked") is True
    copy = None if again is None else _part(again)
    return Part(tree["body"], tree["plain"], copy, unasked, str(tree.get("edits", "")))


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
