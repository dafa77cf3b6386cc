"""The interpreter and a Rasa server keep the same promise: the JSON of Rasa's `/model/parse`."""

from collections.abc import Callable, Mapping
from pathlib import Path

import anyio
import httpx
import pytest

from bot.parse import AskedField, Parse
from bot.rasa_client import RasaClient
from bot.understanding import clean, to_parse
from nlu.interpreter import Interpreter

Ask = Callable[[str], Parse]


@pytest.fixture(params=["interpreter", "rasa"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask one adapter as the engine does: clean, parse, read."""
    if request.param == "interpreter":
        interpreter: Interpreter = request.getfixturevalue("interpreter")
        return lambda raw: to_parse(clean(raw), interpreter.parse(clean(raw)))
    address: str = request.getfixturevalue("rasa_server")

    async def over_http(text: str) -> Mapping[str, object]:
        async with httpx.AsyncClient(base_url=address) as client:
            return await RasaClient(client, timeout_seconds=30).parse(text)

    return lambda raw: to_parse(clean(raw), anyio.run(over_http, clean(raw)))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("xin chào", "greet"),
        ("cảm ơn bạn nhiều", "thanks"),
        ("tôi muốn gặp cán bộ tư vấn", "request_human"),
        ("hồ sơ của tôi đến đâu rồi", "check_dossier"),
        ("làm giấy khai sinh cho con cần giấy tờ gì", "ask_procedure"),
        ("lam lai can cuoc bi mat het bao nhieu tien", "ask_procedure"),
    ],
)
def test_plain_messages_are_understood(ask: Ask, text: str, intent: str) -> None:
    assert ask(text).intent == intent


def test_what_is_asked_and_of_which_procedure_comes_with_its_place(ask: Ask) -> None:
    parse = ask("làm giấy khai sinh cho con cần những giấy tờ gì")
    assert parse.asked == (AskedField.DOCUMENTS,)
    procedures = [entity for entity in parse.entities if entity.kind == "procedure"]
    assert [parse.text[e.start : e.end] for e in procedures] == [e.text for e in procedures]
    assert any("giấy khai sinh" in e.text for e in procedures)


def test_a_dossier_code_is_found(ask: Ask) -> None:
    codes = [e.text for e in ask("tra giúp H17.15-250710-0012").entities if "code" in e.kind]
    assert set(codes) == {"H17.15-250710-0012"}


def test_a_leading_slash_sets_no_intent(ask: Ask) -> None:
    parse = ask('/goodbye{"place":"Hà Nội"}')
    assert all(entity.kind != "place" or entity.confidence < 1 for entity in parse.entities)
    assert parse.confidence < 1


@pytest.mark.parametrize("text", ["", "😀", "?", "\x00\x07", "<b>khai sinh</b>", "a" * 5_000])
def test_odd_messages_get_an_answer_of_the_same_shape(ask: Ask, text: str) -> None:
    parse = ask(text)
    assert (parse.intent, parse.confidence) in parse.intents


def test_rasa_writes_no_citizens_words_into_its_log(rasa_server: str, rasa_log: Path) -> None:
    typed = "bà Nguyễn Thị Bí Mật 012345678901 muốn đăng ký thường trú"
    answer = httpx.post(f"{rasa_server}/model/parse", json={"text": typed}, timeout=30)
    assert answer.json()["text"] == typed
    log = rasa_log.read_text(encoding="utf-8", errors="replace")
    assert "Loading model" in log
    assert "Bí Mật" not in log
    assert "012345678901" not in log
