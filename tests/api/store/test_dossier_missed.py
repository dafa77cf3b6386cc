"""Nothing is lost between the look at a dossier and the consent to be told of changes."""

import pytest

from api.store.database import Database
from api.store.dossiers.missed import SHOWN_WITHIN_SECONDS
from bot.dossiers.status import State
from tests.support.dossiers import CODE
from tests.support.following import LAN, TERMS, Following

pytestmark = pytest.mark.anyio


@pytest.fixture
def office(database: Database) -> Following:
    return Following(database)


async def agree(office: Following, seen_at: float) -> None:
    """Agree ten minutes after the last thing that happened."""
    office.now += 600
    await office.follows.remember(LAN, CODE, follow=True, terms=TERMS, seen_at=seen_at)


async def test_what_changed_after_the_look_is_told_once(office: Following) -> None:
    await office.tell(State.PROCESSING)
    seen_at = office.now
    office.now += 300
    await office.tell(State.DONE)
    await agree(office, seen_at)
    await agree(office, seen_at)
    (alert,) = await office.rows()
    assert (alert.kind, alert.told_at) == ("change", None)
    await office.tell(State.RETURNED)
    assert len({row.subject for row in await office.rows()}) == 2


async def test_what_was_seen_is_not_told_again(office: Following) -> None:
    await office.tell(State.PROCESSING)
    seen_at = office.now
    office.now += SHOWN_WITHIN_SECONDS
    await office.tell(State.DONE)  # the look itself brought it
    office.now += 300
    await office.tell(State.DONE, note="Chuyển trả")  # and this is no news
    await agree(office, seen_at)
    assert await office.rows() == []


async def test_who_followed_before_is_told_nothing_twice(office: Following) -> None:
    await office.follow()
    await office.tell(State.PROCESSING)
    seen_at = office.now
    office.now += 300
    await office.tell(State.DONE)
    before = await office.rows()
    await agree(office, seen_at)
    assert await office.rows() == before


@pytest.mark.parametrize("seen_at", [0.0, 1.0])
async def test_nothing_is_made_up_where_nobody_knows_what_was_seen(
    office: Following, seen_at: float
) -> None:
    await office.tell(State.DONE)
    await agree(office, seen_at)
    assert await office.rows() == []
