"""A city hall where dossiers are followed on Zalo: messages, alerts, and template messages."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select, update

from api.app import create_app
from api.dossier_desk.desk import Desk, Shelf
from api.jobs.alerting import Alerting
from api.jobs.quiet_hours import QuietHours
from api.meters import Meters
from api.store.channel_tables import contacts
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts
from api.store.dossiers.alerts import SqlAlerts
from api.store.dossiers.book import SqlDossierBook
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.tries import SqlTries
from api.store.dossiers.words import SqlWords
from api.store.sealed_phones import SqlSealedPhones
from api.store.zns_log import SqlZnsLog
from api.wiring.messaging import Line, Shared, messaging
from bot.channels.zalo_oa.alerting import Templates, ZaloOaWay
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.channel import ZaloOa
from bot.channels.zalo_oa.sealing import Seal, new_key
from bot.channels.zalo_oa.sharing import GivenPhones, PhoneSharing
from bot.channels.zalo_oa.zns import Zns
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import Terms
from bot.dossiers.status import DossierUpdate, FactorKind, State
from bot.engine import Engine
from tests.api.conftest import serving, shipped_library
from tests.api.jobs.conftest import NoStore
from tests.api.webhooks.zalo_oa_served import PATH, Town, on_a_port
from tests.support import zalo_zns
from tests.support.desks import a_desk
from tests.support.dossiers import CODE, FACTOR
from tests.support.fakes import a_rasa_answer
from tests.support.zalo_oa_channel import SIGNATURE, TokensInMemory, a_book
from tests.support.zalo_oa_events import CITIZEN, a_text
from tests.support.zalo_oa_server import ZaloOaServer

DAY = 86_400.0
TERMS = Terms(is_open=True, factors=(FactorKind.PHONE,), zalo=True)
PICTURE = "https://motcua.example.gov.vn/static/phone.png"


class Understanding:
    """A language model that knows greetings; everything else is about a dossier."""

    async def parse(self, text: str) -> Mapping[str, object]:
        return a_rasa_answer(text, "greet" if text == "xin chào" else "check_dossier")


@dataclass
class FollowingTown(Town):
    """A town where dossiers are followed; template messages go to `templates`."""

    database: Database
    book: SqlDossierBook
    alerting: Alerting
    templates: zalo_zns.Templates
    events: int = 0

    async def says(self, text: str) -> list[dict[str, Any]]:
        """Let the citizen type or press something; return what she is answered."""
        self.events += 1
        before = len(self.zalo.messages.to(CITIZEN))
        self.zalo.messages.people[CITIZEN] = time.time()
        assert await self.arrives(a_text(text, f"m{self.events}")) == 200
        return (await self.gets(CITIZEN, before + 1))[before:]

    async def follows(self) -> list[dict[str, Any]]:
        """Let the citizen look up her dossier, and agree to be told; return the last answers."""
        await self.tells(State.PROCESSING)
        for text in (f"{CODE} {FACTOR}", f"#hs:follow:{CODE}"):
            await self.says(text)
        return await self.says(f"#hs:agree:{CODE}")

    async def tells(self, state: State, **told: Any) -> None:
        """Let the one-stop system tell of a state, a moment after the one before."""
        at = datetime.fromtimestamp(time.time(), UTC)
        named = {"procedure_code": "1.004222", "procedure_name": "Đăng ký thường trú"}
        factors = {FactorKind.PHONE: FACTOR}
        update_ = DossierUpdate(CODE, at, state, **(named | told), factors=factors)
        await self.book.put([update_], "motcua-tinh")

    async def silent_for(self, seconds: float) -> None:
        """Let the citizen have done nothing for so long, for us and for Zalo."""
        then = time.time() - seconds
        self.zalo.messages.people[CITIZEN] = then
        async with self.database.writing() as connection:
            await connection.execute(update(contacts).values(last_seen_at=then))

    async def ways(self) -> list[str | None]:
        """What became of each alert; None: it is still to be told."""
        query = select(dossier_alerts.c.way).order_by(dossier_alerts.c.id)
        async with self.database.reading() as connection:
            return list((await connection.execute(query)).scalars())

    def texts(self) -> list[str]:
        """Everything that the citizen got, in order."""
        return [str(one.get("text", "")) for one in self.zalo.messages.to(CITIZEN)]


def an_engine(database: Database, book: SqlDossierBook, key: FactorKey) -> Engine:
    """Return the engine of the town, with a desk over its book."""
    shelf = Shelf(book, SqlTries(database), SqlFollows(database, time.time), SqlWords(database))
    dossiers = Desk(shelf, key, lambda: TERMS, lambda: datetime.now(UTC))  # noqa: TID251
    return Engine(Understanding(), shipped_library(), NoStore(), a_desk, dossiers)  # type: ignore[arg-type]


def a_line(
    zalo: ZaloOaServer, tokens: TokensInMemory, phones: GivenPhones, zns: Zns | None
) -> Line:
    """Return the Official Account; without `zns` it asks for no number."""
    channel = ZaloOa(
        httpx.AsyncClient(base_url=zalo.url),
        tokens,
        SIGNATURE,
        a_book(),
        time.time,
        seal=phones.close if zns else None,
    )
    templates = Templates(zns, phones, a_book(), time.time) if zns else None
    sharing = PhoneSharing(phones, a_book(), time.time, PICTURE) if zns else None
    return Line(channel, 1000, alert_way=ZaloOaWay(time.time, templates), sharing=sharing)


def an_alerting(database: Database, line: Line) -> Alerting:
    """Return the loop that tells, which a test steps itself; no hour is quiet."""
    return Alerting(
        SqlAlerts(database, "một", time.time),
        {"zalo_oa": line.channel},
        a_desk,
        Meters(),
        time.time,
        QuietHours(0, 0),
        {"zalo_oa": line.alert_way},
    )


@asynccontextmanager
async def a_following_town(
    folder: Path, database: Database, zalo: ZaloOaServer, zns_url: str = ""
) -> AsyncIterator[FollowingTown]:
    """Serve; `zns_url` is the server of template messages, empty: there is no template."""
    tokens, key = TokensInMemory(zalo.oauth), FactorKey(b"k" * 32)
    templates = zalo_zns.Templates(zalo.oauth)
    book = SqlDossierBook(database, key, time.time)
    engine = an_engine(database, book, key)
    phones = GivenPhones(SqlSealedPhones(database), Seal(new_key()))
    async with (
        httpx.AsyncClient(base_url=zns_url or "http://127.0.0.1:9") as zns_client,
        serving(folder) as services,
    ):
        api = Api(zns_client, Brake(time.time, lambda: 0.0), "ZALO_ZNS_API_URL")
        zns = Zns(api, tokens, SqlZnsLog(database), zalo_zns.TEMPLATE_ID, time.time)
        line = a_line(zalo, tokens, phones, zns if zns_url else None)
        alerting = an_alerting(database, line)
        shared = Shared(database, lambda: engine, a_book(), services.limiter, services.meters)
        async with (
            messaging([line], shared) as services.messaging,
            on_a_port(create_app(services)) as url,
        ):
            yield FollowingTown(zalo, url + PATH, database, book, alerting, templates)
