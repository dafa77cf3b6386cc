"""Zalo Bot as a channel: reads events, dresses replies, sends texts."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, Outgoing, Part, Sent
from bot.channels.errors import Malformed, PartRefused
from bot.channels.pictures import PictureAddress, no_address
from bot.channels.untrusted import Payload, check_secret, load, words
from bot.channels.zalo_bot.dressing import dress
from bot.channels.zalo_bot.events import CHANNEL, read_event
from bot.channels.zalo_bot.failures import LineBroken, Refusal, failure_of
from bot.channels.zalo_bot.line import API_URL, Line
from bot.channels.zalo_bot.polling import Polling
from bot.channels.zalo_bot.webhook import who
from bot.messages import Reply
from bot.phrasebook import Phrasebook

SECRET_HEADER: Final = "x-bot-api-secret-token"  # noqa: S105 - its name, no secret


class ZaloBot:
    """One bot. Nothing is called before something is sent or asked for."""

    def __init__(  # noqa: PLR0913 - what a channel needs, once
        self,
        token: str,
        secret: str,
        book: Phrasebook,
        now: Callable[[], datetime],
        api_url: str = API_URL,
        polling: Callable[[Line], Polling] = Polling,
        *,
        address: PictureAddress = no_address,
    ) -> None:
        """Take what Zalo and the operator gave.

        Args:
            token: of the bot.
            secret: what the platform sends with every webhook request; empty: all are refused.
            book: the sentences of menus.
            now: the clock; aware.
            api_url: of the platform, without a slash at its end.
            polling: makes the poller.
            address: where the platform fetches our pictures from.
        """
        self._secret = secret.encode()
        self._book = book
        self._address = address
        self._now = now
        self._line = Line(token, api_url)
        self._polling = polling(self._line)
        self._name = ""
        self._introduced = False

    @property
    def name(self) -> str:
        """`zalo_bot`."""
        return CHANNEL

    def read(self, body: bytes, headers: Mapping[str, str]) -> Sequence[Arrival]:
        """Return the arrival of a webhook request, or nothing; an empty body holds nothing.

        Raises:
            Unauthentic: the secret is missing, wrong, or not set here.
            Malformed: it is no event.
        """
        if self._secret and not body.strip():
            return ()  # the platform tries the address, not always with the secret
        check_secret(self._secret, headers.get(SECRET_HEADER))
        payload = load(body)
        if payload is None:
            raise Malformed("The body is no JSON object.")
        return self._arrivals([payload])

    async def poll(self) -> Sequence[Arrival]:
        """Wait for events and return them.

        Raises:
            PollRefused: a webhook is set.
            TryLater: the platform cannot be reached, or asks us to wait.
            ChannelBroken: the token is not accepted.
        """
        events = await self._polling.events()
        await self.introduce()
        return self._arrivals(events)

    def dress(self, reply: Reply, turn: int | None) -> Sequence[Part]:
        """Return `reply` as texts of at most 2,000 characters, every choice numbered."""
        return dress(reply, turn, self._book, self._address)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one text, or a picture with a text.

        Raises:
            DeliveryFailed: one of its kinds.
        """
        part = outgoing.part.body
        text = part.get("caption" if "photo" in part else "text")
        if not isinstance(text, str) or not text.strip():
            raise PartRefused("empty")
        await self.introduce()
        body = {**part, "chat_id": outgoing.user_id}
        try:
            sent = await self._line.call("sendPhoto" if "photo" in part else "sendMessage", body)
        except (Refusal, LineBroken) as error:
            raise failure_of(error) from error
        return Sent(words(sent, "message_id") if isinstance(sent, dict) else "")

    async def acknowledge(self, arrival: Arrival) -> None:
        """Do nothing: the platform has no buttons that spin."""

    async def show_typing(self, user_id: str) -> None:
        """Show that an answer is being written."""
        with suppress(Refusal, LineBroken):
            await self._line.call("sendChatAction", {"chat_id": user_id, "action": "typing"})
        await self.introduce()

    async def introduce(self) -> None:
        """Ask once what groups call the bot; best effort.

        Without it, and before the first text is sent, a group's question is read with the rest of
        the name in it.
        """
        if self._introduced:
            return
        with suppress(LineBroken):
            with suppress(Refusal):  # whoever sends or asks tells of a token that is not accepted
                self._name = (await who(self._line)).name
            self._introduced = True

    async def close(self) -> None:
        """Close the connections."""
        await self._line.close()

    def _arrivals(self, events: Sequence[Payload]) -> Sequence[Arrival]:
        now = self._now()
        arrivals = (read_event(event, now, self._name) for event in events)
        return [arrival for arrival in arrivals if arrival is not None]
