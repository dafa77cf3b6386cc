"""One question to a system of dossiers over HTTP, and what may come back.

Whoever answers is not trusted: redirects are not followed, and an answer that is too long, too
deep or no JSON is none. No error of httpx is chained: it holds the request, and the request a
password, a session or a dossier code.
"""

import json
import math
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import anyio
import httpx

from bot.dossiers.ports import SourceUnreachable

MAX_ANSWER_BYTES: Final = 500_000
"""A dossier with its history has some ten kilobytes; a longer answer is somebody else's."""

DEEPEST: Final = 24
"""So many lists and objects within one another."""

MOST_CONNECTIONS: Final = 20
"""At once to one system: it serves others too."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back."""

    status: int
    body: bytes = field(repr=False)


def a_client(timeout_seconds: float) -> httpx.AsyncClient:
    """Return a client for one system; whoever made it closes it."""
    limits = httpx.Limits(max_connections=MOST_CONNECTIONS)
    return httpx.AsyncClient(timeout=timeout_seconds, limits=limits, follow_redirects=False)


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Let the block take so long in all, however slowly an answer drips.

    Raises:
        SourceUnreachable: it took longer.
    """
    try:
        with anyio.fail_after(seconds):
            yield
    except TimeoutError:
        raise SourceUnreachable("The system of dossiers is too slow.") from None


async def ask(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    headers: Mapping[str, str],
    content: object = None,
) -> Heard:
    """Ask once.

    Args:
        client: as `a_client` makes it.
        method: `GET` or `POST`.
        url: where; it may hold a code and is never told.
        headers: sent along.
        content: sent as JSON; None: nothing is.

    Raises:
        SourceUnreachable: no answer, or one that is too long.
    """
    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
    try:
        async with client.stream(method, url, headers=sent, json=content) as response:
            return Heard(response.status_code, await _limited(response))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        kind = type(error).__name__
        raise SourceUnreachable(f"The system of dossiers does not answer ({kind}).") from None
    finally:
        client.cookies.clear()  # nobody is recognised by them


def load(body: bytes) -> Any:
    r"""Return the JSON of an answer, its texts as they can be stored.

    Raises:
        SourceUnreachable: it is no JSON, or too deep.

    >>> load(b'{"MaHoSo": "H17.15-250710-0012", "GhiChu": "T\\u1ed1t\\u0000 \\ud83d"}')
    {'MaHoSo': 'H17.15-250710-0012', 'GhiChu': 'Tốt '}
    """
    try:
        data = json.loads(body, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError):
        raise SourceUnreachable("The system of dossiers answers no JSON.") from None
    return _tidy(data, DEEPEST)


async def _limited(response: httpx.Response) -> bytes:
    if response.headers.get("content-encoding", "identity").lower() not in {"", "identity"}:
        raise SourceUnreachable("The answer is compressed, though that was not asked for.")
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise SourceUnreachable(f"The answer exceeds {MAX_ANSWER_BYTES} bytes.")
    return bytes(body)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError
    return number


def _tidy(value: Any, deep: int) -> Any:
    """Drop what cannot be stored: half of a surrogate pair, and NUL."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if not isinstance(value, dict | list):
        return value
    if deep == 0:
        raise SourceUnreachable("The answer is too deep.")
    if isinstance(value, list):
        return [_tidy(one, deep - 1) for one in value]
    return {_tidy(name, deep - 1): _tidy(one, deep - 1) for name, one in value.items()}
