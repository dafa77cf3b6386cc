"""The line to the Bot API: python-telegram-bot's, whose failures say exactly what happened.

`telegram.request` makes errors that quote the server's answer, and logs an answer it cannot read;
both may hold what a citizen wrote. Here nothing of an answer is kept but its code and its reason.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import httpx
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest
from typing_extensions import override

CONNECTIONS: Final = 64
_LIMITS: Final = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=8)
"""Before each call httpcore looks at every idle connection; 30 calls a second leave 3 in use."""
CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 15.0
WRITE_SECONDS: Final = 10.0
POOL_SECONDS: Final = 5.0

IDLE_SECONDS: Final = 30.0
"""How long a connection is kept for the next call; a new one takes three journeys to Telegram."""


class Refusal(TelegramError):
    """The Bot API answered, and refused."""

    __slots__ = ("after_seconds", "code", "description", "foreign")

    def __init__(
        self,
        code: int,
        description: str,
        after_seconds: float | None = None,
        *,
        foreign: bool = False,
    ) -> None:
        """Keep what the server said.

        Args:
            code: `error_code`, or the status of HTTP where the answer has none.
            description: of the API, e.g. `Bad Request: chat not found`; may quote a message.
            after_seconds: `retry_after`; None: the server does not say.
            foreign: the answer is none of the Bot API: a proxy or a firewall on the way refuses.
        """
        super().__init__(str(code))  # the description stays out of logs
        self.code = code
        self.description = description
        self.after_seconds = after_seconds
        self.foreign = foreign


class LineBroken(NetworkError):
    """There was no whole answer. `kind` is the name of httpx's error, or AnswerUnreadable."""

    __slots__ = ("kind",)

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Line(HTTPXRequest):
    """Connections to the Bot API, kept open between calls."""

    def __init__(self) -> None:
        super().__init__(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            write_timeout=WRITE_SECONDS,
            pool_timeout=POOL_SECONDS,
            httpx_kwargs={"limits": _LIMITS},
        )

    @override
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Send a request and return status and body of an answer that is no refusal.

        Raises:
            Refusal: the server refuses.
            LineBroken: there is no answer.
        """
        try:
            code, body = await super().do_request(*args, **kwargs)
        except httpx.InvalidURL as error:  # may quote the address, and with it the token
            raise LineBroken(type(error).__name__) from None
        except TelegramError as error:
            raise LineBroken(type(error.__cause__ or error).__name__) from error
        if code >= HTTPStatus.MULTIPLE_CHOICES:
            raise _refusal(code, _read(body))
        return code, body

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> Any:
        """Return the answer.

        Raises:
            Refusal: it refuses although HTTP says 200.
            LineBroken: it is none of the Bot API.
        """
        answer = _read(payload)
        if "result" in answer:
            return answer
        if "error_code" in answer:
            raise _refusal(HTTPStatus.OK, answer)
        raise LineBroken("AnswerUnreadable")


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(status: int, answer: Mapping[str, Any]) -> Refusal:
    code = answer.get("error_code")
    parameters = answer.get("parameters")
    after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return Refusal(
        code if isinstance(code, int) else status,
        str(answer.get("description") or ""),
        float(after) if isinstance(after, int | float) and after >= 0 else None,
        foreign="error_code" not in answer,
    )
