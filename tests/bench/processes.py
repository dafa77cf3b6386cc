"""Starting the real programs and reading what they cost."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

_SAMPLED_EVERY_SECONDS = 0.05
ROOT = Path(__file__).parents[2]
MOTCUA = ROOT / ".venv" / "bin" / "motcua"


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a child: ours with `changes`."""
    inherited = os.environ  # noqa: TID251 - a child inherits the whole environment
    return {**inherited, "TF_CPP_MIN_LOG_LEVEL": "3", **changes}


def seconds_of(command: list[str], env: Mapping[str, str]) -> float:
    """Return how long `command` runs, in seconds.

    Raises:
        subprocess.CalledProcessError: it ended with another status than 0.
    """
    began = time.perf_counter()
    subprocess.run(command, env=dict(env), check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    largest_megabytes: float
    """The most that one process held."""
    together_megabytes: float
    """The most that it and its children held at one moment."""


def cost_of(command: list[str], env: Mapping[str, str]) -> Cost:
    """Run `command` and return what it took.

    Raises:
        subprocess.CalledProcessError: it ended with another status than 0.
    """
    began = time.perf_counter()
    largest = together = 0.0
    with subprocess.Popen(command, env=dict(env), cwd=ROOT, stdout=subprocess.DEVNULL) as program:
        while program.poll() is None:
            held = [resident_megabytes(program.pid)]
            held += [resident_megabytes(child) for child in children(program.pid)]
            together = max(together, held[0])
            largest = max(largest, held[0] - sum(held[1:]), *held[1:])
            time.sleep(_SAMPLED_EVERY_SECONDS)
    took = time.perf_counter() - began
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return Cost(took, largest, together)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def resident_megabytes(pid: int) -> float:
    """Return what the process and its children hold in memory, in megabytes (10⁶ bytes)."""
    kilobytes = 0
    for process in [pid, *children(pid)]:
        with contextlib.suppress(FileNotFoundError):
            status = Path(f"/proc/{process}/status").read_text("utf-8")
            found = re.search(r"VmRSS:\s+(\d+) kB", status)
            kilobytes += int(found.group(1)) if found else 0
    return kilobytes * 1024 / 1e6


def cpu_seconds(pid: int) -> float:
    """Return how much processor time the process and its children have taken, in seconds."""
    ticks = 0
    for process in [pid, *children(pid)]:
        with contextlib.suppress(FileNotFoundError):
            # the name of the program, in brackets, may hold blanks
            numbers = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(numbers[11]) + int(numbers[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the process identifiers of all descendants of `pid`."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):
            for child in task.read_text("utf-8").split():
                found += [int(child), *children(int(child))]
    return found


@contextlib.contextmanager
def serving(
    command: list[str], ready_url: str, env: Mapping[str, str], limit_seconds: float = 240
) -> Iterator[tuple[int, float]]:
    """Run a server; give its process identifier and the seconds it took to be ready.

    Raises:
        TimeoutError: it was not ready within `limit_seconds`, or ended before.
    """
    began = time.perf_counter()
    server = subprocess.Popen(
        command,
        env=dict(env),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_ready(server, ready_url, began + limit_seconds)
        yield server.pid, time.perf_counter() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def wait_until_ready(server: "subprocess.Popen[bytes]", url: str, until: float) -> None:
    """Return as soon as `url` answers 200.

    Raises:
        TimeoutError: see `serving`.
    """
    while time.perf_counter() < until and server.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                return
        time.sleep(0.02)
    raise TimeoutError(f"{server.args!r} was not ready")
