"""`make ablation`: trains and measures every row, prints the table, writes docs/ablation.md.

Runs in Rasa's Python from the folder of the project. What was measured before with the same data
and settings is not measured again; the shipped model is never touched.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nlu.training.ablation import messages, results, rows, table
from nlu.training.ablation.lessons import data_hash
from nlu.training.examples import read_folder

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "nlu"
WORK = ROOT / "build" / "ablation"
MESSAGES = WORK / "messages.jsonl"
PAGE = ROOT / "docs" / "ablation.md"
READING = Path(__file__).parent / "reading.md"
log = logging.getLogger("nlu.training.ablation")


def main() -> None:
    """Measure what is named and missing, then show all that is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="ROW", help="measure these rows")
    parser.add_argument("--table", action="store_true", help="measure nothing")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    every = rows.read(PACKAGE / "config.yml")
    wanted = [] if options.table else rows.chosen(every, options.only)
    known = _measured(every, wanted)
    reading = READING.read_text("utf-8") if READING.is_file() else ""
    page = table.markdown(every, known, _subject(), reading)
    PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(page)


def _measured(every: list[rows.Row], wanted: list[rows.Row]) -> dict[str, results.Result]:
    """Return all results with the present data, those of the wanted rows measured if need be."""
    data = data_hash(PACKAGE / "data")
    asked = hashlib.sha256(MESSAGES.read_bytes()).hexdigest()
    known = {}
    for row in every:
        settings = row.settings_hash(data, asked)
        found = results.load(WORK / "rows", settings)
        if found is None and row in wanted:
            log.info("training %s", row.key)
            found = _run(row)
            results.save(WORK / "rows", settings, found)
        if found is not None:
            known[row.key] = found
    return known


def _run(row: rows.Row) -> results.Result:
    from nlu.training.ablation.running import run  # noqa: PLC0415 - only when something is trained

    return run(row, PACKAGE, messages.read(MESSAGES), WORK / "models" / row.key, _today())


def _subject() -> table.Subject:
    written = read_folder(PACKAGE / "data" / "intents")
    data = data_hash(PACKAGE / "data")
    return table.Subject(data, len(written), messages.read(MESSAGES), _today())


def _today() -> str:
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))  # noqa: TID251 - a tool for people
    return now.date().isoformat()


if __name__ == "__main__":
    main()
