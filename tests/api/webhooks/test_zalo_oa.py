"""Zalo OA through the whole application: real HTTP both ways, real tables, the real engine."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from api.store.channel_tables import audit, contacts, inbox
from api.store.database import Database
from api.store.migrate import migrate
from api.store.tables import conversations
from tests.api.conftest import BIRTH
from tests.api.webhooks.zalo_oa_served import OwnTown, a_town
from tests.support.local_http import Answered, Asked, Fault, LocalHttp
from tests.support.zalo_oa_events import CITIZEN, OA_ID, Style, a_payload, a_text, signed
from tests.support.zalo_oa_messages import TO_PEOPLE
from tests.support.zalo_oa_server import ZaloOaServer

pytestmark = pytest.mark.anyio
LAN, HUNG = CITIZEN, "9007199254740993"
"""A float holds neither number."""
MANY = 40


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """The other kind is held to the same by the tests of inbox and outbox."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/motcua.db")
    await migrate(database)
    yield database
    await database.close()


@pytest.fixture
async def town(tmp_path: Path, database: Database, zalo: ZaloOaServer) -> AsyncIterator[OwnTown]:
    async with a_town(tmp_path / "var", database, zalo) as town:
        yield town


def text_of(message: dict[str, object]) -> str:
    return str(message["text"])


async def test_case_22_a_question_is_answered_with_its_source(town: OwnTown) -> None:
    assert await town.arrives(a_text(BIRTH, "m1"), style=Style.ESCAPED) == 200

    answers = await town.gets(LAN, 1)
    assert any("1.001193" in text_of(answer) for answer in answers)


@pytest.mark.parametrize("headers", [{}, {"X-ZEvent-Signature": "mac=" + "0" * 64}])
async def test_case_20_what_zalo_did_not_sign_is_refused_and_not_stored(
    town: OwnTown, headers: dict[str, str]
) -> None:
    body, _ = signed(a_text(BIRTH, "m1"))
    async with httpx.AsyncClient() as stranger:
        answer = await stranger.post(town.url, content=body, headers=headers)

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert await town.count(inbox) == 0


@pytest.mark.parametrize("body", [b"", b"{}", b" "])
async def test_an_empty_probe_of_the_console_is_answered_200(town: OwnTown, body: bytes) -> None:
    async with httpx.AsyncClient() as zalo:
        assert (await zalo.post(town.url, content=body)).status_code == 200


async def test_case_15_a_line_that_breaks_after_zalo_took_a_message_costs_one_copy_at_most(
    town: OwnTown,
) -> None:
    town.zalo.http.fail(TO_PEOPLE, Fault(cut=True))
    await town.arrives(a_text("xin chào", "m1"))
    await town.gets(LAN, 2)
    await town.arrives(a_text(BIRTH, "m2"))

    texts = [text_of(message) for message in await town.gets(LAN, 3)]
    assert ["1.001193" in text for text in texts] == [False, False, True]


@pytest.mark.parametrize("body", [b"{" * 9000, b"\xff" * 900, b'{"a":' * 3000, b"[1,2]"])
async def test_case_17_nonsense_is_refused_without_a_trace(town: OwnTown, body: bytes) -> None:
    async with httpx.AsyncClient() as stranger:
        answer = await stranger.post(
            town.url, content=body, headers={"X-ZEvent-Signature": "0" * 64}
        )

    assert answer.status_code == 403
    assert "Traceback" not in answer.text


async def test_case_17_two_megabytes_are_refused(town: OwnTown) -> None:
    async with httpx.AsyncClient() as stranger:
        answer = await stranger.post(town.url, content=b"a" * 2_000_000)

    assert answer.status_code == 413


async def test_case_22_an_unknown_event_is_taken_and_ignored(town: OwnTown) -> None:
    assert await town.arrives(a_payload("user_send_text", event_name="user_send_jumbo")) == 200
    assert await town.arrives(a_payload("user_send_group_text")) == 200
    assert await town.count(inbox) == 0


async def test_case_23_echoes_that_come_before_the_send_is_answered_make_no_loop(
    town: OwnTown,
) -> None:
    town.zalo.echo_to_webhook()
    await town.arrives(a_text(BIRTH, "m1"))
    first = len(await town.gets(LAN, 1))
    for name in ("user_received_message", "user_seen_message"):
        await town.arrives(a_payload(name))
    await town.arrives(a_text("xin chào", "m2"))

    await town.until(lambda: len(town.zalo.messages.to(LAN)) > first)
    await town.arrives(a_text("xin chào", "m3"))
    await town.gets(LAN, first + 2)
    assert len(town.zalo.messages.to(LAN)) == first + 2
    assert set(town.zalo.webhook.answered) == {200}


async def test_case_24_the_bot_is_silent_after_an_official_until_it_is_called(
    town: OwnTown,
) -> None:
    official = a_payload("oa_send_text", sender={"id": OA_ID, "admin_id": "904114781268573184"})
    await town.arrives(official)
    await town.arrives(a_text(BIRTH, "m1"))
    await town.arrives(a_text(BIRTH, "m2", HUNG))
    await town.gets(HUNG, 1)
    await town.arrives(a_text("/start", "m3"))

    await town.gets(LAN, 1)
    assert not any("1.001193" in text_of(answer) for answer in town.zalo.messages.to(LAN))


