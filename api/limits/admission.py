"""Who may go on, who is told that it is too much, and who is not answered any more."""

import hashlib
from dataclasses import dataclass
from typing import Final

from api.limits.counting import Counts

REMEMBERED_EVENTS: Final = 10_000
"""Events that were admitted lately, at about 150 bytes each."""

REFUSED_KEYS: Final = 30
"""Of one address in a minute; a system with a good key is never counted here."""

_EVERYBODY: Final = "overall"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many in a minute."""

    messages: int
    """Of one person on one channel."""
    overall: int
    """Of all people on all channels."""
    sessions: int
    """New conversations of the web from one address."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What to do with a message."""

    admitted: bool
    first: bool = False
    """Not admitted, and the person was not told so within the last minute: tell her now."""
    retry_after: float = 0.0
    """Seconds until one more may be admitted; 0 if this one is."""


ADMITTED: Final = Admission(admitted=True)


class Limiter:
    """Asked for each message before anything else is done with it.

    What one person sends over her limit counts for nothing: neither does it keep her out for
    longer, nor does it use up what is everybody's.
    """

    def __init__(self, counts: Counts, limits: Limits) -> None:
        """Take what counts, and how much is too much."""
        self._counts = counts
        self._limits = limits
        self._seen: dict[str, None] = {}

    async def admit(self, channel: str, user_id: str, event_id: str = "") -> Admission:
        """Decide on one message of a person.

        Args:
            channel: as in `ConversationKey`.
            user_id: whoever writes.
            event_id: of the message; the same one, delivered again, is admitted uncounted.
        """
        person = _name(channel, user_id)
        event = _name(channel, user_id, event_id) if event_id else ""
        if event in self._seen:
            return ADMITTED
        wait = await self._counts.hit(f"person/{person}", self._limits.messages)
        wait = wait or await self._counts.hit(_EVERYBODY, self._limits.overall)
        if not wait:
            self._remember(event)
            return ADMITTED
        told_lately = await self._counts.hit(f"told/{person}", 1) > 0
        return Admission(admitted=False, first=not told_lately, retry_after=wait)

    async def admit_session(self, address: str) -> Admission:
        """Decide on a new conversation of the web from one address."""
        wait = await self._counts.hit(f"address/{_name(address)}", self._limits.sessions)
        return Admission(admitted=False, first=True, retry_after=wait) if wait else ADMITTED

    async def admit_refused_key(self, address: str) -> Admission:
        """Decide on one more try, from one address, with a key that is none."""
        wait = await self._counts.hit(f"key/{_name(address)}", REFUSED_KEYS)
        return Admission(admitted=False, first=True, retry_after=wait) if wait else ADMITTED

    def _remember(self, event: str) -> None:
        if not event:
            return
        while len(self._seen) >= REMEMBERED_EVENTS:
            del self._seen[next(iter(self._seen))]
        self._seen[event] = None


def _name(*parts: str) -> str:
    """Return a short name by which nobody is recognised; equal on every replica."""
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16)
    return digest.hexdigest()
