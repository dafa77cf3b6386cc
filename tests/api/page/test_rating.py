"""Rating an answer and having everything erased, on the page as a plain form and over HTTP."""

import re

import httpx
import pytest

from tests.api.conftest import BIRTH

pytestmark = pytest.mark.anyio

PRESSED = re.compile(r'value="(rate:(?:up|down):\d+)"[^>]*aria-pressed="true"')
BUTTON = re.compile(r'value="(rate:up:\d+)"')


async def ask(client: httpx.AsyncClient, number: int, **parts: str) -> httpx.Response:
    form = {"message_id": f"m{number}"} | parts
    return await client.post("/chat", data=form, follow_redirects=True)


async def test_an_answer_has_two_buttons_and_the_pressed_one_stays_pressed(
    client: httpx.AsyncClient,
) -> None:
    page = (await ask(client, 1, text=BIRTH)).text
    (up,) = BUTTON.findall(page)
    assert PRESSED.findall(page) == []

    form = {"message_id": "m2", "choice": up.replace("up", "down")}
    page = (await client.post("/chat/rate", data=form, follow_redirects=True)).text
    assert PRESSED.findall(page) == [up.replace("up", "down")]
    assert "1.001193" in page
    assert BIRTH in page

    form = {"message_id": "m3", "choice": up}
    fragment = await client.post("/chat/rate", data=form, headers={"X-Fragment": "1"})
    assert PRESSED.findall(fragment.text) == [up]
    assert PRESSED.findall((await client.get("/")).text) == [up]


async def test_a_typed_thumb_leaves_the_answer_on_the_page(client: httpx.AsyncClient) -> None:
    await ask(client, 1, text=BIRTH)

    page = (await ask(client, 2, text="👍")).text

    assert len(PRESSED.findall(page)) == 1
    assert BIRTH in page


async def test_what_answers_nothing_cannot_be_rated(client: httpx.AsyncClient) -> None:
    assert BUTTON.findall((await ask(client, 1, text="xin chào")).text) == []


@pytest.mark.parametrize("choice", ["ask:1.001193", "rate:up:", "rate:up:x", ""])
async def test_only_ratings_are_taken_where_answers_are_rated(
    client: httpx.AsyncClient, choice: str
) -> None:
    form = {"message_id": "m1", "choice": choice}

    assert (await client.post("/chat/rate", data=form)).status_code == 422


async def test_an_answer_of_another_session_cannot_be_rated(client: httpx.AsyncClient) -> None:
    (up,) = BUTTON.findall((await ask(client, 1, text=BIRTH)).text)
    client.cookies.clear()
    await ask(client, 2, text="xin chào")
    await client.post("/chat/rate", data={"message_id": "m3", "choice": up})

    assert PRESSED.findall((await client.get("/")).text) == []


async def test_over_http_the_reply_names_its_ratings(client: httpx.AsyncClient) -> None:
    session = (await client.post("/v1/chat/sessions")).json()["session"]
    body = {"session": session, "client_message_id": "1", "text": BIRTH}
    reply = (await client.post("/v1/chat/messages", json=body)).json()
    again = (await client.post("/v1/chat/messages", json=body)).json()
    up, down = reply["ratings"]

    assert again["ratings"] == reply["ratings"]
    assert (up["label"], down["label"]) == ("👍", "👎")
    body = {"session": session, "client_message_id": "2", "choice": down["value"]}
    thanks = (await client.post("/v1/chat/messages", json=body)).json()
    assert thanks["outcome"] == "small_talk_rated_down"
    assert thanks["ratings"] == []


async def test_erasing_is_told_on_the_page_although_nothing_is_kept(
    client: httpx.AsyncClient,
) -> None:
    await ask(client, 1, text=BIRTH)
    asked = (await ask(client, 2, text="xoá dữ liệu của tôi")).text
    assert 'value="erase:yes"' in asked

    erased = await ask(client, 3, text="Xoá hết", choice="erase:yes")

    assert "Tôi đã xoá hết" in erased.text
    assert erased.headers["X-Erased"] == "1"
    assert "Tôi đã xoá" not in (await client.get("/")).text
    assert 'class="mine"' not in (await client.get("/")).text
