"""How long each turn of a guided filing takes, from the questions to "đã nộp", and its print.

`python -m tests.bench.filings` measures it alone.
"""

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import httpx
import typer
from rich.console import Console

from api.app import create_app
from api.logs import configure_logs
from api.settings import load_settings
from api.wiring.services import Services
from api.wiring.web import web_services
from bot.filings.codes import read_code
from bot.messages import (
    CHECKLIST,
    Checklist,
    Choice,
    Choices,
    ConversationKey,
    Heading,
    IncomingMessage,
    Reply,
)
from tests.bench.http_load import Timings, timings
from tests.bench.measure import Measure

CODES: Final = ("1.001193", "1.004222", "1.004194", "1.000894", "1.001612", "3.000347")
ROUNDS: Final = 12
MOST_QUESTIONS: Final = 10
STEPS: Final = 6
_PRINTS: Final = 10


@dataclass
class Walk:
    """One citizen after the other; what each turn took, in milliseconds, by its kind."""

    services: Services
    took: dict[str, list[float]] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    async def turn(self, kind: str, who: str, *, text: str = "", choice: str = "") -> Reply:
        key = ConversationKey("telegram", who)
        message = IncomingMessage(key, str(next(self._numbers)), self.services.now(), text, choice)
        began = time.perf_counter()
        reply = await self.services.engine.answer(message)
        self.took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        return reply

    async def through(self, who: str, code: str) -> str:
        """Go through a whole filing; return the code of its slip."""
        reply = await self.turn("question", who, choice=f"file:{code}")
        for _ in range(MOST_QUESTIONS):
            if reply.outcome.kind == CHECKLIST:
                break
            reply = await self.turn("question", who, choice=_first_answer(reply).value)
        item = next(one for one in reply.blocks if isinstance(one, Checklist)).items[0]
        await self.turn("tick, pressed", who, choice=item.value)
        await self.turn("tick, typed", who, text="bỏ 1")
        told = await self.turn("slip", who, choice=f"file:{code}:slip")
        await self.turn("tick of a slip", who, choice=item.value)
        await self.turn("step", who, choice=f"file:{code}:steps")
        for _ in range(STEPS):
            await self.turn("step", who, text="xong")
        await self.turn("question in between", who, text="vneid mức 2 là gì")
        await self.turn("step", who, text="làm tiếp")
        await self.turn("filed", who, choice=f"file:{code}:filed")
        return _code_of(told)


def _first_answer(reply: Reply) -> Choice:
    return next(
        one.items[0] for one in reply.blocks if isinstance(one, Choices) and one.open_question
    )


def _code_of(reply: Reply) -> str:
    (told,) = (one.text for one in reply.blocks if isinstance(one, Heading))
    code = read_code(told.partition(":")[2])
    if not code:
        raise AssertionError(told)
    return code


def measure_filings(folder: Path) -> list[Measure]:
    """Measure guided filings of shipped procedures, in this process on SQLite in `folder`."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> list[Measure]:
    configure_logs("error", sys.stderr)  # a line for each page would be in the time
    settings = load_settings(data_folder=folder / "filings")
    async with web_services(settings, [], lambda _line: None) as services:
        walk = Walk(services)
        slips = [
            await walk.through(f"{number}{code}", code)
            for number in range(ROUNDS)
            for code in CODES
        ]
        page, print_ = await _pages(services, slips)
    every = timings([one for took in walk.took.values() for one in took], 1.0)
    return [
        Measure("turn of a guided filing, p50", every.p50, "ms", 12),
        Measure("turn of a guided filing, p99", every.p99, "ms"),
        *(Measure(f"… {kind}, p50", _p50(took), "ms") for kind, took in walk.took.items()),
        Measure("page of a slip, p50", page.p50, "ms"),
        Measure("print of a slip (PDF), p50", print_.p50, "ms"),
    ]


def _p50(took: list[float]) -> float:
    return timings(took, 1.0).p50


async def _pages(services: Services, slips: list[str]) -> tuple[Timings, Timings]:
    transport = httpx.ASGITransport(app=create_app(services))
    async with httpx.AsyncClient(transport=transport, base_url="http://motcua.test") as client:
        pages = [await _got(client, f"/phieu/{code}") for code in slips]
        prints = [await _got(client, f"/phieu/{code}.pdf") for code in slips[:_PRINTS]]
    return timings(pages, 1.0), timings(prints, 1.0)


async def _got(client: httpx.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    (await client.get(path)).raise_for_status()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        for one in measure_filings(Path(folder)):
            Console(width=110).print(f"{one.name}: {one.shown}  {one.limit_shown} {one.verdict}")


if __name__ == "__main__":
    typer.run(main)
