"""Who followed a dossier without proof does not see more of it once proof is asked for."""

import pytest
from sqlalchemy import select

from api.dossier_desk.desk import CONSENT, CONSENT_UNPROVED
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.unproved import forget_unproved
from bot.dossiers.status import State
from tests.support.desk_parts import CODE, LAN, MINH, NOON, an_office, an_update

pytestmark = pytest.mark.anyio


async def test_follows_without_proof_are_forgotten_with_their_alerts(database: Database) -> None:
    book = an_office(database).shelf.book
    await book.put([an_update()], "test")
    follows = SqlFollows(database, NOON.timestamp)
    await follows.remember(LAN.key, CODE, follow=True, terms=CONSENT)
    await follows.remember(MINH.key, CODE, follow=True, terms=CONSENT_UNPROVED)
    await book.put([an_update(state=State.DONE, at=NOON)], "test")
    assert await forget_unproved(database, CONSENT_UNPROVED) == 1
    assert await forget_unproved(database, CONSENT_UNPROVED) == 0
    assert await follows.list(MINH.key) == []
    assert [one.code for one in await follows.list(LAN.key)] == [CODE]
    async with database.reading() as connection:
        assert len((await connection.execute(select(dossier_alerts.c.id))).all()) == 1


async def test_the_desk_says_of_each_follow_whether_it_was_proved(database: Database) -> None:
    await an_office(database, kinds=()).desk.remember(MINH.key, CODE, follow=True)
    await an_office(database).desk.remember(LAN.key, CODE, follow=False)
    assert await forget_unproved(database, CONSENT_UNPROVED) == 1
    assert len(await an_office(database).desk.remembered(LAN.key)) == 1
