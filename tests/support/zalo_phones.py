"""Telephone numbers that were given, in memory, and people who follow dossiers."""

from collections.abc import Callable

from bot.messages import ConversationKey


class MemorySealedPhones:
    """A fake that keeps the promises of `bot.channels.sharing.SealedPhones`."""

    def __init__(self, *following: ConversationKey) -> None:
        self.following = set(following)
        self.rows: dict[ConversationKey, str] = {}

    async def keep(self, key: ConversationKey, sealed: str, at: float) -> bool:
        if key not in self.following:
            return False
        self.rows[key] = sealed
        return True

    async def find(self, key: ConversationKey) -> str:
        return self.rows.get(key, "") if key in self.following else ""

    async def rewrite(self, rewritten: Callable[[str], str]) -> int:
        self.rows = {key: rewritten(sealed) for key, sealed in self.rows.items()}
        return len(self.rows)

    async def erase(self, key: ConversationKey) -> None:
        self.rows.pop(key, None)
