"""What can go wrong with a call, and what it means for the part that was to be sent.

The codes are those of the platform's own list (bot.zapps.me/docs/error-code, read 11/2026). It
calls 403 an internal error of its server, and none of the codes says that a person is gone.
"""

from http import HTTPStatus
from typing import Final

from bot.channels.errors import (
    ChannelBroken,
    ChannelError,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    TryLater,
)
from bot.channels.lines import broken_line

_BROKEN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})
"""A token that was reset, or that is none."""

_BADLY_WRITTEN: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})


class Refusal(ChannelError):
    """The platform answered, and refused. `str` is the code alone: a description may quote."""

    def __init__(self, code: int, description: str = "") -> None:
        """Keep what the platform said.

        Args:
            code: `error_code`; the status of HTTP where the answer has none.
            description: in the platform's words; for an operator, never for a log.
        """
        super().__init__(str(code))
        self.code = code
        self.description = description


class LineBroken(ChannelError):
    """There was no whole answer. `kind` is the name of the error of httpx."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def failure_of(error: Refusal | LineBroken) -> DeliveryFailed:
    """Return what `error` means for a part; its text holds the code and nothing else."""
    if isinstance(error, LineBroken):
        return broken_line(error.kind)
    return _refused(error.code)


def _refused(number: int) -> DeliveryFailed:
    code = str(number)
    if number in _BROKEN:
        return ChannelBroken(code)
    if number in _BADLY_WRITTEN:
        return PartRefused(code)
    if number == HTTPStatus.REQUEST_TIMEOUT:
        return FateUnknown(code)
    return TryLater(code, everybody=number == HTTPStatus.TOO_MANY_REQUESTS)
