"""The officials' desk as it is served, and an official's browser."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.types import ASGIApp

from api.middleware import Edge
from api.problems import install_problem_handlers
from api.staff.passwords import Passwords
from api.staff.routes import staff_router
from api.staff_accounts import Official
from api.static_files import STATIC
from api.store.database import Database
from api.store.dossiers.tries import SqlTries
from api.store.staff import SqlStaff
from api.wiring.services import Services
from api.wiring.staff import StaffOffice
from bot.dossiers.factors import FactorKey
from tests.api.conftest import serving
from tests.support.counters import BIRTH, NOON, MemoryCounter
from tests.support.desks import a_desk

LAN: Final = Official(1, "lan.nguyen", "Nguyễn Thị Lan", "UBND phường Bến Thành")
PASSWORD: Final = "mưa rơi trên mái ngói"  # noqa: S105 - of these tests

_TOKEN: Final = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
_MARK: Final = re.compile(r'name="mark" value="([0-9a-f]+)"')


def quick_passwords() -> Passwords:
    """Argon2 as weak as it can be: the tests have better things to do."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


@dataclass
class StaffDesk:
    """What is behind the pages."""

    database: Database
    accounts: SqlStaff
    counter: MemoryCounter
    passwords: Passwords
    now: datetime
    app: ASGIApp | None = field(default=None)

    async def add(self, who: Official = LAN, password: str = PASSWORD) -> None:
        """Make an account."""
        await self.accounts.add(who, self.passwords.hash(password), "quantri")


@asynccontextmanager
async def a_staff_desk(
    folder: Path, public_url: str = "", clock: Callable[[], datetime] | None = None
) -> AsyncIterator[StaffDesk]:
    """Serve the desk over SQLite, with one account and one slip; time stands still at noon."""
    async with serving(folder) as services:
        database: Database = services.sessions._database  # type: ignore[attr-defined]
        passwords = quick_passwords()
        desk = StaffDesk(
            database,
            SqlStaff(database, lambda: services.now().timestamp()),
            MemoryCounter(),
            passwords,
            NOON,
        )
        services.now = clock or (lambda: desk.now)
        desk.counter.now = services.now()
        desk.counter.put(BIRTH, told=1)
        await desk.add()
        desk.app = serve_staff(services, office_of(desk, public_url), passwords)
        yield desk


def office_of(desk: StaffDesk, public_url: str) -> StaffOffice:
    """What the routes ask for."""
    return StaffOffice(
        accounts=desk.accounts,
        tries=SqlTries(desk.database),
        key=FactorKey(b"k" * 32),
        counter=desk.counter,
        desk=a_desk,
        hours=8,
        public_url=public_url,
    )


def serve_staff(services: Services, office: StaffOffice, passwords: Passwords) -> ASGIApp:
    """The desk alone, behind the same edge as everything."""
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(staff_router(services, office, passwords))
    app.mount("/static", StaticFiles(directory=STATIC))
    return Edge(app, services.body_max_bytes)


class Browser:
    """Follows no redirect by itself, keeps cookies, and fills in forms as a person does."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = httpx.Response(200)

    async def get(self, path: str) -> httpx.Response:
        """Open a page."""
        self.page = await self.client.get(path)
        return self.page

    async def post(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form with the token that the page before held."""
        data = {"form_token": self.token, **fields}
        headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
        self.page = await self.client.post(path, data=data, headers=headers)
        return self.page

    async def log_in(
        self, password: str = PASSWORD, login: str = LAN.login, onward: str = ""
    ) -> httpx.Response:
        """Open the page for it, and log in."""
        await self.get("/staff/login")
        return await self.post("/staff/login", login=login, password=password, next=onward)

    async def save(self, code: str, *seen: str) -> httpx.Response:
        """Tick papers of the slip that is open, and save."""
        return await self.post(f"/slip/{code}", seen=list(seen), mark=self.mark)

    @property
    def token(self) -> str:
        """The token that forms of the page hold."""
        found = _TOKEN.search(self.page.text)
        return found[1] if found else ""

    @property
    def mark(self) -> str:
        """Of the list on the page."""
        found = _MARK.search(self.page.text)
        return found[1] if found else ""

    @property
    def keys(self) -> list[str]:
        """Keys of the papers on the page."""
        return re.findall(r'name="seen" value="([^"]+)"', self.page.text)

    @property
    def ticked(self) -> list[str]:
        """Keys of the papers that are ticked."""
        return re.findall(r'name="seen" value="([^"]+)" checked', self.page.text)


@asynccontextmanager
async def a_browser(desk: StaffDesk, base: str = "http://motcua") -> AsyncIterator[Browser]:
    """A browser of its own, with no cookies yet."""
    assert desk.app is not None
    transport = httpx.ASGITransport(app=desk.app)
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        yield Browser(client)
