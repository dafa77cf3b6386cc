"""Builds the compiled library in a program beside this one, which gives all its memory back.

Building takes seconds and hundreds of megabytes; a server that builds it itself holds much of that
until it ends, and answers slowly meanwhile. The other program leaves files that load at once.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from api.settings import PROJECT_FOLDER, Settings

PROGRAM: Final = "api.wiring.compile_main"
_SECONDS: Final = 600
"""After which a build is given up; the national data take ten."""


def compile_beside(
    settings: Settings, exports: Sequence[Path], tell: Callable[[str], None]
) -> bool:
    """Let another program build the library of what is active now, into the cache.

    Args:
        settings: those of this program.
        exports: national exports that are loaded over the import.
        tell: takes a line for an official.

    Returns:
        Whether it was built; if not, whoever needs it builds it himself and hears why.
    """
    order = {
        "settings": settings.model_dump(mode="json"),
        "exports": [str(path.absolute()) for path in exports],
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own module, in our own Python
            [sys.executable, "-m", PROGRAM],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            cwd=PROJECT_FOLDER,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    for line in done.stdout.decode("utf-8", errors="replace").splitlines():
        tell(line)
    return done.returncode == 0
