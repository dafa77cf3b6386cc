"""Rasa itself, where it is installed: its archive and its server."""

import fcntl
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from nlu import modelfolder
from nlu.errors import NluError

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "nlu" / "model"
BUILT = ROOT / "build" / "nlu"
RASA_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
TRAINING_SECONDS = 1800
START_SECONDS = 900
"""Rasa imports TensorFlow and trains its CRF again before it answers: two minutes on two cores."""


def train_archive() -> Path:
    """Return an archive trained from the present sentences; its export is build/nlu/model."""
    if not RASA_PYTHON.exists():
        reason = "nlu/.venv has no Rasa; `make train` installs it"
        if os.environ.get("CI") == "true":  # noqa: TID251 - a skip would hide a failure there
            pytest.fail(reason)
        pytest.skip(reason)
    archive = BUILT / "motcua.tar.gz"
    with _alone():
        if not archive.exists() or _trained_from(BUILT / "model") != modelfolder.trained_from(
            ROOT / "nlu"
        ):
            command = [str(RASA_PYTHON), "-m", "nlu.train", "archive"]
            subprocess.run(command, cwd=ROOT, check=True, timeout=TRAINING_SECONDS)
    return archive


@contextmanager
def _alone() -> Iterator[None]:
    """Let processes of one test run train one after the other: they write the same files."""
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def serve(archive: Path, folder: Path) -> Iterator[str]:
    """Run `rasa run --enable-api` as an operator would; yield its address. `folder`: its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(RASA_PYTHON), "-m", "rasa", "run", "--enable-api", "-i", "127.0.0.1"]
    command += ["-p", str(port), "-m", str(archive)]
    log = folder / "rasa.log"
    settings = {"PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", "HOME": str(log.parent)}
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, cwd=log.parent, env=settings, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_loaded(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_until_loaded(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/status").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(1)
    pytest.fail(f"Rasa did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _trained_from(folder: Path) -> str:
    try:
        return str(modelfolder.read_manifest(folder)["trained_from"])
    except NluError:
        return ""
