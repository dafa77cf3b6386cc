"""The channel of the Official Account for tests: real, towards the emulator."""

from functools import cache

import anyio
import httpx

from bot.channels.zalo_oa.channel import ZaloOa
from bot.channels.zalo_oa.signature import Signature
from bot.phrasebook import Phrasebook
from tests.support.desks import a_desk
from tests.support.zalo_oa_events import APP_ID, OA_SECRET_KEY
from tests.support.zalo_oauth import OAuth

NOW = 1_800_000_000.0
SIGNATURE = Signature(APP_ID, OA_SECRET_KEY)


class TokensInMemory:
    """Keeps what `AccessTokens` promises: one renewal, however many ask for it."""

    def __init__(self, oauth: OAuth) -> None:
        self.renewals = 0
        self._oauth = oauth
        self._token = oauth.give_pair()[0]
        self._lock = anyio.Lock()

    async def current(self) -> str:
        return self._token

    async def renew(self, failed: str) -> str:
        async with self._lock:
            if self._token == failed:
                await anyio.sleep(0.01)  # others come meanwhile
                self.renewals += 1
                self._token = self._oauth.give_pair()[0]
            return self._token


class NoTokens:
    """For tests that send nothing."""

    async def current(self) -> str:
        raise AssertionError("nothing is to be sent")

    async def renew(self, failed: str) -> str:
        raise AssertionError("nothing is to be sent")


@cache
def a_book() -> Phrasebook:
    """The sentences that ship."""
    return a_desk().book


@cache
def a_reader(oa_id: str = "") -> ZaloOa:
    """The channel for tests that read and dress, and send nothing."""
    client = httpx.AsyncClient(base_url="http://127.0.0.1:9")
    return ZaloOa(client, NoTokens(), SIGNATURE, a_book(), lambda: NOW, oa_id=lambda: oa_id)
