"""Accounts of officials and their sessions: who gets in, until when, and what is kept."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from api.errors import StaffRefused
from api.staff_accounts import IDLE_SECONDS, Credentials, Official
from api.store.channel_tables import audit
from api.store.database import Database
from api.store.filing_tables import staff_sessions
from api.store.staff import SqlStaff

pytestmark = pytest.mark.anyio

BEGAN = datetime(2026, 11, 23, 1, 0, tzinfo=UTC).timestamp()
LAN = Official(0, "lan.nguyen", "Nguyễn Thị Lan", "UBND phường Bến Thành")
HASH, OTHER_HASH = "$argon2id$một", "$argon2id$hai"
HOURS = 8


@dataclass
class Clock:
    now: float = BEGAN

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> SqlStaff:
    return SqlStaff(database, clock)


async def added(accounts: SqlStaff) -> Credentials:
    await accounts.add(LAN, HASH, "quantri")
    kept = await accounts.find(LAN.login)
    assert kept is not None
    return kept


async def test_an_account_is_found_by_its_login_alone(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    assert replace(kept.official, id=0) == LAN
    assert (kept.password_hash, kept.is_disabled) == (HASH, False)
    assert await accounts.find("lan") is None
    assert await accounts.find("") is None


async def test_a_login_is_taken_once(accounts: SqlStaff) -> None:
    await added(accounts)
    with pytest.raises(StaffRefused, match="Đã có tài khoản"):
        await accounts.add(replace(LAN, name="Người khác"), OTHER_HASH, "quantri")
    kept = await accounts.find(LAN.login)
    assert kept is not None
    assert (kept.official.name, kept.password_hash) == (LAN.name, HASH)


async def test_a_session_tells_whose_it_is(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    assert await accounts.open_session(kept, "a" * 64, HOURS)
    assert await accounts.recognise("a" * 64) == kept.official
    assert await accounts.recognise("b" * 64) is None


async def test_a_session_ends_after_its_hours_however_busy_it_is(
    accounts: SqlStaff, clock: Clock
) -> None:
    await accounts.open_session(await added(accounts), "a" * 64, HOURS)
    for _ in range(HOURS * 2 - 1):
        clock.now += IDLE_SECONDS / 2
        assert await accounts.recognise("a" * 64) is not None
    clock.now = BEGAN + HOURS * 3600
    assert await accounts.recognise("a" * 64) is None


async def test_a_session_that_nobody_uses_ends_after_an_hour(
    accounts: SqlStaff, clock: Clock
) -> None:
    await accounts.open_session(await added(accounts), "a" * 64, HOURS)
    clock.now += IDLE_SECONDS - 1
    assert await accounts.recognise("a" * 64) is not None
    clock.now += IDLE_SECONDS - 1
    assert await accounts.recognise("a" * 64) is not None
    clock.now += IDLE_SECONDS
    assert await accounts.recognise("a" * 64) is None


async def test_logging_out_ends_this_session_and_no_other(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    for token in ("a" * 64, "b" * 64):
        assert await accounts.open_session(kept, token, HOURS)
    await accounts.close_session("a" * 64)
    await accounts.close_session("a" * 64)
    assert await accounts.recognise("a" * 64) is None
    assert await accounts.recognise("b" * 64) == kept.official


async def test_a_new_password_ends_every_session(accounts: SqlStaff, clock: Clock) -> None:
    kept = await added(accounts)
    await accounts.open_session(kept, "a" * 64, HOURS)
    clock.now += 60
    await accounts.set_password(LAN.login, OTHER_HASH, "quantri")
    assert await accounts.recognise("a" * 64) is None
    (one,) = await accounts.accounts()
    assert (one.sessions, one.changed_at.timestamp()) == (0, BEGAN + 60)


async def test_a_disabled_account_lets_nobody_in_until_it_is_enabled(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    await accounts.open_session(kept, "a" * 64, HOURS)
    await accounts.disable(LAN.login, "quantri")
    assert await accounts.recognise("a" * 64) is None
    assert not await accounts.open_session(kept, "b" * 64, HOURS)
    found = await accounts.find(LAN.login)
    assert found is not None
    assert found.is_disabled
    await accounts.enable(LAN.login, "quantri")
    assert await accounts.recognise("a" * 64) is None
    assert await accounts.open_session(kept, "b" * 64, HOURS)


async def test_who_was_compared_with_the_old_password_gets_no_session(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    await accounts.set_password(LAN.login, OTHER_HASH, "quantri")
    assert not await accounts.open_session(kept, "a" * 64, HOURS)
    assert await accounts.recognise("a" * 64) is None


async def test_a_hash_is_renewed_without_ending_sessions(accounts: SqlStaff) -> None:
    kept = await added(accounts)
    await accounts.open_session(kept, "a" * 64, HOURS)
    newer = await accounts.renew_hash(kept, OTHER_HASH)
    assert await accounts.find(LAN.login) == newer
    assert await accounts.recognise("a" * 64) is not None
    await accounts.renew_hash(kept, "$argon2id$ba")  # of what is no longer there
    assert await accounts.find(LAN.login) == newer


async def test_sessions_that_are_over_are_forgotten_at_the_next_login(
    accounts: SqlStaff, database: Database, clock: Clock
) -> None:
    kept = await added(accounts)
    await accounts.open_session(kept, "a" * 64, HOURS)
    clock.now += IDLE_SECONDS
    await accounts.open_session(kept, "b" * 64, HOURS)
    async with database.reading() as connection:
        count = await connection.execute(select(func.count()).select_from(staff_sessions))
    assert count.scalar_one() == 1


async def test_accounts_are_listed_with_their_open_sessions(
    accounts: SqlStaff, clock: Clock
) -> None:
    kept = await added(accounts)
    await accounts.add(Official(0, "an.le", "Lê Văn An"), HASH, "quantri")
    await accounts.open_session(kept, "a" * 64, HOURS)
    clock.now += IDLE_SECONDS / 2
    await accounts.open_session(kept, "b" * 64, HOURS)
    listed = await accounts.accounts()
    assert [(one.login, one.sessions) for one in listed] == [("an.le", 0), ("lan.nguyen", 2)]
    clock.now += IDLE_SECONDS / 2
    assert [one.sessions for one in await accounts.accounts()] == [0, 1]


async def test_what_nobody_has_cannot_be_changed(accounts: SqlStaff) -> None:
    for change in (accounts.disable, accounts.enable):
        with pytest.raises(StaffRefused, match="Không có tài khoản"):
            await change("khong.co", "quantri")
    with pytest.raises(StaffRefused, match="Không có tài khoản"):
        await accounts.set_password("khong.co", HASH, "quantri")


async def test_the_audit_tells_who_did_what_and_holds_no_secret(
    accounts: SqlStaff, database: Database
) -> None:
    kept = await added(accounts)
    await accounts.open_session(kept, "a" * 64, HOURS)
    await accounts.set_password(LAN.login, OTHER_HASH, "quantri")
    await accounts.disable(LAN.login, "quantri")
    await accounts.enable(LAN.login, "quantri")
    query = select(audit.c.what, audit.c.details).order_by(audit.c.id)
    async with database.reading() as connection:
        lines = (await connection.execute(query)).all()
    assert [(line.what, json.loads(line.details)["who"]) for line in lines] == [
        ("staff_added", "quantri"),
        ("staff_logged_in", LAN.login),
        ("staff_password", "quantri"),
        ("staff_disabled", "quantri"),
        ("staff_enabled", "quantri"),
    ]
    for secret in (HASH, OTHER_HASH, "aaaa"):
        assert secret not in str(lines)
