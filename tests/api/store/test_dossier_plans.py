"""However many dossiers there are, one is stored and found through indexes."""

from pathlib import Path

import pytest
from sqlalchemy import event

from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.forgetting import forget_old
from api.store.migrate import migrate
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import FactorKind, State
from bot.messages import ConversationKey
from tests.api.store.test_query_plans import plan
from tests.support.dossier_updates import CODE, an_update

pytestmark = pytest.mark.anyio

OF_THE_ANSWER = ("SCAN CONSTANT ROW", "SCAN (subquery-", "SCAN anon_")
"""What was selected through an index already."""


async def go_the_road(database: Database) -> None:
    """Let updates of every kind come, and somebody look the dossier up."""
    book = SqlDossierBook(database, FactorKey(b"k" * 32), lambda: 1_000_000.0)
    await book.put([an_update(State.ACCEPTED)], "một cửa")
    follows = SqlFollows(database, lambda: 0.0)
    await follows.remember(ConversationKey("telegram", "7001"), CODE, follow=True, terms=1)
    await book.put([an_update(State.DONE, hours=2)], "một cửa")
    await book.put([an_update(State.PROCESSING, hours=1)], "một cửa")
    await book.put([an_update(State.DONE, hours=2, factors={FactorKind.PHONE: "5678"})], "một cửa")
    assert await book.factors(CODE)
    assert await book.get(CODE)


async def test_nothing_that_happens_to_a_dossier_walks_through_all_of_them(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    asked: dict[str, object] = {}

    def note(*said: object) -> None:
        statement, parameters, many = str(said[2]), said[3], said[5]
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked[statement] = parameters[0] if many else parameters  # type: ignore[index]

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", note)
    await go_the_road(database)
    await forget_old(database, before=2_000_000.0)
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", note)
    of_dossiers = {one: given for one, given in asked.items() if "dossier" in one}
    assert len(of_dossiers) >= 10
    steps = {
        step: statement
        for statement, parameters in of_dossiers.items()
        for step in await plan(database, statement, parameters)
    }
    walks = [one for one in steps if one.startswith("SCAN") and not one.startswith(OF_THE_ANSWER)]
    assert walks == []
    await database.close()
