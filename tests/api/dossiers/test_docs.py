"""What docs/dossiers.md tells a province to send is taken, and what it tells to type exists."""

import json
import re
from datetime import datetime
from pathlib import Path

import typer

from api.__main__ import build_app
from api.dossiers.schemas import UPDATE_EXAMPLE, UPDATE_SCHEMA
from bot.dossier_sources.national import read_national
from bot.dossiers.status import State
from knowledge.work_calendar import VIETNAM

DOCS = (Path(__file__).parents[3] / "docs" / "dossiers.md").read_text("utf-8")
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=VIETNAM)


def test_the_update_of_the_documentation_and_of_the_reference_are_read() -> None:
    shown = [json.loads(one) for one in re.findall(r"(?s)-d '(\{.*?\})'", DOCS)]
    assert len(shown) == 2
    for record in (shown[0], UPDATE_EXAMPLE):
        update = read_national(record, NOW)
        assert update.state is State.PROCESSING
        assert len(update.factors) == 1
    assert set(shown[1]) == {"code", "factor"}


def test_every_command_of_the_documentation_exists() -> None:
    tree = typer.main.get_command(build_app())
    named = set(re.findall(r"motcua (keys|dossiers) ([a-z]+)", DOCS))
    assert len(named) >= 7
    for group, command in named:
        assert command in tree.commands[group].commands  # type: ignore[attr-defined]


def test_fields_of_the_reference_are_explained_in_the_documentation() -> None:
    described = set(UPDATE_SCHEMA["properties"])
    assert described
    assert {name for name in described if f"`{name}`" not in DOCS} == set()
