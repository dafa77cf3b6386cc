"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest


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
