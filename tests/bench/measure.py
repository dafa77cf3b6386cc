"""One row of a table of measures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return (
            f"{self.value:,.2f} {self.unit}"
            if self.value < 10
            else f"{self.value:,.0f} {self.unit}"
        )

    @property
    def limit_shown(self) -> str:
        """The limit with its unit, or nothing."""
        if self.limit is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}"

    @property
    def verdict(self) -> str:
        """Whether the limit holds."""
        if self.limit is None:
            return ""
        holds = self.value >= self.limit if self.at_least else self.value <= self.limit
        return "holds" if holds else "MISSED"
