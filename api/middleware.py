"""What every request passes: size limit, security headers, access log, and a net under errors."""

import asyncio
import time
from collections.abc import MutableMapping
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import log_failure, log_request
from api.problems import problem_response

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


WEBHOOKS: Final = "/webhooks/"
WEBHOOK_MAX_BYTES: Final = 1_048_576
"""A platform brings what is refused again and again, and the citizen hears nothing. 50,000 letters
of Vietnamese are 300 kB where each is written as `\\u…`."""

DOSSIER_BATCH: Final = "/v1/dossiers/batch"
BATCH_MAX_BYTES: Final = 16 * 1_048_576
"""5,000 dossiers with all their fields. Nothing is read before the key of the sender is."""
LINES: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl"})
"""JSON lines, as a batch may be sent."""

REQUEST_TIMEOUT: Final = 408
BODY_SECONDS: Final = 20.0
"""The longest wait for the next part of a body: a connection that sends nothing is not kept."""


class _Refused(Exception):
    """The body passed the limit while it was being read, or its next part did not come."""


class Edge:
    """The outermost layer. Pure ASGI: it never holds a body in memory."""

    def __init__(
        self, app: ASGIApp, body_max_bytes: int, body_seconds: float = BODY_SECONDS
    ) -> None:
        self._app = app
        self._body_max_bytes = body_max_bytes
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; anything but HTTP passes unchanged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        most = _most_bytes(scope, self._body_max_bytes)
        exchange = _Exchange(scope, receive, send, most, self._body_seconds)
        routed = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self._serve(routed, exchange, most)
        duration_ms = (time.monotonic() - began) * 1000
        log_request(scope["method"], _route(routed), exchange.status, duration_ms)

    async def _serve(self, scope: Scope, exchange: "_Exchange", most: int) -> None:
        refusal = _refusal(scope, most)
        if refusal:
            await problem_response(refusal)(scope, exchange.receive, exchange.send)
            return
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except _Refused:
            pass  # answered below, as when the app caught it
        except Exception as error:  # noqa: BLE001 - the net: no stack trace leaves the house
            log_failure(error, _route(scope))
            if not exchange.status:
                await problem_response(500)(scope, exchange.receive, exchange.send)
        if late_refusal := exchange.take_refusal():
            await problem_response(late_refusal)(scope, exchange.receive, exchange.send)


class _Exchange:
    """Counts what comes in, and adds the headers to what goes out."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, body_max_bytes: int, body_seconds: float
    ) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._left = body_max_bytes
        self._seconds: float | None = body_seconds
        self._refusal = 0
        self.status = 0

    async def receive(self) -> Message:
        try:
            async with asyncio.timeout(self._seconds):
                message = await self._receive()
        except TimeoutError:
            self._refusal = REQUEST_TIMEOUT
            raise _Refused from None
        if not message.get("more_body"):
            self._seconds = None  # what comes now is the caller going away, whenever that is
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self._refusal = 413
            raise _Refused
        return message

    def take_refusal(self) -> int:
        """Return the status still to be answered, 0 for none, and let it through."""
        refusal, self._refusal = 0 if self.status else self._refusal, 0
        return refusal

    async def send(self, message: Message) -> None:
        if self._refusal:
            return  # the framework turns our error into 400; the caller shall read why
        if message["type"] == "http.response.start":
            self.status = message["status"]
            _secure(message, self._scope)
            if self.status == REQUEST_TIMEOUT:
                MutableHeaders(scope=message)["Connection"] = "close"
        elif self._scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)


def _secure(message: MutableMapping[str, Any], scope: Scope) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    lasting = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")
    headers.setdefault("Cache-Control", "max-age=31536000, immutable" if lasting else "no-store")


def _most_bytes(scope: Scope, body_max_bytes: int) -> int:
    """Return how long the body of a request may be."""
    if scope["path"] == DOSSIER_BATCH:
        return max(body_max_bytes, BATCH_MAX_BYTES)
    from_platform = scope["path"].startswith(WEBHOOKS)
    return max(body_max_bytes, WEBHOOK_MAX_BYTES) if from_platform else body_max_bytes


def _refusal(scope: Scope, body_max_bytes: int) -> int:
    """Return the status of a request that needs no reading, 0 for one that may go on."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > body_max_bytes:
        return 413
    has_body = length != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_api = scope["path"].startswith("/v1/")
    known = kind == "application/json" or (kind in LINES and scope["path"] == DOSSIER_BATCH)
    return 415 if is_api and has_body and not known else 0


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "-"))
