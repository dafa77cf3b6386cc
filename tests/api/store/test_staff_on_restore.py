"""A restore lets no official in who was kept out since the backup was made."""

from pathlib import Path

import pytest

from api.staff_accounts import Official
from api.store.database import Database
from api.store.staff import SqlStaff
from tests.api.store.backups import KINDS, Databases, backed_up, bring_back

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("kind", KINDS)]

BEGAN = 1795320000.0
LAN, AN = Official(0, "lan.nguyen", "Nguyễn Thị Lan"), Official(0, "an.le", "Lê Văn An")
OLD, NEW = "$argon2id$cũ", "$argon2id$mới"


class Clock:
    now = BEGAN

    def __call__(self) -> float:
        return self.now


async def opened(database: Database, clock: Clock) -> SqlStaff:
    """Two accounts, each with an open session."""
    accounts = SqlStaff(database, clock)
    for who, token in ((LAN, "a" * 64), (AN, "b" * 64)):
        await accounts.add(who, OLD, "quantri")
        kept = await accounts.find(who.login)
        assert kept is not None
        assert await accounts.open_session(kept, token, 8)
    clock.now += 60
    return accounts


async def test_what_was_closed_since_stays_closed(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    database, clock = await databases.fresh(kind), Clock()
    accounts = await opened(database, clock)
    backup = await backed_up(database, tmp_path)
    await accounts.disable(LAN.login, "quantri")
    await accounts.set_password(AN.login, NEW, "quantri")
    await bring_back(database, backup, tmp_path)
    lan, an = await accounts.find(LAN.login), await accounts.find(AN.login)
    assert lan is not None
    assert an is not None
    assert (lan.is_disabled, an.is_disabled) == (True, False)
    assert (lan.password_hash, an.password_hash) == (OLD, NEW)
    assert [one.sessions for one in await accounts.accounts()] == [0, 0]


async def test_who_logged_out_since_is_not_logged_in_again(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    database, clock = await databases.fresh(kind), Clock()
    accounts = await opened(database, clock)
    backup = await backed_up(database, tmp_path)
    await accounts.close_session("a" * 64)
    await bring_back(database, backup, tmp_path)
    assert await accounts.recognise("a" * 64) is None
    assert await accounts.recognise("b" * 64) is not None


async def test_on_a_new_machine_everything_comes_back(
    databases: Databases, tmp_path: Path, kind: str
) -> None:
    clock = Clock()
    backup = await backed_up((await opened(await databases.fresh(kind), clock))._database, tmp_path)
    other = await databases.fresh(kind)
    await bring_back(other, backup, tmp_path)
    accounts = SqlStaff(other, clock)
    assert [one.sessions for one in await accounts.accounts()] == [1, 1]
    assert await accounts.recognise("a" * 64) is not None
