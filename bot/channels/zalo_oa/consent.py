"""Consent of an operator, with PKCE (RFC 7636): nobody else can use the code that Zalo gives.

A consent begins with a command of an operator. Its state is made under our key, ends after
`LIFETIME_SECONDS` and works once, on whichever replica the browser comes back to.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qsl, urlsplit

from bot.channels.errors import ChannelError, TryLater
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.sealing import Seal
from bot.channels.zalo_oa.tokens import TokenKeeper

LIFETIME_SECONDS: Final = 600
"""As long as Zalo's code lives (protocols §1.7)."""

MAX_CODE_CHARACTERS: Final = 2000

_RANDOM_BYTES: Final = 32
_ACCOUNT: Final = re.compile(r"[0-9]{1,32}")


class ConsentInvalid(ChannelError):
    """The state is not ours, too old, or was used."""


class ConsentStore(Protocol):
    """Consents that were begun, shared by all replicas.

    All methods may raise `bot.errors.StoreUnavailable`: nothing was stored.
    """

    async def put(self, key: str, sealed: str, expires_at: float) -> None:
        """Keep a consent under a new key of ≤ 64 characters."""
        ...

    async def peek(self, key: str, now: float) -> str | None:
        """Return what is kept; None: unknown, used or too old."""
        ...

    async def take(self, key: str, now: float) -> str | None:
        """Return what is kept and use it up: of all who ask, one gets it."""
        ...

    async def give_back(self, key: str) -> None:
        """Let what was taken be taken again."""
        ...


def new_verifier() -> str:
    """Return a fresh code verifier of 43 characters."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def challenge(verifier: str) -> str:
    """Return the code challenge by the method S256; the verifier here is of RFC 7636, appendix B.

    >>> challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from Zalo."""

    code: str
    state: str = ""
    oa_id: str = ""


def read_returned(pasted: str) -> Returned | None:
    """Return what an operator copied from the browser; None: nothing that could be it.

    >>> read_returned("https://a.example/zalo?oa_id=5&code=abc&state=xyz").code
    'abc'
    >>> read_returned(" abc ").code
    'abc'
    >>> read_returned("https://a.example/zalo") is None
    True
    """
    text = pasted.strip()
    if not text or len(text) > MAX_CODE_CHARACTERS * 2 or any(c.isspace() for c in text):
        return None
    parts = urlsplit(text)
    query = dict(parse_qsl(parts.query or (text if "code=" in text else "")))
    if query.get("code"):
        return Returned(query["code"], query.get("state", ""), account(query.get("oa_id", "")))
    return None if parts.scheme or "=" in text else Returned(text)


def account(oa_id: str) -> str:
    """Return the number of an Official Account; empty: it is none."""
    return oa_id if _ACCOUNT.fullmatch(oa_id) else ""


class Consents:
    """Begins and ends consents."""

    def __init__(
        self,
        oauth: OAuth,
        keeper: TokenKeeper,
        store: ConsentStore,
        seal: Seal,
        clock: Callable[[], float],
    ) -> None:
        """Take a clock that tells seconds since 1970."""
        self._oauth = oauth
        self._keeper = keeper
        self._store = store
        self._seal = seal
        self._clock = clock

    async def begin(self, callback: str) -> str:
        """Return the state of a new consent; `callback`: where Zalo sends the browser back.

        Raises:
            StoreUnavailable: nothing was stored.
        """
        now = self._clock()
        state = self._seal.sign(secrets.token_bytes(_RANDOM_BYTES), now)
        sealed = self._seal.close({"verifier": new_verifier(), "callback": callback})
        await self._store.put(_key(state), sealed, now + LIFETIME_SECONDS)
        return state

    async def address(self, state: str) -> str:
        """Return Zalo's page for a consent that was begun.

        Raises:
            ConsentInvalid: it was not, or is over.
            StoreUnavailable: the store cannot be read.
        """
        kept = None
        if self._is_ours(state):
            kept = await self._store.peek(_key(state), self._clock())
        if kept is None:
            raise ConsentInvalid("state")
        content = self._seal.open(kept)
        return self._oauth.permission_address(
            content["callback"], challenge(content["verifier"]), state
        )

    async def finish(self, returned: Returned) -> None:
        """Put the tokens in force that the code stands for.

        Raises:
            ConsentInvalid: the state is not ours, too old, or used; the code was not touched.
            TryLater: Zalo was not reached; the same address works again.
            ChannelBroken, FateUnknown, StoreUnavailable: as `TokenKeeper.consent`.
        """
        state, kept = returned.state, None
        if self._is_ours(state):
            kept = await self._store.take(_key(state), self._clock())
        if kept is None:
            raise ConsentInvalid("state")
        verifier = self._seal.open(kept)["verifier"]
        try:
            await self._keeper.consent(returned.code, verifier, returned.oa_id)
        except TryLater:
            await self._store.give_back(_key(state))
            raise

    def _is_ours(self, state: str) -> bool:
        return self._seal.is_signed(state, self._clock(), LIFETIME_SECONDS)


def _key(state: str) -> str:
    """Whoever reads the database learns no state."""
    return hashlib.sha256(state.encode()).hexdigest()
