"""Builders of the channel and of what goes through it."""

from datetime import UTC, datetime
from typing import Any

from bot.channels.base import Arrival, Outgoing, Part
from bot.channels.telegram.channel import TelegramChannel
from bot.messages import Block, Outcome, OutcomeFamily, Paragraph, Reply
from tests.support.telegram_server import SECRET, TOKEN
from tests.support.telegram_updates import LAN, an_update, as_bytes

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HEADERS = {"x-telegram-bot-api-secret-token": SECRET}


def a_channel(
    url: str = "http://127.0.0.1:9", secret: str = SECRET, token: str = TOKEN
) -> TelegramChannel:
    """A channel; without a server it can read and dress."""
    return TelegramChannel(token, secret, lambda: NOW, url)


def read(channel: TelegramChannel, **content: Any) -> list[Arrival]:
    """What the channel reads of an update of this content."""
    return list(channel.read(as_bytes(an_update(**content)), HEADERS))


def read_one(channel: TelegramChannel, **content: Any) -> Arrival:
    """The one arrival of an update of this content."""
    (arrival,) = read(channel, **content)
    return arrival


def a_reply(*blocks: Block | str, **changes: Any) -> Reply:
    """An answer of the given blocks or paragraphs."""
    made = tuple(Paragraph(one) if isinstance(one, str) else one for one in blocks)
    values: dict[str, Any] = {"outcome": Outcome(OutcomeFamily.ANSWERED, "fee")}
    return Reply(made or (Paragraph("Lệ phí 8.000 đồng."),), **(values | changes))


def outgoing(part: Part, chat_id: int = LAN) -> Outgoing:
    """A part on its way to a citizen."""
    return Outgoing(str(chat_id), part, NOW.timestamp())
