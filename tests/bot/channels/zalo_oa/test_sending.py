"""Sending through the emulator: tokens, windows of time, and whom to answer."""

import logging

import anyio
import pytest

from bot.channels.base import Outgoing, Part
from bot.channels.errors import (
    ChannelBroken,
    RecipientGone,
    WindowClosed,
)
from tests.bot.channels.zalo_oa.conftest import Desk
from tests.support.zalo_oa_channel import NOW
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_messages import TO_ANONYMOUS, TO_PEOPLE

pytestmark = pytest.mark.anyio
HOUR = 3600.0
LAN = CITIZEN


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


@pytest.mark.parametrize(
    ("hours", "charged"), [(0, False), (47, False), (48, False), (49, True), (167, True)]
)
async def test_case_33_within_48_hours_free_and_within_7_days_for_money(
    desk: Desk, hours: int, *, charged: bool
) -> None:
    sent = await desk.send(age=hours * HOUR)

    assert sent.charged is charged


async def test_case_33_after_7_days_zalo_is_not_even_asked(desk: Desk) -> None:
    with pytest.raises(WindowClosed, match="window"):
        await desk.send(age=8 * 24 * HOUR)

    assert desk.zalo.http.asked == []


@pytest.mark.parametrize("code", [-230, -232])
async def test_case_33_a_window_that_zalo_counts_otherwise_is_closed_until_she_is_back(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.refusing[LAN] = code
    with pytest.raises(WindowClosed, match=str(code)):
        await desk.send(age=49 * HOUR)


@pytest.mark.parametrize("code", [-211, -320, -321])
async def test_a_message_that_nobody_pays_for_does_not_stop_those_that_are_free(
    desk: Desk, code: int
) -> None:
    desk.zalo.messages.answers.append(code)
    with pytest.raises(WindowClosed, match=str(code)):
        await desk.send(age=49 * HOUR)
    desk.zalo.messages.answers.append(code)
    with pytest.raises(ChannelBroken, match=str(code)):
        await desk.send(age=HOUR)


async def test_case_33_what_zalo_charges_for_is_charged_whatever_our_clock_says(
    desk: Desk,
) -> None:
    desk.zalo.messages.people[LAN] = NOW - 50 * HOUR
    part = Part({"text": "Miễn phí."})
    sent = await desk.channel.send(Outgoing(LAN, part, NOW - HOUR))

    assert sent.charged


async def test_case_18_no_log_shows_the_token_the_person_or_the_message(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await desk.send()
        desk.zalo.oauth.give_pair()
        await desk.send()

    assert caplog.records
    shown = caplog.text
    assert not any(access in shown or refresh in shown for access, refresh in desk.zalo.oauth.given)
    assert LAN not in shown
    assert "Miễn phí" not in shown


async def test_typing_and_acknowledging_ask_nothing_of_zalo(desk: Desk) -> None:
    await desk.channel.show_typing(LAN)

    assert desk.zalo.http.asked == []
