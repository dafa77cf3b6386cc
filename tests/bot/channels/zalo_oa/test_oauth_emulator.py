"""The emulator of Zalo's OAuth server keeps what the protocol page says (§1.7)."""

import base64
import hashlib
import threading

import httpx
import pytest

from tests.support.local_http import Answered, Fault
from tests.support.zalo_oa_events import APP_ID, OA_ID
from tests.support.zalo_oa_server import APP_SECRET, ZaloOaServer
from tests.support.zalo_oauth import ACCESS_TOKEN, PERMISSION

VERIFIER = "a" * 43


def exchange(zalo: ZaloOaServer, secret: str = APP_SECRET, **form: str) -> dict[str, str]:
    answer = httpx.post(
        zalo.url + ACCESS_TOKEN, data={"app_id": APP_ID, **form}, headers={"secret_key": secret}
    )
    assert answer.status_code == httpx.codes.OK
    read: dict[str, str] = answer.json()
    return read


def refresh(zalo: ZaloOaServer, token: str) -> dict[str, str]:
    return exchange(zalo, grant_type="refresh_token", refresh_token=token)


def test_a_refresh_token_works_once_and_kills_the_old_access_token() -> None:
    with ZaloOaServer() as zalo:
        old_access, old_refresh = zalo.oauth.give_pair()

        first = refresh(zalo, old_refresh)
        again = refresh(zalo, old_refresh)

        assert first["expires_in"] == "90000"
        assert zalo.oauth.access_token == first["access_token"] != old_access
        assert "access_token" not in again
        assert again["error"]


def test_consent_hands_out_a_code_that_only_its_verifier_exchanges() -> None:
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    back = {"redirect_uri": "https://motcua.example/ve", "app_id": APP_ID, "state": "s1"}
    with ZaloOaServer() as zalo:

        def a_code() -> str:
            page = httpx.get(zalo.url + PERMISSION, params={**back, "code_challenge": challenge})
            place = httpx.URL(page.headers["location"])
            assert place.params["oa_id"] == OA_ID
            assert place.params["state"] == "s1"
            return place.params["code"]

        wrong = exchange(
            zalo, grant_type="authorization_code", code=a_code(), code_verifier="b" * 43
        )
        code = a_code()
        right = exchange(zalo, grant_type="authorization_code", code=code, code_verifier=VERIFIER)
        twice = exchange(zalo, grant_type="authorization_code", code=code, code_verifier=VERIFIER)

    assert "access_token" not in wrong
    assert right["access_token"]
    assert "access_token" not in twice


def test_the_app_secret_goes_in_a_header_and_is_checked() -> None:
    with ZaloOaServer() as zalo:
        _, token = zalo.oauth.give_pair()

        refused = exchange(zalo, "oa-secret", grant_type="refresh_token", refresh_token=token)

        assert "access_token" not in refused
        assert zalo.oauth.used == []


def test_lost_cut_slow_and_scripted_answers() -> None:
    with ZaloOaServer() as zalo:
        _, token = zalo.oauth.give_pair()
        zalo.http.fail(
            ACCESS_TOKEN, Fault(lost=True), Fault(answer=Answered(b"<html>", 502)), Fault(cut=True)
        )

        with pytest.raises(httpx.RemoteProtocolError):
            refresh(zalo, token)
        with pytest.raises(AssertionError):
            refresh(zalo, token)
        assert zalo.oauth.used == []
        with pytest.raises(httpx.RemoteProtocolError):
            refresh(zalo, token)
        assert zalo.oauth.used == [token]

        release = threading.Event()
        zalo.http.fail(ACCESS_TOKEN, Fault(hold=release))
        _, token = zalo.oauth.given[-1]
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(zalo.url + ACCESS_TOKEN, data={}, timeout=0.05)
        release.set()
        assert refresh(zalo, token)["access_token"]
