"""One short secret text in a file that survives our death: written within a millisecond."""

import hashlib
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

    The room is there before the text is: writing is one call, after which the text survives the
    death of the process, and one more, after which it survives a power cut. A checksum tells a text
    from room that was never, or only half, written.

    All methods block for the milliseconds that a disk takes: between an answer that exists once
    and its copy, nothing else shall run.
    """

    def __init__(self, path: Path) -> None:
        """Take where the file is; its folder is made when needed."""
        self._path = path

    def prepare(self) -> None:
        """Reserve room, readable by nobody else.

        Raises:
            StoreUnavailable: there is no room, no folder, no right to write; or a text is kept.
        """
        if self.read() is not None:
            raise StoreUnavailable(UNAVAILABLE)
        with _translated():
            self._path.parent.mkdir(0o700, parents=True, exist_ok=True)
            with _opened(self._path, os.O_WRONLY | os.O_CREAT) as file:
                os.pwrite(file, bytes(ROOM_BYTES), 0)
                os.fsync(file)
            with _opened(self._path.parent, os.O_RDONLY) as folder:
                os.fsync(folder)

    def write(self, sealed: str) -> None:
        """Keep `sealed`, even through a power cut; where there is room, see `prepare`.

        Raises:
            StoreUnavailable: it is not kept.
        """
        with _translated():
            text = sealed.encode("ascii")
            line = _checksum(text) + text + b"\n"
            with _opened(self._path, os.O_WRONLY | os.O_CREAT) as file:
                os.pwrite(file, line, 0)
                os.fsync(file)

    def read(self) -> str | None:
        """Return what is kept, None for nothing.

        Raises:
            StoreUnavailable: the file cannot be read.
        """
        with _translated():
            try:
                line = self._path.read_bytes().partition(b"\n")[0]
            except FileNotFoundError:
                return None
            checksum, text = line[:_CHECKSUM_BYTES], line[_CHECKSUM_BYTES:]
            return text.decode("ascii") if checksum == _checksum(text) else None

    def clear(self) -> None:
        """Keep nothing any more.

        Raises:
            StoreUnavailable: the file cannot be removed.
        """
        with _translated():
            self._path.unlink(missing_ok=True)


_CHECKSUM_BYTES: Final = 64


def _checksum(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode("ascii")


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags, 0o600)
    try:
        yield file
    finally:
        os.close(file)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeError) as error:
        raise StoreUnavailable(UNAVAILABLE) from error
