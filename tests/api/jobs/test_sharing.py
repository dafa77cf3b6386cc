"""A telephone number that is given is kept, answered once, and never lies open anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.jobs.answering import OFFICIAL_SECONDS
from api.limits import CountsInMemory, Limiter, Limits
from api.store.channel_tables import contacts
from api.store.database import Database
from bot.channels.base import Arrival, ArrivalKind, Part
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey, Gesture, Outcome, OutcomeFamily, Paragraph, Reply
from tests.api.jobs.conftest import Road
from tests.api.jobs.test_privacy import everything, rows_of
from tests.support.channels import LAN, an_arrival, an_event

pytestmark = pytest.mark.anyio

SEALED = "gAAAAA-kín"
THANKS = "Cảm ơn bạn."


@dataclass
class Sharing:
    """Takes numbers; asks for one behind every answer while `asking`."""

    known: bool = True
    """Whether its owner is told of a dossier."""
    asking: bool = False
    broken: int = 0
    taken: list[str] = field(default_factory=list)

    async def asks(self, key: ConversationKey, reply: Reply) -> Sequence[Part]:
        return (Part({"text": f"số của {key.user_id}?"}),) if self.asking else ()

    async def take(self, arrival: Arrival) -> Reply | None:
        if self.broken:
            self.broken -= 1
            raise StoreUnavailable("away")
        self.taken.append(arrival.sealed)
        thanks = Reply((Paragraph(THANKS),), Outcome(OutcomeFamily.SMALL_TALK, "phone_kept"))
        return thanks if self.known else None


@pytest.fixture
def sharing(road: Road) -> Sharing:
    sharing = Sharing()
    road.answering.sharing = {"telegram": sharing}
    return sharing


def shared(event_id: str = "s1", **parts: Any) -> Arrival:
    given: dict[str, Any] = {"kind": ArrivalKind.SHARED, "gesture": Gesture.CONTACT}
    return an_arrival(event_id, sealed=SEALED, **{**given, **parts})


async def test_a_number_is_taken_and_answered_once_and_gone_from_what_arrived(
    road: Road, sharing: Sharing, database: Database
) -> None:
    for _ in range(3):
        await road.receiving.take([shared()])
    await road.until(lambda: bool(road.channel.to(LAN)))
    await road.receiving.take([an_arrival("m1", "xin chào")])
    await road.until(lambda: len(road.channel.to(LAN)) > 1)
    assert sharing.taken == [SEALED]
    assert road.channel.to(LAN)[0] == THANKS
    assert SEALED not in await everything(database)
    assert [row.last_seen_at > 0 for row in await rows_of(database, contacts)] == [True]


async def test_a_number_that_is_not_kept_is_answered_like_anybodys(
    road: Road, sharing: Sharing
) -> None:
    sharing.known = False
    await road.receiving.take([shared()])
    await road.until(lambda: bool(road.channel.to(LAN)))
    assert "không giữ lại" in road.channel.to(LAN)[0]


async def test_a_channel_that_takes_no_numbers_answers_as_ever(road: Road) -> None:
    await road.receiving.take([shared()])
    await road.until(lambda: bool(road.channel.to(LAN)))
    assert "không giữ lại" in road.channel.to(LAN)[0]


async def test_while_an_official_has_the_word_it_is_kept_and_nothing_is_said(
    road: Road, sharing: Sharing
) -> None:
    await road.receiving.take([an_event("o1", ArrivalKind.OFFICIAL), shared()])
    await road.until(lambda: sharing.taken == [SEALED])
    assert OFFICIAL_SECONDS > 0
    await road.receiving.take([an_arrival("h1", gesture=Gesture.HELP)])
    await road.until(lambda: bool(road.channel.to(LAN)))
    assert THANKS not in road.channel.to(LAN)


async def test_a_store_that_is_away_loses_no_number(road: Road, sharing: Sharing) -> None:
    sharing.broken = 1
    await road.receiving.take([shared()])
    await road.until(lambda: bool(road.channel.to(LAN)))
    assert (sharing.taken, road.channel.to(LAN)) == ([SEALED], [THANKS])


async def test_a_number_is_asked_for_behind_the_answer(road: Road, sharing: Sharing) -> None:
    sharing.asking = True
    await road.receiving.take([an_arrival("m1", "xin chào")])
    await road.until(lambda: len(road.channel.to(LAN)) > 1)
    assert road.channel.to(LAN)[-1] == f"số của {LAN}?"


async def test_whoever_shares_too_often_is_told_once_to_wait(
    road: Road, sharing: Sharing, database: Database
) -> None:
    road.receiving.limiter = Limiter(CountsInMemory(lambda: 0.0), Limits(2, 10_000, 100))
    await road.receiving.take([shared(f"s{number}") for number in range(6)])
    await road.until(lambda: len(road.channel.to(LAN)) >= 3)
    assert sharing.taken == [SEALED] * 2
    assert road.channel.to(LAN)[:2] == [THANKS] * 2
    assert "chờ" in road.channel.to(LAN)[2]
    assert SEALED not in await everything(database)
