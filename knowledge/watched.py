"""Reads the texts in which a changed value may stand: see `knowledge.dependants`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from knowledge.dependants import Kind, Text

_FOLDERS: Final = (
    ("procedures", Kind.PROCEDURE),
    ("faq", Kind.FAQ),
    ("tables", Kind.TABLE),
    ("guides", Kind.GUIDE),
    ("sayings", Kind.SAYING),
    ("siblings", Kind.SIBLING),
)


def watched_texts(
    content: Path, phrases: Path | None = None, goldens: Iterable[Path] = ()
) -> Iterator[Text]:
    """Yield every YAML file of the content, of the phrases and of golden conversations.

    Raises:
        OSError: a file cannot be read.
    """
    for name, kind in _FOLDERS:
        yield from _texts(content / name, kind, content)
    if phrases is not None:
        yield from _texts(phrases, Kind.PHRASE, phrases.parent)
    for folder in goldens:
        yield from _texts(folder, Kind.GOLDEN, folder.parent)


def _texts(place: Path, kind: Kind, shown_from: Path) -> Iterator[Text]:
    files = [place] if place.is_file() else sorted(place.rglob("*.yaml"))
    for path in files:
        name = path.relative_to(shown_from.parent) if shown_from.name else path
        lines = path.read_text("utf-8", errors="replace").splitlines()
        yield Text(kind, name.as_posix(), path.stem, tuple(lines))
