"""The sizes of paper on which a slip is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper, in millimetres and points."""

    width: float
    height: float
    margin: float
    size: float
    """Of the smallest letters, in points."""


A5: Final = Sheet(148, 210, 11, 10)
A4: Final = Sheet(210, 297, 18, 12)
SHEETS: Final[Mapping[str, Sheet]] = {"a5": A5, "a4": A4}
