"""The real program, started and killed by tests, with Telegram switched on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx

PROGRAM = str(Path(sys.executable).parent / "motcua")
PATIENCE_SECONDS = 120
"""Not how fast it is, but when a test gives up on a busy machine."""


def until(holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until it holds; fail when patience ends."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


class Program:
    """`motcua serve` with settings of its own; killed, or ended, and started again at will."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"log-{port}"
        path = os.environ["PATH"]  # noqa: TID251 - a child inherits it
        self._environment = {"PATH": path, "PORT": str(port), **environment}
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [PROGRAM, "serve"], env=self._environment, cwd=self._folder, stderr=log
            )
        until(lambda: self._ended() or self.answers())
        assert not self._ended(), self.log.read_text("utf-8")[-3000:]

    def answers(self) -> bool:
        """Tell whether it is ready."""
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz", timeout=10).is_success
        return False

    def kill(self) -> None:
        """End it as a power cut of the machine's processor would: no last word."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_SECONDS)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
