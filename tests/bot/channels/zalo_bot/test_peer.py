"""The platform's own Python client works against our emulator, which keeps the emulator honest."""

from collections.abc import AsyncIterator

import pytest
import zalo_bot
from zalo_bot.error import InvalidToken, NetworkError

from tests.bot.channels.zalo_bot.conftest import SECRET
from tests.support.zalo_bot_server import BOT, CITIZEN, TOKEN, Shown, ZaloBotServer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def peer(platform: ZaloBotServer) -> AsyncIterator[zalo_bot.Bot]:
    async with zalo_bot.Bot(TOKEN, base_url=platform.url) as bot:
        yield bot


async def test_python_zalo_bot_asks_receives_and_answers(
    peer: zalo_bot.Bot, platform: ZaloBotServer
) -> None:
    platform.says("Đăng ký khai sinh cần gì?")

    update = await peer.get_update(timeout=1)
    await peer.send_chat_action(CITIZEN, "typing")
    sent = await update.message.reply_text(f"Bạn hỏi: {update.message.text}")

    assert update.message.chat.type == "PRIVATE"
    assert update.effective_user.display_name == "Chị Lan"
    assert platform.shown == [Shown(CITIZEN, "Bạn hỏi: Đăng ký khai sinh cần gì?")]
    assert platform.typing == [CITIZEN]
    assert sent.message_id
    assert (await peer.get_me()).account_name == BOT["account_name"]


async def test_an_idle_question_ends_with_408_which_it_takes_for_an_error(
    peer: zalo_bot.Bot,
) -> None:
    with pytest.raises(NetworkError, match=r"Request timeout \(408\)"):
        await peer.get_update(timeout=1)


async def test_it_reads_one_object_and_no_list(peer: zalo_bot.Bot, platform: ZaloBotServer) -> None:
    platform.as_list = True
    platform.says("Chào")

    with pytest.raises(AttributeError):
        await peer.get_update(timeout=1)


async def test_it_sets_looks_up_and_deletes_the_webhook(
    peer: zalo_bot.Bot, platform: ZaloBotServer
) -> None:
    with pytest.raises(InvalidToken):  # so it reads the 404 of a bot without a webhook
        await peer._get_webhook_info_async()

    assert await peer._set_webhook_async(f"{platform.url}/elsewhere", SECRET)
    assert (await peer._get_webhook_info_async()).url == f"{platform.url}/elsewhere"
    assert await peer._delete_webhook_async()
    assert platform.webhook is None
