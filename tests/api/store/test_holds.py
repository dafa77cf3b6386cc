"""Holds live with their revision, on both databases; servers see every change by a number."""

from datetime import UTC, datetime

import pytest

from api.errors import NoSuchRevision
from api.store.database import Database
from api.store.holds import KnowledgeHolds
from api.store.revisions import KnowledgeRevisions, Review, RevisionMoved
from knowledge.holds import Hold

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
JUNE = {"1.004222": '{"fee":20000}'}
JULY = {"1.004222": '{"fee":25000}'}
AUGUST = {"1.004222": '{"fee":30000}'}
FEE = Hold("1.004222", "fee", "20.000 đồng", "25.000 đồng", NOW)
STEPS = Hold("1.004222", "steps", "cũ", "mới", NOW)
ENTRY = Hold("faq:muc-phi", "", "", "", NOW, why="1.004222: Lệ phí", because="1.004222:fee")


async def imported_twice(database: Database, *held: Hold) -> KnowledgeRevisions:
    revisions = KnowledgeRevisions(database)
    june = await revisions.keep(JUNE, "thang6.jsonl", Review(None, ()))
    await revisions.keep(JULY, "thang7.jsonl", Review(june.revision, held))
    return revisions


async def test_nothing_is_held_before_the_first_import(database: Database) -> None:
    assert await KnowledgeHolds(database).open() == ()


async def test_what_an_import_holds_is_read_back_as_it_was(database: Database) -> None:
    await imported_twice(database, STEPS, FEE, ENTRY)
    assert await KnowledgeHolds(database).open() == (FEE, STEPS, ENTRY)


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ({"1.004222:fee"}, (STEPS, ENTRY)),
        ({"1.004222"}, (ENTRY,)),
        ({"faq:muc-phi"}, (FEE, STEPS)),
        (None, ()),
        ({"1.001193"}, (FEE, STEPS, ENTRY)),
    ],
)
async def test_what_is_confirmed_is_held_no_longer(
    database: Database, places: set[str] | None, left: tuple[Hold, ...]
) -> None:
    await imported_twice(database, FEE, STEPS, ENTRY)
    holds = KnowledgeHolds(database)
    released = await holds.confirm(places, NOW)
    assert await holds.open() == left
    assert {*released} | {*left} == {FEE, STEPS, ENTRY}
    assert await holds.confirm(places, NOW) == ()


async def test_the_number_moves_with_imports_confirmations_and_rollbacks_only(
    database: Database,
) -> None:
    holds = KnowledgeHolds(database)
    seen = [await holds.version()]
    revisions = await imported_twice(database, FEE)
    seen.append(await holds.version())
    await holds.confirm({"1.004222:fee"}, NOW)
    seen.append(await holds.version())
    await revisions.roll_back()
    seen.append(await holds.version())
    assert seen == sorted(set(seen))
    await holds.confirm(None, NOW)
    await revisions.keep(JUNE, "thang6.jsonl")
    assert await holds.version() == seen[-1]


async def test_going_back_brings_the_records_and_the_holds_of_then(database: Database) -> None:
    revisions = await imported_twice(database, FEE)
    july = await revisions.active()
    await revisions.keep(AUGUST, "thang8.jsonl", Review(july, (FEE, STEPS)))
    left, now = await revisions.roll_back()
    assert (left.records, now) == (1, july)
    assert await KnowledgeHolds(database).open() == (FEE,)
    left, now = await revisions.roll_back()
    assert (left, now.origin) == (july, "thang6.jsonl")
    assert await KnowledgeHolds(database).open() == ()
    with pytest.raises(NoSuchRevision, match="bản đầu tiên"):
        await revisions.roll_back()
    assert await revisions.active() == now


async def test_a_value_once_confirmed_stays_so_after_going_back(database: Database) -> None:
    revisions = await imported_twice(database, FEE)
    july = await revisions.active()
    await revisions.keep(AUGUST, "thang8.jsonl", Review(july, (FEE, STEPS)))
    await KnowledgeHolds(database).confirm({FEE.place}, NOW)
    await revisions.roll_back()
    assert await KnowledgeHolds(database).open() == ()


async def test_an_import_after_going_back_leads_back_to_what_it_came_over(
    database: Database,
) -> None:
    revisions = await imported_twice(database)
    _, june = await revisions.roll_back()
    await revisions.keep(AUGUST, "thang8.jsonl", Review(june, ()))
    assert (await revisions.roll_back())[1] == june


async def test_a_revision_is_chosen_by_its_number(database: Database) -> None:
    revisions = await imported_twice(database)
    first, second = await revisions.all()
    assert (second.before_id, first.before_id) == (first.id, None)
    assert (await revisions.roll_back(first.id))[1] == first
    assert (await revisions.roll_back(second.id))[1] == second
    for number, told in ((second.id, "đang dùng rồi"), (999, "Không có bản số 999")):
        with pytest.raises(NoSuchRevision, match=told):
            await revisions.roll_back(number)


async def test_without_an_import_there_is_nothing_to_go_back_to(database: Database) -> None:
    with pytest.raises(NoSuchRevision, match="Chưa có lần nhập nào"):
        await KnowledgeRevisions(database).roll_back()


async def test_what_was_compared_with_another_revision_is_not_stored(database: Database) -> None:
    revisions = await imported_twice(database, FEE)
    with pytest.raises(RevisionMoved):
        await revisions.keep(AUGUST, "thang8.jsonl", Review(None, ()))
    active = await revisions.active()
    assert active is not None
    assert await revisions.load(active) == JULY
    assert len(await revisions.all()) == 2
