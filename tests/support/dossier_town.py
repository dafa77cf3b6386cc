"""The whole program with its own language model, for people who write on the web."""

import itertools
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, Final

import httpx

from api.app import create_app
from api.settings import load_settings
from api.wiring.build import open_database
from api.wiring.dossiers.office import open_book
from api.wiring.services import Services
from api.wiring.web import web_services
from bot.dossiers.status import DossierUpdate

METRICS_TOKEN: Final = "ma-cua-prometheus-dai"  # noqa: S105 - of these tests
_FIRST: Final = IPv4Address("10.0.0.0")


@dataclass
class WebTown:
    """The served program. Everybody who opens a session has an address of her own."""

    services: Services
    client: httpx.AsyncClient
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def opens(self) -> "WebCitizen":
        """Open the page."""
        address = str(_FIRST + next(self._numbers))
        answer = await self.client.post("/v1/chat/sessions", headers={"x-from": address})
        return WebCitizen(self, answer.json()["session"], address)


@dataclass
class WebCitizen:
    """One session."""

    town: WebTown
    session: str
    address: str
    _said: int = 0

    async def says(self, text: str = "", choice: str = "") -> dict[str, Any]:
        """Write, or press what may never have been shown; return the whole answer."""
        self._said += 1
        message = {
            "session": self.session,
            "client_message_id": str(self._said),
            "text": text,
            "choice": choice,
        }
        message = {name: value for name, value in message.items() if value}
        answer = await self.town.client.post(
            "/v1/chat/messages", json=message, headers={"x-from": self.address}
        )
        return {"status": answer.status_code, "body": answer.json()}


@asynccontextmanager
async def a_web_town(
    folder: Path, dossiers: list[DossierUpdate], **changes: Any
) -> AsyncIterator[WebTown]:
    """Serve dossiers that were put before, while the block runs; `changes` are settings."""
    settings = load_settings(
        data_folder=folder,
        messages_per_minute=10**6,
        messages_per_minute_overall=10**6,
        metrics_token=METRICS_TOKEN,
        **changes,
    )
    async with open_database(settings) as database:
        await (await open_book(settings, database)).put(dossiers, "test")

    def tell(_: str) -> None: ...

    async with web_services(settings, [], tell) as services:
        app = create_app(services)

        async def from_elsewhere(scope: Any, receive: Any, send: Any) -> None:
            assert isinstance(scope, MutableMapping)
            headers = dict(scope["headers"])
            scope["client"] = (headers.get(b"x-from", b"127.0.0.1").decode(), 1)
            await app(scope, receive, send)

        transport = httpx.ASGITransport(app=from_elsewhere)
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            yield WebTown(services, client)
