"""What names a person is kept nowhere, and everything about her goes when she wants it."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from api.store.channel_tables import audit, contacts, inbox, metadata
from api.store.database import Database
from api.store.tables import conversations, turns
from bot.channels.base import ArrivalKind
from bot.messages import Gesture
from tests.api.conftest import BIRTH
from tests.api.jobs.conftest import PATIENCE_SECONDS, Road
from tests.support.channels import HUNG, LAN, an_arrival, an_event

pytestmark = pytest.mark.anyio

CITIZEN, PHONE, CARD, CODE = "001099012345", "0912345678", "4111111111111111", "482913"
PERSONAL = (
    f"cccd {CITIZEN} bị mất",
    "gọi tôi số 0912 345 678 nhé",
    f"thẻ {CARD}",
    f"mã otp của tôi là {CODE}",
)


async def everything(database: Database) -> str:
    """All rows of all tables, as one text."""
    async with database.reading() as connection:
        rows = [
            (table.name, tuple(row))
            for table in metadata.sorted_tables
            for row in await connection.execute(select(table))
        ]
    assert rows
    return repr(rows)


async def rows_of(database: Database, table: Any) -> list[Any]:
    async with database.reading() as connection:
        return list((await connection.execute(select(table).order_by(*table.primary_key))).all())


async def has_no(database: Database, words: str) -> bool:
    return words not in await everything(database)


async def eventually(holds: Callable[[], Awaitable[object]]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not await holds():
        assert time.monotonic() < end, "it never came to hold"
        await asyncio.sleep(0.01)


async def send(road: Road, event_id: str, text: str = "", **parts: Any) -> None:
    before = len(road.channel.sent)
    await road.receiving.take([an_arrival(event_id, text, **parts)])
    await road.until(lambda: len(road.channel.sent) > before)


async def test_case_57_no_row_log_or_metric_holds_what_names_a_person(
    road: Road, database: Database, capsys: pytest.CaptureFixture[str], caplog: Any
) -> None:
    road.nlu.expect("cccd bị mất")
    road.nlu.expect("gọi tôi số nhé", intent="request_human")
    road.nlu.expect("thẻ")
    road.nlu.expect("mã otp của tôi là", intent="account_help")
    for at, text in enumerate(PERSONAL):
        await send(road, str(at), text)

    seen = [await everything(database), *capsys.readouterr(), caplog.text, repr(road.nlu.texts)]
    seen.append(road.meters.text().decode())

    for place in seen:
        for number in (CITIZEN, PHONE, "0912 345 678", CARD, CODE):
            assert number not in place
    told = road.channel.to(LAN)
    assert "Tôi đã che số giấy tờ tuỳ thân" in told[0]
    assert "đừng đưa cho ai" in told[3]


async def test_case_57_what_waits_to_be_answered_holds_a_mask_instead(
    road: Road, database: Database
) -> None:
    kept: list[Any] = []
    put = road.inbox.put

    async def watched(arrivals: Any) -> int:
        kept.extend(arrivals)
        return await put(arrivals)

    road.inbox.put = watched  # type: ignore[method-assign]
    await send(road, "1", PHONE)

    assert [one.text for one in kept] == ["⟦phone⟧"]


async def test_case_57_a_number_at_the_end_of_what_is_read_is_not_kept_in_half(
    road: Road, database: Database
) -> None:
    await road.receiving.take([an_arrival("1", f"{'a ' * 995}{CITIZEN * 3}")])

    for half in (CITIZEN, CITIZEN[:6]):
        assert half not in await everything(database)
    await road.until(lambda: len(road.channel.sent) == 1)


async def test_case_35_whoever_withdraws_is_erased_and_one_line_of_audit_names_nobody(
    road: Road, database: Database
) -> None:
    await send(road, "1", BIRTH)
    await send(road, "2", BIRTH, user_id=HUNG)

    await road.receiving.take([an_event("3", ArrivalKind.WITHDRAWN)])
    await eventually(lambda: rows_of(database, audit))
    (line,) = await rows_of(database, audit)
    assert line.what == "erased"
    assert line.channel == "telegram"
    assert json.loads(line.details)["turns"] == 1
    assert LAN not in await everything(database)
    assert [row.user_id for row in await rows_of(database, contacts)] == [HUNG]
    assert len(await rows_of(database, turns)) == 1


async def test_erasing_asks_once_is_answered_and_leaves_a_line_of_audit(
    road: Road, database: Database
) -> None:
    await send(road, "1", BIRTH)
    await send(road, "2", gesture=Gesture.ERASE)
    await send(road, "3", choice="erase:yes")

    assert "Tôi đã xoá hết" in road.channel.to(LAN)[-1]
    await eventually(lambda: has_no(database, LAN))  # the reply itself goes once it is delivered
    assert len(await rows_of(database, audit)) == 1
    assert await rows_of(database, conversations) == []
    assert await rows_of(database, contacts) == []


async def test_an_old_event_that_comes_again_after_erasing_is_not_answered_again(
    road: Road, database: Database
) -> None:
    await send(road, "1", BIRTH)
    await send(road, "2", "/xoadulieu")
    await send(road, "3", "có")
    count = len(road.channel.sent)

    await road.receiving.take([an_arrival("1", BIRTH), an_arrival("3", "có")])
    await send(road, "4", BIRTH)

    assert len(road.channel.sent) == count + 1
    assert {row.event_id for row in await rows_of(database, inbox)} == {"1", "2", "3", "4"}


async def test_a_rating_is_kept_with_the_last_answer_and_can_be_changed(
    road: Road, database: Database
) -> None:
    await send(road, "1", BIRTH)
    (answer,) = await rows_of(database, turns)
    await send(road, "2", "👍")
    assert (await rows_of(database, turns))[0].rating == 1

    await send(road, "3", choice=f"rate:down:{answer.id}")

    assert [row.rating for row in await rows_of(database, turns)] == [-1, None, None]


async def test_a_rating_of_somebody_elses_answer_is_thanked_for_and_not_kept(
    road: Road, database: Database
) -> None:
    await send(road, "1", BIRTH)
    (answer,) = await rows_of(database, turns)

    await send(road, "2", "xin chào", user_id=HUNG)
    await send(road, "3", choice=f"rate:down:{answer.id}", user_id=HUNG)

    assert "Cảm ơn bạn" in road.channel.to(HUNG)[-1]
    assert {row.rating for row in await rows_of(database, turns)} == {None}
