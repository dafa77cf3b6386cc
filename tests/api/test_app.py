"""Whatever is asked of the server, errors have one shape and headers are safe."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.app import create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(body_max_bytes=10_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
        yield client


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
    response = await client.post("/v1/chat/messages", content=b"x" * 10_001)
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
