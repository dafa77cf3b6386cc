"""Zalo's OAuth v4: codes and refresh tokens become tokens (protocols §1.7, read 2026-11)."""

import json
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import httpx

from bot.channels.errors import ChannelBroken, FateUnknown, TryLater

CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 60.0
"""Longer than any caller waits: a refresh token that was sent is spent, and whoever hangs up
throws the only copy of the next one away."""

MAX_ANSWER_BYTES: Final = 65_536

_NAME: Final = re.compile(r"[^A-Za-z0-9 _.-]+")


class OAuth:
    """The two addresses of Zalo's OAuth server that an Official Account needs."""

    def __init__(self, client: httpx.AsyncClient, app_id: str, app_secret: str) -> None:
        """Take a client whose `base_url` is the server; the caller closes it."""
        self._client = client
        self._app_id = app_id
        self._app_secret = app_secret

    def permission_address(self, callback: str, challenge: str, state: str) -> str:
        """Return where an operator gives consent, in a browser."""
        query = {
            "app_id": self._app_id,
            "redirect_uri": callback,
            "code_challenge": challenge,
            "state": state,
        }
        return f"{str(self._client.base_url).rstrip('/')}/v4/oa/permission?{urlencode(query)}"

    async def redeem(self, code: str, verifier: str) -> bytes:
        """Return the raw answer to the code of a consent; raises as `renew` does."""
        return await self._ask(
            {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        )

    async def renew(self, refresh_token: str) -> bytes:
        """Return the raw answer to a refresh token, which is spent by asking.

        Raises:
            TryLater: the server was not reached; the token is not spent.
            FateUnknown: it was asked, and no answer came.
        """
        return await self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def _ask(self, form: Mapping[str, str]) -> bytes:
        # No error is chained: httpx's hold the request, and the request holds the tokens.
        try:
            async with self._client.stream(
                "POST",
                "/v4/oa/access_token",
                data={"app_id": self._app_id, **form},
                headers={"secret_key": self._app_secret, "Accept-Encoding": "identity"},
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            ) as response:
                return await _limited(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.InvalidURL) as e:
            raise TryLater(f"oauth {type(e).__name__}", everybody=True) from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise FateUnknown(f"oauth {type(error).__name__}") from None


async def _limited(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            break  # no answer of Zalo's is that long, and what is cut cannot be read
    return bytes(body)


def may_hold_tokens(raw: bytes) -> bool:
    """Tell whether an answer is worth keeping before anybody reads it."""
    return b"access_token" in raw


def read_answer(raw: bytes) -> Mapping[str, object]:
    """Return an answer that holds an access token: success is nothing else.

    Zalo answers HTTP 200 to failures too.

    Raises:
        ChannelBroken: Zalo refuses; the message is its code.
        FateUnknown: this is no answer of Zalo's, e.g. the page of a gateway.
    """
    try:
        answer = json.loads(raw)
    except ValueError:
        raise FateUnknown("oauth unreadable") from None
    if not isinstance(answer, dict) or not {"access_token", "error"} & answer.keys():
        raise FateUnknown("oauth unreadable")
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise ChannelBroken(_reason(answer))
    return answer


def _reason(answer: Mapping[str, object]) -> str:
    """Zalo's number and name of an error; its description may quote what was sent."""
    name = _NAME.sub("", str(answer.get("error_name", "")))[:40].strip()
    code = _NAME.sub("", str(answer.get("error", "")))[:12].strip()
    return f"oauth {code} {name}".strip()
