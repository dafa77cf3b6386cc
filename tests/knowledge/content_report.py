"""Prints every fault of content files, also against the official records.

python -m tests.knowledge.content_report [files or folders of content/procedures]
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from knowledge.content import SHIPPED, Reading, read_files, read_procedures
from knowledge.errors import Fault
from tests.knowledge.against_record import differences_from_record
from tests.knowledge.records import Records, read_records


def faults_against_records(reading: Reading, records: Records) -> tuple[Fault, ...]:
    """Return the faults of the reading and every difference from the records, sorted."""
    found = list(reading.faults)
    for file in reading.files:
        if file.procedure is not None and file.procedure.code:
            messages = differences_from_record(file.procedure, records)
            found += [Fault(file.file, 0, message) for message in messages]
    return tuple(sorted(set(found)))


def main(arguments: list[str]) -> int:
    """Print the faults of the named files; return 1 where there are any."""
    data = os.environ.get("NATIONAL_DATA", "")  # noqa: TID251 - a tool of the tests
    if not Path(data, "online_level.csv").is_file():
        sys.stderr.write("Đặt biến NATIONAL_DATA bằng thư mục dữ liệu quốc gia.\n")
        return 2
    named = {path.resolve() for argument in arguments for path in _paths(Path(argument))}
    reading = read_procedures(SHIPPED)
    extra = sorted(path for path in named if not path.is_relative_to(SHIPPED))
    if extra:
        reading = read_files(extra, Path.cwd())
    shown = {path.relative_to(SHIPPED.parent).as_posix() for path in named - set(extra)}
    faults = faults_against_records(reading, read_records(Path(data)))
    kept = [fault for fault in faults if not shown or fault.file in shown]
    sys.stdout.write("".join(f"{fault}\n" for fault in kept))
    sys.stdout.write(f"{len(shown) or len(reading.files)} tệp, {len(kept)} lỗi\n")
    return 1 if kept else 0


def _paths(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from path.rglob("*.yaml")
    else:
        yield path


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
