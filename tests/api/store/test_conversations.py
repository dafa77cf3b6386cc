"""What `bot.ports.DialogueStore` promises, in memory, on SQLite and on PostgreSQL."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import insert, select

from api.store.channel_tables import audit
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from api.store.memory import MemoryDialogueStore
from api.store.migrate import migrate
from api.store.tables import conversations, turns
from bot.dialogue import Dialogue, DossierQuestion
from bot.messages import (
    CONFIRM_CODE,
    RATED_UP,
    Choice,
    Choices,
    ConversationKey,
    Link,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.ports import DialogueStore
from tests.api.conftest import fresh_address
from tests.api.store.turns import (
    LAN,
    REPLY,
    TALKING,
    break_after_recording,
    count_one_more,
    message,
    misses,
    parse,
)
from tests.support import fakes

pytestmark = pytest.mark.anyio

THANKS = Reply((Paragraph("Cảm ơn bạn!"),), Outcome(OutcomeFamily.SMALL_TALK, RATED_UP))


@pytest.fixture(params=["memory", "fake", "sqlite", "postgresql"])
def any_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_address(request.param, request, tmp_path)


@pytest.fixture
async def store(any_address: str) -> AsyncIterator[DialogueStore]:
    if any_address in {"memory", "fake"}:
        yield MemoryDialogueStore() if any_address == "memory" else fakes.MemoryDialogueStore()
        return
    database = Database(any_address)
    await migrate(database)
    yield SqlDialogueStore(database, time.monotonic)
    await database.close()


async def test_a_new_conversation_remembers_nothing(store: DialogueStore) -> None:
    async with store.open(LAN) as conversation:
        assert conversation.dialogue == Dialogue()
        assert await conversation.reply_to("1") is None


async def test_what_a_turn_records_is_there_for_the_next(store: DialogueStore) -> None:
    async with store.open(LAN) as conversation:
        await conversation.record(message("1"), parse(), REPLY, TALKING)
    async with store.open(LAN) as conversation:
        assert conversation.dialogue == TALKING
        assert await conversation.reply_to("1") == REPLY
        assert await conversation.reply_to("2") is None


async def test_a_turn_that_breaks_leaves_the_conversation_as_it_was(store: DialogueStore) -> None:
    await count_one_more(store, "1")
    with pytest.raises(ZeroDivisionError):
        await break_after_recording(store)
    async with store.open(LAN) as conversation:
        assert conversation.dialogue == Dialogue(misses=1)
        assert await conversation.reply_to("2") is None


async def test_a_turn_that_is_cancelled_frees_the_conversation(store: DialogueStore) -> None:
    inside = asyncio.Event()

    async def hang() -> None:
        async with store.open(LAN):
            inside.set()
            await asyncio.Event().wait()

    turn = asyncio.create_task(hang())
    await inside.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    await count_one_more(store, "1")
    assert await misses(store) == 1


async def test_two_turns_of_one_conversation_never_interleave(store: DialogueStore) -> None:
    await asyncio.gather(*(count_one_more(store, str(number)) for number in range(20)))
    assert await misses(store) == 20


async def test_fifty_conversations_in_parallel_keep_apart(store: DialogueStore) -> None:
    keys = [ConversationKey("web", f"người {number}") for number in range(50)]
    turns_of_all = [count_one_more(store, str(n), key) for key in keys for n in range(3)]
    await asyncio.gather(*turns_of_all)
    assert {await misses(store, key) for key in keys} == {3}


async def test_the_same_user_id_on_another_channel_is_another_person(store: DialogueStore) -> None:
    await count_one_more(store, "1")
    assert await misses(store, ConversationKey("telegram", "lan")) == 0


async def test_what_is_erased_is_as_if_it_had_never_been(store: DialogueStore) -> None:
    await count_one_more(store, "1")
    await count_one_more(store, "1", ConversationKey("telegram", "lan"))
    async with store.open(LAN) as conversation:
        await conversation.erase(datetime(2026, 11, 22, tzinfo=UTC))
    async with store.open(LAN) as conversation:
        assert conversation.dialogue == Dialogue()
        assert await conversation.reply_to("1") is None
    assert await misses(store, ConversationKey("telegram", "lan")) == 1


async def test_an_erasure_that_breaks_erases_nothing(store: DialogueStore) -> None:
    await count_one_more(store, "1")

    async def break_after_erasing() -> None:
        async with store.open(LAN) as conversation:
            await conversation.erase(datetime(2026, 11, 22, tzinfo=UTC))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await break_after_erasing()
    assert await misses(store) == 1


async def test_erasing_leaves_one_line_that_names_nobody(database: Database) -> None:
    store = SqlDialogueStore(database, time.monotonic)
    await count_one_more(store, "1")
    async with store.open(LAN) as conversation:
        await conversation.erase(datetime(2026, 11, 22, tzinfo=UTC))
    async with database.reading() as connection:
        (line,) = (await connection.execute(select(audit))).all()
        assert (await connection.execute(select(turns))).all() == []
    assert (line.what, line.channel) == ("erased", "web")
    assert line.at == datetime(2026, 11, 22, tzinfo=UTC).timestamp()
    assert json.loads(line.details)["turns"] == 1
    assert LAN.user_id not in line.details


async def test_a_rating_belongs_to_a_turn_of_the_same_conversation(database: Database) -> None:
    store = SqlDialogueStore(database, time.monotonic)
    other = ConversationKey("web", "hùng")
    await count_one_more(store, "1")
    number = await store.number_of(LAN, "1")
    for key, event_id in ((other, "1"), (LAN, "2")):
        async with store.open(key) as conversation:
            await conversation.rate(number, up=key == LAN)
            await conversation.record(message(event_id, key), None, THANKS, Dialogue())
    assert number is not None
    assert await store.latest(LAN) == (REPLY, number, 1)
    assert await store.latest(other) is None
    assert await store.number_of(other, "2") is None


async def test_turns_of_two_processes_never_interleave(address: str) -> None:
    first, second = Database(address), Database(address)
    await asyncio.gather(migrate(first), migrate(second))
    stores = [SqlDialogueStore(database, time.monotonic) for database in (first, second)]
    await asyncio.gather(*(count_one_more(stores[n % 2], str(n)) for n in range(20)))
    assert await misses(stores[0]) == 20
    await first.close()
    await second.close()


async def test_a_process_that_dies_in_a_turn_leaves_nothing_and_blocks_nobody(
    address: str,
) -> None:
    database = Database(address)
    await migrate(database)
    script = DYING.format(address=address)
    dying = await asyncio.create_subprocess_exec(sys.executable, "-c", script)
    assert await dying.wait() == 9
    store = SqlDialogueStore(database, time.monotonic)
    async with store.open(LAN) as conversation:
        assert conversation.dialogue == Dialogue()
        assert await conversation.reply_to("1") is None
    await database.close()


async def test_the_turn_log_holds_what_is_counted_and_no_message_text(database: Database) -> None:
    ticks = iter([10.0, 10.25])
    store = SqlDialogueStore(database, lambda: next(ticks))
    async with store.open(LAN) as conversation:
        await conversation.record(message(), parse(), REPLY, TALKING)
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(turns))).mappings().all()
    assert (row["intent"], row["confidence"], row["asked"]) == ("ask_procedure", 0.93, "fee,time")
    assert (row["procedure"], row["outcome_family"], row["outcome_kind"]) == (
        "1.004222",
        "answered",
        "procedure",
    )
    assert row["duration_ms"] == 250
    assert "nhập hộ khẩu" not in str(dict(row))


async def test_a_link_that_searches_for_what_was_typed_is_kept_without_the_words(
    database: Database,
) -> None:
    search = "https://dichvucong.gov.vn/tim-kiem-thu-tuc-hanh-chinh?keyword="
    links = (Link("Tìm", search + quote("nhập hộ khẩu")), Link("Xem", search + quote("Khai sinh")))
    store = SqlDialogueStore(database, time.monotonic)
    async with store.open(LAN) as conversation:
        await conversation.record(message(), None, replace(REPLY, blocks=links), TALKING)
    async with store.open(LAN) as conversation:
        kept = await conversation.reply_to("1")
    assert kept is not None
    assert kept.blocks == (Link("Tìm", search.removesuffix("?keyword=")), links[1])


async def test_a_dossier_code_is_kept_only_while_the_question_about_it_waits(
    database: Database,
) -> None:
    code = "H17.15-250710-0012"
    question = Reply(
        (
            Paragraph(f"Tôi đọc mã hồ sơ là {code}, đúng không?"),
            Choices((Choice(code, f"dossier:{code}"),), open_question=True),
        ),
        Outcome(OutcomeFamily.CLARIFY, CONFIRM_CODE),
        afterwards="Bạn xem lại mã trên giấy hẹn.",
    )
    waiting = Dialogue(dossier=DossierQuestion((code,), "check_dossier"))
    store = SqlDialogueStore(database, time.monotonic)
    async with store.open(LAN) as conversation:
        await conversation.record(message("1"), None, question, waiting)
    async with store.open(LAN) as conversation:
        assert await conversation.reply_to("1") == question
        await conversation.record(message("2"), None, REPLY, Dialogue())
    async with store.open(LAN) as conversation:
        kept = await conversation.reply_to("1")
    assert kept is not None
    assert kept.blocks == (Paragraph("Bạn xem lại mã trên giấy hẹn."),)


async def test_a_dialogue_of_an_older_version_starts_afresh(database: Database) -> None:
    async with database.writing() as connection:
        old = {"channel": "web", "user_id": "lan", "dialogue": '{"topic": ["1.004222"]}'}
        await connection.execute(insert(conversations).values(old))
    store = SqlDialogueStore(database, time.monotonic)
    await count_one_more(store, "1")
    assert await misses(store) == 1


DYING = """
import asyncio, os, time
from api.store.channel_tables import audit
from api.store.conversations import SqlDialogueStore
from api.store.database import Database
from tests.api.store.turns import LAN, REPLY, TALKING, message

async def die():
    store = SqlDialogueStore(Database("{address}"), time.monotonic)
    async with store.open(LAN) as conversation:
        await conversation.record(message("1"), None, REPLY, TALKING)
        os._exit(9)

asyncio.run(die())
"""
