"""A pressed list is changed in its own message; what cannot be changed is sent anew."""

from dataclasses import replace

import pytest

from bot.channels.base import Part
from bot.channels.errors import FateUnknown, RecipientGone
from bot.channels.telegram.channel import TelegramChannel
from bot.deciding.filing_decisions import TellList
from bot.messages import CheckItem, Checklist, Choice, Choices, FactList, Reply
from bot.rendering import render
from tests.bot.channels.telegram.bots import a_reply, outgoing
from tests.support.desks import a_desk
from tests.support.filing_replies import a_shown, a_view, answers_of
from tests.support.local_http import Fault
from tests.support.telegram_rules import BLOCKED
from tests.support.telegram_server import TelegramServer
from tests.support.telegram_updates import LAN

pytestmark = pytest.mark.anyio


def a_list(*, ticked: bool) -> Reply:
    item = CheckItem("Giấy chứng sinh: 1 bản chính", ticked, "file:1.001193:on:0a1b2c3d")
    return a_reply(Checklist("Bạn cần", (item,)), Choices((Choice("Lấy phiếu", "x:1"),)))


async def sent(bot: TelegramChannel, *, ticked: bool = False) -> tuple[str, Part]:
    """Send a list, and return its number and the list with its paper ticked or not."""
    (first,) = bot.dress(a_list(ticked=False), None)
    (after,) = bot.dress(a_list(ticked=ticked), None)
    message = await bot.send(outgoing(first))
    return message.message_id, replace(after, edits=message.message_id)


async def test_a_ticked_paper_shows_in_the_same_message(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    number, after = await sent(bot, ticked=True)
    answer = await bot.send(outgoing(after))
    (message,) = telegram.to(LAN)

    assert answer.message_id == number
    assert "1. ☑ Giấy chứng sinh: 1 bản chính" in message.text
    assert message.buttons[0][0]["text"] == "☑ 1"


async def test_what_says_the_same_already_counts_as_sent(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    number, after = await sent(bot, ticked=False)
    answer = await bot.send(outgoing(after))

    assert answer.message_id == number
    assert len(telegram.to(LAN)) == 1


@pytest.mark.parametrize("why", ["message to edit not found", "message can't be edited"])
async def test_what_cannot_be_changed_is_sent_anew(
    bot: TelegramChannel, telegram: TelegramServer, why: str
) -> None:
    number, after = await sent(bot, ticked=True)
    telegram.refuse("EditMessageText", 400, f"Bad Request: {why}")
    answer = await bot.send(outgoing(after))

    assert answer.message_id != number
    assert [one.text.count("☑") for one in telegram.to(LAN)] == [0, 1]


async def test_a_message_that_the_citizen_deleted_comes_anew(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    number, after = await sent(bot, ticked=True)
    telegram.deleted.add(int(number))
    await bot.send(outgoing(after))

    assert "☑" in telegram.to(LAN)[-1].text


async def test_a_change_whose_answer_got_lost_can_be_made_again(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    _, after = await sent(bot, ticked=True)
    telegram.fail("EditMessageText", Fault(cut=True))
    with pytest.raises(FateUnknown):
        await bot.send(outgoing(after))
    await bot.send(outgoing(after))

    assert [one.text.count("☑") for one in telegram.to(LAN)] == [1]


async def test_who_blocked_the_bot_is_gone_for_changes_too(
    bot: TelegramChannel, telegram: TelegramServer
) -> None:
    _, after = await sent(bot, ticked=True)
    telegram.refuse_chat(LAN, BLOCKED)

    with pytest.raises(RecipientGone):
        await bot.send(outgoing(after))


async def test_the_first_list_leaves_what_is_told_once_in_a_message_of_its_own(
    bot: TelegramChannel,
) -> None:
    view = a_view()
    told = TellList(a_shown(view), answers_of(view), first=True)
    parts = bot.dress(render(told, a_desk()), None)
    *facts, papers = [str(part.body["text"]) for part in parts]

    assert facts
    assert not any("☐" in text for text in facts)
    assert papers.count("☐") == len(view.listed)
    assert all("reply_markup" not in part.body for part in parts[:-1])


async def test_a_list_in_its_new_state_is_one_message(bot: TelegramChannel) -> None:
    view = a_view(ticked=1)
    shown = replace(a_shown(view), in_place=True)
    reply = render(TellList(shown, answers_of(view), first=False), a_desk())

    assert not any(isinstance(block, FactList) for block in reply.blocks)
    assert len(bot.dress(reply, None)) == 1
    (part,) = bot.dress(reply, None)
    row = part.body["reply_markup"]["inline_keyboard"][0]  # type: ignore[index]
    assert [button["text"] for button in row] == [
        f"{'☑' if one.ticked else '☐'} {number}" for number, one in enumerate(view.listed, start=1)
    ]
