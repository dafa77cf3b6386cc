"""The Rasa server is faked at the wire."""

from collections.abc import Callable, Mapping

import anyio
import httpx
import pytest

from bot.errors import NluAnswerInvalid, NluUnreachable
from bot.rasa_client import MAX_ANSWER_BYTES, RasaClient
from bot.understanding import to_parse
from tests.support.fakes import a_rasa_answer

Handler = Callable[[httpx.Request], httpx.Response]


def ask(handler: Handler, text: str = "xin chào") -> Mapping[str, object]:
    async def run() -> Mapping[str, object]:
        transport = httpx.MockTransport(handler)
        async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as client:
            return await RasaClient(client).parse(text)

    return anyio.run(run)


def test_the_answer_is_rasas_json() -> None:
    answer = ask(lambda _: httpx.Response(200, json=a_rasa_answer("xin chào", "greet")))

    assert to_parse("xin chào", answer).intent == "greet"


def test_a_leading_slash_never_reaches_rasa() -> None:
    seen: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return httpx.Response(200, json=a_rasa_answer("greet"))

    ask(answer, "/greet")

    assert seen == [b'{"text":"greet"}']


@pytest.mark.parametrize("status", [401, 404, 500, 503])
def test_an_error_status_is_an_unreachable_model(status: int) -> None:
    with pytest.raises(NluUnreachable, match=str(status)):
        ask(lambda _: httpx.Response(status))


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.ReadError]
)
def test_errors_of_the_connection_are_translated(error: type[httpx.TransportError]) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error("no")

    with pytest.raises(NluUnreachable):
        ask(fail)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"\xff"])
def test_an_answer_that_is_not_rasas_is_refused(body: bytes) -> None:
    with pytest.raises(NluAnswerInvalid):
        ask(lambda _: httpx.Response(200, content=body))


def test_an_endless_answer_is_cut_off() -> None:
    with pytest.raises(NluAnswerInvalid, match="bytes"):
        ask(lambda _: httpx.Response(200, content=b" " * (MAX_ANSWER_BYTES + 1)))
