"""npm's `telegram-test-api` as a Bot API that this project did not write (protocols.md §4).

Beside the national data lies `emulators/telegram/server.js`, which corrects the package where
python-telegram-bot needs it. Installed once into `build/`, from a lock file with hashes.
"""

import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from tests.support.programs import until

ROOT = Path(__file__).parents[2]
LOCKED = Path(__file__).parent / "npm"
FOLDER = ROOT / "build" / "emulators" / "telegram"
TOKEN = "666:cua-phep-thu"  # noqa: S105 - of no bot
INSTALL_SECONDS = 600
NPM_CI = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")


def installed(server: Path) -> Path:
    """Return a copy of `server` beside the packages it needs; skips where npm is missing."""
    for missing, reason in (
        (shutil.which("npm") is None, "npm is not installed; Debian: apt-get install npm"),
        (not server.exists(), f"{server.name} of the Telegram emulator is not beside the data"),
    ):
        if missing and os.environ.get("CI") == "true":  # noqa: TID251 - a skip would hide it there
            pytest.fail(reason)
        if missing:
            pytest.skip(reason)
    FOLDER.mkdir(parents=True, exist_ok=True)
    copied, lock = FOLDER / server.name, FOLDER / "package-lock.json"
    wanted = (LOCKED / lock.name).read_bytes()
    done = FOLDER / "node_modules" / ".done"
    if not done.exists() or done.read_bytes() != wanted:
        for name in ("package.json", lock.name):
            shutil.copy(LOCKED / name, FOLDER / name)
        subprocess.run(NPM_CI, cwd=FOLDER, check=True, timeout=INSTALL_SECONDS)
        done.write_bytes(wanted)
    shutil.copy(server, copied)
    return copied


class TelegramEmulator:
    """The emulator, for the time of a `with`, and one citizen who writes to the bot."""

    def __init__(self, server: Path, log: Path, chat_id: int = 5_900_000_001) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        """What TELEGRAM_API_URL is set to."""
        self._server = server
        self._log = log
        self._who = {"id": chat_id, "is_bot": False, "first_name": "Lan"}
        self._chat = {"id": chat_id, "type": "private", "first_name": "Lan"}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        environment = {
            "PATH": os.environ["PATH"],  # noqa: TID251 - a child inherits it
            "PORT": str(self._port),
        }
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["node", self._server.name],  # noqa: S607 - found as npm was
                cwd=self._server.parent,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: b"up " in self._log.read_bytes())
        return self

    def __exit__(self, *_error: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(60)

    def set_webhook(self, url: str, secret: str) -> None:
        """Have what the citizen writes sent to `url`."""
        asked = {"url": url, "secret_token": secret}
        httpx.post(f"{self.url}/bot{TOKEN}/setWebhook", json=asked).raise_for_status()

    def writes(self, text: str) -> dict[str, Any]:
        """Let the citizen write, and return the last message of the answer."""
        kind, entities = "sendMessage", []
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            kind, entities = "sendCommand", [{"type": "bot_command", "offset": 0, "length": length}]
        return self._does(kind, text=text, entities=entities, chat=self._chat)

    def presses(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        """Let the citizen press a button of `message`, and return the answer."""
        data = next(
            button["callback_data"]
            for row in message["message"]["reply_markup"]["inline_keyboard"]
            for button in row
            if label in button["text"]
        )
        under = {"message_id": message["messageId"], "chat": self._chat, "date": 1_790_000_000}
        return self._does("sendCallback", data=data, message=under)

    def _does(self, kind: str, **content: Any) -> dict[str, Any]:
        before = len(self._answers())
        body = {"botToken": TOKEN, "from": self._who, "date": 1_790_000_000, **content}
        httpx.post(f"{self.url}/{kind}", json=body).raise_for_status()
        until(lambda: len(self._answers()) > before)
        return self._answers()[-1]

    def _answers(self) -> list[dict[str, Any]]:
        answer = httpx.post(f"{self.url}/getUpdatesHistory", json={"token": TOKEN})
        history: list[dict[str, Any]] = answer.json()["result"]
        return [one for one in history if "chat_id" in one.get("message", {})]
