"""The web server with the content that ships and a scripted language model, for browser tests."""

import asyncio
import sys
from pathlib import Path

import uvicorn

from api.app import create_app
from tests.api.conftest import a_scripted_nlu, serving
from tests.support.dossier_services import serve_dossiers


async def main(port: int, folder: Path) -> None:
    async with serving(folder, a_scripted_nlu()) as services:
        serve_dossiers(services)
        config = uvicorn.Config(create_app(services), port=port, log_config=None, access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
