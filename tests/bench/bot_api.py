"""A Bot API that answers as fast as Python can: what is measured is the other side.

It takes every message and keeps nothing but what the load needs: who got it, and its buttons.
`tests/support/telegram_server.py` is the one that knows the rules.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qs

from httptools import HttpRequestParser
from typing_extensions import override

OnMessage = Callable[[int, tuple[str, ...]], None]
"""Takes the chat that got a message, and the `callback_data` of the buttons under it."""

_ME = b'{"id":1,"is_bot":true,"first_name":"Mot cua","username":"motcua_bot"}'
_SENT = b'{"message_id":1,"date":1790000000,"chat":{"id":1,"type":"private"},"from":' + _ME + b"}"
_RESULTS = {b"/getme": _ME, b"/sendmessage": _SENT}


class BotApi:
    """The server, in the loop of the caller."""

    def __init__(self, on_message: OnMessage) -> None:
        self.port = 0
        self._on_message = on_message
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a port of this machine."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Line(self._on_message), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()


class _Line(asyncio.Protocol):
    """One connection, kept open."""

    def __init__(self, on_message: OnMessage) -> None:
        self._on_message = on_message
        self._parser = HttpRequestParser(self)
        self._url = b""
        self._body = bytearray()
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    @override
    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        """Called by the parser: a request begins."""
        self._url = url
        self._body.clear()

    def on_body(self, body: bytes) -> None:
        """Called by the parser with a piece of the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Called by the parser: answer, and only then look at what was sent."""
        assert self._transport is not None
        method = self._url[self._url.rfind(b"/") :].lower()
        result = b'{"ok":true,"result":' + _RESULTS.get(method, b"true") + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self._transport.write(head % len(result) + result)
        if method == b"/sendmessage":
            sent = _fields(bytes(self._body))
            self._on_message(int(sent["chat_id"]), _buttons(sent.get("reply_markup")))


def _fields(body: bytes) -> dict[str, Any]:
    if body.startswith(b"{"):
        content: dict[str, Any] = json.loads(body)
        return content
    return {name: values[-1] for name, values in parse_qs(body.decode()).items()}


def _buttons(markup: Any) -> tuple[str, ...]:
    keyboard = json.loads(markup) if isinstance(markup, str) else markup or {}
    rows = keyboard.get("inline_keyboard", ())
    return tuple(one["callback_data"] for row in rows for one in row if "callback_data" in one)
