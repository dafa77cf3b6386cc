"""The desk of slips tells nothing of codes that are wrong, and little to those who guess."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, update

from api.filing_desk.board import FilingBoard
from api.filing_desk.codes import new_code
from api.filing_desk.desk import MOST_TICKED, SlipDesk
from api.filing_desk.ports import CounterSlip, SlipCounter, SlipPages
from api.store.filing_tables import slips
from bot.dossiers.factors import FactorKey
from bot.dossiers.ports import Asker, Locked, NoMatch
from bot.dossiers.tries import BY_ADDRESS, BY_PERSON
from bot.errors import StoreUnavailable
from bot.filings.codes import ALPHABET, read_code
from bot.filings.ports import FilingDesk, NoSlip, Slip, SlipResult
from bot.messages import ConversationKey
from tests.support.desk_parts import an_office
from tests.support.slips import BIRTH, DAYS, HUNG, KEY, LAN, OTHER_PAPER, PAPER, SlipWorld

pytestmark = pytest.mark.anyio

NOBODYS = "ACDE29"
ADDRESS, ELSEWHERE = "203.0.113.0/24", "198.51.100.0/24"

Opening = Callable[[SlipWorld, str], Awaitable[Any]]


async def in_the_chat(world: SlipWorld, code: str) -> SlipResult:
    return await world.desk.open(Asker(HUNG), code)


async def on_the_page(world: SlipWorld, code: str) -> SlipResult:
    return await world.desk.open_for_page(ADDRESS, code)


async def by_ticking(world: SlipWorld, code: str) -> SlipResult:
    return await world.desk.tick_on_page(ADDRESS, code, PAPER, on=True)


async def at_the_counter(world: SlipWorld, code: str) -> Any:
    return await world.desk.at_counter(7, code)


async def by_checking(world: SlipWorld, code: str) -> Any:
    return await world.desk.check(7, code, [PAPER], [OTHER_PAPER])


EVERY_WAY = (in_the_chat, on_the_page, by_ticking, at_the_counter, by_checking)


async def test_the_desk_keeps_the_promises_of_all_its_ports(world: SlipWorld) -> None:
    for_the_bot: FilingDesk = world.desk
    for_the_page: SlipPages = world.desk
    for_the_counter: SlipCounter = world.desk
    for port in (for_the_bot, for_the_page, for_the_counter):
        assert port is world.desk


async def test_new_codes_are_read_as_they_are_shown_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read_code(code.lower()) == code for code in codes)
    assert {sign for code in codes for sign in code} == set(ALPHABET)


@pytest.mark.parametrize("way", EVERY_WAY)
async def test_a_code_that_expired_is_answered_as_one_that_never_was(
    world: SlipWorld, way: Opening
) -> None:
    code = (await world.a_slip()).filing.slip
    right = await way(world, code)
    assert isinstance(right, Slip | CounterSlip)
    async with world.database.writing() as connection:
        await connection.execute(update(slips).values(expires_at=world.now))
    asked: list[list[str]] = []
    for one in (code, NOBODYS, "không phải mã", ""):
        statements: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_rest: Any, into: Any = statements) -> None:
            into.append(statement)

        for engine in world.database.engines:
            event.listen(engine, "before_cursor_execute", note)
        assert await way(world, one) == NoSlip()
        for engine in world.database.engines:
            event.remove(engine, "before_cursor_execute", note)
        asked.append(statements)
    assert len(asked[0]) > 2
    assert all(statements == asked[0] for statements in asked)


@pytest.mark.parametrize("way", EVERY_WAY)
async def test_who_guesses_is_made_to_wait_and_then_the_right_code_opens_nothing(
    world: SlipWorld, way: Opening
) -> None:
    code = (await world.a_slip()).filing.slip
    limit = BY_PERSON if way is in_the_chat else BY_ADDRESS
    for number in range(limit.free):
        assert await way(world, NOBODYS) == NoSlip(), number
    assert isinstance(await way(world, code), Locked)
    world.now += 60
    assert not isinstance(await way(world, code), Locked | NoSlip)


async def test_who_guesses_locks_nobody_else(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    for _ in range(BY_ADDRESS.free):
        await on_the_page(world, NOBODYS)
        await at_the_counter(world, NOBODYS)
    assert isinstance(await on_the_page(world, code), Locked)
    assert isinstance(await world.desk.open(Asker(HUNG, ADDRESS), code), Locked)
    assert isinstance(await world.desk.open_for_page(ELSEWHERE, code), Slip)
    assert isinstance(await world.desk.open(Asker(HUNG), code), Slip)
    assert isinstance(await world.desk.at_counter(8, code), CounterSlip)
    assert isinstance(await at_the_counter(world, code), Locked)


async def test_mistakes_with_slips_and_with_dossiers_are_counted_apart(world: SlipWorld) -> None:
    office = an_office(world.database)
    code = (await world.a_slip()).filing.slip
    for _ in range(BY_PERSON.free):
        assert await office.desk.look_up(Asker(HUNG), "H17.15-250710-0012", "0000") == NoMatch()
    assert isinstance(await office.desk.look_up(Asker(HUNG), "H17.15-250710-0012", "0000"), Locked)
    assert isinstance(await in_the_chat(world, code), Slip)


async def test_a_page_ticks_papers_and_nothing_else(world: SlipWorld) -> None:
    made = await world.a_slip()
    code = made.filing.slip
    for key in ("", "PAPER", "0A1B2C3D", "0a1b2c3d4", "٠a1b2c3d", "<script>"):
        assert await world.desk.tick_on_page(ADDRESS, code, key, on=True) == made
    off = await world.desk.tick_on_page(ADDRESS, code, PAPER, on=False)
    assert isinstance(off, Slip)
    assert off.filing.ticked == ()


async def test_a_slip_holds_no_end_of_ticks(world: SlipWorld) -> None:
    keys = tuple(f"{number:08x}" for number in range(MOST_TICKED))
    code = (await world.a_slip(filing=replace(BIRTH, ticked=keys))).filing.slip
    full = await world.desk.tick_on_page(ADDRESS, code, "ffffffff", on=True)
    assert isinstance(full, Slip)
    assert full.filing.ticked == keys
    less = await world.desk.tick_on_page(ADDRESS, code, keys[0], on=False)
    assert isinstance(less, Slip)
    assert less.filing.ticked == keys[1:]


async def test_a_code_that_is_taken_is_not_given_again(world: SlipWorld) -> None:
    first = (await world.a_slip()).filing.slip
    codes = itertools.chain([first, first, NOBODYS], itertools.repeat(first))
    desk = a_desk_like(world, KEY, lambda: next(codes))
    second = await desk.keep(HUNG, BIRTH)
    assert second.filing.slip == NOBODYS
    with pytest.raises(StoreUnavailable):
        await desk.keep(HUNG, BIRTH)


async def test_a_slip_never_becomes_that_of_another_procedure(world: SlipWorld) -> None:
    made = await world.a_slip()
    other = await world.desk.keep(LAN, replace(made.filing, code="1.004222"))
    assert other.filing.slip != made.filing.slip
    old = await world.desk.latest(LAN, made.filing.slip)
    assert old is not None
    assert old.filing.code == BIRTH.code


async def test_the_terms_say_where_slips_are_shown() -> None:
    far = FilingBoard("https://mot.cua/", DAYS, lambda: "https://t.me/bot?start=", lambda: "zalo")
    terms = far.terms()
    assert (terms.is_open, terms.page, terms.days) == (True, "https://mot.cua/phieu/", DAYS)
    assert (terms.telegram_link, terms.zalo_link) == ("https://t.me/bot?start=", "zalo")
    assert FilingBoard("", DAYS).terms().page == "/phieu/"


async def test_another_key_opens_no_slip(world: SlipWorld) -> None:
    code = (await world.a_slip()).filing.slip
    other = a_desk_like(world, FactorKey(b"x" * 32))
    assert await other.open(Asker(ConversationKey("telegram", "5")), code) == NoSlip()


def a_desk_like(
    world: SlipWorld, key: FactorKey, make_code: Callable[[], str] = new_code
) -> SlipDesk:
    """A desk of the same shelf, with another key or other codes."""
    return SlipDesk(world.shelf, key, FilingBoard("", DAYS).terms, world.moment, make_code)
