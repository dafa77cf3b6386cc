"""The files under /static: style, scripts and pictures of all our pages."""

import hashlib
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "page" / "static"


def static_address(name: str) -> str:
    """Return the address of a static file; it changes with the content, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"
