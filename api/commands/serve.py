"""`motcua serve`: the web server."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from typing_extensions import override

from api.commands.terminal import Exports, warn
from api.errors import CannotStart
from api.settings import Settings, load_settings
from api.wiring.warming import warm_up
from api.wiring.web import web_services

Host = Annotated[
    str | None,
    typer.Option(metavar="ĐỊA_CHỈ", help="Thay cho biến HOST."),
]
Port = Annotated[int | None, typer.Option(metavar="CỔNG", help="Thay cho biến PORT.")]


GRACE_SECONDS: Final = 3
"""How long a request may still take when the server ends; half a request would hold it for ever."""


def serve(host: Host = None, port: Port = None, knowledge: Exports = None) -> None:
    """Chạy máy chủ web.

    Trang hỏi đáp ở /, giao diện lập trình ở /docs. Bấm Ctrl-C để dừng.
    """
    given = {"host": host, "port": port}
    overrides = {name: value for name, value in given.items() if value is not None}
    import uvloop  # noqa: PLC0415 - a tenth faster a turn than asyncio's own loop; only for servers

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(load_settings(**overrides), knowledge or []))


async def _serve(settings: Settings, exports: list[Path]) -> None:
    listening = _listen(settings)  # first: an occupied port is told at once
    import uvicorn  # noqa: PLC0415 - only this command needs the web

    from api.app import create_app  # noqa: PLC0415
    from api.logs import configure_logs, log_event  # noqa: PLC0415

    configure_logs(settings.log_level, sys.stderr)

    class Server(uvicorn.Server):
        @override
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            with super().capture_signals():
                yield
                # uvicorn would send Ctrl-C on to us, in the middle of closing the database
                self._captured_signals.clear()

        @override
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            log_event("ready", address=_address(settings), procedures=len(services.library))

    with listening:
        async with web_services(settings, exports, warn) as services:
            await warm_up(services.engine)
            config = uvicorn.Config(
                create_app(services),
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=list(settings.trusted_proxies),
            )
            await Server(config).serve([listening])


def _listen(settings: Settings) -> socket.socket:
    try:
        listening = socket.create_server((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        raise CannotStart(
            f"Không mở được {settings.host}:{settings.port}. Có thể chương trình khác đang dùng "
            "cổng này, hoặc địa chỉ không phải của máy này. Hãy đặt PORT hoặc HOST khác."
        ) from error
    # asyncio does this for sockets of its own; without it every answer waits 40 ms for an ACK
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _address(settings: Settings) -> str:
    host = "localhost" if settings.host in {"127.0.0.1", "0.0.0.0", "::"} else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"
