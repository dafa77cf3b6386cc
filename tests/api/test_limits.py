"""Too much is refused over HTTP, kindly, and only to those who send it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.app import create_app
from api.limits import Limits
from tests.api.conftest import BIRTH, serving

pytestmark = pytest.mark.anyio

KIND = "Bạn chờ chừng một phút"


@asynccontextmanager
async def a_client(
    folder: Path, *, messages: int = 2, overall: int = 100, sessions: int = 100
) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(folder, limits=Limits(messages, overall, sessions)) as services:
        app = ProxyHeadersMiddleware(create_app(services), trusted_hosts=["10.0.0.0/8"])  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app=app, client=("10.0.0.1", 50_000))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            yield client


async def open_session(client: httpx.AsyncClient, behind: str = "") -> httpx.Response:
    headers = {"X-Forwarded-For": behind} if behind else {}
    return await client.post("/v1/chat/sessions", headers=headers)


async def send(client: httpx.AsyncClient, session: str, number: int) -> httpx.Response:
    body = {"session": session, "client_message_id": str(number), "text": "xin chào"}
    return await client.post("/v1/chat/messages", json=body)


async def ask_page(
    client: httpx.AsyncClient, number: int, text: str, fragment: str = ""
) -> httpx.Response:
    data = {"message_id": str(number), "text": text}
    return await client.post("/chat", data=data, headers={"X-Fragment": fragment})


async def test_case_49_one_token_is_limited_and_told_when_to_come_back(tmp_path: Path) -> None:
    async with a_client(tmp_path) as client:
        mine, other = [(await open_session(client)).json()["session"] for _ in range(2)]
        answers = [await send(client, mine, number) for number in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
        problem = answers[-1].json()
        assert problem["type"] == "/docs#loi-429"
        assert KIND in problem["detail"]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
        assert answers[-1].headers["content-type"] == "application/problem+json"
        assert (await send(client, other, 1)).status_code == 200


async def test_case_49_an_answer_asked_for_again_is_given_over_the_limit_too(
    tmp_path: Path,
) -> None:
    async with a_client(tmp_path) as client:
        session = (await open_session(client)).json()["session"]
        answers = [await send(client, session, number) for number in (1, 2, 3, 2, 1)]
        assert [answer.status_code for answer in answers] == [200, 200, 429, 200, 200]


async def test_case_49_one_address_opens_only_so_many_sessions(tmp_path: Path) -> None:
    async with a_client(tmp_path, sessions=2) as client:
        opened = [await open_session(client, "198.51.100.7") for _ in range(3)]
        assert [answer.status_code for answer in opened] == [201, 201, 429]
        assert (await open_session(client, "198.51.100.8")).status_code == 201


async def test_case_49_what_a_stranger_writes_before_the_proxy_s_word_is_not_believed(
    tmp_path: Path,
) -> None:
    async with a_client(tmp_path, sessions=2) as client:
        opened = [await open_session(client, f"203.0.113.{n}, 198.51.100.7") for n in range(3)]
        assert [answer.status_code for answer in opened] == [201, 201, 429]


async def test_case_49_one_household_has_one_block_of_ipv6_addresses(tmp_path: Path) -> None:
    async with a_client(tmp_path, sessions=2) as client:
        opened = [await open_session(client, f"2001:db8:1:2::{n}") for n in range(1, 4)]
        assert [answer.status_code for answer in opened] == [201, 201, 429]
        assert (await open_session(client, "2001:db8:1:3::1")).status_code == 201


async def test_case_49_everybody_together_is_limited(tmp_path: Path) -> None:
    async with a_client(tmp_path, overall=3) as client:
        sessions = [(await open_session(client)).json()["session"] for _ in range(5)]
        answers = [await send(client, session, 1) for session in sessions]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]


async def test_case_49_the_page_says_it_kindly_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with a_client(tmp_path, messages=1) as client:
        await ask_page(client, 1, BIRTH)
        answer = await ask_page(client, 2, "hỏi về tạm trú")
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) >= 1
        assert KIND in answer.text
        assert "hỏi về tạm trú" in answer.text


async def test_case_49_the_page_s_script_reads_why(tmp_path: Path) -> None:
    async with a_client(tmp_path, messages=1) as client:
        await ask_page(client, 1, BIRTH)
        answer = await ask_page(client, 2, BIRTH, fragment="1")
        assert answer.status_code == 429
        assert KIND in answer.json()["detail"]
