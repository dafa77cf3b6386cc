"""Killed at random points while dossiers change: no alert lost, none twice without saying so.

Real programs, a real Bot API at the wire, updates pushed over HTTP by a machine that sends again
whatever was not confirmed, SIGKILL. On SQLite one process is killed and started again; on
PostgreSQL two replicas take turns in dying.
"""

import asyncio
import contextlib
import random
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import insert, select
from typing_extensions import override

from api.machine_keys import Scope
from api.store.channel_tables import contacts, outbox
from api.store.database import Database
from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.dossiers.follows import SqlFollows
from api.store.machine_keys import SqlMachineKeys
from api.store.migrate import migrate
from bot.dossiers.factors import FactorKey
from bot.dossiers.status import State
from bot.messages import ConversationKey
from tests.support.desks import load_phrasebook
from tests.support.dossiers import VIETNAM
from tests.support.programs import PATIENCE_SECONDS, Program, until
from tests.support.small_content import a_small_content
from tests.support.telegram_server import SECRET, TOKEN, TelegramServer

DOSSIERS: Final = 12
FOLLOWERS_EACH: Final = 3
KILLS: Final = 5
SLOW_SECONDS: Final = 1.2
STATES: Final = (State.ACCEPTED, State.PROCESSING, State.PAYMENT, State.DONE, State.RETURNED)
"""Each once, so that a message tells by its words which change it is about."""

YESTERDAY: Final = datetime.fromtimestamp(time.time(), VIETNAM) - timedelta(days=1)
"""No dossier is told of from the future."""
CODES: Final = [f"H17.15-{YESTERDAY:%y%m%d}-{number:04}" for number in range(1, DOSSIERS + 1)]
AGAIN: Final = "Tôi gửi lại"


class SlowTelegram(TelegramServer):
    """Citizens have a message some moments before the answer says so: time to be killed in."""

    @override
    def _do_sendmessage(self, fields: dict[str, Any]) -> object:
        sent = super()._do_sendmessage(fields)
        time.sleep(SLOW_SECONDS)
        return sent


@dataclass
class Pusher:
    """A one-stop system that sends each update until it is confirmed, some of them twice."""

    urls: list[str]
    key: str
    chance: random.Random
    pushed: int = 0

    def push(self, code: str) -> None:
        """Let one dossier go through its states."""
        for number, state in enumerate(STATES, start=1):
            moment = YESTERDAY + timedelta(minutes=number)
            update = {
                "MaHoSo": code,
                "TenTTHC": "Đăng ký thường trú",
                "TrangThai": state.value,
                "ThoiDiemXuLy": f"{moment:%Y%m%d%H%M%S}",
            }
            for _ in range(self.chance.choice((1, 2))):
                self._bring(code, update)
            time.sleep(self.chance.random() * 3)

    def _bring(self, code: str, update: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self.key}"}
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            url = self.urls[self.chance.randrange(len(self.urls))]
            with contextlib.suppress(httpx.TransportError):
                answer = httpx.put(
                    f"{url}/v1/dossiers/{code}", json=update, headers=headers, timeout=20
                )
                assert answer.status_code < 400 or answer.status_code >= 500, answer.text
                if answer.is_success:
                    self.pushed += 1
                    return
            time.sleep(0.1)
        raise AssertionError("the update was never taken")


async def _prepare(address: str) -> str:
    """Let people follow; return the key with which updates are pushed."""
    database = Database(address)
    await migrate(database)
    follows, now = SqlFollows(database, time.time), time.time()
    for number, code in enumerate(CODES):
        for follower in range(FOLLOWERS_EACH):
            person = str(1000 + number * FOLLOWERS_EACH + follower)
            await follows.remember(ConversationKey("telegram", person), code, follow=True, terms=1)
            known = {"channel": "telegram", "user_id": person, "first_seen_at": now}
            async with database.writing() as connection:
                await connection.execute(insert(contacts).values(**known, last_seen_at=now))
    keys = SqlMachineKeys(database, FactorKey(b"k" * 32), time.time)
    _id, key = await keys.add("Một cửa", frozenset({Scope.WRITE}), None)
    await database.close()
    return key


