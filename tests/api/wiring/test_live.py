"""A running server follows imports, confirmations and rollbacks; a killed import changes nothing.

Real programs on real databases: a server, commands beside it, SIGKILL.
"""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.settings import load_settings
from api.store.database import Database
from api.store.holds import KnowledgeHolds
from api.store.revisions import KnowledgeRevisions
from knowledge.holds import Hold
from tests.support.exports import an_export
from tests.support.small_content import CODE, a_birth_record, a_residence_record, a_small_content

PROGRAM = str(Path(sys.executable).parent / "motcua")
FEE = "đăng ký thường trú hết bao nhiêu tiền"
PATIENCE_SECONDS = 60
"""Not how fast it is, but when a test gives up on a busy machine."""


class Site:
    """One installation: a database, a folder, and programs that use them."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],  # noqa: TID251 - a child inherits it
            "DATA_FOLDER": str(folder / "var"),
            "CONTENT_FOLDER": str(a_small_content(folder)),
            "DATABASE_URL": address,
            "SESSIONS_PER_MINUTE": "100000",  # one asks here as fast as one can
        }
        self.settings = {"data_folder": folder / "var", "database_url": address}
        self.june = str(an_export(folder, a_residence_record(), name="thang6.jsonl"))
        july = a_residence_record("25.000 đồng")
        self.july = str(an_export(folder, july, a_birth_record(), name="thang7.jsonl"))

    def start(self, *words: str, **more: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [PROGRAM, *words],
            env=self.environment | more,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *words: str) -> str:
        with self.start("knowledge", *words) as program:
            out, err = program.communicate(timeout=PATIENCE_SECONDS)
        assert program.returncode == 0, err.decode()
        return out.decode()

    def stored(self) -> tuple[dict[str, str], tuple[Hold, ...]]:
        """Return the records in force and what is held."""

        async def read() -> tuple[dict[str, str], tuple[Hold, ...]]:
            database = Database(load_settings(**self.settings).database_address)
            revisions = KnowledgeRevisions(database)
            active = await revisions.active()
            assert active is not None
            found = await revisions.load(active), await KnowledgeHolds(database).open()
            await database.close()
            return found

        return asyncio.run(read())

    @contextlib.contextmanager
    def serving(self) -> Iterator[Callable[[], str]]:
        """Start a server; give what asks it for the fee and returns the outcome and the text."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        log = self.folder / "log"
        with log.open("wb") as errors:
            server = subprocess.Popen(
                [PROGRAM, "serve"],
                env=self.environment | {"PORT": port},
                cwd=self.folder,
                stderr=errors,
            )
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                until(lambda: server.poll() is not None or _is_ready(client))
                assert server.poll() is None, log.read_text("utf-8")
                yield lambda: _asked(client)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE_SECONDS)


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; fail when patience ends."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)


def _is_ready(client: httpx.Client) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return client.get("/readyz").is_success
    return False


def _asked(client: httpx.Client) -> str:
    session = client.post("/v1/chat/sessions").raise_for_status().json()["session"]
    message = {"session": session, "client_message_id": "1", "text": FEE}
    reply = client.post("/v1/chat/messages", json=message).raise_for_status().json()
    return f"{reply['outcome']}: {reply['text']}"


@pytest.fixture
def site(address: str, tmp_path: Path) -> Site:
    return Site(tmp_path, address)


def test_a_running_server_follows_import_confirmation_and_rollback(site: Site) -> None:
    site.run("import", site.june)
    with site.serving() as ask:
        assert "20.000 đồng" in ask()
        site.run("import", site.july)
        until(lambda: ask().startswith("unanswered_held"))
        site.run("confirm", CODE)
        until(lambda: "25.000 đồng" in ask())
        site.run("rollback")
        until(lambda: "20.000 đồng" in ask())


def test_turns_are_answered_while_a_new_base_is_made_ready(site: Site) -> None:
    site.run("import", site.june)
    with site.serving() as ask, site.start("knowledge", "import", site.july) as importing:
        outcomes: set[str] = set()
        while importing.poll() is None or not outcomes & {"unanswered_held"}:
            outcomes.add(ask().partition(":")[0])
            assert outcomes <= {"answered_fee", "unanswered_held"}
        assert importing.returncode == 0
    assert outcomes == {"answered_fee", "unanswered_held"}


def test_a_killed_import_leaves_the_old_base_in_force(site: Site) -> None:
    """Or the new one whole, where the kill came after the last step and before the goodbye."""
    site.run("import", site.june)
    before = seen = site.stored()
    for after_seconds in (0.4, 0.9, 1.4, 1.9):
        with site.start("knowledge", "import", site.july) as importing:
            with contextlib.suppress(subprocess.TimeoutExpired):
                importing.wait(after_seconds)
            importing.kill()
        seen = site.stored()
        if seen != before:
            break
    site.run("import", site.july)
    after = site.stored()
    assert seen in (before, after)
    assert [len(records) for records, _ in (before, after)] == [1, 2]
    assert [hold.place for hold in after[1]] == [f"{CODE}:fee", "faq:phi-thuong-tru"]


def test_two_imports_at_once_both_count(site: Site) -> None:
    site.run("import", site.june)
    birth = an_export(site.folder, a_birth_record(), name="khai-sinh.jsonl")
    death = an_export(
        site.folder,
        a_birth_record() | {"code": "1.000656", "name": "Đăng ký khai tử"},
        name="khai-tu.jsonl",
    )
    both = [site.start("knowledge", "import", str(path)) for path in (birth, death)]
    told = [program.communicate(timeout=PATIENCE_SECONDS) for program in both]
    assert [program.returncode for program in both] == [0, 0], told
    assert sorted(site.stored()[0]) == ["1.000656", "1.001193", CODE]
