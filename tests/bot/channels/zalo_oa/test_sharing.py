"""A telephone number is asked for by Zalo's form, and only what is needed of it is kept."""

import json
from typing import Any

import httpx
import pytest

from bot.channels.base import Arrival, ArrivalKind
from bot.channels.zalo_oa.channel import ZaloOa
from bot.channels.zalo_oa.sealing import Seal, new_key
from bot.channels.zalo_oa.sharing import (
    LONGEST_SUBTITLE,
    LONGEST_TITLE,
    PHONE_KEPT,
    PHONE_UNUSABLE,
    GivenPhones,
    PhoneSharing,
)
from bot.messages import (
    FOLLOWED,
    ConversationKey,
    Gesture,
    Outcome,
    OutcomeFamily,
    Paragraph,
    Reply,
)
from bot.rendering import render_plain
from tests.bot.channels.zalo_oa.conftest import Desk
from tests.support.zalo_oa_channel import NOW, SIGNATURE, NoTokens, a_book
from tests.support.zalo_oa_events import CITIZEN, OA_ID, a_payload, signed
from tests.support.zalo_phones import MemorySealedPhones

LAN = ConversationKey("zalo_oa", CITIZEN)
SOMEBODY = ConversationKey("zalo_oa", "anonymous:726:b2c4")
PICTURE = "https://motcua.example.gov.vn/static/phone.png"


class Counter:
    """Where numbers are asked for and taken."""

    def __init__(self, *following: ConversationKey) -> None:
        self.store = MemorySealedPhones(*following)
        self.phones = GivenPhones(self.store, Seal(new_key()))
        self.sharing = PhoneSharing(self.phones, a_book(), lambda: NOW, PICTURE)
        client = httpx.AsyncClient(base_url="http://127.0.0.1:9")
        self.channel = ZaloOa(
            client, NoTokens(), SIGNATURE, a_book(), lambda: NOW, seal=self.phones.close
        )

    def read(self, data: dict[str, Any]) -> Arrival:
        body, headers = signed(data)
        small = {name.lower(): value for name, value in headers.items()}
        (arrival,) = self.channel.read(body, small)
        return arrival


def filled_in(**info: object) -> dict[str, Any]:
    return a_payload("user_submit_info", info=info)


def a_reply(kind: str) -> Reply:
    return Reply((Paragraph("Vâng."),), Outcome(OutcomeFamily.LOOKED_UP, kind))


def test_case_35_of_what_is_filled_in_only_the_number_is_taken_and_sealed() -> None:
    counter = Counter()
    arrival = counter.read(a_payload("user_submit_info"))
    assert (arrival.kind, arrival.gesture) == (ArrivalKind.SHARED, Gesture.CONTACT)
    assert (arrival.user_id, arrival.text, arrival.reference) == (CITIZEN, "", "")
    assert arrival.sealed
    assert "900000000" not in arrival.sealed
    assert arrival.sealed not in repr(arrival)
    for private in ("Mẫu", "01/01/1990", "female", "đường", "900000000"):
        assert private not in repr(arrival)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "phone", ["84912345678", "0912345678", "+84 912 345 678", 84912345678, "912345678"]
)
async def test_case_35_a_number_is_normalised_however_it_comes(phone: object) -> None:
    counter = Counter(LAN)
    reply = await counter.sharing.take(counter.read(filled_in(phone=phone)))
    assert reply is not None
    assert reply.outcome.kind == PHONE_KEPT
    assert await counter.phones.find(LAN) == "84912345678"
    assert "912345678" not in str(counter.store.rows)


@pytest.mark.anyio
@pytest.mark.parametrize("phone", ["113", "", None, "0243 825 1234", {"số": 1}, "+1 202 555 0100"])
async def test_a_number_that_gets_no_template_message_is_not_kept(phone: object) -> None:
    counter = Counter(LAN)
    arrival = counter.read(filled_in(phone=phone, name="Mẫu"))
    assert arrival.sealed == ""
    reply = await counter.sharing.take(arrival)
    assert reply is not None
    assert reply.outcome.kind == PHONE_UNUSABLE
    assert counter.store.rows == {}


