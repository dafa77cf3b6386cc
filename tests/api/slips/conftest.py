"""A server with slips in memory, and a browser beside it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from api.middleware import Edge
from api.problems import install_problem_handlers
from api.slips.routes import slips_router
from api.wiring.services import Services
from bot.rendering import Desk
from tests.api.conftest import serving
from tests.support.desks import a_desk
from tests.support.slip_pages import NOW, PUBLIC, MemorySlipPages, a_filing


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with serving(tmp_path / "var") as services:
        services.now = lambda: NOW
        yield services


@pytest.fixture
def pages() -> MemorySlipPages:
    pages = MemorySlipPages()
    pages.put(a_filing())
    return pages


def app_of(services: Services, pages: MemorySlipPages) -> ASGIApp:
    app = FastAPI()
    install_problem_handlers(app)

    def held_desk() -> Desk:
        return replace(a_desk(), held=services.held)

    app.include_router(slips_router(services, pages, held_desk))
    return Edge(app, services.body_max_bytes)


@pytest.fixture
async def browser(services: Services, pages: MemorySlipPages) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app_of(services, pages))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as browser:
        yield browser
