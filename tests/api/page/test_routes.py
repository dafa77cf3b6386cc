"""The page works as a plain form: whatever is sent, a page comes back and nothing is run."""

import httpx
import pytest

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("text", ["", "   ", "🙂"])
async def test_an_empty_question_is_answered_on_the_page(
    client: httpx.AsyncClient, text: str
) -> None:
    form = {"message_id": "m1", "text": text}
    response = await client.post("/chat", data=form, follow_redirects=True)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "chưa thấy câu hỏi" in response.text


async def test_what_is_too_long_is_said_on_the_page(client: httpx.AsyncClient) -> None:
    form = {"message_id": "m1", "text": "a" * 2001}
    response = await client.post("/chat", data=form)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert "Bạn viết ngắn lại" in response.text
