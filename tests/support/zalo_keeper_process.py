"""A replica in a process of its own, which renews once and can be made to hang on the way.

`python -m tests.support.zalo_keeper_process WHERE DATABASE FOLDER OAUTH_URL` prints `ready` when it
knows the token, renews it when a line arrives, prints `WHERE` when it has come there, and stays
there until it is killed: `caught` (the answer is in the side file), `pending` (and in the row),
`done`. With `forever` it renews as fast as it can, and comes nowhere.
"""

import asyncio
import sys
import time
from pathlib import Path

import httpx
from typing_extensions import override

from api.store.database import Database
from api.store.sealed_tokens import SqlTokenStore
from api.store.side_file import SideFile
from bot.channels.zalo_oa import tokens
from tests.support.zalo_tokens import Alarms, Clock, a_keeper

ROW = "zalo_oa:1"


def reached(where: str) -> None:
    """Tell the parent, and hang as a machine does that is about to lose its power."""
    sys.stdout.write(f"{where}\n")
    sys.stdout.flush()
    time.sleep(600)


class HangingStore(SqlTokenStore):
    """Hangs where it is told to."""

    where = ""
    asked = False

    @override
    async def note_pending(self, pending: str | None) -> None:
        if self.asked and self.where == "caught":
            reached("caught")
        await super().note_pending(pending)
        if self.asked and self.where == "pending":
            reached("pending")
        self.asked = True


async def main(where: str, address: str, folder: Path, oauth_url: str) -> None:
    database = Database(address)
    store = HangingStore(database, ROW)
    store.where = where
    async with httpx.AsyncClient(base_url=oauth_url) as client:
        side = SideFile(folder / "zalo-token.pending")
        keeper = a_keeper(client, store, side, clock=Clock(time.time()), alarms=Alarms())
        old = await keeper.current()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        tokens.FRESH_SECONDS = 0.0  # type: ignore[misc]
        while True:
            old = await keeper.renew(old)
            if where != "forever":
                reached("done")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4]))
