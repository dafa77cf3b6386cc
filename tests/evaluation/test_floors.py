"""Understanding does not silently get worse: the newest open sets, asked as `make eval` does."""

from pathlib import Path

import pytest

from tests.evaluation import outside, own
from tests.evaluation.asking import ask, exports
from tests.evaluation.judging import Judged, judge
from tests.evaluation.tables import estimate
from tests.evaluation.targets import FLOORS, TARGETS, Target

SETS = ("retrieval/strangers_second", "understanding/", "dev/")


@pytest.fixture(scope="module")
def judged(national_data: Path) -> list[Judged]:
    every = [*own.retrieval(), *own.understanding(), *outside.dev(national_data)]
    cases, _ = own.untaught([c for c in every if c.id.startswith(SETS) and not c.blind])
    assert len(cases) >= 500
    return judge(cases, ask(cases, exports(national_data)))


@pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: floor.measure)
def test_no_measure_falls_under_its_floor(judged: list[Judged], floor: Target) -> None:
    reached = estimate(judged, floor.measure)
    assert reached.n >= 50
    assert floor.met(reached), f"{reached} is not {floor}"


def test_every_promised_measure_has_a_floor_that_is_no_stricter() -> None:
    floors = {floor.measure: floor for floor in FLOORS}
    assert TARGETS
    for target in TARGETS:
        floor = floors[target.measure]
        assert floor.at_most == target.at_most
        assert (floor.bound >= target.bound) if floor.at_most else (floor.bound <= target.bound)
