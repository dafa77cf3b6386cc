"""What a broken line means for a part, on every channel: they all call with httpx."""

from typing import Final

from bot.channels.errors import ChannelBroken, DeliveryFailed, FateUnknown, TryLater

NEVER_LEFT: Final = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "LocalProtocolError"}
)
"""Errors of httpx before the request was written; after any other it may have arrived."""

NO_ADDRESS: Final = frozenset({"InvalidURL", "UnsupportedProtocol"})
"""Errors of httpx that no waiting heals: the address of the platform, or the token in it, is
damaged."""


def broken_line(kind: str) -> DeliveryFailed:
    """Return what it means that there was no whole answer; `kind`: the name of httpx's error.

    >>> broken_line("ConnectTimeout")
    TryLater('ConnectTimeout')
    >>> broken_line("ReadTimeout")
    FateUnknown('ReadTimeout')
    """
    if kind in NO_ADDRESS:
        return ChannelBroken(kind)
    return TryLater(kind, everybody=True) if kind in NEVER_LEFT else FateUnknown(kind)
