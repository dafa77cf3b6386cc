"""The web server with an official's account and slips in memory, for browser tests."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import uvicorn

from api.app import create_app
from api.staff.passwords import Passwords
from api.store.staff import SqlStaff
from tests.api.conftest import serving
from tests.support.counters import BIRTH, CODE, MemoryCounter
from tests.support.slip_pages import MemorySlipPages
from tests.support.staff_desk import LAN, PASSWORD, StaffDesk, office_of

SLIPS = (CODE, "K7Q2MD", "K7Q2ME", "K7Q2MF")
"""All of the same filing: tests that tick each take one of their own."""


async def main(port: int, folder: Path) -> None:
    async with serving(folder) as services:
        database = services.sessions._database  # type: ignore[attr-defined]
        accounts = SqlStaff(database, lambda: services.now().timestamp())
        passwords = Passwords()
        await accounts.add(LAN, passwords.hash(PASSWORD), "quantri")
        counter = MemoryCounter(now=services.now())
        for code in SLIPS:
            counter.put(replace(BIRTH, slip=code), told=1)
        desk = StaffDesk(database, accounts, counter, passwords, services.now())
        services.open_slips(MemorySlipPages(), office_of(desk, ""))
        config = uvicorn.Config(create_app(services), port=port, log_config=None, access_log=False)
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
