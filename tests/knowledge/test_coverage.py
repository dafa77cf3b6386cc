"""How much is known of each field."""

from dataclasses import replace
from typing import Any

from knowledge.coverage import MISSING, coverage
from knowledge.procedure import Circumstance, FilingMethod, OnlineLevel, Procedure
from tests.support.builders import a_fee, a_free_fee, a_method, a_paper, a_procedure, a_time


def a_record(code: str, *methods: FilingMethod, **changes: Any) -> Procedure:
    return a_procedure(code=code, methods=methods, field="Hộ tịch", **changes)


def test_each_field_is_counted_by_itself_the_largest_first() -> None:
    records = [
        a_procedure(code="1.1", field="Đất đai"),
        a_record("1.2", a_method(fee=a_free_fee()), a_method(fee=a_fee()), ours=True),
        a_record("1.3", a_method(time=a_time("1", None)), online_level=OnlineLevel.FULL),
    ]
    first, second = coverage(records, lambda _code: None, lambda _code: False)
    assert (first.name, first.total, first.ours, first.imported) == ("Hộ tịch", 2, 1, 1)
    assert (first.fees["free"], first.fees["amount"], first.with_unit) == (1, 2, 1)
    assert first.online == {"full": 1}
    assert first.months == {"2026-07": 2}
    assert second.name == "Đất đai"


def test_what_is_missing_is_counted() -> None:
    empty = a_record("1.1", circumstances=(), steps=(), aliases=(), summary="", url="")
    full = a_record(
        "1.2",
        a_method(),
        circumstances=(Circumstance("", (a_paper(),)),),
        aliases=("khai sinh",),
    )
    (held,) = coverage([empty, full], lambda _code: None, lambda code: code == "1.2")
    assert held.missing["papers"] == held.missing["aliases"] == held.missing["time"] == 1
    assert held.with_papers == held.with_table == 1
    assert set(held.missing) <= set(MISSING)


def test_a_source_without_a_decision_or_a_date_is_missing() -> None:
    record = a_record("1.1", a_method())
    unknown = replace(record, source=replace(record.source, decision="", as_of=""))
    (held,) = coverage([unknown], lambda _code: None, lambda _code: False)
    assert held.missing["decision"] == held.missing["as_of"] == 1
