"""Consent with PKCE: begun by an operator, ended once, by nobody else."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import ChannelBroken, TryLater
from bot.channels.zalo_oa.consent import (
    LIFETIME_SECONDS,
    ConsentInvalid,
    Consents,
    Returned,
    challenge,
    new_verifier,
    read_returned,
)
from bot.channels.zalo_oa.oauth import OAuth
from bot.channels.zalo_oa.sealing import Seal
from tests.bot.channels.zalo_oa.tokens.conftest import Replica
from tests.support.local_http import Fault
from tests.support.zalo_consents import MemoryConsentStore
from tests.support.zalo_oa_events import APP_ID, OA_ID
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import KEY, OTHER_KEY, Zalo

CALLBACK = "https://motcua.example.gov.vn/zalo/authorize/callback"
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]+")


def test_a_verifier_has_43_characters_that_need_no_escaping_and_is_never_the_same() -> None:
    verifiers = {new_verifier() for _ in range(500)}
    assert len(verifiers) == 500
    assert {len(verifier) for verifier in verifiers} == {43}
    assert [verifier for verifier in verifiers if not UNRESERVED.fullmatch(verifier)] == []


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~", min_size=43))
def test_a_challenge_is_base64url_of_a_sha_256_without_padding(verifier: str) -> None:
    made = challenge(verifier)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", made)
    assert made != challenge(f"{verifier}x")


def test_the_vector_of_rfc_7636() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@given(st.text())
def test_whatever_is_pasted_is_read_or_refused(pasted: str) -> None:
    returned = read_returned(pasted)
    assert returned is None or returned.code


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (f"{CALLBACK}?code=abc&oa_id={OA_ID}&state=s", Returned("abc", "s", OA_ID)),
        (f"  {CALLBACK}?oa_id={OA_ID}&code=abc  ", Returned("abc", "", OA_ID)),
        (f"oa_id={OA_ID}&code=abc", Returned("abc", "", OA_ID)),
        ("code=a%2Fb", Returned("a/b")),
        ("abc-DEF_123", Returned("abc-DEF_123")),
        (f"{CALLBACK}?code=abc&oa_id=<script>", Returned("abc")),
        (f"{CALLBACK}?error=access_denied", None),
        (CALLBACK, None),
        ("", None),
        ("tôi không thấy mã nào", None),
    ],
)
def test_the_address_the_query_or_the_bare_code_can_be_pasted(
    pasted: str, expected: Returned | None
) -> None:
    assert read_returned(pasted) == expected


class Office:
    """A replica that can begin and end consents."""

    def __init__(self, client: httpx.AsyncClient, key: str = KEY) -> None:
        self.replica = Replica(client)
        self.store = MemoryConsentStore()
        self.client = client
        self.consents = self.with_key(key)

    def with_key(self, key: str) -> Consents:
        oauth = OAuth(self.client, APP_ID, APP_SECRET)
        return Consents(
            oauth, self.replica.restarted(key), self.store, Seal(key), self.replica.clock
        )

    async def returned(self, state: str) -> Returned:
        """What the browser brings back after a click on “Cho phép”."""
        page = await self.client.get(await self.consents.address(state))
        returned = read_returned(page.headers["location"])
        assert returned is not None
        return returned


@pytest.fixture
def office(client: httpx.AsyncClient) -> Office:
    return Office(client)


@pytest.mark.anyio
async def test_a_consent_gives_the_tokens_of_the_account_that_consented(
    office: Office, zalo: Zalo
) -> None:
    state = await office.consents.begin(CALLBACK)
    returned = await office.returned(state)
    assert returned.oa_id == OA_ID
    await office.consents.finish(returned)
    assert await office.replica.restarted().current() == zalo.oauth.access_token


@pytest.mark.anyio
async def test_zalo_is_shown_the_challenge_and_never_the_verifier(
    office: Office, zalo: Zalo
) -> None:
    state = await office.consents.begin(CALLBACK)
    query = parse_qs(urlsplit(await office.consents.address(state)).query)
    assert query.keys() == {"app_id", "redirect_uri", "code_challenge", "state"}
    await office.consents.finish(await office.returned(state))
    (asked,) = zalo.http.asked_of(ACCESS_TOKEN)
    assert query["code_challenge"] == [challenge(asked.form["code_verifier"])]
    assert asked.headers["secret_key"] == APP_SECRET
    assert asked.form.keys() == {"app_id", "grant_type", "code", "code_verifier"}


@pytest.mark.anyio
async def test_a_state_works_once(office: Office, zalo: Zalo) -> None:
    returned = await office.returned(await office.consents.begin(CALLBACK))
    await office.consents.finish(returned)
    with pytest.raises(ConsentInvalid):
        await office.consents.finish(returned)
    with pytest.raises(ConsentInvalid):
        await office.consents.address(returned.state)
    assert len(zalo.http.asked_of(ACCESS_TOKEN)) == 1


@pytest.mark.anyio
async def test_a_state_ends_after_ten_minutes(office: Office, zalo: Zalo) -> None:
    returned = await office.returned(await office.consents.begin(CALLBACK))
    office.replica.later(LIFETIME_SECONDS + 1)
    with pytest.raises(ConsentInvalid):
        await office.consents.finish(returned)
    assert zalo.http.asked_of(ACCESS_TOKEN) == []


@pytest.mark.anyio
@pytest.mark.parametrize("state", ["", "đoán mò", "gAAAAABm", "x" * 100_000, "\x00"])
async def test_a_state_that_was_guessed_reaches_neither_store_nor_zalo(
    office: Office, zalo: Zalo, state: str
) -> None:
    with pytest.raises(ConsentInvalid):
        await office.consents.finish(Returned(zalo.oauth.authorise(), state))
    with pytest.raises(ConsentInvalid):
        await office.consents.address(state)
    assert zalo.http.asked_of(ACCESS_TOKEN) == []


@pytest.mark.anyio
async def test_a_state_under_another_key_is_not_ours(office: Office, zalo: Zalo) -> None:
    state = await office.with_key(OTHER_KEY).begin(CALLBACK)
    with pytest.raises(ConsentInvalid):
        await office.consents.finish(Returned(zalo.oauth.authorise(), state))


@pytest.mark.anyio
async def test_a_code_that_zalo_does_not_know_is_refused_and_nothing_is_kept(
    office: Office,
) -> None:
    state = await office.consents.begin(CALLBACK)
    with pytest.raises(ChannelBroken, match="-14000"):
        await office.consents.finish(Returned("mã của người khác", state))
    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await office.replica.keeper.current()


@pytest.mark.anyio
async def test_where_zalo_is_not_reached_the_same_address_works_again(
    office: Office, zalo: Zalo
) -> None:
    returned = await office.returned(await office.consents.begin(CALLBACK))
    async with httpx.AsyncClient(base_url="http://127.0.0.1:1") as nowhere:
        oauth = OAuth(nowhere, APP_ID, APP_SECRET)
        lost = Replica(nowhere, office.replica.store)
        consents = Consents(oauth, lost.keeper, office.store, Seal(KEY), office.replica.clock)
        with pytest.raises(TryLater):
            await consents.finish(returned)
    await office.consents.finish(returned)
    assert await office.replica.restarted().current() == zalo.oauth.access_token


@pytest.mark.anyio
async def test_a_cut_line_uses_the_state_up(office: Office, zalo: Zalo) -> None:
    returned = await office.returned(await office.consents.begin(CALLBACK))
    zalo.http.fail(ACCESS_TOKEN, Fault(cut=True))
    with pytest.raises(Exception, match="oauth"):
        await office.consents.finish(returned)
    with pytest.raises(ConsentInvalid):
        await office.consents.finish(returned)


@pytest.mark.anyio
async def test_the_store_knows_neither_state_nor_verifier(office: Office, zalo: Zalo) -> None:
    state = await office.consents.begin(CALLBACK)
    await office.consents.finish(await office.returned(state))
    (asked,) = zalo.http.asked_of(ACCESS_TOKEN)
    assert office.store.kept
    assert state not in repr(office.store.kept)
    assert asked.form["code_verifier"] not in repr(office.store.kept)
