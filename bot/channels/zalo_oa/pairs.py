"""A pair of tokens, and what a renewal leaves behind on its way; pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from bot.channels.zalo_oa.oauth import read_answer

UNSAID_SECONDS: Final = 3600
"""Taken where Zalo does not say how long a token lives; too short does no harm (it says 25 h)."""

_SECONDS: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class TokenPair:
    """An access token, and the refresh token that makes the next pair, once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    """Empty: Zalo gave none; consent is needed when the access token ends."""
    expires_at: float
    """Of the access token, in seconds since 1970 by the clock of whoever got it."""
    issued_at: float
    oa_id: str = ""
    """The Official Account that gave consent; empty: Zalo did not say."""

    def as_json(self) -> dict[str, object]:
        """Return what is sealed."""
        return asdict(self)

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> "TokenPair":
        """Return the pair that was sealed."""
        return cls(**{name: content[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Attempt:
    """A renewal began: whoever finds this alone does not know whether Zalo answered."""

    base: int
    """The version of the pair that is being renewed."""
    at: float


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What Zalo answered, kept before it is read."""

    base: int
    at: float
    raw: str = field(repr=False)
    oa_id: str = ""

    def pair(self, before: TokenPair | None) -> TokenPair:
        """Return the pair of the answer; `before`: the one that was renewed.

        Raises:
            ChannelBroken, FateUnknown: as `read_answer`.
        """
        answer = read_answer(self.raw.encode())
        given = answer.get("refresh_token")
        kept = before.refresh if before else ""
        return TokenPair(
            access=str(answer["access_token"]),
            refresh=given if isinstance(given, str) and given else kept,
            expires_at=self.at + lifetime_seconds(answer.get("expires_in")),
            issued_at=self.at,
            oa_id=self.oa_id or (before.oa_id if before else ""),
        )


Pending = Attempt | RawAnswer


def pending_json(pending: Pending) -> dict[str, object]:
    """Return what is sealed of a renewal under way."""
    return asdict(pending)


def read_pending(content: Mapping[str, Any]) -> Pending:
    """Return what was sealed of a renewal under way."""
    return RawAnswer(**content) if "raw" in content else Attempt(**content)


def lifetime_seconds(said: object) -> int:
    """Return how long a token lives; Zalo writes the number as a string.

    >>> lifetime_seconds("90000"), lifetime_seconds(90000), lifetime_seconds(None)
    (90000, 90000, 3600)
    """
    text = str(said)
    if _SECONDS.fullmatch(text) and int(text) > 0:
        return int(text)
    return UNSAID_SECONDS
