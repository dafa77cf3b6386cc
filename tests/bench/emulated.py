"""The road of a message through npm's `telegram-test-api`, a Bot API of other people's making.

It runs on Node and takes milliseconds of its own for each message, so what it shows is a floor.
"""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import uvloop

from tests.bench.measure import Measure
from tests.bench.processes import MOTCUA, cpu_seconds, free_port, serving
from tests.bench.updates import DATE, FIRST_CHAT, a_person
from tests.bench.webhook_client import WebhookClient
from tests.support.telegram_emulator import TOKEN, TelegramEmulator, installed

MESSAGES = 1000
AT_ONCE = 32
_SECRET = "a-secret-of-the-benchmark"  # noqa: S105
_LOOK_EVERY_SECONDS = 0.5
_PATIENCE_SECONDS = 120.0


def emulator_beside(national_data: Path) -> Path | None:
    """Return the emulator that lies beside the national data; None: it or npm is missing."""
    server = national_data.parent / "emulators" / "telegram" / "server.js"
    return server if server.exists() and shutil.which("npm") else None


def measure_emulated(server: Path, env: Mapping[str, str], texts: Sequence[str]) -> list[Measure]:
    """Send each of `texts` from a chat of its own through the emulator."""
    port = free_port()
    log = Path(env["DATA_FOLDER"]) / "emulator.log"
    with TelegramEmulator(installed(server), log) as emulator:
        settings = {
            "PORT": str(port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_WEBHOOK_SECRET": _SECRET,
            "TELEGRAM_API_URL": emulator.url,
            "TELEGRAM_MESSAGES_PER_SECOND": "1000",
        }
        base = f"http://127.0.0.1:{port}"
        with serving([str(MOTCUA), "serve"], f"{base}/readyz", {**env, **settings}) as (pid, _):
            emulator.set_webhook(f"{base}/webhooks/telegram", _SECRET)
            spent = cpu_seconds(pid)
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                seconds = runner.run(_answered(emulator.url, texts))
            spent = cpu_seconds(pid) - spent
    name = "through telegram-test-api, all different questions"
    return [
        Measure(f"{name}: answered", len(texts) / seconds, "/s"),
        Measure(f"{name}: processor time each", spent * 1000 / len(texts), "ms"),
    ]


async def _answered(url: str, texts: Sequence[str]) -> float:
    """Return the seconds from the first message to the answer of the last one."""
    client = WebhookClient(int(url.rpartition(":")[2]), "/sendMessage", {})
    await client.open()
    left = iter(enumerate(texts))

    async def one_after_another() -> None:
        for number, text in left:
            said = {**a_person(FIRST_CHAT + number), "date": DATE, "text": text, "entities": []}
            await client.post({"botToken": TOKEN, **said})

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    async with asyncio.timeout(_PATIENCE_SECONDS), httpx.AsyncClient(timeout=60) as http:
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            answer = await http.post(f"{url}/getUpdatesHistory", json={"token": TOKEN})
            history: list[dict[str, Any]] = answer.json()["result"]
            answers = [one for one in history if "chat_id" in one.get("message", {})]
            first = {str(one["message"]["chat_id"]): one["time"] for one in reversed(answers)}
            if len(first) == len(texts):
                break
    await client.close()
    took: float = max(first.values()) - min(one["time"] for one in history)
    return took / 1000  # the emulator counts milliseconds
