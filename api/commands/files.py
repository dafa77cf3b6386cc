"""Writing a file that a command was asked for."""

from pathlib import Path


def write_whole(output: Path, text: str) -> None:
    """Write all or nothing: half an export looks like a whole one.

    Raises:
        OSError: it cannot be written; names the file that was asked for.
    """
    fresh = output.with_name(f".{output.name}.part")
    try:
        fresh.write_text(text, "utf-8")
        fresh.replace(output)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(output)) from error
