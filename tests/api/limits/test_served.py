"""What the running server tells of the counts that it shares with others."""

import socket
from pathlib import Path

import httpx

from tests.support.programs import Program
from tests.support.small_content import a_small_content


def test_a_server_without_its_valkey_says_once_that_it_counts_by_itself(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:  # accepts, and never answers
        settings = {
            "DATA_FOLDER": str(tmp_path / "var"),
            "CONTENT_FOLDER": str(a_small_content(tmp_path)),
            "LIMITS_URL": f"valkey://127.0.0.1:{mute.getsockname()[1]}",
            "LOG_LEVEL": "info",
        }
        with Program(tmp_path, settings) as server:
            for _ in range(3):
                assert httpx.post(f"{server.url}/v1/chat/sessions", timeout=60).is_success
            log = server.log.read_text("utf-8")
    assert log.count('"limits_counted_here"') == 1
    assert '"warning"' in next(line for line in log.splitlines() if "limits_counted_here" in line)
