"""The pages of slips alone, in a server of its own, for browser tests."""

import asyncio
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.health import health_router
from api.middleware import Edge
from api.problems import install_problem_handlers
from api.slips.routes import slips_router
from api.static_files import STATIC
from bot.filings.state import Checked
from tests.api.conftest import serving
from tests.support.desks import a_desk
from tests.support.shipped import shipped_library
from tests.support.slip_pages import NOW, MemorySlipPages, a_filing, the_view


async def main(port: int, folder: Path) -> None:
    pages = MemorySlipPages()
    async with serving(folder) as services:
        services.library = shipped_library()
        services.now = lambda: NOW
        listed = the_view(services.library, a_filing()).listed
        pages.put(a_filing(), Checked((listed[0].key,), NOW.timestamp()))
        app = FastAPI()
        install_problem_handlers(app)
        app.include_router(health_router(services))
        app.include_router(slips_router(services, pages, a_desk))
        app.mount("/static", StaticFiles(directory=STATIC))
        edge = Edge(app, services.body_max_bytes)
        config = uvicorn.Config(edge, port=port, log_config=None, access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
