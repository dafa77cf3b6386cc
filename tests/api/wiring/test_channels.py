"""Which channels the settings switch on, and what is said of those that are off."""

import io
import json
from typing import Any

import pytest
import structlog

from api.channel_settings import WEBHOOK_PATHS, ChannelSettings
from api.errors import SettingsInvalid
from api.logs import configure_logs
from api.settings import load_settings
from api.wiring.channels import OFF_HINTS, open_lines
from api.wiring.language import build_phrasebook
from api.wiring.messaging import Line

pytestmark = pytest.mark.anyio
ON: dict[str, Any] = {
    "telegram_token": "123456:ABC-DEF",
    "telegram_webhook_secret": "chuoi-bi-mat-rat-dai",
    "zalo_bot_token": "12345689:abc-xyz",
    "zalo_bot_webhook_secret": "chuoi-bi-mat-rat-dai",
}


async def opened(**settings: Any) -> tuple[dict[str, Line], str]:
    """Return the lines by name, and the log; nothing is called before somebody writes."""
    log = io.StringIO()
    configure_logs("info", log)
    try:
        lines = open_lines(load_settings(**settings), None, build_phrasebook())
    finally:
        structlog.reset_defaults()
    for line in lines:
        await line.channel.close()
    return {line.channel.name: line for line in lines}, log.getvalue()


async def test_a_channel_without_its_token_is_off_and_that_is_said_once() -> None:
    lines, log = await opened()

    said = [json.loads(line) for line in log.splitlines()]
    assert lines == {}
    assert {one["channel"]: one["needs"] for one in said} == OFF_HINTS
    assert len(said) == len(OFF_HINTS)


async def test_every_channel_with_its_token_is_on_and_has_an_address_for_its_webhook() -> None:
    lines, log = await opened(**ON)

    assert set(lines) == {"telegram", "zalo_bot"}
    assert set(lines) <= set(WEBHOOK_PATHS)
    assert all(line.poller is None for line in lines.values())
    assert not any(secret in log for secret in ON.values())


@pytest.mark.parametrize("name", ["telegram", "zalo_bot"])
async def test_polling_is_for_those_who_ask_for_it_and_needs_no_secret(name: str) -> None:
    asked = {f"{name}_token": ON[f"{name}_token"], f"{name}_way": "polling"}

    lines, _ = await opened(**asked)

    assert lines[name].poller is not None


@pytest.mark.parametrize("name", ["telegram", "zalo_bot"])
def test_case_2_a_webhook_without_a_secret_keeps_the_server_from_starting(name: str) -> None:
    with pytest.raises(SettingsInvalid, match=f"{name}_WEBHOOK_SECRET".upper()):
        load_settings(**{f"{name}_token": ON[f"{name}_token"]})


def test_every_channel_that_can_be_off_says_which_setting_it_needs() -> None:
    assert {hint.lower() for hint in OFF_HINTS.values()} <= set(ChannelSettings.model_fields)
