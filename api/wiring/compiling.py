"""Builds the compiled library in a program beside this one, which gives all its memory back.

Building takes seconds and hundreds of megabytes; a server that builds it itself holds much of that
until it ends, and answers slowly meanwhile. The other program leaves files that load at once.
"""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.settings import PROJECT_FOLDER, Settings

PROGRAM: Final = "api.wiring.compile_main"
_SECONDS: Final = 600
"""After which a build is given up; the national data take ten."""


@dataclass(frozen=True, slots=True)
class Planned:
    """Records that are to become active once their library is built."""

    digest: str
    texts: Mapping[str, str]
    """By code, as the store keeps them."""


def compile_beside(
    settings: Settings,
    exports: Sequence[Path],
    tell: Callable[[str], None],
    planned: Planned | None = None,
) -> bool:
    """Let another program build the library of what is active now, into the cache.

    Args:
        settings: those of this program.
        exports: national exports that are loaded over the import.
        tell: takes a line for an official.
        planned: build of these records instead, which are not active yet.

    Returns:
        Whether it was built; if not, whoever needs it builds it himself and hears why.
    """
    order = {
        "settings": settings.model_dump(mode="json"),
        "exports": [str(path.absolute()) for path in exports],
        "digest": planned.digest if planned else "",
        "records": len(planned.texts) if planned else 0,
    }
    lines = itertools.chain([json.dumps(order)], planned.texts.values() if planned else ())
    try:
        with subprocess.Popen(  # noqa: S603 - our own module, in our own Python
            [sys.executable, "-m", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT_FOLDER,
        ) as program:
            said = _order(program, lines)
    except (OSError, subprocess.TimeoutExpired):
        return False
    for line in said.decode("utf-8", errors="replace").splitlines():
        tell(line)
    return program.returncode == 0


def _order(program: "subprocess.Popen[bytes]", lines: Iterable[str]) -> bytes:
    """Hand `lines` over one by one, so that they never stand twice in memory."""
    if program.stdin is not None:
        with program.stdin as stdin:
            for line in lines:
                stdin.write(f"{line}\n".encode())
        program.stdin = None
    try:
        return program.communicate(timeout=_SECONDS)[0]
    except subprocess.TimeoutExpired:
        program.kill()
        raise
