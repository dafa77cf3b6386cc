"""What a province profile tells, on the page and over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from bot.rendering import Desk
from knowledge.content import SHIPPED
from knowledge.profile import load_profile
from tests.api.conftest import serving
from tests.support.desks import a_desk
from tests.support.fakes import FakeNlu

pytestmark = pytest.mark.anyio

QUESTION = "mấy giờ phường mẫu a làm việc"
MAP = "https://example.org/ban-do/mau-a"


def a_desk_of_the_sample() -> Desk:
    return a_desk(profile=load_profile(SHIPPED / "profiles" / "sample.yaml"))


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    nlu = FakeNlu()
    nlu.expect(QUESTION, intent="ask_office_hours")
    async with serving(tmp_path / "var", nlu, a_desk_of_the_sample) as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            yield client


async def test_the_page_shows_the_office_with_a_link_to_its_map(client: httpx.AsyncClient) -> None:
    form = {"message_id": "m1", "text": QUESTION}
    response = await client.post("/chat", data=form, follow_redirects=True)
    assert response.status_code == 200
    assert f'<a href="{MAP}"' in response.text
    assert "7:30–11:30" in response.text
    assert "dữ liệu MẪU" in response.text


async def test_the_api_gives_the_map_as_a_link_block(client: httpx.AsyncClient) -> None:
    session = (await client.post("/v1/chat/sessions")).json()["session"]
    message = {"session": session, "client_message_id": "1", "text": QUESTION}
    reply = (await client.post("/v1/chat/messages", json=message)).json()
    assert {"type": "link", "label": "Xem bản đồ", "url": MAP} in reply["blocks"]
    assert reply["outcome"] == "answered_office"
