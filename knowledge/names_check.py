"""Finds names of our procedures that do not find them: who says just that gets another."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from knowledge.content import ContentFile
from knowledge.errors import Fault
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.text import strip_accents

_PLACES: Final = 5
"""So many are offered where several fit."""


def check_names(
    files: Iterable[ContentFile],
    library: Library,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Iterator[Fault]:
    """Yield official names, labels and aliases that do not find their procedure or its level twin.

    Args:
        files: our procedures.
        library: everything that is searched.
        on_progress: called with procedures done and procedures in all.
    """
    everything = [(file, file.procedure) for file in files if file.procedure is not None]
    for done, (file, procedure) in enumerate(everything, start=1):
        for told in _missed(procedure, library):
            yield Fault(file.file, file.lines.get("aliases", 0), told)
        on_progress(done, len(everything))


def _missed(one: Procedure, library: Library) -> Iterator[str]:
    fitting = {one.code, *(twin.code for twin in library.twins(one.code))}
    for text in dict.fromkeys((one.name, one.label, *one.aliases)):
        for typed in dict.fromkeys((text, strip_accents(text))):
            found = [match.procedure.code for match in library.search(typed, _PLACES)]
            if fitting.isdisjoint(found):
                seen = ", ".join(found) or "không gì"
                yield f"'{typed}' không tìm thấy thủ tục này, mà thấy {seen}. Viết rõ hơn."
