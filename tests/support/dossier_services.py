"""Adds dossiers to services that tests run: a book, a desk over it, and keys."""

import time
from typing import Final

from api.dossier_desk.desk import Desk, Shelf
from api.store.database import Database
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.tries import SqlTries
from api.store.dossiers.words import SqlWords
from api.store.machine_keys import SqlMachineKeys
from api.wiring.services import Services
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import Terms
from bot.dossiers.status import FactorKind

TERMS: Final = Terms(is_open=True, factors=(FactorKind.PHONE, FactorKind.IDENTITY))


def serve_dossiers(services: Services) -> None:
    """Let `services` keep and look up dossiers in the database that they have."""
    database: Database = services.sessions._database  # type: ignore[attr-defined]
    key = FactorKey(b"k" * 32)
    services.book = book = SqlDossierBook(database, key, time.time)
    services.keys = SqlMachineKeys(database, key, time.time)
    shelf = Shelf(book, SqlTries(database), SqlFollows(database, time.time), SqlWords(database))
    services.dossiers = Desk(shelf, key, lambda: TERMS, services.now)
