"""The road of a message, end to end: webhook, inbox, answer, outbox, delivery to a Bot API.

`motcua serve` runs as it is installed, one process on SQLite; the load and the Bot API run here,
on another processor where there is one.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field

import uvloop

from knowledge.text import strip_accents
from tests.bench.bot_api import BotApi
from tests.bench.http_load import Timings, timings
from tests.bench.measure import Measure
from tests.bench.processes import (
    MOTCUA,
    cpu_seconds,
    free_port,
    resident_megabytes,
    serving,
)
from tests.bench.questions import questions
from tests.bench.updates import FIRST_CHAT, SEED, Mix
from tests.bench.webhook_client import WebhookClient

CHATS = 3000
AT_ONCE = 32
"""Messages under way while the throughput is measured: more than the server handles at once."""

WARM, MESSAGES, SOAKED = 500, 2000, 10_000
STEADY_PER_SECOND = 50.0
_PATIENCE_SECONDS = 60.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = "a-secret-of-the-benchmark"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Run:
    """What one run showed."""

    turn: Timings
    """From the webhook to the arrival of the first part of the answer."""
    webhook: Timings
    cpu_milliseconds: float
    """Of the server, for each message."""


@dataclass(slots=True)
class Load:
    """Many people who write and wait for answers."""

    pid: int
    client: WebhookClient
    waiting: dict[int, asyncio.Future[None]]
    """By chat; done when its answer arrives."""
    _turns: list[float] = field(default_factory=list)
    _webhooks: list[float] = field(default_factory=list)
    _next: int = 0

    async def crowd(self, mix: Mix, count: int, at_once: int = AT_ONCE) -> Run:
        """Send `count` messages, `at_once` under way at any time."""
        left = iter(range(count))

        async def one_after_another() -> None:
            for _ in left:
                await self._send(mix)

        return await self._measured(asyncio.gather(*(one_after_another() for _ in range(at_once))))

    async def steadily(self, mix: Mix, count: int, per_second: float) -> Run:
        """Send `count` messages, independent of each other, so many a second on average."""
        chance = random.Random(SEED)  # noqa: S311

        async def all_of_them() -> None:
            async with asyncio.TaskGroup() as group:
                due = time.perf_counter()
                for _ in range(count):
                    due += chance.expovariate(per_second)
                    await asyncio.sleep(due - time.perf_counter())
                    group.create_task(self._send(mix))

        return await self._measured(asyncio.ensure_future(all_of_them()))

    async def _send(self, mix: Mix) -> None:
        chat = FIRST_CHAT + self._next % CHATS
        self._next += 1
        answered = asyncio.get_running_loop().create_future()
        self.waiting[chat] = answered
        began = time.perf_counter()
        self._webhooks.append(await self.client.post(mix.next(chat)) * 1000)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await answered
        self._turns.append((time.perf_counter() - began) * 1000)

    async def _measured(self, work: Awaitable[object]) -> Run:
        self._turns, self._webhooks = [], []
        began, spent = time.perf_counter(), cpu_seconds(self.pid)
        await work
        elapsed = time.perf_counter() - began
        return Run(
            timings(self._turns, elapsed),
            timings(self._webhooks, elapsed),
            (cpu_seconds(self.pid) - spent) * 1000 / len(self._turns),
        )


def measure_webhooks(env: Mapping[str, str]) -> list[Measure]:
    """Measure a server on the knowledge base that `env` names."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_measure(env))


async def _measure(env: Mapping[str, str]) -> list[Measure]:
    buttons: dict[int, tuple[str, ...]] = {}
    waiting: dict[int, asyncio.Future[None]] = {}
    api = BotApi(lambda chat, values: _arrived(chat, values, waiting, buttons))
    await api.start()
    port = free_port()
    client = WebhookClient(port, "/webhooks/telegram", {_HEADER: _SECRET})
    try:
        async with _serving(port, {**env, **_settings(port, api.port)}) as pid:
            await client.open()
            return await _runs(Load(pid, client, waiting), buttons)
    finally:
        await client.close()
        await api.close()


def _arrived(
    chat: int,
    values: tuple[str, ...],
    waiting: dict[int, asyncio.Future[None]],
    buttons: dict[int, tuple[str, ...]],
) -> None:
    """Note that `chat` got a part of an answer, with the values of its buttons."""
    if values:
        buttons[chat] = values
    if (answered := waiting.pop(chat, None)) is not None:
        answered.set_result(None)


@asynccontextmanager
async def _serving(port: int, env: Mapping[str, str]) -> AsyncIterator[int]:
    """Run the server beside this loop, which answers what it calls at its start."""
    ready = f"http://127.0.0.1:{port}/readyz"
    with ExitStack() as stack:
        server = serving([str(MOTCUA), "serve"], ready, env)
        pid, _ = await asyncio.to_thread(stack.enter_context, server)
        yield pid


def _settings(port: int, api_port: int) -> dict[str, str]:
    return {
        "PORT": str(port),
        "TELEGRAM_TOKEN": "1:benchmark",
        "TELEGRAM_WEBHOOK_SECRET": _SECRET,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{api_port}",
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
    }


async def _runs(load: Load, buttons: dict[int, tuple[str, ...]]) -> list[Measure]:
    texts = all_questions()
    numbers = itertools.count(time.time_ns() // 1_000_000)  # new to any database
    distinct, usual = Mix(texts, buttons, numbers), Mix(texts, buttons, numbers, realistic=True)
    await load.crowd(usual, WARM)
    measures = [
        *_of_crowd("all different questions", await load.crowd(distinct, MESSAGES), None),
        *_of_crowd("a usual day", await load.crowd(usual, MESSAGES), 150),
    ]
    steady = await load.steadily(usual, MESSAGES, STEADY_PER_SECOND)
    name = f"{STEADY_PER_SECOND:g} a second, a usual day"
    measures += [
        Measure(f"{name}: turn, p50", steady.turn.p50, "ms"),
        Measure(f"{name}: turn, p99", steady.turn.p99, "ms", 150),
        Measure(f"{name}: webhook answered, p99", steady.webhook.p99, "ms", 1000),
    ]
    return [*measures, *await _soaked(load, usual)]


def _of_crowd(name: str, run: Run, limit: float | None) -> list[Measure]:
    return [
        Measure(f"{name}: answered", run.turn.per_second, "/s", limit, at_least=True),
        Measure(f"{name}: processor time each", run.cpu_milliseconds, "ms"),
        Measure(f"{name}: webhook answered, p50", run.webhook.p50, "ms"),
        Measure(f"{name}: webhook answered, p99", run.webhook.p99, "ms", 1000),
    ]


async def _soaked(load: Load, mix: Mix) -> list[Measure]:
    """Send many messages in pieces; neither memory nor lag may grow from piece to piece."""
    measures, piece = [], SOAKED // 5
    for number in range(1, 6):
        run = await load.steadily(mix, piece, STEADY_PER_SECOND)
        name = f"soak, {number * piece:,} of {SOAKED:,}"
        measures += [
            Measure(f"{name}: resident", resident_megabytes(load.pid), "MB", 400),
            Measure(f"{name}: turn, p50", run.turn.p50, "ms"),
        ]
    return measures


def all_questions() -> list[str]:
    """Return all questions of ours, with their accents and without, in no order."""
    typed = questions(MESSAGES)
    texts = list(dict.fromkeys(one for text in typed for one in (text, strip_accents(text))))
    random.Random(SEED).shuffle(texts)  # noqa: S311
    return texts
