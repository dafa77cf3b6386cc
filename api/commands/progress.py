"""Progress on a terminal: a bar where somebody looks, nothing in a pipe or a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.wiring.imports import Progress


@contextmanager
def progress() -> Iterator[Progress]:
    """Give what draws one bar for each thing that is done, while the block runs."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where it is seen
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def advance(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what.replace("[", r"\["), total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)

        yield advance
