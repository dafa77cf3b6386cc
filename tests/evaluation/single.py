"""Writes the single messages whose intent is known, typed in every way: `make ablation` asks them.

Blind files are left out, and what the program was told in words too: `python -m
tests.evaluation.single build/ablation/messages.jsonl`.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.evaluation import own
from tests.evaluation.cases import Case
from tests.evaluation.noise import variants

AS_WRITTEN: Final = "accented"
BARE: Final = "written without"
"""What its author typed without any accent."""


def singles() -> list[Case]:
    """Return the messages that stand alone, name an intent, and are nowhere taught."""
    every = [case for case in (*own.nlu(), *own.understanding()) if not case.blind]
    kept, _ = own.untaught([case for case in every if len(case.turns) == 1 and case.intents])
    return kept


def rows(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    """Yield each message with its slice.

    Every way of typing retypes the same accented messages, so that their losses compare.
    """
    typed = variants(cases)
    retyped = {case.id.split("~")[0] for cases in typed.values() for case in cases}
    yield from (_row(case, AS_WRITTEN) for case in cases if case.id in retyped)
    for name, changed in typed.items():
        yield from (_row(case, name) for case in changed)
    yield from (_row(case, BARE) for case in cases if not case.accented)


def _row(case: Case, name: str) -> dict[str, Any]:
    return {
        "text": case.text,
        "slice": name,
        "intents": sorted(case.intents),
        "asked": [sorted(fields) for fields in case.asked],
    }


def main(path: Path) -> None:
    """Write the messages to `path`, one JSON object a line."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(singles())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
