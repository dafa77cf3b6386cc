"""What is kept is sealed: keys can be exchanged, lost, and nothing is ever seen in the open."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import ChannelBroken
from bot.channels.zalo_oa.sealing import Seal, WrongKey, new_key
from tests.bot.channels.zalo_oa.tokens.conftest import Replica
from tests.support.zalo_tokens import KEY, OTHER_KEY, Zalo, consented


@given(st.dictionaries(st.text(), st.text() | st.floats(allow_nan=False) | st.none()))
def test_what_is_sealed_is_opened_by_the_same_key_and_by_no_other(
    content: dict[str, object],
) -> None:
    sealed = Seal(KEY).close(content)
    assert Seal(f" {OTHER_KEY} ,{KEY}, ").open(sealed) == content
    with pytest.raises(WrongKey, match="TOKEN_KEY"):
        Seal(OTHER_KEY).open(sealed)


def test_a_fresh_key_is_a_key_and_never_the_same() -> None:
    assert len(new_key()) == 44
    assert new_key() != new_key()


@pytest.mark.parametrize("keys", ["", " , ", "ngắn quá", KEY[:-2], f"{KEY},sai"])
def test_what_is_no_key_is_told_with_the_command_that_makes_one(keys: str) -> None:
    with pytest.raises(WrongKey, match="motcua zalo key") as told:
        Seal(keys)
    assert KEY not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("altered", ["", "gAAAA", "không phải ASCII"])
def test_what_was_altered_is_not_opened(altered: str) -> None:
    with pytest.raises(WrongKey):
        Seal(KEY).open(altered)
    with pytest.raises(WrongKey):
        Seal(KEY).turn(altered)


@pytest.mark.anyio
async def test_another_key_is_told_and_destroys_nothing(replica: Replica, zalo: Zalo) -> None:
    before = replica.store.row
    stranger = replica.restarted(OTHER_KEY)
    with pytest.raises(ChannelBroken, match="TOKEN_KEY"):
        await stranger.current()
    with pytest.raises(ChannelBroken, match="TOKEN_KEY"):
        await stranger.renew("access-token-number-1")
    assert replica.store.row == before
    assert zalo.renewals == 0


@pytest.mark.anyio
async def test_where_the_key_is_lost_a_new_consent_begins_a_new_chain(
    replica: Replica, zalo: Zalo
) -> None:
    replica.side.kept = replica.store.row.sealed if replica.store.row else None
    stranger = replica.restarted(OTHER_KEY)
    new = await consented(zalo, stranger)
    assert new == zalo.oauth.access_token
    replica.later(3600)
    assert await stranger.renew(new) == zalo.oauth.access_token


@pytest.mark.anyio
async def test_a_renewal_puts_the_pair_and_the_one_before_under_the_new_key(
    replica: Replica,
) -> None:
    old = await replica.keeper.current()
    both = replica.restarted(f"{OTHER_KEY},{KEY}")
    new = await both.renew(old)
    assert await replica.restarted(OTHER_KEY).current() == new
    assert replica.store.previous is not None
    assert Seal(OTHER_KEY).open(replica.store.previous)["access"] == old


@pytest.mark.anyio
async def test_no_token_is_seen_in_the_store_the_alarms_or_the_errors(
    replica: Replica, zalo: Zalo, client: httpx.AsyncClient
) -> None:
    new = await replica.keeper.renew(await replica.keeper.current())
    replica.later(3600)
    zalo.oauth.broken = zalo.oauth.refresh_token
    with pytest.raises(ChannelBroken) as refused:
        await replica.keeper.renew(new)
    seen = [repr(replica.store.row), str(replica.store.previous), str(replica.alarms.told)]
    error: BaseException | None = refused.value
    while error is not None:
        seen.append(repr(error))
        error = error.__cause__ or error.__context__
    secrets = [token for pair in zalo.oauth.given for token in pair]
    assert len(secrets) == 4
    assert [token for token in secrets if any(token in text for text in seen)] == []
