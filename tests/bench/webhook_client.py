"""Posts updates to a webhook over connections that stay open, as Telegram does."""

import asyncio
import json
import re
import time
from collections.abc import Mapping

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
CONNECTIONS = 40
"""What Telegram opens at most by default (`max_connections` of setWebhook)."""

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class WebhookClient:
    """Posts; whoever finds no free connection waits for one."""

    def __init__(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        self._port = port
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Content-Type: application/json\r\n{lines}Content-Length: "
        ).encode()
        self._free: asyncio.Queue[_Line] = asyncio.LifoQueue()

    async def open(self) -> None:
        """Connect."""
        for _ in range(CONNECTIONS):
            self._free.put_nowait(await asyncio.open_connection("127.0.0.1", self._port))

    async def close(self) -> None:
        """Hang up."""
        while not self._free.empty():
            self._free.get_nowait()[1].close()

    async def post(self, update: Mapping[str, object]) -> float:
        """Return how many seconds the answer took.

        Raises:
            RuntimeError: it is no 200; a benchmark of failures means nothing.
        """
        body = json.dumps(update).encode()
        reader, writer = await self._free.get()
        if reader.at_eof():  # a server closes what was idle for seconds
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        began = time.perf_counter()
        writer.write(self._head + b"%d\r\n\r\n" % len(body) + body)
        head = await reader.readuntil(b"\r\n\r\n")
        took = time.perf_counter() - began
        length = _LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(head.decode())
        await reader.readexactly(int(length[1]))
        self._free.put_nowait((reader, writer))
        return took
