"""A book of dossiers for tests, and what is in its tables."""

from typing import Any

from sqlalchemy import func, insert, select

from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows, dossiers
from api.store.dossiers.book import SqlDossierBook
from bot.dossiers.factors import FactorKey
from tests.support.dossier_updates import CODE

NOW = 1_795_334_400.0
KEY = FactorKey(b"mot khoa bi mat dai ba muoi hai chu")
OTHER_CODE = "H17.15-261116-0013"


def a_book(database: Database) -> SqlDossierBook:
    return SqlDossierBook(database, KEY, lambda: NOW)


async def follow(
    database: Database, *people: str, code: str = CODE, since: float | None = NOW
) -> None:
    rows = [
        {
            "channel": "telegram",
            "user_id": person,
            "code": code,
            "remembered_at": NOW,
            "followed_at": since,
            "terms": 1,
        }
        for person in people
    ]
    async with database.writing() as connection:
        await connection.execute(insert(dossier_follows), rows)


async def alerts(database: Database) -> list[Any]:
    query = (
        select(dossier_follows.c.user_id, dossier_alerts)
        .join(dossier_follows, dossier_follows.c.id == dossier_alerts.c.follow_id)
        .order_by(dossier_alerts.c.subject, dossier_follows.c.user_id)
    )
    async with database.reading() as connection:
        return list((await connection.execute(query)).all())


async def count(database: Database, table: Any) -> int:
    query = select(func.count()).select_from(table)
    async with database.reading() as connection:
        found: int = (await connection.execute(query)).scalar_one()
    return found


async def the_row(database: Database, code: str = CODE) -> Any:
    async with database.reading() as connection:
        query = select(dossiers).where(dossiers.c.code == code)
        return (await connection.execute(query)).one()
