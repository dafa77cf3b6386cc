"""A real HTTP server on 127.0.0.1 for the emulators of platforms, with the faults of real ones."""

import contextlib
import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from typing_extensions import override

HOLD_SECONDS = 60
"""No test holds an answer back for longer; a forgotten hold ends."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in small letters."""
    body: bytes

    @classmethod
    def of(cls, path: str, data: object, headers: Mapping[str, str]) -> "Asked":
        """A request with JSON, for emulators that are asked without a wire."""
        return cls("POST", path, {}, headers, json.dumps(data).encode())

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def data(self) -> Any:
        """The JSON of the body."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Answered:
    """What goes back."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, data: object, headers: Mapping[str, str] | None = None) -> "Answered":
        """`data` as JSON; platforms answer 200 to failures too."""
        body = json.dumps(data, ensure_ascii=False).encode()
        return cls(body, 200, {"Content-Type": "application/json", **(headers or {})})


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request."""

    lost: bool = False
    """The line breaks before the server acts on the request."""
    cut: bool = False
    """The server acts, and the line breaks before it answers."""
    answer: Answered | None = None
    """Answered instead, and nothing is done."""
    hold: threading.Event | None = None
    """The server acts at once, and answers when this is set."""
    wait: threading.Event | None = None
    """The server acts when this is set."""


Handler = Callable[[Asked], Answered]


class LocalHttp:
    """Serves `handler`, each connection in a thread of its own; keeps what was asked."""

    def __init__(self, handler: Handler, port: int = 0) -> None:
        """`port`: 0 takes a free one."""
        self.asked: list[Asked] = []
        """Every request that arrived whole, in the order of arrival."""
        self._handler = handler
        self._faults: dict[str, deque[Fault]] = {}
        self._lock = threading.Lock()
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, path: str, *faults: Fault) -> None:
        """Let the next requests to `path` go wrong, one fault each."""
        with self._lock:
            self._faults.setdefault(path, deque()).extend(faults)

    def asked_of(self, path: str) -> list[Asked]:
        """The requests to `path`, in the order of arrival."""
        return [one for one in list(self.asked) if one.path == path]

    def answer(self, asked: Asked) -> Answered | None:
        """Return what goes back; None: the line breaks."""
        with self._lock:
            self.asked.append(asked)
            waiting = self._faults.get(asked.path)
            fault = waiting.popleft() if waiting else Fault()
        if fault.wait is not None:
            fault.wait.wait(HOLD_SECONDS)
        if fault.lost:
            return None
        if fault.answer is not None:
            return fault.answer
        answered = self._handler(asked)
        if fault.hold is not None:
            fault.hold.wait(HOLD_SECONDS)
        return None if fault.cut else answered


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256

    def __init__(self, owner: LocalHttp, port: int) -> None:
        self.owner = owner
        self._lines: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Line)

    def connected(self, line: socket.socket, *, open_now: bool) -> None:
        (self._lines.add if open_now else self._lines.discard)(line)

    def hang_up(self) -> None:
        """End the lines that clients keep open, so that their threads end."""
        for line in list(self._lines):
            _break(line)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a client leaves early: tests do that on purpose."""


class _Line(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    @property
    def _shared(self) -> _Server:
        assert isinstance(self.server, _Server)
        return self.server

    @override
    def setup(self) -> None:
        super().setup()
        self._shared.connected(self.connection, open_now=True)

    @override
    def finish(self) -> None:
        self._shared.connected(self.connection, open_now=False)
        super().finish()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        answered = self._shared.owner.answer(asked)
        if answered is None:
            self.close_connection = True
            _break(self.connection)
            return
        self.send_response(answered.status)
        for name, value in {**answered.headers, "Content-Length": len(answered.body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(answered.body)
        self.wfile.flush()

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet; `LocalHttp.asked` tells what was asked."""


def _break(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was faster
        line.shutdown(socket.SHUT_RDWR)
