"""Every event family means the right thing to the right person."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Arrival, ArrivalKind
from bot.messages import Gesture
from tests.support.zalo_oa_channel import NOW, a_reader
from tests.support.zalo_oa_events import (
    CITIZEN,
    OA_ID,
    Style,
    a_payload,
    a_text,
    event_names,
    signed,
)

SOMEBODY = "anonymous:7264518320946581234:b2c4d6e8f0a1"
KINDS: dict[str, ArrivalKind | Gesture] = {
    "anonymous_send_file": Gesture.FILE,
    "anonymous_send_image": Gesture.PHOTO,
    "anonymous_send_sticker": Gesture.STICKER,
    "anonymous_send_text": ArrivalKind.MESSAGE,
    "follow": Gesture.START,
    "oa_send_anonymous_file": ArrivalKind.OFFICIAL,
    "oa_send_anonymous_image": ArrivalKind.OFFICIAL,
    "oa_send_anonymous_sticker": ArrivalKind.OFFICIAL,
    "oa_send_anonymous_text": ArrivalKind.OFFICIAL,
    "oa_send_file": ArrivalKind.OFFICIAL,
    "oa_send_gif": ArrivalKind.OFFICIAL,
    "oa_send_image": ArrivalKind.OFFICIAL,
    "oa_send_sticker": ArrivalKind.OFFICIAL,
    "unfollow": ArrivalKind.BLOCKED,
    "user_click_chatnow": Gesture.START,
    "user_received_message": ArrivalKind.DELIVERED,
    "user_send_audio": Gesture.VOICE,
    "user_send_business_card": Gesture.CONTACT,
    "user_send_file": Gesture.FILE,
    "user_send_gif": Gesture.PHOTO,
    "user_send_image": Gesture.PHOTO,
    "user_send_link": ArrivalKind.MESSAGE,
    "user_send_location": Gesture.LOCATION,
    "user_send_sticker": Gesture.STICKER,
    "user_send_text": ArrivalKind.MESSAGE,
    "user_send_video": Gesture.VIDEO,
    "user_submit_info": Gesture.CONTACT,
    "user_withdraw": ArrivalKind.WITHDRAWN,
}
"""What is to be made of each event there is a payload of; those that are missing mean nothing."""


def read(data: dict[str, Any], oa_id: str = "") -> Arrival | None:
    body, headers = signed(data, Style.ESCAPED)
    small = {name.lower(): value for name, value in headers.items()}
    arrivals = a_reader(oa_id).read(body, small)
    assert len(arrivals) <= 1
    return arrivals[0] if arrivals else None


def read_text(text: object, **message: object) -> Arrival:
    said = {"text": text, "msg_id": "m1", **message}
    arrival = read(a_payload("user_send_text", message=said))
    assert arrival is not None
    return arrival


@pytest.mark.parametrize("name", event_names())
def test_case_22_each_event_means_what_it_says_and_names_the_right_person(name: str) -> None:
    arrival = read(a_payload(name))

    if name not in KINDS:
        assert arrival is None
        return
    assert arrival is not None
    assert (arrival.gesture or arrival.kind) == KINDS[name]
    assert arrival.user_id == (SOMEBODY if "anonymous" in name else CITIZEN)
    assert arrival.channel == "zalo_oa"
    assert arrival.sent_at.year == 2027


def test_case_22_every_meaning_is_tested() -> None:
    assert set(KINDS) <= set(event_names())


def test_case_22_different_events_never_share_an_id() -> None:
    arrivals = [read(a_payload(name)) for name in KINDS]
    ids = [arrival.event_id for arrival in arrivals if arrival]

    assert len(set(ids)) == len(KINDS)
    assert max(map(len, ids)) <= 200


def test_case_25_the_message_id_tells_repetitions_apart_from_new_messages() -> None:
    first, again, other = (
        read(a_text("xin chào", msg_id, timestamp=timestamp))
        for msg_id, timestamp in (("m1", "1800000000000"), ("m1", "1800003600000"), ("m2", "18"))
    )

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.event_id == again.event_id != other.event_id


@pytest.mark.parametrize("name", ["user_send_jumbo", "user_click_button", "", 7, None, ["follow"]])
def test_case_22_an_unknown_event_means_nothing(name: object) -> None:
    assert read(a_payload("user_send_text", event_name=name)) is None


@pytest.mark.parametrize("name", ["oa_send_text", "oa_send_list"])
def test_case_23_the_echo_of_our_own_message_means_nothing(name: str) -> None:
    assert read(a_payload(name)) is None


@pytest.mark.parametrize("name", ["user_seen_message", "user_reacted_message"])
def test_case_23_seen_and_reacted_are_not_answered(name: str) -> None:
    assert read(a_payload(name)) is None


def test_case_23_a_report_of_delivery_names_the_message() -> None:
    arrival = read(a_payload("user_received_message", message={"msg_id": "a1b2"}))

    assert arrival is not None
    assert (arrival.kind, arrival.reference) == (ArrivalKind.DELIVERED, "a1b2")


def test_case_24_an_official_who_writes_in_the_chat_tool_is_told_apart() -> None:
    arrival = read(
        a_payload("oa_send_text", sender={"id": OA_ID, "admin_id": "904114781268573184"})
    )

    assert arrival is not None
    assert (arrival.kind, arrival.user_id) == (ArrivalKind.OFFICIAL, CITIZEN)
    assert arrival.text == ""


@pytest.mark.parametrize(
    "typed",
    [
        "#ask:1.004222:fee",
        " #ask:1.004222:fee\n",
        "#rate:up:12",
        "#none",
        "#erase:yes",
        "#example:fee",
    ],
)
def test_case_27_a_payload_is_a_press_whoever_typed_it(typed: str) -> None:
    arrival = read_text(typed)

    assert (arrival.text, arrival.choice) == ("", typed.strip()[1:])


@pytest.mark.parametrize(
    "typed",
    [
        *("#", "#khaisinh", "#ask:", "#admin:xoa-het", "##ask:1.004222", "# ask:1.004222:fee"),
        *("#rate:up:x", "#rate:up:7:1", "ask:1.004222:fee", "#ask:1.004222:fee:" + "x" * 99),
    ],
)
def test_case_27_what_no_button_says_is_ordinary_text(typed: str) -> None:
    arrival = read_text(typed)

    assert (arrival.text, arrival.choice) == (typed, "")


def test_commands_are_understood_as_on_other_channels() -> None:
    assert read_text("/xoadulieu").gesture is Gesture.ERASE
    assert read_text("/start ask_1-004222").choice == "ask:1.004222"


def test_case_35_what_was_filled_in_goes_no_further() -> None:
    arrival = read(a_payload("user_submit_info"))

    assert arrival is not None
    assert "Mẫu" not in repr(arrival)
    assert "900000000" not in repr(arrival)


def test_case_35_a_withdrawal_is_heard_whichever_account_it_names() -> None:
    withdrawal = a_payload("user_withdraw")
    del withdrawal["oa_id"]
    arrival = read(withdrawal, oa_id=OA_ID)

    assert arrival is not None
    assert (arrival.kind, arrival.user_id) == (ArrivalKind.WITHDRAWN, CITIZEN)


def test_case_34_no_address_of_an_attachment_is_kept() -> None:
    places = ["http://169.254.169.254/latest", "file:///etc/passwd", "https://f20.zdn.vn/a.jpg"]
    attachments = [{"type": "image", "payload": {"url": place}} for place in places]
    arrival = read(a_payload("user_send_image", message={"attachments": attachments}))

    assert arrival is not None
    assert all(place not in repr(arrival) for place in places)


def test_case_36_the_report_of_a_template_message_keeps_no_telephone_number() -> None:
    phone = "84900000000"
    report = {"msg_id": "m1", "tracking_id": "hs-17", "delivery_time": "1800000000000"}
    arrival = read(a_payload("user_received_message", recipient={"id": phone}, message=report))

    assert arrival is not None
    assert (arrival.user_id, arrival.reference) == ("zns", "zns:hs-17")
    assert phone not in repr(arrival)


@pytest.mark.parametrize("number", ["9223372036854775807", "9007199254740993"])
def test_case_37_an_id_of_64_bits_stays_exact_even_if_it_comes_as_a_number(number: str) -> None:
    for sender in (number, int(number)):
        arrival = read(a_payload("user_send_text", sender={"id": sender}))
        assert arrival is not None
        assert arrival.user_id == number


@pytest.mark.parametrize("other", ["1", "388613280878808646"])
def test_events_of_another_account_of_the_same_app_mean_nothing(other: str) -> None:
    elsewhere: list[dict[str, Any]] = [
        a_payload("user_send_text", recipient={"id": other}),
        a_payload("oa_send_image", sender={"id": other}),
        a_payload("follow", oa_id=other),
        a_payload("user_click_chatnow", oa_id=other),
    ]

    assert [read(event, oa_id=OA_ID) for event in elsewhere] == [None] * 4
    assert None not in [read(event) for event in elsewhere]
    assert None not in [read(a_payload(name), oa_id=OA_ID) for name in KINDS]


def test_a_text_without_words_is_told_apart_from_words() -> None:
    for nothing in ("", "  ", None, 12.5, {"a": 1}):
        assert read_text(nothing).gesture in {Gesture.UNSUPPORTED, None}
    assert read_text("").gesture is Gesture.UNSUPPORTED


def test_half_a_character_does_not_reach_the_database() -> None:
    assert read_text("Xin ch\ud83dào\0").text == "Xin chào"


def test_a_time_that_is_none_of_this_world_is_now() -> None:
    arrival = read(a_text("xin chào", "m1", timestamp="9" * 20))

    assert arrival is not None
    assert arrival.sent_at.timestamp() == NOW


@pytest.mark.parametrize(
    "wrong", [None, "", " ", 7.5, True, [], {}, {"id": {}}, "a b", "a:b", "đ", "x" * 91]
)
def test_a_citizen_without_a_usable_id_is_nobody(wrong: object) -> None:
    assert read(a_payload("user_withdraw", user_id=wrong)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside),
    max_leaves=8,
)
FIELDS = ["sender", "recipient", "message", "follower", "user_id", "oa_id", "info", "event_name"]


@given(st.sampled_from(event_names()), st.sampled_from(FIELDS), JSON)
def test_fields_of_any_type_raise_nothing(name: str, field: str, value: object) -> None:
    arrival = read({**a_payload(name), field: value})

    if arrival is not None:
        assert 0 < len(arrival.user_id) <= 200
        assert 0 < len(arrival.event_id) <= 200
        json.dumps([arrival.text, arrival.event_id]).encode()
