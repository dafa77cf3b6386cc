"""The program that `api.wiring.compiling` starts: builds the library, writes it, ends."""

import asyncio
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from api.settings import Settings
from api.wiring.build import terminal_library
from api.wiring.knowledge import Imported, build_library
from knowledge.codec import decode
from knowledge.procedure import Procedure

EXIT_CUT_OFF: Final = 3


def main() -> int:
    """Build what the first line orders; tell what an official should know on standard output.

    The other lines are records that are not active yet; without any, the active ones are built of.
    """
    order: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    settings = Settings.model_validate(order["settings"])
    exports = [Path(path) for path in order["exports"]]
    if order["digest"]:
        records = _records(sys.stdin.buffer)
        if len(records) != order["records"]:  # who ordered was killed while handing them over
            return EXIT_CUT_OFF
        planned = Imported(order["digest"], lambda: records)
        build_library(settings, exports, planned, _tell)
    else:
        asyncio.run(terminal_library(settings, exports, _tell))
    return 0


def _records(lines: Iterable[bytes]) -> dict[str, Procedure]:
    records = (decode(json.loads(line)) for line in lines)
    return {record.code: record for record in records}


def _tell(line: str) -> None:
    sys.stdout.buffer.write(f"{line}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
