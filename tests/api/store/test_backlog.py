"""What waits is counted by channel, on both databases."""

import pytest
from sqlalchemy import insert

from api.store.backlog import SqlBacklog
from api.store.channel_tables import inbox, outbox
from api.store.database import Database

pytestmark = pytest.mark.anyio

QUEUES = ("inbox", "outbox", "alerts", "alerts_held", "notices", "notices_held")
NOTHING: dict[str, object] = {queue: {} for queue in QUEUES}


def _arrived(
    number: int, channel: str, at: float, done_at: float | None = None
) -> dict[str, object]:
    return {
        "channel": channel,
        "user_id": "7001",
        "event_id": str(number),
        "arrival": "{}",
        "received_at": at,
        "done_at": done_at,
    }


async def test_an_empty_database_has_nothing_waiting(database: Database) -> None:
    assert await SqlBacklog(database, lambda: 1000.0).waiting() == NOTHING


async def test_only_what_is_not_done_waits_and_the_oldest_tells_the_age(database: Database) -> None:
    async with database.writing() as connection:
        rows = [
            _arrived(1, "telegram", 100.0, done_at=101.0),
            _arrived(2, "telegram", 940.0),
            _arrived(3, "telegram", 990.0),
            _arrived(4, "zalo_oa", 1005.0),
        ]
        await connection.execute(insert(inbox), rows)
        part = {"channel": "telegram", "user_id": "7001", "part": "{}", "created_at": 970.0}
        await connection.execute(insert(outbox), [part])
    assert await SqlBacklog(database, lambda: 1000.0).waiting() == NOTHING | {
        "inbox": {"telegram": (2, 60.0), "zalo_oa": (1, 0.0)},
        "outbox": {"telegram": (1, 30.0)},
    }