async def test_case_25_one_message_sent_many_times_is_answered_once(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    event = a_text("xin chào", "m1")
    async with (
        a_town(tmp_path / "one", database, zalo) as one,
        a_town(tmp_path / "two", database, zalo) as two,
    ):
        towns = (one, two)
        statuses = await asyncio.gather(
            *(town.arrives(event, num_retry=times) for times in range(10) for town in towns)
        )
        await two.arrives(a_text(BIRTH, "m2"))
        await two.gets(LAN, 2)
        await one.arrives(event, num_retry=5)
        await one.arrives(a_text("xin chào", "m3"))
        await one.gets(LAN, 3)

    assert set(statuses) == {200}
    texts = [text_of(message) for message in zalo.messages.to(LAN)]
    assert ["1.001193" in text for text in texts] == [False, True, False]


async def test_events_that_overtake_each_other_are_all_answered_in_the_order_they_came(
    town: OwnTown,
) -> None:
    later, earlier = str(int(time.time() * 1000)), str(int(time.time() * 1000) - 60_000)
    await town.arrives(a_text(BIRTH, "m2", timestamp=later))
    await town.arrives(a_text("xin chào", "m1", timestamp=earlier))

    texts = [text_of(message) for message in await town.gets(LAN, 2)]
    assert ["1.001193" in text for text in texts] == [True, False]


async def test_case_26_events_are_taken_while_answering_stands_still(
    tmp_path: Path, database: Database, zalo: ZaloOaServer
) -> None:
    go_on = asyncio.Event()
    async with a_town(tmp_path / "var", database, zalo, go_on.wait) as town:
        people = [str(number) for number in range(MANY)]
        statuses = await asyncio.gather(
            *(town.arrives(a_text("xin chào", f"m{one}", one)) for one in people)
        )
        assert zalo.messages.delivered == []
        go_on.set()
        for one in people:
            await town.gets(one, 1)

    assert statuses == [200] * MANY


async def test_case_27_a_payload_typed_by_hand_does_what_the_button_does(town: OwnTown) -> None:
    for number, user_id in enumerate((LAN, HUNG)):
        await town.arrives(a_text("#ask:1.001193:fee", f"m{number}", user_id))

    (pressed,) = await town.gets(LAN, 1)
    (typed,) = await town.gets(HUNG, 1)
    assert text_of(pressed) == text_of(typed)
    assert "1.001193" in text_of(pressed)


async def test_case_29_a_dead_token_costs_one_renewal_and_no_message(town: OwnTown) -> None:
    town.zalo.oauth.give_pair()
    people = [str(number) for number in range(10)]
    await asyncio.gather(*(town.arrives(a_text("xin chào", f"m{one}", one)) for one in people))

    for one in people:
        assert len(await town.gets(one, 1)) == 1
    assert town.tokens.renewals == 1


async def test_case_32_over_the_limit_an_answer_comes_later_and_once(town: OwnTown) -> None:
    town.zalo.messages.answers.append(-32)
    await town.arrives(a_text("xin chào", "m1"))

    assert len(await town.gets(LAN, 1)) == 1


async def test_case_34_nothing_that_a_citizen_names_is_ever_fetched(town: OwnTown) -> None:
    def trap(_: Asked) -> Answered:
        return Answered()

    with LocalHttp(trap) as inside:
        places = (inside.url, "file:///etc/passwd", "http://169.254.169.254/latest/meta-data")
        attachments = [{"type": "image", "payload": {"url": one}} for one in places]
        message = {"msg_id": "m1", "attachments": attachments}
        await town.arrives(a_payload("user_send_image", message=message))
        await town.gets(LAN, 1)

        assert inside.asked == []
    assert {asked.path for asked in town.zalo.http.asked} == {TO_PEOPLE}


async def test_case_35_who_withdraws_is_forgotten_and_the_audit_remembers_that(
    town: OwnTown,
) -> None:
    await town.arrives(a_text(BIRTH, "m1"))
    await town.gets(LAN, 1)
    await town.arrives(a_payload("user_withdraw"))

    await town.until_empty(conversations)
    async with town.database.reading() as connection:
        lines = (await connection.execute(select(audit))).all()
    assert len(lines) == 1
    assert LAN not in str(lines)


async def test_case_35_what_somebody_filled_in_is_thanked_for_and_not_kept(
    town: OwnTown, tmp_path: Path
) -> None:
    await town.arrives(a_payload("user_submit_info"))

    await town.gets(LAN, 1)
    stored = await asyncio.to_thread(everything_in, tmp_path)
    assert b"84900000000" not in stored
    assert "Nguyễn Thị Mẫu".encode() not in stored


def everything_in(folder: Path) -> bytes:
    files = list(folder.glob("motcua.db*"))
    assert files
    return b"".join(file.read_bytes() for file in files)


async def test_case_37_a_long_id_is_the_same_string_from_end_to_end(town: OwnTown) -> None:
    event = a_text("xin chào", "m1", HUNG)
    event["sender"]["id"] = int(HUNG)
    await town.arrives(event)

    await town.gets(HUNG, 1)
    async with town.database.reading() as connection:
        assert (await connection.execute(select(contacts.c.user_id))).scalars().all() == [HUNG]
    (asked,) = town.zalo.http.asked_of(TO_PEOPLE)
    assert json.loads(asked.body)["recipient"] == {"user_id": HUNG}


async def test_who_unfollows_is_left_alone_until_she_writes_again(town: OwnTown) -> None:
    await town.arrives(a_payload("follow"))
    await town.gets(LAN, 1)
    await town.arrives(a_payload("unfollow"))
    await town.arrives(a_text("xin chào", "m1"))

    await town.gets(LAN, 2)
    async with town.database.reading() as connection:
        assert (await connection.execute(select(contacts.c.blocked_at))).scalars().all() == [None]
