"""Lines that break, gateways that are overloaded, answers that nobody can read."""

import json
import traceback

import httpx
import pytest

from bot.channels.base import Outgoing, Part, Sent
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    TryLater,
)
from bot.channels.zalo_oa.channel import ZaloOa
from tests.bot.channels.zalo_oa.conftest import Desk
from tests.support.local_http import Answered, Fault
from tests.support.zalo_oa_channel import NOW, SIGNATURE, a_book
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_messages import TO_PEOPLE

pytestmark = pytest.mark.anyio
LAN = CITIZEN


CERTAIN = [Answered(status=status) for status in (429, 500, 502, 503)]


@pytest.mark.parametrize("answer", CERTAIN, ids=lambda answer: str(answer.status))
async def test_a_gateway_that_is_overloaded_is_tried_later(desk: Desk, answer: Answered) -> None:
    desk.zalo.http.fail(TO_PEOPLE, Fault(answer=answer))

    with pytest.raises(TryLater, match=str(answer.status)) as failed:
        await desk.send()
    assert failed.value.everybody


async def test_retry_after_is_heard(desk: Desk) -> None:
    busy = Answered(status=429, headers={"Retry-After": "17"})
    desk.zalo.http.fail(TO_PEOPLE, Fault(answer=busy))

    with pytest.raises(TryLater) as failed:
        await desk.send()
    assert failed.value.after_seconds == 17


NOBODY_KNOWS = {
    "cut": Fault(cut=True),
    "lost": Fault(lost=True),
    "504": Fault(answer=Answered(status=504)),
    "html": Fault(answer=Answered(b"<html>Zalo</html>")),
    "empty": Fault(answer=Answered(b"")),
    "no error": Fault(answer=Answered(b'{"data":{}}')),
    "odd error": Fault(answer=Answered(b'{"error":{"code":1}}')),
    "endless": Fault(answer=Answered(b'{"error":0}' + b" " * 70_000)),
}


@pytest.mark.parametrize("fault", NOBODY_KNOWS.values(), ids=NOBODY_KNOWS)
async def test_case_15_without_an_answer_that_can_be_read_the_fate_is_unknown(
    desk: Desk, fault: Fault
) -> None:
    desk.zalo.http.fail(TO_PEOPLE, fault)

    with pytest.raises(FateUnknown):
        await desk.send()


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404])
async def test_somebody_else_at_zalos_address_breaks_the_channel(desk: Desk, status: int) -> None:
    elsewhere = Answered(status=status, headers={"Location": "http://169.254.169.254/"})
    desk.zalo.http.fail(TO_PEOPLE, Fault(answer=elsewhere))

    with pytest.raises(ChannelBroken, match=str(status)):
        await desk.send()
    assert len(desk.zalo.http.asked) == 1


async def test_a_server_that_is_not_there_is_tried_later(desk: Desk) -> None:
    client = httpx.AsyncClient(base_url="http://127.0.0.1:1")
    channel = ZaloOa(client, desk.tokens, SIGNATURE, a_book(), desk.clock)

    with pytest.raises(TryLater) as failed:
        await channel.send(Outgoing(LAN, Part({"text": "chào"}), NOW))
    assert failed.value.everybody
    await channel.close()


NEVER_LEFT: set[type[Exception]] = {
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.LocalProtocolError,
}


def errors_of_the_line(kind: type[Exception] = httpx.TransportError) -> set[type[Exception]]:
    """Every error that httpx knows, also those that a newer one adds."""
    below = kind.__subclasses__()
    return set().union(*map(errors_of_the_line, below)) if below else {kind}


@pytest.mark.parametrize(
    "error", sorted(errors_of_the_line(), key=str), ids=lambda one: one.__name__
)
async def test_case_15_only_what_never_left_is_certain_not_to_have_arrived(
    desk: Desk, error: type[Exception]
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error("no")

    meant: dict[type[Exception], type[DeliveryFailed]] = dict.fromkeys(NEVER_LEFT, TryLater)
    meant[httpx.UnsupportedProtocol] = ChannelBroken
    client = httpx.AsyncClient(transport=httpx.MockTransport(fail), base_url="http://zalo")
    channel = ZaloOa(client, desk.tokens, SIGNATURE, a_book(), desk.clock)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(Outgoing(LAN, Part({"text": "chào"}), NOW))
    await channel.close()

    assert type(failed.value) is meant.get(error, FateUnknown)


async def test_case_18_no_error_shows_the_token_the_person_or_the_message(desk: Desk) -> None:
    secrets = (desk.zalo.oauth.access_token, LAN, "Miễn phí", "127.0.0.1")
    faults = [*NOBODY_KNOWS.values(), *(Fault(answer=answer) for answer in CERTAIN)]
    for fault in faults:
        desk.zalo.http.fail(TO_PEOPLE, fault)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send()
        desk.clock.now += 60
        told = "".join(traceback.format_exception(failed.value))
        assert not any(secret in told for secret in secrets)


async def test_what_zalo_adds_to_its_answers_is_no_trouble(desk: Desk) -> None:
    answer = {"error": "0", "message": "Success", "data": {"message_id": 12, "quota": {"x": 1}}}
    headers = {"X-RateLimit-Remain": "many", "X-RateLimit-Limit": "-1"}
    body = json.dumps(answer).encode()
    desk.zalo.http.fail(TO_PEOPLE, Fault(answer=Answered(body, headers=headers)))

    assert await desk.send() == Sent("12")
