"""Structured logs: no message text, no token, no query string; routes by template only."""

import logging
from typing import Final, TextIO

import structlog

_NOISY: Final = ("uvicorn", "uvicorn.error", "asyncio", "httpx", "sqlalchemy")


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


def log_event(event: str, **facts: str | float | bool) -> None:
    """Note something that concerns no citizen, e.g. that the server is ready."""
    structlog.get_logger().info(event, **facts)
