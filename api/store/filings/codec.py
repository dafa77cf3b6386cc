"""Guided filings as JSON text.

What only one conversation knows is left out: the code of the slip, its version, and how many
messages were about something else.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.filings.state import Filing

MOST_EARLIER: Final = 4
"""Filings before the present one: with them a change made at the same time is told from an old
state. A turn reads the slip when it begins, so one is nearly always enough."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a slip holds: the filing, and how it was before."""

    filing: Filing
    earlier: tuple[tuple[int, Filing], ...] = ()
    """Each with its version, the latest first."""
    missing: tuple[str, ...] | None = None
    """Keys of the papers that were missing when an official looked; None: nobody did."""

    def at(self, version: int) -> Filing | None:
        """Return the filing as it was in this version; None: nobody knows any more."""
        return next((filing for number, filing in self.earlier if number == version), None)

    def changed(self, filing: Filing, version: int) -> "Written":
        """Return what is kept once the filing, which was at `version`, becomes another one."""
        earlier = ((version, self.filing), *self.earlier)[:MOST_EARLIER]
        return Written(filing, earlier, self.missing)


def shared(filing: Filing) -> Filing:
    """Return what all conversations know of a filing that several of them hold."""
    return replace(filing, slip="", version=0, asides=0)


def dump_written(written: Written) -> str:
    """Return it as JSON text that `load_written` reads."""
    tree = {"now": written.filing, "earlier": written.earlier}
    looked_at = {} if written.missing is None else {"missing": written.missing}
    return _dump({**tree, **looked_at})


def load_written(text: str) -> Written | None:
    """Return what is kept in `text`; None: another version of the program wrote it.

    A slip is short-lived: after an update that changes its type it has ended, as dialogues start
    afresh then. An error instead would stop every conversation that has one.
    """
    try:
        tree = json.loads(text)
        earlier: tuple[tuple[int, Filing], ...] = _reader(
            tuple[tuple[int, Filing], ...]
        ).validate_python(tree["earlier"])
        missing: tuple[str, ...] | None = _reader(tuple[str, ...] | None).validate_python(
            tree.get("missing")
        )
        return Written(_reader(Filing).validate_python(tree["now"]), earlier, missing)
    except (ValidationError, ValueError, KeyError, TypeError):
        return None


def dump_notice(filing: Filing, seen: Sequence[str] = ()) -> str:
    """Return what a notice tells, as JSON text that `load_notice` reads."""
    return _dump({"filing": shared(filing), "seen": list(seen)})


def load_notice(text: str) -> tuple[Filing, tuple[str, ...]] | None:
    """Return the filing and what an official saw of it; None: another version wrote it."""
    try:
        tree = json.loads(text)
        seen: tuple[str, ...] = _reader(tuple[str, ...]).validate_python(tree["seen"])
        return _reader(Filing).validate_python(tree["filing"]), seen
    except (ValidationError, ValueError, KeyError, TypeError):
        return None


def _dump(tree: dict[str, Any]) -> str:
    text: str = _reader(dict[str, Any]).dump_json(tree).decode()
    return text


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
