"""The tokens of the Zalo Official Account, built from the settings."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from api.errors import SettingsInvalid
from api.jobs.beside import beside
from api.logs import log_alarm, log_event, log_failure
from api.settings import Settings
from bot.channels.base import Arrival
from bot.channels.zalo_oa.alerting import Templates, ZaloOaWay
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.chain import TokenChain
from bot.channels.zalo_oa.consent import Consents
from bot.channels.zalo_oa.health import TokenHealth, token_health
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.sealing import Seal
from bot.channels.zalo_oa.sharing import GivenPhones, PhoneSharing
from bot.channels.zalo_oa.tokens import LOOK_SECONDS, TokenKeeper
from bot.channels.zalo_oa.zns import Zns
from bot.errors import StoreUnavailable
from bot.phrasebook import Phrasebook

if TYPE_CHECKING:
    from api.store.database import Database

SIDE_FILE: Final = "zalo-token.pending"
"""In DATA_FOLDER: an answer of Zalo's on its way into the database."""

START_PATH: Final = "/zalo/authorize"
CALLBACK_PATH: Final = "/zalo/authorize/callback"


@dataclass(frozen=True, slots=True)
class ZaloOffice:
    """What keeps the Official Account authorised."""

    keeper: TokenKeeper
    consents: Consents
    chain: TokenChain
    zns: Zns
    sends_alerts: bool
    """Whether ZALO_ZNS_TEMPLATE_ID is set; else `zns` only takes reports of earlier alerts."""
    phones: GivenPhones
    terse: bool
    """Dossiers are published by code alone: alerts tell only state and days."""

    def alert_way(self, book: Phrasebook, *, pays: bool) -> ZaloOaWay:
        """Return how people who follow a dossier are reached; `pays`: also by charged messages."""
        if not self.sends_alerts:
            return ZaloOaWay(time.time, pays=pays)
        templates = Templates(self.zns, self.phones, book, time.time, terse=self.terse)
        return ZaloOaWay(time.time, templates, pays=pays)

    def sharing(self, book: Phrasebook, image: str) -> PhoneSharing | None:
        """Return who asks for telephone numbers; None: none are needed.

        `image` is the address of a picture for the form.
        """
        if not self.sends_alerts:
            return None
        return PhoneSharing(self.phones, book, time.time, image)

    async def note_delivered(self, arrival: Arrival) -> None:
        """Take a report; one about an answer in the chat needs nothing.

        Raises:
            StoreUnavailable: it is not kept.
        """
        await self.zns.note_delivered(arrival.reference, arrival.sent_at.timestamp())

    async def health(self) -> TokenHealth:
        """Read how the tokens are.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        return await token_health(self.chain)


@asynccontextmanager
async def zalo_office(settings: Settings, database: "Database") -> AsyncIterator[ZaloOffice]:
    """Build what a command needs; nothing is renewed but what is asked for.

    Raises:
        SettingsInvalid: Zalo OA is off.
        WrongKey: TOKEN_KEY cannot be used.
    """
    from api.store.sealed_phones import SqlSealedPhones  # noqa: PLC0415 - SQL costs half a second
    from api.store.sealed_tokens import SqlTokenStore  # noqa: PLC0415
    from api.store.side_file import SideFile  # noqa: PLC0415
    from api.store.zalo_consents import SqlConsentStore  # noqa: PLC0415
    from api.store.zns_log import SqlZnsLog  # noqa: PLC0415

    require_zalo(settings)
    seal = Seal(settings.token_key.get_secret_value())
    store = SqlTokenStore(database, token_row(settings))
    chain = TokenChain(store, SideFile(settings.data_folder / SIDE_FILE), seal, log_alarm)
    async with (
        httpx.AsyncClient(base_url=settings.zalo_oauth_url) as client,
        httpx.AsyncClient(base_url=settings.zalo_zns_api_url) as zns_client,
    ):
        secret = settings.zalo_oa_app_secret.get_secret_value()
        oauth = OAuth(client, settings.zalo_oa_app_id, secret)
        keeper = TokenKeeper(oauth, chain, time.time, log_alarm, log_event)
        consents = Consents(oauth, keeper, SqlConsentStore(database), seal, time.time)
        api = Api(zns_client, Brake(time.time, random.random), "ZALO_ZNS_API_URL")
        template = settings.zalo_zns_template_id
        zns = Zns(api, keeper, SqlZnsLog(database), template, time.time)
        try:
            phones = GivenPhones(SqlSealedPhones(database), seal)
            terse = not settings.dossier_factors
            yield ZaloOffice(keeper, consents, chain, zns, bool(template), phones, terse)
        finally:
            await keeper.close()


@asynccontextmanager
async def zalo_tokens(settings: Settings, database: "Database") -> AsyncIterator[ZaloOffice]:
    """Build what a server needs, and renew early while the block runs.

    Raises:
        SettingsInvalid, WrongKey: as `zalo_office`.
    """
    async with (
        zalo_office(settings, database) as office,
        beside(_watch(office.keeper), _turn_over(office.phones)),
    ):
        yield office


async def _turn_over(phones: GivenPhones) -> None:
    """Seal numbers with the first key: the former one may be dropped then."""
    try:
        await phones.turn_over()
    except StoreUnavailable as error:
        log_failure(error, "zalo phones")  # done at the next start


async def _watch(keeper: TokenKeeper) -> None:
    while True:
        try:
            await keeper.keep_fresh()
        except Exception as error:  # noqa: BLE001 - a watch that ended would be noticed in a day
            log_failure(error, "zalo tokens")
            await asyncio.sleep(LOOK_SECONDS)


def token_row(settings: Settings) -> str:
    """Return the name of the row: tokens of another application are of no use."""
    return f"zalo_oa:{settings.zalo_oa_app_id}"


def zalo_link(oa_id: str) -> str:
    """Return the address at which a browser or a telephone opens our account in Zalo.

    >>> zalo_link("388613280878808645"), zalo_link("")
    ('https://zalo.me/388613280878808645', '')
    """
    return f"https://zalo.me/{oa_id}" if oa_id.isascii() and oa_id.isdigit() else ""


def require_zalo(settings: Settings) -> None:
    """Tell the operator what is missing.

    Raises:
        SettingsInvalid: Zalo OA is off.
    """
    if not settings.zalo_oa_app_id:
        raise SettingsInvalid(
            "Zalo OA đang tắt. Hãy đặt ZALO_OA_APP_ID, ZALO_OA_APP_SECRET, ZALO_OA_SECRET_KEY và "
            "TOKEN_KEY (tạo bằng: motcua zalo key) rồi chạy lại."
        )
