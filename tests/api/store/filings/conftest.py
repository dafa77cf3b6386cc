"""Slips in a database of each kind."""

import pytest

from api.store.database import Database
from tests.support.slips import SlipWorld


@pytest.fixture
def world(database: Database) -> SlipWorld:
    return SlipWorld(database)
