"""Paths of a content folder: everything it holds lies in it."""

import os
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import Fault


def led_outside(folder: Path) -> Iterator[Fault]:
    """Yield the links in a content folder that lead out of it, or nowhere."""
    root = folder.resolve()
    for place, folders, files in os.walk(folder):
        for path in (Path(place) / name for name in (*folders, *files)):
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                name = path.relative_to(folder.parent).as_posix()
                told = "Liên kết dẫn ra ngoài thư mục nội dung. Chép tệp thật vào đây."
                yield Fault(name, 0, told)
