"""The officials' desk, and an official who is logged in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.staff_desk import Browser, StaffDesk, a_browser, a_staff_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[StaffDesk]:
    async with a_staff_desk(tmp_path / "var") as desk:
        yield desk


@pytest.fixture
async def browser(desk: StaffDesk) -> AsyncIterator[Browser]:
    async with a_browser(desk) as browser:
        yield browser


@pytest.fixture
async def lan(browser: Browser) -> Browser:
    """A browser in which Lan is logged in."""
    assert (await browser.log_in()).status_code == 303
    await browser.get("/staff")
    return browser
