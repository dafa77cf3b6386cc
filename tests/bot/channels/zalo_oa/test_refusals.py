"""What Zalo refuses, by its codes."""

import pytest

from bot.channels.errors import (
    ChannelBroken,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.zalo_oa.codes import CODES, Meaning
from tests.bot.channels.zalo_oa.conftest import Desk
from tests.support.zalo_oa_events import CITIZEN
from tests.support.zalo_oa_messages import TO_PEOPLE

pytestmark = pytest.mark.anyio
LAN, HUNG = CITIZEN, "246845883529197923"


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
    desk.zalo.messages.answers.append(-32)
    with pytest.raises(TryLater) as failed:
        await desk.send()
    assert failed.value.after_seconds == waits[0]


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
