"""Whatever is asked of the server, errors have one shape and headers are safe."""

import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import anyio
import httpx
import pytest
import structlog
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.logs import configure_logs
from api.middleware import Edge
from api.wiring.services import Services
from tests.api.conftest import serving
from tests.api.store.broken import read_only

pytestmark = pytest.mark.anyio


async def test_healthz_says_ok(client: httpx.AsyncClient) -> None:
    response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/khong-co", 404), ("DELETE", "/healthz", 405)]
)
async def test_what_does_not_exist_is_a_problem_in_vietnamese(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == f"/docs#loi-{status}"
    assert problem["title"]
    assert problem["detail"]


async def test_a_wrong_method_is_told_the_right_ones(client: httpx.AsyncClient) -> None:
    assert (await client.delete("/healthz")).headers["allow"] == "GET"


async def test_a_body_over_the_limit_is_refused_unread(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/chat/messages", content=b"x" * 20_001)
    assert response.status_code == 413


async def test_answers_carry_headers_that_keep_browsers_safe(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/khong-co"):
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]


async def test_no_other_site_may_read_the_answers(client: httpx.AsyncClient) -> None:
    response = await client.get("/healthz", headers={"Origin": "https://la.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]


async def test_a_body_over_the_limit_is_refused_while_it_streams(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 1000

    headers = {"Content-Type": "application/json"}
    response = await client.post("/v1/chat/messages", content=pieces(), headers=headers)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


async def test_readyz_tells_how_many_procedures_there_are(client: httpx.AsyncClient) -> None:
    response = await client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["procedures"] >= 60


async def test_readyz_says_no_after_a_write_that_failed_until_one_succeeds(
    client: httpx.AsyncClient, services: Services
) -> None:
    database = services.sessions._database  # type: ignore[attr-defined]
    async with read_only(database):
        assert (await client.post("/v1/chat/sessions")).status_code == 503
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 200


async def test_an_error_nobody_expected_is_a_problem_without_details(tmp_path: Path) -> None:
    async with serving(tmp_path / "var") as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            session = (await client.post("/v1/chat/sessions")).json()["session"]
            # The scripted language model fails with KeyError for a text it was not told about.
            body = {"session": session, "client_message_id": "1", "text": "bí mật của Lan"}
            response = await client.post("/v1/chat/messages", json=body)
    assert response.status_code == 500
    assert response.json()["status"] == 500
    assert "Lan" not in response.text
    assert "KeyError" not in response.text


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logs("info", stream)
    yield stream
    structlog.reset_defaults()


async def test_logs_hold_no_text_no_token_and_no_query(
    client: httpx.AsyncClient, logged: io.StringIO
) -> None:
    session = (await client.post("/v1/chat/sessions")).json()["session"]
    await client.post(
        "/v1/chat/messages",
        json={"session": session, "client_message_id": "1", "text": "xin chào"},
    )
    await client.get("/v1/procedures", params={"query": "bí mật của Lan"})
    await client.get("/v1/procedures/1.001193")
    written = logged.getvalue()
    events = [json.loads(line) for line in written.splitlines()]
    assert [event["route"] for event in events][-2:] == [
        "/v1/procedures",
        "/v1/procedures/{code}",
    ]
    for secret in (session, "xin chào", "Lan", "1.001193"):
        assert secret not in written


async def test_head_gives_the_headers_of_get_without_a_body(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/", "/v1/procedures/1.001193"):
        response = await client.head(path)
        assert response.status_code == 200
        assert response.content == b""
        assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_body_that_never_comes_is_given_up() -> None:
    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()

    async def silence() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-length", b"5"), (b"content-type", b"application/json")],
    }
    await Edge(app, body_max_bytes=10, body_seconds=0.01)(scope, silence, keep)
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["detail"]