def _rows(address: str) -> list[Any]:
    """Return every alert, with its person and what became of its message."""
    query = (
        select(
            dossier_alerts.c.told_at,
            dossier_alerts.c.way,
            dossier_alerts.c.outbox_id,
            dossier_follows.c.user_id,
            outbox.c.done_at,
            outbox.c.result,
            outbox.c.unknowns,
        )
        .select_from(dossier_alerts)
        .join(dossier_follows, dossier_follows.c.id == dossier_alerts.c.follow_id)
        .outerjoin(outbox, outbox.c.id == dossier_alerts.c.outbox_id)
    )

    async def read() -> list[Any]:
        database = Database(address)
        async with database.reading() as connection:
            rows = (await connection.execute(query)).all()
        await database.close()
        return list(rows)

    return asyncio.run(read())


def _is_settled(address: str) -> bool:
    rows = _rows(address)
    return len(rows) == DOSSIERS * FOLLOWERS_EACH * len(STATES) and all(
        row.told_at and row.done_at for row in rows
    )


def _push_and_kill(address: str, folder: Path, telegram_url: str, chance: random.Random) -> int:
    """Push everything while programs die; return how often an update was taken."""
    environment = {
        "DATABASE_URL": address,
        "DATA_FOLDER": str(folder / "var"),
        "CONTENT_FOLDER": str(a_small_content(folder)),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_URL": telegram_url,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
        "ALERT_QUIET_HOURS": "none",
    }
    key = asyncio.run(_prepare(address))
    with contextlib.ExitStack() as stack:
        replicas = 1 if address.startswith("sqlite") else 2
        programs = [stack.enter_context(Program(folder, environment)) for _ in range(replicas)]
        pusher = Pusher([one.url for one in programs], key, chance)
        with ThreadPoolExecutor(DOSSIERS) as dossiers:
            pushing = [dossiers.submit(pusher.push, code) for code in CODES]
            for _ in range(KILLS):
                time.sleep(0.5 + chance.random() * 2)
                victim = chance.choice(programs)
                victim.kill()
                victim.start()
            for one in pushing:
                one.result()
        until(lambda: _is_settled(address))
    return pusher.pushed


@pytest.mark.parametrize("seed", [20261122])
def test_whoever_is_killed_and_whenever_each_change_is_told_once(
    address: str, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same points of every run
    with SlowTelegram() as telegram:
        pushed = _push_and_kill(address, tmp_path, telegram.url, chance)
        rows = _rows(address)

    assert pushed > DOSSIERS * len(STATES)
    assert {row.way for row in rows} == {"message"}
    assert {row.result for row in rows} == {"sent"}, "an alert was lost"
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for one in telegram.messages:
        texts[one.chat_id].append(one.shown.text)
    book, twice = load_phrasebook(), 0
    for person in {row.user_id for row in rows}:
        theirs = {row.outbox_id: row for row in rows if row.user_id == person}
        doubtful = sum(row.unknowns for row in theirs.values())
        told = Counter(_state_in(text, book) for text in texts[person] if AGAIN not in text)
        assert set(told.values()) <= {1}, "a change was told twice without saying so"
        assert len(theirs) <= len(texts[person]) <= len(theirs) + doubtful
        assert any(_state_in(text, book) is State.RETURNED for text in texts[person])
        twice += len(texts[person]) - len(theirs)
    assert len(texts) == DOSSIERS * FOLLOWERS_EACH
    messages = len({row.outbox_id for row in rows})
    print(  # noqa: T201 - the counts, for whoever runs it with `-s`
        f"{KILLS} kills: {len(rows)} alerts, all told, in {messages} messages, "
        f"{twice} of them received twice, each saying so"
    )


def _state_in(text: str, book: Any) -> State:
    """Return which change a message tells, by its words."""
    (state,) = (
        one for one in STATES if f": {book.say(f'dossier_state.{one.name.lower()}')}." in text
    )
    return state
