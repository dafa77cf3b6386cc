"""What the web server is built of."""

from pathlib import Path

import pytest

from api.settings import load_settings
from api.wiring.web import web_services
from bot.held import Held

pytestmark = pytest.mark.anyio


async def test_the_counter_is_told_nothing_that_waits_to_be_confirmed(tmp_path: Path) -> None:
    settings = load_settings(data_folder=tmp_path / "var")
    async with web_services(settings, [], lambda _line: None) as services:
        services.held = Held.of([("1.001193", "documents")])
        assert services.staff is not None
        assert services.staff.desk().held == services.held
