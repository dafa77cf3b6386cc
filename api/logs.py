"""Structured logs: no message text, no token, no query string; routes by template only."""

import logging
import re
from typing import Final, TextIO

import structlog

_CODE: Final = re.compile(r"(?<![\w-])-?[0-9]{2,4}(?![\w-])")
"""What platforms number their errors with: 429, -216."""

_CODE_WITHIN: Final = 80

_NOISY: Final = (
    "uvicorn",
    "uvicorn.error",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
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
    for name in _NOISY:  # other people's loggers may quote what a citizen typed
        logging.getLogger(name).setLevel(logging.ERROR)


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
    code = _CODE.search(str(error)[:_CODE_WITHIN])
    structlog.get_logger().warning(
        "delivery_failed",
        channel=channel,
        kind=type(error).__name__,
        code=code.group() if code else "",
        row=row,
        attempts=attempts,
    )


def log_event(event: str, **facts: str | float | bool) -> None:
    """Note something that concerns no citizen, e.g. that the server is ready."""
    structlog.get_logger().info(event, **facts)


def log_alarm(event: str, reason: str) -> None:
    """Note that an operator must act, or will have to: `reason` is a platform's code."""
    structlog.get_logger().error(event, reason=reason)
