"""What arrives by webhook. Cases of protocols.md §8."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import ArrivalKind
from bot.channels.errors import Unauthentic
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.untrusted import check_secret
from bot.messages import Gesture
from tests.bot.channels.telegram.bots import HEADERS, NOW, a_channel, read, read_one
from tests.support.telegram_server import SECRET
from tests.support.telegram_updates import (
    DATE,
    LAN,
    a_membership,
    a_message,
    a_press,
    a_user,
    an_update,
    as_bytes,
)


@pytest.fixture(scope="module")
def channel() -> TelegramChannel:
    return a_channel()


DOCS = Path(__file__).parents[4] / "docs" / "telegram.md"
A_QUESTION = as_bytes(an_update(message=a_message("làm căn cước cần gì")))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-telegram-bot-api-secret-token": ""},
        {"x-telegram-bot-api-secret-token": SECRET[:-1]},
        {"x-telegram-bot-api-secret-token": SECRET + "x"},
        {"x-telegram-bot-api-secret-token": SECRET.upper()},
        {"x-telegram-bot-api-secret-token": "bí mật \udcff"},
        {"x-zevent-signature": SECRET},
    ],
)
@pytest.mark.parametrize("body", [A_QUESTION, b"{ no JSON", b""])
def test_case_1_a_request_without_the_secret_is_refused_before_it_is_parsed(
    channel: TelegramChannel, headers: dict[str, str], body: bytes
) -> None:
    with pytest.raises(Unauthentic):
        channel.read(body, headers)


def test_case_1_the_secret_is_compared_in_constant_time() -> None:
    assert "check_secret" in TelegramChannel.read.__code__.co_names
    assert "compare_digest" in check_secret.__code__.co_names


@pytest.mark.parametrize("headers", [{}, {"x-telegram-bot-api-secret-token": ""}, HEADERS])
def test_case_2_a_channel_without_a_secret_refuses_everything(headers: dict[str, str]) -> None:
    with pytest.raises(Unauthentic):
        a_channel(secret="").read(A_QUESTION, headers)


def test_a_typed_question_arrives_with_the_chat_its_number_and_its_time(
    channel: TelegramChannel,
) -> None:
    arrival = read_one(channel, message=a_message("làm căn cước cần gì", message_id=77))

    assert (arrival.channel, arrival.event_id, arrival.user_id) == ("telegram", "100", str(LAN))
    assert (arrival.text, arrival.choice, arrival.gesture) == ("làm căn cước cần gì", "", None)
    assert (arrival.kind, arrival.reference) == (ArrivalKind.MESSAGE, "77")
    assert arrival.sent_at.timestamp() == DATE
    assert arrival.sent_at.tzinfo is not None


def test_the_same_update_has_the_same_event_id_and_another_has_another(
    channel: TelegramChannel,
) -> None:
    ids = [
        read_one(channel, update_id=number, message=a_message("a")).event_id for number in (7, 8)
    ]
    again = read_one(channel, update_id=7, message=a_message("a")).event_id

    assert ids == ["7", "8"]
    assert again == "7"


@pytest.mark.parametrize(
    ("typed", "gesture"),
    [
        ("/start", Gesture.START),
        ("/help", Gesture.HELP),
        ("/huy@motcua_bot", Gesture.CANCEL),
        ("/HOSO", Gesture.DOSSIERS),
        ("/xoadulieu", Gesture.ERASE),
        ("/start nothing-we-know", Gesture.START),
    ],
)
def test_commands_are_gestures(channel: TelegramChannel, typed: str, gesture: Gesture) -> None:
    arrival = read_one(channel, message=a_message(typed))

    assert (arrival.gesture, arrival.text, arrival.choice) == (gesture, "", "")


def test_a_deep_link_does_what_its_button_does(channel: TelegramChannel) -> None:
    arrival = read_one(channel, message=a_message("/start ask_1-004222_fee"))

    assert (arrival.choice, arrival.gesture) == ("ask:1.004222:fee", None)


def test_every_link_that_operators_are_told_of_opens_something(channel: TelegramChannel) -> None:
    told = DOCS.read_text("utf-8")
    payloads = set(re.findall(r"start=(\w[\w-]+)", told)) | set(
        re.findall(r"^\| `(\S+)`", told, re.MULTILINE)
    )
    payloads = {one for one in payloads if "_" in one}

    assert len(payloads) >= 5
    for payload in payloads:
        assert read_one(channel, message=a_message(f"/start {payload}")).choice


def test_case_10_a_press_brings_the_data_the_message_and_the_query(
    channel: TelegramChannel,
) -> None:
    arrival = read_one(channel, callback_query=a_press("ask:1.004222:fee", 12, "4382"))

    assert (arrival.choice, arrival.reference, arrival.query) == ("ask:1.004222:fee", "12", "4382")
    assert (arrival.user_id, arrival.sent_at) == (str(LAN), NOW)


def test_case_10_old_and_unknown_data_arrives_as_it_is(channel: TelegramChannel) -> None:
    assert read_one(channel, callback_query=a_press("v0|unknown")).choice == "v0|unknown"
    assert len(read_one(channel, callback_query=a_press("ă" * 5000)).choice) == 64


@pytest.mark.parametrize(
    "press",
    [
        {**a_press("a"), "data": None, "game_short_name": "co-tuong"},
        {"id": "4382", "from": a_user(), "inline_message_id": "x", "data": "a"},
        a_press("a", message=None),
        a_press("\0"),
        a_press(" \n\0 "),
        a_press(""),
    ],
)
def test_case_11_a_press_that_says_nothing_is_acknowledged_and_no_message(
    channel: TelegramChannel, press: dict[str, Any]
) -> None:
    arrival = read_one(channel, callback_query=press)

    assert (arrival.kind, arrival.query, arrival.choice) == (ArrivalKind.NOTICED, "4382", "")


def test_case_11_a_press_that_says_nothing_and_cannot_be_acknowledged_is_left_alone(
    channel: TelegramChannel,
) -> None:
    assert read(channel, callback_query=a_press("\0", query="")) == []


def test_a_press_under_a_message_that_telegram_no_longer_shows_is_read(
    channel: TelegramChannel,
) -> None:
    inaccessible = {"chat": {"id": LAN, "type": "private"}, "message_id": 12, "date": 0}
    arrival = read_one(channel, callback_query=a_press("rate:up:5", message=inaccessible))

    assert (arrival.choice, arrival.reference) == ("rate:up:5", "12")


@pytest.mark.parametrize(
    ("content", "gesture"),
    [
        ({"photo": [{"file_id": "x"}]}, Gesture.PHOTO),
        ({"voice": {"duration": 3}}, Gesture.VOICE),
        ({"audio": {"duration": 3}}, Gesture.VOICE),
        ({"video": {"duration": 3}}, Gesture.VIDEO),
        ({"video_note": {"length": 3}}, Gesture.VIDEO),
        ({"animation": {"file_id": "x"}, "document": {"file_id": "x"}}, Gesture.VIDEO),
        ({"document": {"file_id": "x"}}, Gesture.FILE),
        ({"sticker": {"emoji": "👍"}}, Gesture.STICKER),
        ({"location": {"latitude": 21.0, "longitude": 105.8}}, Gesture.LOCATION),
        ({"venue": {"title": "UBND phường"}}, Gesture.LOCATION),
        ({"contact": {"first_name": "Lan"}}, Gesture.CONTACT),
        ({"dice": {"value": 3}}, Gesture.UNSUPPORTED),
        ({"poll": {"id": "1"}}, Gesture.UNSUPPORTED),
    ],
)
def test_case_16_what_is_no_text_is_a_gesture(
    channel: TelegramChannel, content: dict[str, Any], gesture: Gesture
) -> None:
    arrival = read_one(channel, message=a_message(**content))

    assert (arrival.gesture, arrival.text) == (gesture, "")


def test_case_16_a_caption_is_answered_as_text(channel: TelegramChannel) -> None:
    arrival = read_one(channel, message=a_message(photo=[{}], caption="giấy này nộp ở đâu?"))

    assert (arrival.text, arrival.gesture) == ("giấy này nộp ở đâu?", None)


def test_case_16_the_pictures_of_an_album_are_answered_once(channel: TelegramChannel) -> None:
    pictures = [a_message(photo=[{}], media_group_id="13589", message_id=n) for n in (1, 2, 3)]
    arrivals = [read_one(channel, update_id=n, message=one) for n, one in enumerate(pictures)]
    captioned = a_message(photo=[{}], media_group_id="13589", caption="đây là giấy gì")

    assert len({one.event_id for one in arrivals}) == 1
    assert read_one(channel, update_id=9, message=captioned).event_id == "9"


def test_case_16_a_changed_message_is_a_gesture_of_its_own(channel: TelegramChannel) -> None:
    arrival = read_one(channel, edited_message=a_message("làm căn cước", edit_date=DATE + 60))

    assert (arrival.gesture, arrival.text) == (Gesture.EDITED, "")
    assert arrival.sent_at.timestamp() == DATE + 60


def test_case_16_a_location_that_moves_is_not_answered_all_the_time(
    channel: TelegramChannel,
) -> None:
    moved = a_message(location={"latitude": 21.0, "longitude": 105.8, "live_period": 900})

    assert read(channel, edited_message=moved) == []


@pytest.mark.parametrize(
    "content",
    [
        {"channel_post": a_message("tin của kênh", chat={"id": -100, "type": "channel"})},
        {"edited_channel_post": a_message("tin", chat={"id": -100, "type": "channel"})},
        {"message": a_message("tin", chat={"id": -100, "type": "channel"})},
        {"message": a_message("xin chào", **{"from": a_user(is_bot=True)})},
        {"edited_message": a_message("tin", **{"from": a_user(is_bot=True)})},
        {"message": a_message(new_chat_members=[a_user()])},
        {"message": a_message(pinned_message={"message_id": 3})},
        {"message_reaction": {"chat": {"id": LAN}, "new_reaction": []}},
        {"inline_query": {"id": "1", "from": a_user(), "query": "căn cước"}},
        {"my_chat_member": a_membership("member", {"id": -100, "type": "channel"})},
    ],
)
def test_case_16_what_does_not_concern_us_is_left_alone(
    channel: TelegramChannel, content: dict[str, Any]
) -> None:
    assert read(channel, **content) == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("kicked", ArrivalKind.BLOCKED),
        ("left", ArrivalKind.BLOCKED),
        ("member", ArrivalKind.RETURNED),
        ("administrator", ArrivalKind.RETURNED),
    ],
)
def test_case_16_whoever_blocks_or_unblocks_the_bot_is_known(
    channel: TelegramChannel, status: str, kind: ArrivalKind
) -> None:
    arrival = read_one(channel, my_chat_member=a_membership(status))

    assert (arrival.kind, arrival.user_id) == (kind, str(LAN))
