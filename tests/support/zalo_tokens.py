"""Fakes and builders for the tokens of the Official Account."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import anyio
import httpx

from bot.channels.zalo_oa.chain import TokenChain
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.sealing import Seal
from bot.channels.zalo_oa.token_ports import KeptTokens, SideRecord, TokenStore
from bot.channels.zalo_oa.tokens import TokenKeeper
from bot.errors import StoreUnavailable
from tests.support.zalo_oa_events import APP_ID, OA_ID
from tests.support.zalo_oa_server import APP_SECRET, ZaloOaServer
from tests.support.zalo_oauth import ACCESS_TOKEN

KEY = "c3RyZXNzZWQtb3V0LWtleS1mb3ItdGVzdHMtb25seSE="
OTHER_KEY = "YW5vdGhlci1rZXktdGhhdC1pcy1vbmx5LWZvci10ZXM="
NOW = 1_795_000_000.0
TOKEN_SECONDS = 90_000
PATIENCE_SECONDS = 60


async def until(condition: Callable[[], bool]) -> None:
    """Wait patiently until it is so."""
    with anyio.fail_after(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - other threads and processes make it true
            await anyio.sleep(0.005)


class MemoryTokenStore:
    """Keeps the row in memory; `broken`: says that it is unavailable."""

    def __init__(self) -> None:
        self.row: KeptTokens | None = None
        self.previous: str | None = None
        self.broken = False
        self._lock = anyio.Lock()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        async with self._lock:
            yield

    async def read(self) -> KeptTokens | None:
        self._check()
        return self.row

    async def note_pending(self, pending: str | None) -> None:
        self.row = replace(self._made(), pending=pending)

    async def replace(self, sealed: str, previous: str | None, base: int, now: float) -> bool:
        if self._made().version != base:
            return False
        self.previous = previous
        self.row = KeptTokens(sealed, None, base + 1, now, None, None)
        return True

    async def note_failure(self, failure: str, now: float) -> None:
        self.row = replace(self._made(), failure=failure, failed_at=now)

    def _made(self) -> KeptTokens:
        self._check()
        return self.row or KeptTokens("", None, 0, None, None, None)

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable("Kho dữ liệu đang không đọc hoặc ghi được.")


class MemorySideRecord:
    """Keeps the text in memory; `broken`: takes none."""

    def __init__(self) -> None:
        self.kept: str | None = None
        self.broken = False

    def prepare(self) -> None:
        if self.broken:
            raise StoreUnavailable("Kho dữ liệu đang không đọc hoặc ghi được.")

    def write(self, sealed: str) -> None:
        self.prepare()
        self.kept = sealed

    def read(self) -> str | None:
        return self.kept

    def clear(self) -> None:
        self.kept = None


class Clock:
    """Seconds since 1970, moved by the test."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Alarms:
    """Everything that the operator was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.relieved: list[str] = []
        """What was told to have passed."""

    def __call__(self, event: str, reason: str) -> None:
        self.told.append((event, reason))

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.told]


class Zalo(ZaloOaServer):
    """Zalo, and how often it was asked to renew."""

    @property
    def renewals(self) -> int:
        """How many times a refresh token was sent."""
        forms = [asked.form for asked in self.http.asked_of(ACCESS_TOKEN)]
        return sum(form.get("grant_type") == "refresh_token" for form in forms)


def a_keeper(
    client: httpx.AsyncClient,
    store: TokenStore,
    side: SideRecord | None = None,
    *,
    key: str = KEY,
    clock: Clock | None = None,
    alarms: Alarms | None = None,
) -> TokenKeeper:
    """A keeper as a replica has it; `client`: its `base_url` is the OAuth server."""
    alarm = alarms or Alarms()
    chain = TokenChain(store, side or MemorySideRecord(), Seal(key), alarm)
    oauth = OAuth(client, APP_ID, APP_SECRET)
    return TokenKeeper(oauth, chain, clock or Clock(), alarm, alarm.relieved.append)


async def consented(zalo: Zalo, keeper: TokenKeeper) -> str:
    """Give consent, and return the access token."""
    await keeper.consent(zalo.oauth.authorise(), "", OA_ID)
    return await keeper.current()
