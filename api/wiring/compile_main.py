"""The program that `api.wiring.compiling` starts: builds the library, writes it, ends."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from api.settings import Settings
from api.wiring.build import terminal_library


def main() -> int:
    """Build what standard input orders; tell what an official should know on standard output."""
    order: dict[str, Any] = json.load(sys.stdin)
    settings = Settings.model_validate(order["settings"])
    exports = [Path(path) for path in order["exports"]]

    def tell(line: str) -> None:
        sys.stdout.buffer.write(f"{line}\n".encode())

    asyncio.run(terminal_library(settings, exports, tell))
    return 0


if __name__ == "__main__":
    sys.exit(main())
