"""How much one person, one address and everybody may ask in a minute, on every channel."""

from api.limits.admission import Admission, Limiter, Limits
from api.limits.counting import Counts, CountsInMemory, CountsUnavailable, SafeCounts

__all__ = [
    "Admission",
    "Counts",
    "CountsInMemory",
    "CountsUnavailable",
    "Limiter",
    "Limits",
    "SafeCounts",
]
