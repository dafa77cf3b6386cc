"""A server is upgraded, watched, backed up while it runs, and restored: with the real program."""

import asyncio
import hashlib
from pathlib import Path

import httpx
from sqlalchemy import text

from api.store.database import Database
from api.store.migrate import known_versions, upgrade_to, version_of
from tests.api.commands.test_commands import motcua
from tests.support.programs import Program

TOKEN = "ma-phien-cua-lan-tu-ban-truoc"  # noqa: S105 - of no session elsewhere
METRICS_TOKEN = "ma-cua-prometheus"  # noqa: S105 - of this test


def address(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'var' / 'motcua.db'}"


async def make_old(folder: Path) -> None:
    """A database of version 0002 in which Lan has a session and talks about residence."""
    (folder / "var").mkdir()
    database = Database(address(folder))
    user = hashlib.sha256(TOKEN.encode()).hexdigest()
    async with database.engine.connect() as connection:
        await connection.run_sync(upgrade_to, "0002")
        session = text("INSERT INTO chat_sessions (token_hash) VALUES (:user)")
        await connection.execute(session, {"user": user})
        talk = text(
            "INSERT INTO conversations (channel, user_id, dialogue) VALUES ('web', :user, :it)"
        )
        await connection.execute(talk, {"user": user, "it": '{"topic":"1.004222"}'})
        await connection.commit()
    await database.close()


async def schema(folder: Path) -> str | None:
    database = Database(address(folder))
    async with database.reading() as connection:
        version = await connection.run_sync(version_of)
    await database.close()
    return version


def ask(server: Program, number: int) -> dict[str, object]:
    body = {"session": TOKEN, "client_message_id": str(number), "text": "lệ phí bao nhiêu"}
    response = httpx.post(f"{server.url}/v1/chat/messages", json=body, timeout=60)
    assert response.status_code == 200, response.text
    answer: dict[str, object] = response.json()
    return answer


def opened(server: Program, address: str) -> int:
    """Open a session as whoever a trusted proxy says; return the status."""
    headers = {"X-Forwarded-For": address}
    return httpx.post(f"{server.url}/v1/chat/sessions", headers=headers).status_code


def test_a_server_is_upgraded_watched_backed_up_and_restored(tmp_path: Path) -> None:
    asyncio.run(make_old(tmp_path))
    before = motcua("backup", "truoc.zip", folder=tmp_path)
    assert "phiên bản bảng 0002" in before.stdout

    settings = {"DATA_FOLDER": str(tmp_path / "var"), "METRICS_TOKEN": METRICS_TOKEN}
    settings |= {"TRUSTED_PROXIES": "127.0.0.1", "SESSIONS_PER_MINUTE": "2"}
    with Program(tmp_path, settings) as server:
        assert asyncio.run(schema(tmp_path)) == known_versions()[-1]
        assert ask(server, 1)["procedure"] == "1.004222"

        headers = {"Authorization": f"Bearer {METRICS_TOKEN}"}
        shown = httpx.get(f"{server.url}/metrics", headers=headers).text
        assert 'motcua_turns_total{channel="web",family="answered"} 1.0' in shown
        assert httpx.get(f"{server.url}/metrics").status_code == 401
        assert [opened(server, "198.51.100.7") for _ in range(3)] == [201, 201, 429]
        assert opened(server, "198.51.100.8") == 201

        saved = motcua("backup", "motcua.zip", folder=tmp_path)
        assert "Lượt hỏi đáp: 1 dòng" in saved.stdout, saved.stderr
        refused = motcua("restore", "motcua.zip", "--yes", folder=tmp_path)
        assert refused.returncode == 1
        assert "motcua serve" in refused.stderr
        assert ask(server, 2)["procedure"] == "1.004222"
        server.stop()

    assert motcua("restore", "motcua.zip", "--yes", folder=tmp_path).returncode == 0
    assert motcua("restore", "truoc.zip", "--yes", folder=tmp_path).returncode == 0
    assert asyncio.run(schema(tmp_path)) == known_versions()[-1]
