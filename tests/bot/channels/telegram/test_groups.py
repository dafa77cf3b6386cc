"""In a group the bot answers only where it is spoken to (case 16 of protocols.md §8)."""

import pytest

from bot.channels.base import ArrivalKind
from bot.channels.telegram.channel import TelegramChannel
from bot.messages import Gesture
from tests.bot.channels.telegram.bots import read, read_one
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import (
    a_membership,
    a_press,
    a_user,
    in_a_group,
    the_bot,
)

pytestmark = pytest.mark.anyio

GROUP = "-1001234567890"


@pytest.fixture
async def known(bot: TelegramChannel) -> TelegramChannel:
    """The channel, once it knows its name."""
    await bot.introduce()
    return bot


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("@motcua_bot làm căn cước cần gì", "làm căn cước cần gì"),
        ("làm căn cước cần gì @MotCua_Bot", "làm căn cước cần gì"),
        ("Cho hỏi, @motcua_bot:\nlệ phí?", "Cho hỏi, :\nlệ phí?"),
    ],
)
async def test_case_16_a_question_that_names_the_bot_is_answered_without_the_name(
    known: TelegramChannel, typed: str, text: str
) -> None:
    arrival = read_one(known, message=in_a_group(typed))

    assert (arrival.text, arrival.user_id) == (text, GROUP)


@pytest.mark.parametrize(
    "typed",
    [
        "mai họp tổ dân phố nhé",
        "hỏi @motcua_bot2 đi",
        "lan@motcua_bot.vn",
        "/huy@bot_khac",
        "/ban",
        "/",
        "",
    ],
)
async def test_case_16_what_people_tell_each_other_is_left_alone(
    known: TelegramChannel, typed: str
) -> None:
    assert read(known, message=in_a_group(typed)) == []


async def test_case_16_an_answer_to_the_bot_is_answered(known: TelegramChannel) -> None:
    answered = {"message_id": 3, "from": the_bot(), "text": "Bạn hỏi thủ tục nào?"}
    lan = {"message_id": 3, "from": a_user(), "text": "mai họp nhé"}

    assert read_one(known, message=in_a_group("2", reply_to_message=answered)).text == "2"
    assert read(known, message=in_a_group("2", reply_to_message=lan)) == []


async def test_case_16_commands_are_answered_in_groups(known: TelegramChannel) -> None:
    assert read_one(known, message=in_a_group("/help")).gesture is Gesture.HELP
    assert read_one(known, message=in_a_group("/hoso@motcua_bot")).gesture is Gesture.DOSSIERS


async def test_case_16_nothing_but_the_name_asks_for_help(known: TelegramChannel) -> None:
    assert read_one(known, message=in_a_group("@motcua_bot")).gesture is Gesture.HELP


async def test_case_16_a_mention_by_number_names_the_bot_too(known: TelegramChannel) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 6, "user": the_bot()}
    message = in_a_group("Một cửa ơi, lệ phí?", entities=[entity])

    assert read_one(known, message=message).text == "Một cửa ơi, lệ phí?"


async def test_case_16_a_captioned_picture_is_answered_where_it_names_the_bot(
    known: TelegramChannel,
) -> None:
    named = in_a_group(photo=[{}], caption="@motcua_bot đây là giấy gì")

    assert read_one(known, message=named).text == "đây là giấy gì"
    assert read(known, message=in_a_group(photo=[{}], caption="ảnh cưới")) == []
    assert read(known, message=in_a_group(photo=[{}])) == []


async def test_case_16_posts_of_a_linked_channel_and_changes_are_left_alone(
    known: TelegramChannel,
) -> None:
    post = in_a_group("@motcua_bot tin mới", is_automatic_forward=True)

    assert read(known, message=post) == []
    assert read(known, edited_message=in_a_group("@motcua_bot lệ phí")) == []


async def test_a_button_in_a_group_belongs_to_the_group(known: TelegramChannel) -> None:
    press = a_press("ask:1.004222:fee")
    press["message"]["chat"] = in_a_group("x")["chat"]

    assert read_one(known, callback_query=press).user_id == GROUP


async def test_a_group_that_removes_the_bot_is_not_written_to(known: TelegramChannel) -> None:
    change = a_membership("left", in_a_group("x")["chat"])

    assert read_one(known, my_chat_member=change).kind is ArrivalKind.BLOCKED


async def test_case_16_an_administrator_who_writes_without_a_name_is_a_person(
    known: TelegramChannel,
) -> None:
    admin = {"id": 1_087_968_824, "is_bot": True, "username": "GroupAnonymousBot"}
    another = {"id": 136_817_688, "is_bot": True, "username": "Channel_Bot"}

    assert read_one(known, message=in_a_group("@motcua_bot lệ phí", **{"from": admin})).text
    assert read(known, message=in_a_group("@motcua_bot lệ phí", **{"from": another})) == []


async def test_before_it_knows_its_name_the_bot_hears_answers_and_bare_commands(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    answered = {"message_id": 3, "from": the_bot(), "text": "Bạn hỏi thủ tục nào?"}

    assert read_one(bot, message=in_a_group("2", reply_to_message=answered)).text == "2"
    assert read_one(bot, message=in_a_group("/help")).gesture is Gesture.HELP
    assert read(bot, message=in_a_group("@motcua_bot lệ phí")) == []
    assert telegram.calls["getme"] == 0