@pytest.mark.anyio
async def test_a_number_that_comes_unasked_is_answered_like_anybodys_and_not_kept() -> None:
    counter = Counter()
    assert await counter.sharing.take(counter.read(a_payload("user_submit_info"))) is None
    assert counter.store.rows == {}


def test_the_same_event_has_the_same_id_and_tells_nothing_of_the_number() -> None:
    counter = Counter()
    first, again = (counter.read(filled_in(phone=phone)) for phone in ("0912345678", "0987654321"))
    later = counter.read(a_payload("user_submit_info", timestamp="1800001920001"))
    other = counter.read(a_payload("user_submit_info", sender={"id": "7"}))
    assert first.event_id == again.event_id
    assert len({first.event_id, later.event_id, other.event_id}) == 3


@pytest.mark.anyio
async def test_it_is_asked_for_once_its_owner_agreed_to_be_told_and_not_a_second_time() -> None:
    counter = Counter(LAN)
    for kind in ("dossier_told", "fee", FOLLOWED + "x"):
        assert await counter.sharing.asks(LAN, a_reply(kind)) == ()
    (part,) = await counter.sharing.asks(LAN, a_reply(FOLLOWED))
    form = json.loads(json.dumps(part.body))["attachment"]["payload"]
    assert form["template_type"] == "request_user_info"
    (element,) = form["elements"]
    assert element["image_url"] == PICTURE
    assert len(element["title"]) <= LONGEST_TITLE
    assert len(element["subtitle"]) <= LONGEST_SUBTITLE
    assert "báo tin hồ sơ" in element["subtitle"]
    await counter.sharing.take(counter.read(a_payload("user_submit_info")))
    assert await counter.sharing.asks(LAN, a_reply(FOLLOWED)) == ()


@pytest.mark.anyio
async def test_somebody_who_is_not_logged_in_is_not_asked() -> None:
    assert await Counter(SOMEBODY).sharing.asks(SOMEBODY, a_reply(FOLLOWED)) == ()


@pytest.mark.anyio
async def test_whoever_gives_it_is_told_what_it_is_for_and_how_to_take_it_back() -> None:
    counter = Counter(LAN)
    reply = await counter.sharing.take(counter.read(a_payload("user_submit_info")))
    assert reply is not None
    said = render_plain(reply)
    for words in ("chỉ dùng để báo", "có mã hoá", "“dừng báo tin”", "/xoadulieu"):
        assert words in said


@pytest.mark.anyio
async def test_zalo_takes_the_form_as_it_is_sent(desk: Desk) -> None:
    (part,) = await Counter(LAN).sharing.asks(LAN, a_reply(FOLLOWED))
    await desk.send("Vâng.")
    sent = await desk.channel.send(desk.outgoing(part))
    assert sent.message_id
    assert desk.zalo.messages.to(CITIZEN)[-1] == part.body


def test_events_of_another_account_give_no_number() -> None:
    counter = Counter()
    elsewhere = a_payload("user_submit_info", recipient={"id": "7"})
    body, headers = signed(elsewhere)
    small = {name.lower(): value for name, value in headers.items()}
    other = ZaloOa(
        httpx.AsyncClient(base_url="http://127.0.0.1:9"),
        NoTokens(),
        SIGNATURE,
        a_book(),
        lambda: NOW,
        oa_id=lambda: OA_ID,
        seal=counter.phones.close,
    )
    assert other.read(body, small) == ()


@pytest.mark.anyio
async def test_a_former_key_can_be_dropped_once_numbers_were_sealed_with_the_new_one() -> None:
    store, old, new = MemorySealedPhones(LAN), new_key(), new_key()
    before = GivenPhones(store, Seal(old))
    assert await before.keep(LAN, before.close("84912345678"), NOW)
    assert await before.turn_over() == 0
    assert await GivenPhones(store, Seal(f"{new},{old}")).turn_over() == 1
    assert await GivenPhones(store, Seal(new)).find(LAN) == "84912345678"


@pytest.mark.anyio
async def test_what_no_key_opens_stops_nobody_from_exchanging_keys() -> None:
    store = MemorySealedPhones(LAN)
    store.rows[LAN] = "gAAAA-của-ai"
    assert await GivenPhones(store, Seal(f"{new_key()},{new_key()}")).turn_over() == 1
    assert store.rows[LAN] == "gAAAA-của-ai"
