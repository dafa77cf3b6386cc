"""Writing a file that a command was asked for."""

import errno
import os
from pathlib import Path


def check_writable(output: Path) -> None:
    """Find out that a file cannot be written before anything that it tells of is done.

    Raises:
        OSError: it cannot be written; names the file that was asked for.
    """
    if output.exists() and not output.is_file():
        if output.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(output))
        return  # a device or a pipe: opening it may wait for a reader
    fresh = _beside(output)
    try:
        fresh.touch()
        fresh.unlink()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(output)) from error


def write_whole(output: Path, content: str | bytes) -> None:
    """Write all or nothing: half an export looks like a whole one.

    A device or a pipe is written to as it is: it must not be replaced by a file.

    Raises:
        OSError: it cannot be written; names the file that was asked for.
    """
    whole = content.encode() if isinstance(content, str) else content
    if output.exists() and not (output.is_file() or output.is_dir()):
        output.write_bytes(whole)
        return
    fresh = _beside(output)
    try:
        fresh.write_bytes(whole)
        fresh.replace(output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(output)) from error


def _beside(output: Path) -> Path:
    """Return where the content is written before it takes the place of `output`."""
    return output.with_name(f".{output.name}.part")
