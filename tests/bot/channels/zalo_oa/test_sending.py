"""Sending through the emulator: tokens, windows, limits, refusals, broken lines."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import anyio
import httpx
import pytest

from bot.channels.base import Outgoing, Part, Sent
from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.zalo_oa.channel import ZaloOa
from bot.channels.zalo_oa.codes import CODES, Meaning
from tests.support.local_http import Answered, Fault
from tests.support.zalo_oa_channel import NOW, SIGNATURE, TokensInMemory, a_book
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_messages import TO_ANONYMOUS, TO_PEOPLE
from tests.support.zalo_oa_server import ZaloOaServer

pytestmark = pytest.mark.anyio
HOUR = 3600.0
LAN, HUNG = CITIZEN, "246845883529197923"


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """The channel, the emulator, and the time for both."""

    zalo: ZaloOaServer
    channel: ZaloOa
    tokens: TokensInMemory
    clock: Clock

    async def send(self, text: str = "Miễn phí.", to: str = LAN, age: float = 0) -> Sent:
        self.zalo.messages.people[to] = self.clock() - age
        part = Part({"text": text})
        return await self.channel.send(Outgoing(to, part, self.clock() - age))

    def texts(self, user_id: str = LAN) -> list[str]:
        return [message["text"] for message in self.zalo.messages.to(user_id)]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


@pytest.fixture
async def desk(zalo: ZaloOaServer) -> AsyncIterator[Desk]:
    clock = zalo.messages.clock = Clock()
    tokens = TokensInMemory(zalo.oauth)
    client = httpx.AsyncClient(base_url=zalo.url)
    channel = ZaloOa(client, tokens, SIGNATURE, a_book(), clock)
    yield Desk(zalo, channel, tokens, clock)
    await channel.close()


async def test_a_message_goes_out_with_the_token_in_its_own_header(desk: Desk) -> None:
    sent = await desk.send("Lệ phí: 10.000 đồng <b>&_*[")

    (asked,) = desk.zalo.http.asked_of(TO_PEOPLE)
    assert asked.headers["access_token"] == desk.zalo.oauth.access_token
    assert "authorization" not in asked.headers
    assert asked.data == {
        "recipient": {"user_id": LAN},
        "message": {"text": "Lệ phí: 10.000 đồng <b>&_*["},
    }
    assert sent.message_id
    assert not sent.charged


async def test_case_37_the_id_of_the_person_is_a_string_on_the_wire(desk: Desk) -> None:
    await desk.send(to="9223372036854775807")

    (asked,) = desk.zalo.http.asked_of(TO_PEOPLE)
    assert b'"9223372036854775807"' in asked.body


async def test_somebody_who_is_not_logged_in_is_answered_in_her_conversation(desk: Desk) -> None:
    desk.zalo.messages.anonymous.add(("726", "b2c4"))

    await desk.send(to="anonymous:726:b2c4")

    (asked,) = desk.zalo.http.asked_of(TO_ANONYMOUS)
    assert asked.data["recipient"] == {"anonymous_id": "726", "conversation_id": "b2c4"}


async def test_a_closed_address_for_them_does_not_stop_the_channel(desk: Desk) -> None:
    desk.zalo.messages.answers.append(-240)

    with pytest.raises(RecipientGone, match="-240"):
        await desk.send(to="anonymous:726:b2c4")


@pytest.mark.parametrize("code", [-216, -220, -124])
async def test_case_29_a_dead_token_is_renewed_once_and_the_message_sent_once(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.stale = code
    desk.zalo.oauth.give_pair()  # kills the token that we hold

    await desk.send()

    assert desk.tokens.renewals == 1
    assert desk.texts() == ["Miễn phí."]


async def test_case_29_ten_at_once_renew_once(desk: Desk) -> None:
    desk.zalo.oauth.give_pair()

    async with anyio.create_task_group() as group:
        for number in range(10):
            group.start_soon(desk.send, f"Câu {number}", str(100 + number))

    assert desk.tokens.renewals == 1
    assert sorted(message["text"] for _, message in desk.zalo.messages.delivered) == [
        f"Câu {number}" for number in range(10)
    ]


async def test_case_29_a_second_refusal_is_not_renewed_again(desk: Desk) -> None:
    desk.zalo.messages.answers.extend([-216, -220])

    with pytest.raises(ChannelBroken, match="motcua zalo authorize"):
        await desk.send()

    assert desk.tokens.renewals == 1
    assert len(desk.zalo.http.asked_of(TO_PEOPLE)) == 2


async def test_case_32_the_limit_stops_everybody_longer_each_time(desk: Desk) -> None:
    waits: list[float] = []
    for _ in range(4):
        desk.zalo.messages.answers.append(-32)
        with pytest.raises(TryLater, match="-32") as failed:
            await desk.send()
        assert failed.value.everybody
        assert failed.value.after_seconds is not None
        waits.append(failed.value.after_seconds)
        desk.clock.now += failed.value.after_seconds

    assert waits == sorted(set(waits))
    await desk.send()
    assert desk.texts() == ["Miễn phí."]


async def test_case_32_while_it_lasts_zalo_is_not_asked(desk: Desk) -> None:
    desk.zalo.messages.answers.append(-32)
    with pytest.raises(TryLater):
        await desk.send()

    with pytest.raises(TryLater) as failed:
        await desk.send(to=HUNG)

    assert failed.value.everybody
    assert len(desk.zalo.http.asked_of(TO_PEOPLE)) == 1


async def test_case_32_little_left_slows_us_down_before_zalo_does(desk: Desk) -> None:
    desk.zalo.messages.remain = 41
    await desk.send("Câu 1")

    with pytest.raises(TryLater) as failed:
        await desk.send("Câu 2")
    assert failed.value.after_seconds
    desk.zalo.messages.remain = 4000
    desk.clock.now += failed.value.after_seconds
    await desk.send("Câu 2")

    assert desk.texts() == ["Câu 1", "Câu 2"]


def of_meaning(meaning: Meaning) -> list[int]:
    codes = [code for code, known in CODES.items() if known.meaning is meaning]
    assert codes
    return codes


@pytest.mark.parametrize("code", of_meaning(Meaning.PERSON))
async def test_case_32_a_person_who_cannot_be_written_to_is_told_apart(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.refusing[LAN] = code

    with pytest.raises(RecipientGone, match=str(code)):
        await desk.send()
    await desk.send(to=HUNG)

    assert len(desk.zalo.http.asked_of(TO_PEOPLE)) == 2


@pytest.mark.parametrize("code", of_meaning(Meaning.OPERATOR))
async def test_case_32_what_an_operator_must_mend_is_told_with_a_hint(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.answers.append(code)

    with pytest.raises(ChannelBroken) as failed:
        await desk.send()

    assert str(failed.value) == f"{code}: {CODES[code].hint}"


@pytest.mark.parametrize("code", [*of_meaning(Meaning.WORDING), -99999, 404])
async def test_a_wording_that_zalo_refuses_concerns_this_message_only(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.answers.append(code)

    with pytest.raises(PartRefused, match=str(code)):
        await desk.send()


async def test_a_failure_that_zalo_is_not_sure_of_is_not_sent_again_and_again(desk: Desk) -> None:
    desk.zalo.messages.answers.append(-200)

    with pytest.raises(FateUnknown, match="-200"):
        await desk.send()


async def test_every_known_code_has_a_hint_that_names_no_secret() -> None:
    assert all(known.hint.endswith((".", "authorize")) for known in CODES.values())
    assert {-32, -200, -213, -216, -220, -230, -232, -224, -248} <= set(CODES)


@pytest.mark.parametrize(
    ("hours", "charged"), [(0, False), (47, False), (48, False), (49, True), (167, True)]
)
async def test_case_33_within_48_hours_free_and_within_7_days_for_money(
    desk: Desk, hours: int, *, charged: bool
) -> None:
    sent = await desk.send(age=hours * HOUR)

    assert sent.charged is charged


async def test_case_33_after_7_days_zalo_is_not_even_asked(desk: Desk) -> None:
    with pytest.raises(RecipientGone, match="window"):
        await desk.send(age=8 * 24 * HOUR)

    assert desk.zalo.http.asked == []


async def test_case_33_what_zalo_charges_for_is_charged_whatever_our_clock_says(
    desk: Desk,
) -> None:
    desk.zalo.messages.people[LAN] = NOW - 50 * HOUR
    part = Part({"text": "Miễn phí."})
    sent = await desk.channel.send(Outgoing(LAN, part, NOW - HOUR))

    assert sent.charged


async def test_case_34_nothing_but_the_two_addresses_of_sending_is_ever_asked_for(
    desk: Desk,
) -> None:
    await desk.send()

    assert {asked.path for asked in desk.zalo.http.asked} == {TO_PEOPLE}


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
    "endless": Fault(answer=Answered(b" " * 70_000)),
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


async def test_case_18_no_error_shows_the_token_the_person_or_the_message(desk: Desk) -> None:
    secrets = (desk.zalo.oauth.access_token, LAN, "Miễn phí", "127.0.0.1")
    faults = [*NOBODY_KNOWS.values(), *(Fault(answer=answer) for answer in CERTAIN)]
    for fault in faults:
        desk.zalo.http.fail(TO_PEOPLE, fault)
        with pytest.raises(DeliveryFailed) as failed:
            await desk.send()
        desk.clock.now += 60
        error: BaseException | None = failed.value
        while error is not None:
            assert not any(secret in str(error) for secret in secrets)
            error = error.__cause__


async def test_what_zalo_adds_to_its_answers_is_no_trouble(desk: Desk) -> None:
    answer = {"error": "0", "message": "Success", "data": {"message_id": 12, "quota": {"x": 1}}}
    headers = {"X-RateLimit-Remain": "many", "X-RateLimit-Limit": "-1"}
    body = json.dumps(answer).encode()
    desk.zalo.http.fail(TO_PEOPLE, Fault(answer=Answered(body, headers=headers)))

    assert await desk.send() == Sent("12")


async def test_typing_and_acknowledging_ask_nothing_of_zalo(desk: Desk) -> None:
    await desk.channel.show_typing(LAN)

    assert desk.zalo.http.asked == []
