"""Writing a file that a command was asked for."""

from pathlib import Path


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
    fresh = output.with_name(f".{output.name}.part")
    try:
        fresh.write_bytes(whole)
        fresh.replace(output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(output)) from error
