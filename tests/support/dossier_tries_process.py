"""A replica in a process of its own that makes wrong attempts as fast as it can.

`python -m tests.support.dossier_tries_process DATABASE TIMES NOW` prints `ready`, waits for a line,
makes TIMES attempts at the moment NOW, and prints how many of them were counted.
"""

import asyncio
import sys
from typing import Final

from api.store.database import Database
from api.store.dossiers.tries import SqlTries
from bot.dossiers.tries import BY_CODE, BY_PERSON, Limit, Subjects

CODE: Final = "c" * 64
PERSON: Final = "d" * 64
OWN: Final = "e" * 64

UNLIMITED: Final = Limit(free=10**6, longest_seconds=0.0, forget_seconds=BY_CODE.forget_seconds)
"""Counts and never locks."""

ENDLESS: Final = Subjects({CODE: UNLIMITED, PERSON: UNLIMITED}, own=OWN)
LIMITED: Final = Subjects({CODE: BY_CODE, PERSON: BY_PERSON}, own=OWN)


async def attempts(address: str, subjects: Subjects, times: int, now: float) -> int:
    """Make wrong attempts, ten at once; return how many were counted."""
    database = Database(address)
    tries = SqlTries(database)
    counted = 0
    for begin in range(0, times, 10):
        ends = await asyncio.gather(
            *(
                tries.settle(subjects, right=False, now=now)
                for _ in range(begin, min(begin + 10, times))
            )
        )
        counted += ends.count(None)
    await database.close()
    return counted


async def main(address: str, times: int, now: float) -> None:
    """Do what the module says."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    kind = (await asyncio.to_thread(sys.stdin.readline)).strip()
    counted = await attempts(address, LIMITED if kind == "limited" else ENDLESS, times, now)
    sys.stdout.write(f"{counted}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
