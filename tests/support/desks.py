"""The desk on a fixed day."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from bot.phrasebook import Phrasebook
from bot.ports import NationalProfile, Profile
from bot.rendering import Desk
from knowledge.content import SHIPPED
from knowledge.work_calendar import WorkCalendar
from knowledge.work_calendar_file import load_calendar
from tests.support.places import a_gazetteer

PHRASES = Path(__file__).parents[2] / "bot" / "phrases"

A_DAY = date(2026, 11, 22)
"""The day on which tests are answered where they set none."""


def a_desk(*, today: date = A_DAY, profile: Profile = NationalProfile()) -> Desk:  # noqa: B008 - frozen
    """The sentences that ship, no province, a day of November 2026."""
    return Desk(load_phrasebook(), profile, today, a_calendar, gazetteer=a_gazetteer)


@cache
def a_calendar() -> WorkCalendar:
    """The working days that ship."""
    return load_calendar(SHIPPED)


@cache
def load_phrasebook() -> Phrasebook:
    """Read the sentences that ship."""
    files = sorted(PHRASES.glob("*.yaml"))
    texts = [yaml.safe_load(path.read_text("utf-8")) for path in files]
    return Phrasebook.from_mapping({key: part for text in texts for key, part in text.items()})
