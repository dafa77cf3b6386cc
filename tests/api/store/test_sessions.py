"""A session's token opens its conversation, on any process, and nothing else does."""

import pytest

from api.store import sessions
from api.store.database import Database
from api.store.sessions import ChatSessions

pytestmark = pytest.mark.anyio


async def test_a_token_stands_for_the_same_user_on_every_process(database: Database) -> None:
    one, other = ChatSessions(database), ChatSessions(database)
    token = await one.open()
    user_id = await one.user_id(token)
    assert user_id is not None
    assert token not in user_id
    assert await one.user_id(token) == await other.user_id(token) == user_id


async def test_a_token_never_given_out_stands_for_nobody(database: Database) -> None:
    assert await ChatSessions(database).user_id("đoán mò") is None


async def test_more_sessions_than_are_remembered_still_open(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST_KNOWN", 2)
    store = ChatSessions(database)
    tokens = [await store.open() for _ in range(4)]
    users = [await store.user_id(token) for token in tokens]
    assert len(set(users)) == 4
    assert [await store.user_id(token) for token in tokens] == users
