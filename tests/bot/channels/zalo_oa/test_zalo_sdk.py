"""PyPI's `zalo-sdk`, which this project did not write, works through the emulator as it stands."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import zalo_sdk
import zalo_sdk.oa

from tests.support.zalo_oa_events import APP_ID, CITIZEN
from tests.support.zalo_oa_messages import TO_PEOPLE
from tests.support.zalo_oa_server import APP_SECRET, ZaloOaServer


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        zalo.oauth.give_pair()
        zalo.messages.people[CITIZEN] = time.time()
        yield zalo


def send(zalo: ZaloOaServer, text: str, token: str = "") -> dict[str, Any]:
    client = zalo_sdk.oa.Client(
        app_id=APP_ID,
        secret_key=APP_SECRET,
        access_token=token or zalo.oauth.access_token,
        endpoint_prefix=zalo.url,
    )
    recipient = zalo_sdk.oa.ZaloRecipient(user_id=CITIZEN)
    answer: dict[str, Any] = client.send_message(recipient, zalo_sdk.oa.ZaloMessageBody(text=text))
    return answer


def test_it_sends(zalo: ZaloOaServer) -> None:
    answer = send(zalo, "Đăng ký khai sinh: miễn phí.")

    assert answer["error"] == 0
    assert answer["data"]["message_id"]
    assert zalo.messages.to(CITIZEN) == [{"text": "Đăng ký khai sinh: miễn phí."}]


def test_case_29_it_raises_on_a_dead_token(zalo: ZaloOaServer) -> None:
    with pytest.raises(zalo_sdk.ZaloOAAuthTokenExpiredException, match="-216"):
        send(zalo, "chào", "token-chet")


def test_case_32_it_raises_over_the_limit(zalo: ZaloOaServer) -> None:
    zalo.messages.remain = 0

    with pytest.raises(zalo_sdk.ZaloOAException, match="-32"):
        send(zalo, "chào")


@pytest.mark.parametrize(
    ("text", "days", "code"), [("a" * 2001, 0, -210), ("chào", 8, -230), (" ", 0, -201)]
)
def test_it_raises_where_a_rule_is_broken(
    zalo: ZaloOaServer, text: str, days: int, code: int
) -> None:
    zalo.messages.people[CITIZEN] = time.time() - days * 86_400

    with pytest.raises(zalo_sdk.ZaloOAException, match=str(code)):
        send(zalo, text)
    assert zalo.messages.delivered == []


def test_it_raises_for_a_stranger(zalo: ZaloOaServer) -> None:
    zalo.messages.people.clear()

    with pytest.raises(zalo_sdk.ZaloOAException, match="-213"):
        send(zalo, "chào")
    assert len(zalo.http.asked_of(TO_PEOPLE)) == 1
