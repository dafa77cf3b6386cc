"""Calls of the Bot API. The token is part of the address, so it joins it behind httpx's logs."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import httpx
from typing_extensions import override

from bot.channels.untrusted import Payload, load
from bot.channels.zalo_bot.failures import LineBroken, Refusal

API_URL: Final = "https://bot-api.zaloplatforms.com"

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 15.0

NO_CODE: Final = 0
"""Of an answer that is none of the Bot API."""


class Line:
    """Connections to the Bot API, kept open between calls."""

    def __init__(self, token: str, api_url: str = API_URL) -> None:
        """Take the token of the bot and the address of the platform, without a slash at its end."""
        self._client = httpx.AsyncClient(
            transport=_Addressed(token),
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        )
        self._api_url = api_url

    async def call(
        self,
        method: str,
        parameters: Mapping[str, object] | None = None,
        read_seconds: float = READ_SECONDS,
    ) -> object:
        """Return the `result` of a method; None where it has none.

        The platform answers 200 to failures too, so `ok` decides (protocols §2).

        Raises:
            Refusal: the platform refuses.
            LineBroken: there is no answer.
        """
        timeout = httpx.Timeout(read_seconds, connect=CONNECT_SECONDS)
        try:
            response = await self._client.post(
                f"{self._api_url}/{method}", json=dict(parameters or {}), timeout=timeout
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            # `from None`: the request of httpx's error knows the address and the message.
            raise LineBroken(type(error).__name__) from None
        return _result(response.status_code, load(response.content))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class _Addressed(httpx.AsyncBaseTransport):
    """Puts the token into the address at the last moment: httpx logs and raises the one before."""

    def __init__(self, token: str) -> None:
        self._token = token
        self._inner = httpx.AsyncHTTPTransport()

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        folder, _, method = request.url.path.rpartition("/")
        addressed = httpx.Request(
            request.method,
            request.url.copy_with(path=f"{folder}/bot{self._token}/{method}"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(addressed)

    @override
    async def aclose(self) -> None:
        await self._inner.aclose()


def _result(status: int, answer: Payload | None) -> object:
    if answer is None:
        raise Refusal(status if status >= HTTPStatus.MULTIPLE_CHOICES else NO_CODE)
    if answer.get("ok") is True:
        return answer.get("result")
    raise Refusal(_code(answer, status), str(answer.get("description") or ""))


def _code(answer: Payload, status: int) -> int:
    code = answer.get("error_code")
    known = isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < len("10000")
    return int(str(code)) if known else status
