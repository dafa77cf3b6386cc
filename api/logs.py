"""Structured logs: no message text, no token, no query string; routes by template only."""

import logging
import re
from typing import Final, TextIO

import structlog
from typing_extensions import override

_CODE: Final = re.compile(r"(?<![\w-])-?[0-9]{2,4}(?![\w-])")
"""What platforms number their errors with: 429, -216."""

_CODE_WITHIN: Final = 80

_ABOUT_TOKEN: Final = re.compile(r"\b(?:token|oauth|motcua zalo authorize)\b")
"""In our own words for an Official Account that has no token it can use."""

_NOISY: Final = (
    "alembic",
    "asyncio",
    "httpcore",
    "httpx",
    "limits",
    "sqlalchemy",
    "telegram",
    "uvicorn",
    "uvicorn.error",
    "valkey",
)
"""Their warnings are every day's business; their errors are told by `_Foreign`."""


class _Foreign(logging.Handler):
    """Tells of what libraries log where it was logged, never what: it may quote a citizen.

    An address of a request holds the token of a bot, an error of SQL the row that was written.
    """

    @override
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().error(
            "library",
            logger=record.name,
            severity=record.levelname.lower(),
            place=f"{record.pathname}:{record.lineno}",
            kind=type(error).__name__ if error else "",
        )


def configure_logs(level: str, stream: TextIO) -> None:
    """Write one JSON object a line to `stream`, from `level` upwards ("info", …)."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    root = logging.getLogger()
    root.setLevel(logging.WARNING)  # whatever our own level is: at `debug` libraries tell all
    for handler in [one for one in root.handlers if isinstance(one, _Foreign)]:
        root.removeHandler(handler)
    root.addHandler(_Foreign())


def log_request(method: str, route: str, status: int, duration_ms: float) -> None:
    """Note an answered request; `route` is the template, e.g. "/v1/procedures/{code}"."""
    structlog.get_logger().info(
        "request", method=method, route=route, status=status, duration_ms=round(duration_ms, 1)
    )


def log_failure(error: BaseException, route: str) -> None:
    """Note an error by its type and place; its message may quote a citizen and is left out."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    structlog.get_logger().error("failure", kind=type(error).__name__, place=place, route=route)


def log_delivery_failure(channel: str, error: BaseException, *, row: int, attempts: int) -> None:
    """Note that one part was not delivered: the class, the platform's code, and nothing said.

    Args:
        channel: where it was to be sent.
        error: of `bot.channels.errors`.
        row: of the outbox; leads an operator to the rest, and tells a reader of the log nothing.
        attempts: how often it was tried, this time included.
    """
    structlog.get_logger().warning(
        "delivery_failed",
        channel=channel,
        kind=type(error).__name__,
        code=code_of(error),
        row=row,
        attempts=attempts,
    )


def code_of(error: BaseException) -> str:
    """Return what a platform numbers its error with, nothing else of its words.

    `token`: there is none that can be used. Empty: the error has no number.
    """
    said = str(error)[:_CODE_WITHIN]
    if code := _CODE.search(said):
        return code.group()
    return "token" if _ABOUT_TOKEN.search(said) else ""


def log_event(event: str, **facts: str | float | bool) -> None:
    """Note something that concerns no citizen, e.g. that the server is ready."""
    structlog.get_logger().info(event, **facts)


def log_warning(event: str, **facts: str) -> None:
    """Note that something works worse than it should, e.g. that counts are not shared."""
    structlog.get_logger().warning(event, **facts)


def log_alarm(event: str, reason: str, **facts: str) -> None:
    """Note that an operator must act, or will have to: `reason` is a platform's code."""
    structlog.get_logger().error(event, reason=reason, **facts)
