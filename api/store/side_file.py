"""One short secret text in a file that survives our death: written within milliseconds."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from api.store.database import UNAVAILABLE
from bot.errors import StoreUnavailable

ROOM_BYTES: Final = 131_072
"""More than an answer of Zalo's can take, encrypted."""


class SideFile:
    """The adapter of `bot.channels.zalo_oa.token_ports.SideRecord`.

    All methods block for the milliseconds that a disk takes: between an answer that exists once
    and its copy, nothing else shall run.
    """

    def __init__(self, path: Path) -> None:
        """Take where the file is; its folder is made when needed."""
        self._path = path
        self._new = path.with_name(f"{path.name}.new")

    def prepare(self) -> None:
        """Reserve room beside the file, readable by nobody else.

        Raises:
            StoreUnavailable: there is no room, no folder, or no right to write.
        """
        with _translated():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._opened() as file:
                os.pwrite(file, bytes(ROOM_BYTES), 0)
                os.fsync(file)

    def write(self, sealed: str) -> None:
        """Keep `sealed`, even through a power cut.

        Raises:
            StoreUnavailable: it is not kept.
        """
        with _translated():
            content = sealed.encode("ascii")
            with self._opened() as file:
                os.pwrite(file, content, 0)
                os.ftruncate(file, len(content))
                os.fsync(file)
            self._new.replace(self._path)
            self._sync_folder()

    def read(self) -> str | None:
        """Return what is kept, None for nothing.

        Raises:
            StoreUnavailable: the file cannot be read.
        """
        with _translated():
            try:
                return self._path.read_text("ascii")
            except FileNotFoundError:
                return None

    def clear(self) -> None:
        """Keep nothing any more.

        Raises:
            StoreUnavailable: the file cannot be removed.
        """
        with _translated():
            self._path.unlink(missing_ok=True)
            self._new.unlink(missing_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        file = os.open(self._new, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            yield file
        finally:
            os.close(file)

    def _sync_folder(self) -> None:
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError) as error:
        raise StoreUnavailable(UNAVAILABLE) from error
