"""Where platforms that want an address fetch our pictures from."""

from collections.abc import Callable

from bot.messages import Picture, Reply

PictureAddress = Callable[[str], str]
"""Returns the address of a picture by its name; empty: nobody outside could fetch it."""


def no_address(name: str) -> str:
    """Return nothing: the words of a picture are sent."""
    return ""


def picture_of(reply: Reply, address: PictureAddress) -> tuple[str, str]:
    """Return address and words of the first picture of `reply`; two empty texts: it has none."""
    for block in reply.blocks:
        if isinstance(block, Picture) and (url := address(block.name)):
            return url, block.alt
    return "", ""
