"""Telegram from what the platform brings to what people read, through the real wiring.

Real HTTP to an emulated Bot API; numbered cases of protocols.md §8.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.middleware import WEBHOOK_MAX_BYTES
from api.store.database import Database
from tests.api.conftest import BIRTH
from tests.api.webhooks.telegram_town import HOOK, Town, a_town
from tests.api.webhooks.zalo_oa_served import Slow
from tests.support.local_http import Fault
from tests.support.telegram_rules import BLOCKED, NO_CHAT
from tests.support.telegram_server import SECRET, TelegramServer
from tests.support.telegram_updates import (
    LAN,
    a_membership,
    a_message,
    a_press,
    an_update,
    as_bytes,
    in_a_group,
)

pytestmark = pytest.mark.anyio

HUNG = LAN + 1


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
async def town(tmp_path: Path, database: Database, telegram: TelegramServer) -> AsyncIterator[Town]:
    async with a_town(tmp_path, database, telegram) as town:
        yield town


async def test_a_question_is_answered_with_buttons_and_a_press_with_the_next_answer(
    town: Town,
) -> None:
    assert await town.says(BIRTH) == 200
    answer = await town.shown(1)
    assert answer.shown.of_kind("b")
    assert "1.001193" in answer.text
    assert answer.shown.links[-1].startswith("https://dichvucong.gov.vn")

    await town.brings(callback_query=a_press(answer.data_of("Lệ phí"), answer.message_id, "77"))

    assert "Lệ phí" in (await town.shown(2)).text
    await town.until(lambda: town.telegram.acknowledged == ["77"])


async def test_case_1_without_the_secret_nothing_is_answered(town: Town) -> None:
    body = as_bytes(an_update(900, message=a_message(BIRTH)))

    assert await town.posts(body, secret=SECRET[:-1]) == 403
    assert (await town.client.post(HOOK, content=body)).status_code == 403
    assert (await town.client.post(HOOK, content=b"{")).status_code == 403
    await town.says("xin chào")
    assert "1.001193" not in (await town.shown(1)).text


async def test_case_3_the_same_update_is_answered_once(town: Town) -> None:
    body = as_bytes(an_update(7, message=a_message("xin chào")))

    assert set(await asyncio.gather(*(town.posts(body) for _ in range(20)))) == {200}
    await town.says(BIRTH)
    assert "1.001193" in (await town.shown(2)).text


async def test_case_7_an_update_is_taken_at_once_however_long_its_answer_takes(
    tmp_path: Path, database: Database, telegram: TelegramServer
) -> None:
    go_on = asyncio.Event()
    async with a_town(tmp_path, database, telegram, Slow(go_on.wait)) as town:
        assert await town.says(BIRTH) == 200
        await town.until(lambda: telegram.typing == [str(LAN)])
        assert telegram.to(LAN) == []
        go_on.set()
        assert "1.001193" in (await town.shown(1)).text


async def test_case_9_where_the_markup_is_refused_the_plain_words_are_sent_once(
    town: Town,
) -> None:
    why = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 5'
    town.telegram.refuse("SendMessage", 400, why)
    await town.says(BIRTH)
    answer = await town.shown(1)

    assert "parse_mode" not in answer.fields
    assert "1.001193" in answer.text
    assert "https://dichvucong.gov.vn" in answer.text
    assert answer.buttons


async def test_case_10_unknown_and_old_buttons_are_answered_politely(town: Town) -> None:
    for number, data in enumerate(("v0|unknown", "ask:9.999999", "rate:up:987654", "0"), start=1):
        assert await town.brings(callback_query=a_press(data, number, f"q{number}")) == 200
        assert (await town.shown(number)).text
    await town.until(lambda: len(town.telegram.acknowledged) == 4)


async def test_case_11_a_double_tap_has_one_effect_and_both_taps_are_acknowledged(
    town: Town,
) -> None:
    await town.says(BIRTH)
    answer = await town.shown(1)
    data = answer.data_of("Lệ phí")
    taps = (a_press(data, answer.message_id, query) for query in ("q1", "q2", "old-q3"))
    await asyncio.gather(*(town.brings(callback_query=tap) for tap in taps))
    await town.says("xin chào")

    assert "trợ lý Một cửa" in (await town.shown(3)).text
    await town.until(lambda: town.telegram.calls["answercallbackquery"] == 3)
    assert sorted(town.telegram.acknowledged) == ["q1", "q2"]


async def test_case_11_a_press_that_says_nothing_is_acknowledged_and_makes_no_turn(
    town: Town,
) -> None:
    nameless = a_press("ask:1.001193:fee", query="q1", message=None)
    for press in (nameless, a_press("\0", query="q2"), a_press(" ", query="q3")):
        assert await town.brings(callback_query=press) == 200
    await town.until(lambda: sorted(town.telegram.acknowledged) == ["q1", "q2", "q3"])
    await town.says("xin chào")

    assert "trợ lý Một cửa" in (await town.shown(1)).text
    assert len(town.telegram.messages) == 1


async def test_case_12_a_limit_delays_this_chat_only_and_the_answer_comes_once(
    town: Town,
) -> None:
    limited_until = time.monotonic() + 2.5
    town.telegram.slow_down(LAN, 2.5)  # answered by `retry_after: 3`
    await town.says("xin chào")
    await town.until(lambda: town.telegram.calls["sendmessage"] == 1)
    refused_at = time.monotonic()
    await town.says("xin chào", HUNG)
    assert (await town.shown(1, HUNG)).at < limited_until

    late = await town.shown(1)
    assert late.at >= refused_at + 2.9
    assert town.telegram.calls["sendmessage"] == 3


@pytest.mark.parametrize("refusal", [BLOCKED, NO_CHAT])
async def test_case_13_whoever_blocked_the_bot_is_not_tried_again_and_nobody_else_waits(
    town: Town, refusal: tuple[int, str]
) -> None:
    town.telegram.refuse_chat(LAN, refusal)
    await town.says(BIRTH)
    await town.until(lambda: town.telegram.calls["sendmessage"] == 1)
    await town.says("xin chào", HUNG)
    await town.shown(1, HUNG)
    await asyncio.sleep(1.2)

    assert town.telegram.calls["sendmessage"] == 2
    assert town.telegram.to(LAN) == []


async def test_case_13_whoever_comes_back_is_answered_again(town: Town) -> None:
    await town.brings(my_chat_member=a_membership("kicked"))
    await town.brings(my_chat_member=a_membership("member"))
    await town.says("/start")

    assert (await town.shown(1)).text


async def test_case_15_an_answer_of_unknown_fate_is_sent_once_more_and_then_let_go(
    town: Town,
) -> None:
    town.telegram.fail("SendMessage", Fault(cut=True), Fault(cut=True))
    await town.says("xin chào")
    await town.until(lambda: len(town.telegram.to(LAN)) == 2)
    await town.says(BIRTH)

    answer = await town.shown(3)
    assert "1.001193" in answer.text
    assert town.telegram.to(LAN)[0].text == town.telegram.to(LAN)[1].text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"photo": [{"file_id": "x"}]}, "ảnh"),
        ({"voice": {"duration": 3}}, ""),
        ({"video_note": {"length": 3}}, ""),
        ({"document": {"file_id": "x"}}, ""),
        ({"sticker": {"emoji": "👍"}}, ""),
        ({"location": {"latitude": 21.0, "longitude": 105.8}}, ""),
        ({"contact": {"first_name": "Lan", "phone_number": "0912345678"}}, ""),
        ({"dice": {"value": 3}}, ""),
    ],
    ids=lambda content: next(iter(content), "") if isinstance(content, dict) else "",
)
async def test_case_16_what_is_no_text_is_answered_politely(
    town: Town, content: dict[str, Any], told: str
) -> None:
    assert await town.brings(message=a_message(**content)) == 200
    assert told in (await town.shown(1)).text


async def test_case_16_what_does_not_concern_the_bot_is_taken_in_silence(town: Town) -> None:
    post = a_message("tin của kênh", chat={"id": -100, "type": "channel"})
    for content in (
        {"channel_post": post},
        {"edited_channel_post": post},
        {"message": in_a_group("mai họp tổ dân phố nhé")},
        {"message": in_a_group(new_chat_title="Tổ 4")},
        {"edited_message": in_a_group("mai họp nhé")},
        {"poll_answer": {"poll_id": "1"}},
    ):
        assert await town.brings(**content) == 200
    await town.brings(edited_message=a_message("lệ phí khai sinh", edit_date=1_790_000_060))

    assert (await town.shown(1)).text
    assert len(town.telegram.messages) == 1


async def test_case_16_a_group_is_answered_in_the_group(town: Town) -> None:
    await town.brings(message=in_a_group(f"@motcua_bot {BIRTH}"))

    assert "1.001193" in (await town.shown(1, -1_001_234_567_890)).text


async def test_case_17_whatever_is_posted_nothing_breaks(town: Town) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    question = as_bytes(an_update(800, message=a_message("xin chào")))

    assert await town.posts(b"{") == 400
    assert await town.posts(b"") == 400
    assert await town.posts(b"[" * 19_000) == 400
    assert await town.posts(b'{"update_id": 1, "of_next_year": {}}') == 200
    assert await town.posts(b" " * 2_000_000) == 413
    assert await town.posts(question, **form) == 200
    assert (await town.client.get(HOOK)).status_code == 405
    assert (await town.shown(1)).text


async def test_case_56_a_text_of_50_000_letters_is_declined_politely_and_once(town: Town) -> None:
    body = as_bytes(an_update(801, message=a_message("ố" * 50_000)))
    assert len(body) > 300_000

    assert [await town.posts(body) for _ in range(2)] == [200, 200]
    declined = await town.shown(1)
    assert "dài" in declined.text
    await town.says("xin chào")
    assert "trợ lý Một cửa" in (await town.shown(2)).text


async def test_what_a_webhook_takes_is_limited_all_the_same(town: Town) -> None:
    assert await town.posts(b" " * WEBHOOK_MAX_BYTES) == 400
    assert await town.posts(b" " * (WEBHOOK_MAX_BYTES + 1)) == 413
    plain = await town.client.post("/v1/chat/messages", content=b" " * 20_001)
    assert plain.status_code == 413
