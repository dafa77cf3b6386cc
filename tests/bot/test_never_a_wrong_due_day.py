"""Due days over all procedures: only where the data publishes a limit with its unit."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.deciding.decisions import Answer
from bot.deciding.filing_days import FilingDay
from bot.messages import FactList
from bot.parse import AskedField
from bot.rendering import render
from tests.support.desks import A_DAY, a_desk
from tests.support.everything import Known, everything
from tests.support.told import CHANNELS, without_notes
from tests.support.truth import pairs

DESK = a_desk()
TODAY = FilingDay(days_away=0)
_DAY = re.compile(r"(\d+)/(\d+)/(\d{4})")
MOST_SHOWN = 30


@pytest.fixture(scope="module")
def told(national_data: Path) -> list[tuple[Known, str]]:
    """Every line that names a due day, with its procedure."""
    return [(one, line) for one in everything(national_data) for line in due_lines(one)]


def due_lines(one: Known) -> Iterator[str]:
    answer = Answer(one.procedure, (AskedField.TIME,), filed=TODAY)
    for block in render(answer, DESK).blocks:
        if isinstance(block, FactList) and block.title.startswith(("Nếu cơ quan", "Cơ quan nghỉ")):
            yield from block.items


def test_a_due_day_stands_beside_a_way_of_filing_with_a_published_limit_and_unit(
    told: list[tuple[Known, str]],
) -> None:
    faults = []
    for one, line in told:
        head = without_notes(line).partition(": ")[0].lower()
        named = [channel for name, channel in CHANNELS.items() if name in head]
        times = [
            [method["time"] for method in one.truth.methods.get(channel, [])] for channel in named
        ]
        if not named or not all(any(map(has_a_unit, cells)) for cells in times):
            faults.append(f"{one.procedure.code}: {line}, {times}")
    assert len(told) > 2_000
    assert faults[:MOST_SHOWN] == [], len(faults)


def has_a_unit(cell: str) -> bool:
    return any(unit in {"working day", "day", "hour", "month"} for _, unit in pairs(cell))


def test_a_due_day_is_a_working_day_that_is_still_to_come(told: list[tuple[Known, str]]) -> None:
    faults = []
    for one, line in told:
        found = _DAY.search(without_notes(line).partition(": ")[2])
        assert found, line
        until = date(int(found[3]), int(found[2]), int(found[1]))
        if until < A_DAY or DESK.calendar().working_day_from(until) != until:
            faults.append(f"{one.procedure.code}: {line}")
    assert faults[:MOST_SHOWN] == [], len(faults)
