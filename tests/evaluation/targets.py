"""What was promised, and what a run of the tests may never fall under."""

from dataclasses import dataclass
from typing import Final

from typing_extensions import override

from tests.evaluation.intervals import Estimate
from tests.evaluation.judging import FIELDS_F1


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on a measure."""

    measure: str
    bound: float
    at_most: bool = False

    def met(self, reached: Estimate) -> bool:
        """Tell whether the number itself, not its interval, keeps the bound."""
        return reached.value <= self.bound if self.at_most else reached.value >= self.bound

    @override
    def __str__(self) -> str:
        """Show the bound."""
        return f"{'≤' if self.at_most else '≥'} {self.bound:g}"


TARGETS: Final = (
    Target("right first", 0.88),
    Target("among five", 0.97),
    Target("acceptable", 0.95),
    Target("confidently wrong", 0.03, at_most=True),
    Target(FIELDS_F1, 0.93),
    Target("system intent", 0.96),
    Target("out of scope refused", 0.95),
    Target("in scope refused", 0.03, at_most=True),
)
LOSSES: Final = {"stripped": 2.0, "half stripped": 2.0, "typed with noise": 5.0}
"""Points of 100 that may be lost at most when the same messages are typed so."""

FLOORS: Final = (
    Target("right first", 0.80),
    Target("among five", 0.92),
    Target("acceptable", 0.85),
    Target("confidently wrong", 0.05, at_most=True),
    Target(FIELDS_F1, 0.82),
    Target("intent", 0.82),
    Target("system intent", 0.83),
    Target("out of scope refused", 0.85),
    Target("in scope refused", 0.08, at_most=True),
)
"""What the open sets that `test_floors` asks never fall under: set on 2026-11-22, well below what
was measured that day. A floor may be raised; lowering one needs a reason in the commit."""
