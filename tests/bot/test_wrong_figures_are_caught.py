"""The check of `test_never_a_wrong_figure.py` finds figures that are wrong on purpose.

One fact of a record is spoilt at a time, as a bug or a slip would spoil it, and what is rendered
from it is held against the untouched data.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from bot.deciding.decisions import Answer
from bot.parse import AskedField
from bot.rendering import render
from knowledge.procedure import (
    Amount,
    Circumstance,
    Currency,
    Fee,
    FeeStatus,
    FilingChannel,
    FilingMethod,
    Paper,
    Procedure,
    Step,
    TimeLimit,
    TimeUnit,
)
from tests.support.desks import a_desk
from tests.support.everything import Known, everything
from tests.support.told import Auditor
from tests.support.truth import Truth

Spoil = Callable[[Procedure, Truth, random.Random], Procedure | None]
"""Returns the record with one wrong fact; None where the record has no such fact."""

ASKED = (
    *(AskedField.FEE, AskedField.TIME, AskedField.METHODS, AskedField.ONLINE),
    *(AskedField.OVERVIEW, AskedField.DOCUMENTS, AskedField.STEPS, AskedField.LEGAL_BASIS),
)
UNITS = {Currency.VND: "dong", Currency.USD: "usd"}
DESK = a_desk()
SPOILT_EACH = 60
"""Records spoilt in each way, chosen by a seeded hand."""


@pytest.fixture(scope="module")
def known(national_data: Path) -> tuple[Known, ...]:
    return everything(national_data)


def methods_with(
    procedure: Procedure, change: Callable[[FilingMethod], FilingMethod | None]
) -> Procedure | None:
    """Return the procedure with the first method changed that can be; None: none can."""
    for place, method in enumerate(procedure.methods):
        if (changed := change(method)) is not None:
            methods = (*procedure.methods[:place], changed, *procedure.methods[place + 1 :])
            return replace(procedure, methods=methods)
    return None


def unheard_of(truth: Truth, chance: random.Random, low: int, high: int, step: int = 1) -> int:
    """Return a number that the record does not hold."""
    return next(
        number
        for number in iter(lambda: chance.randrange(low, high, step), None)
        if str(number) not in truth.figures
    )


def a_wrong_sum(procedure: Procedure, truth: Truth, chance: random.Random) -> Procedure | None:
    def change(method: FilingMethod) -> FilingMethod | None:
        if method.fee.status is not FeeStatus.AMOUNT:
            return None
        value = unheard_of(truth, chance, 11_000, 900_000, 1_000)
        return replace(method, fee=replace(method.fee, amounts=(Amount(value),)))

    return methods_with(procedure, change)


def a_sum_off_by_a_thousand(
    procedure: Procedure, truth: Truth, _chance: random.Random
) -> Procedure | None:
    sums = [float(number) for number, unit in truth.never_quoted if unit == "dong"]
    if not sums:
        return None
    wrong = Fee(FeeStatus.AMOUNT, (Amount(int(min(sums))),))
    return methods_with(procedure, lambda method: replace(method, fee=wrong))


def a_wrong_time(procedure: Procedure, truth: Truth, chance: random.Random) -> Procedure | None:
    def change(method: FilingMethod) -> FilingMethod | None:
        if method.time is None or not method.time.amount:
            return None
        amount = str(unheard_of(truth, chance, 2, 400))
        return replace(method, time=replace(method.time, amount=amount))

    return methods_with(procedure, change)


def a_made_up_unit(procedure: Procedure, truth: Truth, _chance: random.Random) -> Procedure | None:
    def change(method: FilingMethod) -> FilingMethod | None:
        time = method.time
        if time is None or not time.amount or time.unit is not None:
            return None
        if (time.amount, "hour") in truth.pairs:
            return None
        return replace(method, time=replace(time, unit=TimeUnit.HOUR))

    return methods_with(procedure, change)


def another_unit(procedure: Procedure, truth: Truth, _chance: random.Random) -> Procedure | None:
    def change(method: FilingMethod) -> FilingMethod | None:
        time = method.time
        if time is None or not time.amount or time.unit is not TimeUnit.WORKING_DAY:
            return None
        if (time.amount, "month") in truth.pairs_of(method.channel):
            return None
        return replace(method, time=replace(time, unit=TimeUnit.MONTH))

    return methods_with(procedure, change)


def free_although_it_is_not(
    procedure: Procedure, truth: Truth, _chance: random.Random
) -> Procedure | None:
    def change(method: FilingMethod) -> FilingMethod | None:
        if truth.is_free(method.channel):
            return None
        return replace(method, fee=Fee(FeeStatus.FREE))

    return methods_with(procedure, change)


def methods_swapped(procedure: Procedure, truth: Truth, _chance: random.Random) -> Procedure | None:
    for first, other in combinations(procedure.methods, 2):
        if first.channel is other.channel:
            continue
        stated = truth.pairs_of(other.channel)
        sums = {(str(one.value), UNITS[one.currency]) for one in first.fee.amounts}
        if sums - stated and not procedure.ours:
            swapped = (replace(first, fee=other.fee), replace(other, fee=first.fee))
            return replace(procedure, methods=swapped)
    return None


def a_way_of_filing_that_is_not_there(
    procedure: Procedure, truth: Truth, _chance: random.Random
) -> Procedure | None:
    absent = next((one for one in FilingChannel if one not in truth.methods), None)
    if absent is None or not procedure.methods:
        return None
    return replace(procedure, methods=(replace(procedure.methods[0], channel=absent),))


def a_wrong_decision(procedure: Procedure, _truth: Truth, _chance: random.Random) -> Procedure:
    return replace(procedure, source=replace(procedure.source, decision="98765/QĐ-BTP"))


def a_wrong_date_of_the_data(
    procedure: Procedure, _truth: Truth, _chance: random.Random
) -> Procedure:
    return replace(procedure, source=replace(procedure.source, as_of="1999-04"))


def a_wrong_law(procedure: Procedure, _truth: Truth, _chance: random.Random) -> Procedure:
    return replace(procedure, legal_basis=("98765/2025/NĐ-CP",))


def a_wrong_percentage(procedure: Procedure, truth: Truth, chance: random.Random) -> Procedure:
    percent = unheard_of(truth, chance, 2, 400)
    return replace(procedure, steps=(Step(f"Nộp trước {percent}% lệ phí."),))


def a_wrong_deadline_in_a_step(
    procedure: Procedure, truth: Truth, chance: random.Random
) -> Procedure:
    days = unheard_of(truth, chance, 2, 400)
    return replace(procedure, steps=(Step(f"Chờ {days} ngày làm việc."),))


def too_many_copies(procedure: Procedure, truth: Truth, chance: random.Random) -> Procedure:
    paper = Paper("Tờ khai", copies=unheard_of(truth, chance, 4, 400))
    return replace(procedure, circumstances=(Circumstance("", (paper,)),))


SPOILS: tuple[Spoil, ...] = (
    *(a_wrong_sum, a_sum_off_by_a_thousand, a_wrong_time, a_made_up_unit, another_unit),
    *(free_although_it_is_not, methods_swapped, a_way_of_filing_that_is_not_there),
    *(a_wrong_decision, a_wrong_date_of_the_data, a_wrong_law, a_wrong_percentage),
    *(a_wrong_deadline_in_a_step, too_many_copies),
)


def spoilt(known: tuple[Known, ...], spoil: Spoil) -> Iterator[tuple[Procedure, Truth]]:
    """Yield records that were spoilt, in an order drawn by a seeded hand."""
    chance = random.Random(f"{spoil.__name__}")  # noqa: S311 - repeatable, no secret
    left = SPOILT_EACH
    for one in chance.sample(known, len(known)):
        wrong = spoil(one.procedure, one.truth, chance)
        if wrong is None:
            continue
        yield wrong, one.truth
        left -= 1
        if not left:
            return


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_a_wrong_fact_is_found_in_what_is_told(known: tuple[Known, ...], spoil: Spoil) -> None:
    missed = []
    tried = 0
    for wrong, truth in spoilt(known, spoil):
        tried += 1
        audit = Auditor(truth, ours=wrong.ours)
        replies = (
            render(Answer(wrong, (field,), detail=detail), DESK)
            for field in ASKED
            for detail in (False, True)
        )
        if not any(fault for reply in replies for fault in audit.faults(reply)):
            missed.append(wrong.code)
    assert tried >= 15
    assert missed == []


def test_a_limit_without_a_unit_is_told_without_one(known: tuple[Known, ...]) -> None:
    unitless = [
        one.procedure
        for one in known
        if any(
            method.time is not None and method.time.amount and method.time.unit is None
            for method in one.procedure.methods
        )
    ]
    assert len(unitless) >= 300
    for procedure in unitless:
        lone = replace(procedure, methods=tuple(map(only_the_limit, procedure.methods)))
        lines = [
            item
            for block in render(Answer(lone, (AskedField.TIME,)), DESK).blocks
            for item in getattr(block, "items", ())
            if isinstance(item, str) and "chỉ ghi" in item
        ]
        assert lines
        assert all(line.endswith("”, không ghi đơn vị") for line in lines)


def only_the_limit(method: FilingMethod) -> FilingMethod:
    time = method.time
    return replace(method, time=time and TimeLimit(time.amount, time.unit))
