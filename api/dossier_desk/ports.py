"""What the desk needs of the store. Every method may raise `bot.errors.StoreUnavailable`."""

from collections.abc import Sequence
from typing import Protocol

from bot.dossiers.ports import Remembered
from bot.dossiers.tries import Subjects
from bot.messages import ConversationKey


class Tries(Protocol):
    """Wrong attempts, counted together by any number of processes."""

    async def locked_until(self, subjects: Subjects, now: float) -> float | None:
        """Return until when attempts are refused; None: they are not. Seconds since 1970."""
        ...

    async def settle(self, subjects: Subjects, *, right: bool, now: float) -> float | None:
        """Count an attempt that was made, one after the other for each subject.

        Of attempts made at the same time those that come behind the one that locks are not told
        how they ended, so that nobody guesses more by guessing at once.

        Returns:
            None: it counts, and its end may be told. Else until when attempts are refused: nothing
            was counted, and nothing may be told.
        """
        ...


class Follows(Protocol):
    """Who agreed to have a dossier remembered, or to be told of changes."""

    async def remember(
        self,
        key: ConversationKey,
        code: str,
        *,
        follow: bool,
        terms: int,
        seen_at: float = 0.0,
    ) -> None:
        """Keep that a person agreed; doing it again changes nothing. Never stops following.

        `terms`: which version of the words of consent, and whether the dossier was proved;
        `seen_at`: what changed since then is told to whoever begins to follow.
        """
        ...

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """Stop telling of changes; `entirely`: and remember it no longer. Empty code: of all."""
        ...

    async def list(self, key: ConversationKey) -> Sequence[Remembered]:
        """Return the dossiers that this person agreed to have remembered, the latest first."""
        ...

    async def find(self, key: ConversationKey, code: str) -> Remembered | None:
        """Return one of them, None where the person did not agree to it."""
        ...


class Words(Protocol):
    """Words that open a dossier once; only keyed hashes of them come here."""

    async def put(self, word_hash: str, code: str, expires_at: float) -> None:
        """Keep a word until `expires_at`, in seconds since 1970."""
        ...

    async def take(self, word_hash: str, now: float) -> str | None:
        """Return the code that a word stands for and use it up, for one caller alone.

        None: unknown, used or too old.
        """
        ...
