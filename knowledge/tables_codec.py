"""Turns decision tables into plain JSON values and back, for the compiled library."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from knowledge.tables import Condition, Option, Question, Rule, Table, Without

Json = Mapping[str, Any]


def encode_table(table: Table) -> dict[str, Any]:
    """Return `table` as JSON values; `decode_table` gives the same table back."""
    return asdict(table)


def decode_table(plain: Json) -> Table:
    """Return the table that `encode_table` wrote.

    Raises:
        KeyError, TypeError: `plain` is not what `encode_table` writes.
    """
    return Table(
        **{
            **plain,
            "questions": tuple(_question(one) for one in plain["questions"]),
            "cases": _rules(plain["cases"]),
            "whens": _rules(plain["whens"]),
            "without": tuple(
                Without(**{**one, "condition": decode_condition(one["condition"])})
                for one in plain["without"]
            ),
            "only": _rules(plain["only"]),
        }
    )


def _question(plain: Json) -> Question:
    options = tuple(Option(**{**one, "signs": tuple(one["signs"])}) for one in plain["options"])
    only_if = decode_condition(plain["only_if"])
    return Question(**{**plain, "options": options, "only_if": only_if})


def _rules(plain: Sequence[Json]) -> tuple[Rule, ...]:
    return tuple(Rule(one["text"], decode_condition(one["condition"])) for one in plain)


def decode_condition(plain: Json) -> Condition:
    """Return the condition whose alternatives stand under "any_of".

    Raises:
        KeyError, TypeError, ValueError: they are not what `asdict` gives.
    """
    return Condition(
        tuple(tuple((key, tuple(wanted)) for key, wanted in every) for every in plain["any_of"])
    )
