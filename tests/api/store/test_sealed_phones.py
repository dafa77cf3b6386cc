"""A number is kept for as long as its owner is told of a dossier, and no longer."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from api.store.database import Database
from api.store.dossier_tables import sealed_phones
from api.store.dossiers.follows import SqlFollows
from api.store.dossiers.forgetting import forget_dossiers
from api.store.erasing import erase_person
from api.store.migrate import migrate
from api.store.retention import SqlRetention
from api.store.sealed_phones import SqlSealedPhones
from bot.channels.sharing import SealedPhones
from bot.messages import ConversationKey
from tests.api.conftest import fresh_address
from tests.support.zalo_phones import MemorySealedPhones

pytestmark = pytest.mark.anyio

LAN = ConversationKey("zalo_oa", "9223372036854775807")
HUNG = ConversationKey("zalo_oa", "2")
CODE, OTHER = "H17.15-250710-0012", "H17.15-250710-0013"


@dataclass
class Shelf:
    """The store, and how somebody begins to follow a dossier."""

    phones: SealedPhones
    follow: Callable[[ConversationKey], Awaitable[None]]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shelf]:
    address = fresh_address(request.param, request, tmp_path)
    if address == "memory":
        memory = MemorySealedPhones()

        async def note(key: ConversationKey) -> None:
            memory.following.add(key)

        yield Shelf(memory, note)
        return
    database = Database(address)
    await migrate(database)
    follows = SqlFollows(database, lambda: 1.0)

    async def follow(key: ConversationKey) -> None:
        await follows.remember(key, CODE, follow=True, terms=1)

    yield Shelf(SqlSealedPhones(database), follow)
    await database.close()


async def test_the_number_of_whoever_follows_is_kept_and_a_later_one_replaces_it(
    shelf: Shelf,
) -> None:
    await shelf.follow(LAN)
    assert await shelf.phones.find(LAN) == ""
    assert await shelf.phones.keep(LAN, "kín-1", 5.0)
    assert await shelf.phones.keep(LAN, "kín-2", 6.0)
    assert await shelf.phones.find(LAN) == "kín-2"
    assert await shelf.phones.find(HUNG) == ""


async def test_a_number_that_comes_unasked_is_not_kept(shelf: Shelf) -> None:
    await shelf.follow(HUNG)
    assert not await shelf.phones.keep(LAN, "kín", 5.0)
    assert await shelf.phones.find(LAN) == ""


async def test_a_number_that_is_erased_is_gone_and_nobody_elses(shelf: Shelf) -> None:
    for key in (LAN, HUNG):
        await shelf.follow(key)
        assert await shelf.phones.keep(key, "kín", 5.0)
    await shelf.phones.erase(LAN)
    await shelf.phones.erase(LAN)
    assert await shelf.phones.find(LAN) == ""
    assert await shelf.phones.find(HUNG) == "kín"


async def test_every_number_can_be_sealed_anew(shelf: Shelf) -> None:
    assert await shelf.phones.rewrite(str.upper) == 0
    for key in (LAN, HUNG):
        await shelf.follow(key)
        assert await shelf.phones.keep(key, f"gaa-{key.user_id}", 5.0)
    assert await shelf.phones.rewrite(str.upper) == 2
    assert await shelf.phones.find(LAN) == f"GAA-{LAN.user_id}"
    assert await shelf.phones.find(HUNG) == f"GAA-{HUNG.user_id}"


async def test_all_of_many_numbers_are_sealed_anew(database: Database) -> None:
    phones, follows = SqlSealedPhones(database), SqlFollows(database, lambda: 1.0)
    people = [ConversationKey("zalo_oa", f"{number:03}") for number in range(203)]
    for key in people:
        await follows.remember(key, CODE, follow=True, terms=1)
        assert await phones.keep(key, "cũ", 5.0)
    assert await phones.rewrite(lambda sealed: f"{sealed}-mới") == len(people)
    assert {await phones.find(key) for key in people} == {"cũ-mới"}


async def rows(database: Database) -> int:
    async with database.reading() as connection:
        return (
            await connection.execute(select(func.count()).select_from(sealed_phones))
        ).scalar_one()


@pytest.mark.parametrize("entirely", [True, False])
@pytest.mark.parametrize("code", ["", OTHER])
async def test_who_stops_following_the_last_dossier_leaves_no_number(
    database: Database, code: str, *, entirely: bool
) -> None:
    phones, follows = SqlSealedPhones(database), SqlFollows(database, lambda: 1.0)
    for one in (CODE, OTHER):
        await follows.remember(LAN, one, follow=True, terms=1)
    await follows.remember(HUNG, CODE, follow=True, terms=1)
    for key in (LAN, HUNG):
        assert await phones.keep(key, "kín", 5.0)
    await follows.forget(LAN, CODE, entirely=entirely)
    assert await phones.find(LAN) == "kín"
    await follows.forget(LAN, code, entirely=entirely)
    assert await rows(database) == 1
    assert await phones.find(HUNG) == "kín"


async def test_who_only_remembers_a_dossier_gives_no_number(database: Database) -> None:
    await SqlFollows(database, lambda: 1.0).remember(LAN, CODE, follow=False, terms=1)
    assert not await SqlSealedPhones(database).keep(LAN, "kín", 5.0)
    assert await rows(database) == 0


async def test_a_number_goes_with_its_owner(database: Database) -> None:
    phones = SqlSealedPhones(database)
    for key in (LAN, HUNG):
        await SqlFollows(database, lambda: 1.0).remember(key, CODE, follow=True, terms=1)
        assert await phones.keep(key, "kín", 5.0)
    await database.transact(lambda connection: erase_person(connection, LAN, 6.0))
    assert await rows(database) == 1
    assert await phones.find(HUNG) == "kín"


async def test_a_number_goes_with_the_last_dossier_that_is_old(database: Database) -> None:
    phones, follows = SqlSealedPhones(database), SqlFollows(database, lambda: 1.0)
    await follows.remember(LAN, CODE, follow=True, terms=1)
    await follows.remember(HUNG, OTHER, follow=True, terms=1)
    for key in (LAN, HUNG):
        assert await phones.keep(key, "kín", 5.0)
    retention = SqlRetention(database, 30, 365)
    await retention.remove_some(6.0)
    assert await rows(database) == 2
    await database.transact(lambda connection: forget_dossiers(connection, [CODE]))
    await retention.remove_some(6.0)
    assert await rows(database) == 1
    assert await phones.find(HUNG) == "kín"
