"""Telegram as a channel: reads updates, dresses replies, sends parts."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final

from telegram.error import TelegramError

from bot.channels.base import Arrival, Outgoing, Part, Sent
from bot.channels.errors import Malformed, PartRefused
from bot.channels.telegram.calls import (
    API_URL,
    Pictures,
    edit_message,
    make_bot,
    send_message,
    send_photo,
)
from bot.channels.telegram.dressing import dress
from bot.channels.telegram.fields import Record, identity, record, words
from bot.channels.telegram.groups import Me
from bot.channels.telegram.line import Line
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.updates import CHANNEL, read_update
from bot.channels.untrusted import check_secret
from bot.messages import Reply

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name, no secret
_NO_NUMBER: Final = 0


class TelegramChannel:
    """One bot. Nothing is called before something is sent or polled for."""

    def __init__(
        self,
        token: str,
        secret: str,
        now: Callable[[], datetime],
        api_url: str = API_URL,
        pictures: Pictures | None = None,
    ) -> None:
        """Take what BotFather and the operator gave.

        Args:
            token: of the bot.
            secret: what Telegram sends with every webhook request; empty: all are refused.
            now: the clock; aware.
            api_url: of the Bot API server, without a slash at its end.
            pictures: gives ours; None: their words are sent.
        """
        self._secret = secret.encode()
        self._now = now
        self._pictures = pictures
        self._line = Line()
        self._bot = make_bot(token, api_url, self._line)
        self._polling = Polling(self._bot)
        number = token.partition(":")[0]
        self._me = Me(int(number) if number.isascii() and number.isdigit() else _NO_NUMBER)

    @property
    def name(self) -> str:
        """`telegram`."""
        return CHANNEL

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        """Return the arrival of a webhook request, or nothing.

        Raises:
            Unauthentic: the secret is missing, wrong, or not set here.
            Malformed: it is no update.
        """
        check_secret(self._secret, headers.get(SECRET_HEADER))
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):  # its text would quote the body
            raise Malformed("The body is no JSON.") from None
        if not isinstance(update, dict):
            raise Malformed("The body is no JSON object.")
        return self._arrivals([update])

    @property
    def start_link(self) -> str:
        """The start of a link that opens the bot with a payload; empty until its name is known."""
        return f"https://t.me/{self._me.username}?start=" if self._me.username else ""

    async def poll(self) -> Sequence[Arrival]:
        """Wait for updates and return what they mean; the next call confirms them.

        Raises:
            PollRefused: another poller or a webhook is in the way.
            TryLater: Telegram cannot be reached.
            ChannelBroken: the token is not accepted.
        """
        await self.introduce()
        return self._arrivals(await self._polling.updates())

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        """Return `reply` as messages in HTML, with the buttons under the last one."""
        return dress(reply, turn, pictures=self._pictures is not None)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one message, or change one that was sent before.

        What cannot be changed, since it is too old or was deleted, is sent anew.

        Raises:
            DeliveryFailed: one of its kinds.
        """
        sent = await self._edit(outgoing) or await self._send(outgoing.user_id, outgoing.part.body)
        self._learn_name(record(sent, "from"))
        return Sent(identity(sent, "message_id"))

    async def _edit(self, outgoing: Outgoing) -> Record | None:
        if not outgoing.part.edits:
            return None
        edits, body = outgoing.part.edits, outgoing.part.body
        return await edit_message(self._bot, outgoing.user_id, edits, body)

    async def _send(self, user_id: str, body: Mapping[str, object]) -> Record:
        if "photo" not in body:
            return await send_message(self._bot, user_id, body)
        if self._pictures is None:
            raise PartRefused("no picture")
        return await send_photo(self._bot, user_id, body, self._pictures)

    async def acknowledge(self, arrival: Arrival) -> None:
        """Stop the pressed button from spinning; too late is no harm."""
        if arrival.query:
            with suppress(TelegramError):
                await self._bot.answer_callback_query(arrival.query)

    async def show_typing(self, user_id: str) -> None:
        """Show for five seconds that an answer is being written."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(user_id, "typing")

    async def introduce(self) -> None:
        """Ask once for the bot's name, by which groups call it; best effort.

        Without it the bot still hears answers to its messages and bare commands in groups, and
        learns its name from the first message it sends.
        """
        if not self._me.username:
            with suppress(TelegramError):
                me = await self._bot.do_api_request("GetMe")
                self._learn_name(me if isinstance(me, dict) else {})

    async def close(self) -> None:
        """Close connections."""
        await self._line.shutdown()

    def _arrivals(self, updates: Sequence[Record]) -> Sequence[Arrival]:
        now = self._now()
        found = (read_update(update, self._me, now) for update in updates)
        return [arrival for arrival in found if arrival is not None]

    def _learn_name(self, user: Record) -> None:
        username = words(user, "username")
        if username and username != self._me.username:
            self._me = replace(self._me, username=username)
