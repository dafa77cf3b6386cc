"""A fake that keeps the promises of `bot.channels.zalo_oa.consent.ConsentStore`."""


class MemoryConsentStore:
    """Keeps consents in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, float]] = {}
        self.used: set[str] = set()

    async def put(self, key: str, sealed: str, expires_at: float) -> None:
        self.kept[key] = (sealed, expires_at)

    async def peek(self, key: str, now: float) -> str | None:
        sealed, expires_at = self.kept.get(key, ("", 0.0))
        return sealed if expires_at > now and key not in self.used else None

    async def take(self, key: str, now: float) -> str | None:
        sealed = await self.peek(key, now)
        if sealed is not None:
            self.used.add(key)
        return sealed

    async def give_back(self, key: str) -> None:
        self.used.discard(key)
