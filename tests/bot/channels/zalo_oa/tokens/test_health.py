"""What an operator is told of the tokens, and docs/zalo-token.md beside it."""

import re
from pathlib import Path

import httpx
import pytest

from bot.channels.errors import ChannelBroken, TryLater
from bot.channels.zalo_oa import chain, tokens
from bot.channels.zalo_oa.codes import CODES
from bot.channels.zalo_oa.health import WARNING_DAYS, TokenHealth, token_health
from bot.channels.zalo_oa.sealing import Seal
from bot.channels.zalo_oa.zns import PARAMETERS, ZNS_CODES
from tests.bot.channels.zalo_oa.tokens.conftest import Replica
from tests.support.local_http import Fault
from tests.support.zalo_oa_events import OA_ID
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import KEY, NOW, OTHER_KEY, TOKEN_SECONDS, Zalo

ROOT = Path(__file__).parents[5]
PAGE = (ROOT / "docs" / "zalo-token.md").read_text("utf-8")


async def health(replica: Replica, key: str = KEY) -> TokenHealth:
    kept = chain.TokenChain(replica.store, replica.side, Seal(key), replica.alarms)
    return await token_health(kept)


@pytest.mark.anyio
async def test_before_the_first_consent_the_command_is_named(client: httpx.AsyncClient) -> None:
    told = await health(Replica(client))
    assert not told.consented
    assert told.faults(NOW) == [tokens.NO_CONSENT]


@pytest.mark.anyio
async def test_a_token_that_is_well_has_no_faults(replica: Replica) -> None:
    told = await health(replica)
    assert (told.oa_id, told.renewed_at, told.expires_at) == (OA_ID, NOW, NOW + TOKEN_SECONDS)
    assert told.faults(replica.clock.now) == []


@pytest.mark.anyio
async def test_a_refusal_is_told_with_what_zalo_said(replica: Replica, zalo: Zalo) -> None:
    zalo.oauth.broken = "refresh token expired"
    with pytest.raises(ChannelBroken):
        await replica.keeper.renew(await replica.keeper.current())
    (fault,) = (await health(replica)).faults(replica.clock.now)
    assert "motcua zalo authorize" in fault
    assert "-14000" in fault


@pytest.mark.anyio
async def test_a_line_that_broke_is_told_as_something_that_passes(
    replica: Replica, zalo: Zalo
) -> None:
    zalo.http.fail(ACCESS_TOKEN, Fault(lost=True))
    with pytest.raises(TryLater):
        await replica.keeper.renew(await replica.keeper.current())
    (fault,) = (await health(replica)).faults(replica.clock.now)
    assert "tự thử lại" in fault
    assert "authorize" not in fault


@pytest.mark.anyio
async def test_another_key_is_told(replica: Replica) -> None:
    told = await health(replica, OTHER_KEY)
    assert told.consented
    assert not told.key_fits
    assert "TOKEN_KEY" in told.faults(replica.clock.now)[0]


@pytest.mark.anyio
async def test_a_chain_that_nobody_renews_is_told_before_it_ends(replica: Replica) -> None:
    told = await health(replica)
    assert told.faults(NOW + WARNING_DAYS * 86_400) == []
    assert "cấp quyền lại" in told.faults(NOW + WARNING_DAYS * 86_400 + 1)[0]


def test_the_page_explains_every_event_of_the_log() -> None:
    events = {
        value
        for module in (tokens, chain)
        for value in vars(module).values()
        if isinstance(value, str) and value.startswith("zalo_token_")
    }
    assert len(events) == 7
    assert set(re.findall(r"(?m)^\| `(zalo_token_[a-z_]+)` \|", PAGE)) == events


def test_the_page_names_every_code_and_parameter_of_template_messages() -> None:
    own = {code: known.hint for code, known in ZNS_CODES.items() if CODES.get(code) != known}
    assert own
    rows = re.findall(r"(?m)^\| (-\d+) \| (.+) \|$", PAGE)
    assert {int(code): hint for code, hint in rows} == own
    assert tuple(re.findall(r"(?m)^\| `([a-z_]+)` \| [^`]+ \|$", PAGE))[-4:] == PARAMETERS


def test_the_page_is_reached_from_the_page_of_the_account() -> None:
    assert "(zalo-token.md)" in (ROOT / "docs" / "zalo-oa.md").read_text("utf-8")
