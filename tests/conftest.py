"""Fixtures that every test may use."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

settings.register_profile("motcua", deadline=None)  # no test is timed: a busy machine is slow
settings.load_profile("motcua")


@pytest.fixture(scope="session")
def national_data() -> Path:
    """The folder of the national export; the test skips where there is none, and fails in CI."""
    folder = os.environ.get("NATIONAL_DATA", "")  # noqa: TID251 - the one place that reads it
    if folder and Path(folder).is_dir():
        return Path(folder)
    reason = "NATIONAL_DATA does not name a folder with the national export"
    if os.environ.get("CI") == "true":  # noqa: TID251 - a skip would hide a failure there
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Undo what a test configures of the logs: another one would then hear nothing."""
    before = {name: _state(one) for name, one in _loggers().items()}
    yield
    for name, one in _loggers().items():
        level, propagate, handlers = before.get(name, (logging.NOTSET, True, []))
        one.setLevel(level)
        one.propagate, one.disabled = propagate, False
        one.handlers[:] = handlers
    structlog.reset_defaults()


def _state(one: logging.Logger) -> tuple[int, bool, list[logging.Handler]]:
    return one.level, one.propagate, list(one.handlers)


def _loggers() -> dict[str, logging.Logger]:
    known = logging.root.manager.loggerDict
    named = {name: one for name, one in known.items() if isinstance(one, logging.Logger)}
    return {"": logging.getLogger(), **named}
