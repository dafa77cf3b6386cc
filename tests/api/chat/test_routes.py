"""A session, a message, an answer: over HTTP."""

from typing import Any

import httpx
import pytest

from tests.api.conftest import BIRTH

pytestmark = pytest.mark.anyio


@pytest.fixture
async def session(client: httpx.AsyncClient) -> str:
    response = await client.post("/v1/chat/sessions")
    assert response.status_code == 201
    return str(response.json()["session"])


async def send(client: httpx.AsyncClient, session: str, **parts: Any) -> httpx.Response:
    body = {"session": session, "client_message_id": "1"} | parts
    return await client.post("/v1/chat/messages", json=body)


async def test_every_session_has_a_token_of_its_own(client: httpx.AsyncClient) -> None:
    tokens = {(await client.post("/v1/chat/sessions")).json()["session"] for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)


async def test_a_question_is_answered_with_its_source(
    client: httpx.AsyncClient, session: str
) -> None:
    response = await send(client, session, text=BIRTH)
    assert response.status_code == 200
    reply = response.json()
    assert reply["procedure"] == "1.001193"
    assert reply["candidates"][0] == "1.001193"
    assert reply["outcome"].startswith("answered")
    assert reply["sources"][0]["code"] == "1.001193"
    assert reply["sources"][0]["url"].startswith("https://dichvucong.gov.vn/")
    assert "giấy tờ" in reply["text"]


async def test_the_value_of_a_choice_is_understood(client: httpx.AsyncClient, session: str) -> None:
    blocks = (await send(client, session, text=BIRTH)).json()["blocks"]
    choices = next(block for block in blocks if block["type"] == "choices")
    (pressed,) = (one["value"] for one in choices["items"] if one["label"] == "Chi tiết")
    reply = (await send(client, session, client_message_id="2", choice=pressed)).json()
    assert reply["outcome"].startswith("answered")


async def test_a_form_is_asked_and_answered_by_its_buttons(
    client: httpx.AsyncClient, session: str
) -> None:
    reply = (await send(client, session, text=BIRTH)).json()
    asked = 0
    while reply["outcome"] != "guided_checklist":
        menus = [block["items"] for block in reply["blocks"] if block["type"] == "choices"]
        pressed = menus[0][0]["value"]
        assert pressed.startswith("form:1.001193")
        asked += 1
        reply = (await send(client, session, client_message_id=f"f{asked}", choice=pressed)).json()
        assert reply["outcome"] in {"clarify_circumstance", "guided_checklist"}
    assert asked > 2
    assert reply["sources"][0]["code"] == "1.001193"


async def test_the_same_message_id_gets_the_same_answer(
    client: httpx.AsyncClient, session: str
) -> None:
    first = await send(client, session, text=BIRTH)
    again = await send(client, session, text=BIRTH)
    assert again.json() == first.json()


async def test_an_unknown_session_is_told_how_to_open_one(client: httpx.AsyncClient) -> None:
    response = await send(client, "đoán mò", text=BIRTH)
    assert response.status_code == 404
    assert "POST /v1/chat/sessions" in response.json()["detail"]


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({}, "body"),
        ({"text": "xin chào", "choice": "ask:fee"}, "body"),
        ({"text": 5}, "text"),
        ({"text": "a" * 501}, "text"),
        ({"text": "xin chào", "client_message_id": "một hai"}, "client_message_id"),
        ({"text": "xin chào", "lạ": 1}, "lạ"),
    ],
)
async def test_a_wrong_message_is_told_which_part_is_wrong(
    client: httpx.AsyncClient, session: str, parts: dict[str, Any], field: str
) -> None:
    response = await send(client, session, **parts)
    assert response.status_code == 422
    errors = response.json()["errors"]
    assert [error["field"] for error in errors] == [field]
    assert all(error["message"] for error in errors)


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "\u0000\u0007"])
async def test_a_message_without_words_gets_an_answer_that_says_so(
    client: httpx.AsyncClient, session: str, text: str
) -> None:
    response = await send(client, session, text=text)
    assert response.status_code == 200
    assert response.json()["outcome"] == "unanswered_empty"


async def test_half_a_surrogate_pair_is_refused(client: httpx.AsyncClient, session: str) -> None:
    body = f'{{"session": "{session}", "client_message_id": "1", "text": "\\ud800"}}'
    headers = {"Content-Type": "application/json"}
    response = await client.post("/v1/chat/messages", content=body, headers=headers)
    assert response.status_code == 422


@pytest.mark.parametrize(("content", "kind", "status"), [
    (b'{"session": ', "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    (b"[" * 5000, "application/json", 400),
    (b"text=xin", "application/x-www-form-urlencoded", 415),
    (b"{}", "text/plain", 415),
])  # fmt: skip
async def test_a_body_that_is_no_json_is_refused(
    client: httpx.AsyncClient, content: bytes, kind: str, status: int
) -> None:
    response = await client.post(
        "/v1/chat/messages", content=content, headers={"Content-Type": kind}
    )
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
