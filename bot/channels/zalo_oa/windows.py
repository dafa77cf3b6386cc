"""How long after a person last did something messages can be sent to her (protocols §1.5, 2026)."""

from typing import Final

FREE_SECONDS: Final = 48 * 3600.0
"""So long they are free; then each costs money."""

OPEN_SECONDS: Final = 7 * 24 * 3600.0
"""After that Zalo refuses them."""
