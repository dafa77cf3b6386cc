"""What the events of a Zalo Official Account mean (protocols §1.3, read in November 2026).

Every family names the citizen in a field of its own. An event that is not in a table here, that
concerns nobody, or that belongs to another Official Account of the same app means nothing.

Not kept, on purpose:
* reactions with an icon (`user_reacted_message`): they name a message, not the turn to be rated,
  and Zalo offers no thumb that points down;
* what a citizen fills in (`user_submit_info`: name, telephone, birthday, address), but for the
  telephone number, sealed, where template messages are on; else she is told that it is not kept;
* the addresses of pictures and files: nothing is ever fetched.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.channels.base import Arrival, ArrivalKind
from bot.channels.commands import Typed, read_typed
from bot.channels.untrusted import Payload, moment, part, words
from bot.channels.zalo_oa.buttons import pressed
from bot.channels.zalo_oa.ids import an_id, fingerprint
from bot.channels.zalo_oa.phones import international
from bot.messages import Gesture

NAME: Final = "zalo_oa"

ANONYMOUS: Final = "anonymous"
"""Begins the user id of somebody who is not logged in: `anonymous:<id>:<conversation>`."""

ZNS: Final = "zns"
"""Whom a report is about that a template message was delivered: Zalo names a telephone number, and
that is not kept. `Arrival.reference` is then `zns:<tracking id>`."""

FILLED_IN: Final = "user_submit_info"

Seal = Callable[[str], str]
"""Encrypts a telephone number."""

_SENT: Final[Mapping[str, Gesture | None]] = {
    "text": None,
    "link": None,
    "image": Gesture.PHOTO,
    "gif": Gesture.PHOTO,
    "audio": Gesture.VOICE,
    "video": Gesture.VIDEO,
    "sticker": Gesture.STICKER,
    "location": Gesture.LOCATION,
    "business_card": Gesture.CONTACT,
    "file": Gesture.FILE,
}
"""What stands behind `user_send_` and `anonymous_send_`; groups (`group_text`) are not here."""

_OF_GROUPS: Final = "oa_send_group_"


@dataclass(frozen=True, slots=True)
class Event:
    """An authentic request."""

    name: str
    data: Payload
    body: bytes
    sent_at: datetime
    seal: Seal | None = None

    @property
    def message(self) -> Payload:
        """What was sent, empty where nothing was."""
        return part(self.data, "message")

    @property
    def event_id(self) -> str:
        """Of the message, and of the body where there is none: Zalo repeats both unchanged.

        Of what was filled in, not even a fingerprint is kept: a number could be found by trying.
        """
        told = self.body
        if self.name == FILLED_IN:
            told = f"{an_id(part(self.data, 'sender'), 'id')} {self.data.get('timestamp')}".encode()
        return f"{self.name[:60]}:{an_id(self.message, 'msg_id') or fingerprint(told)}"

    def said(self, user_id: str, typed: Typed) -> Arrival:
        """Return what the citizen said or did."""
        return Arrival(
            NAME,
            self.event_id,
            user_id,
            self.sent_at,
            text=typed.text,
            choice=typed.choice,
            gesture=typed.gesture,
        )

    def told(self, user_id: str, kind: ArrivalKind, reference: str = "") -> Arrival:
        """Return what Zalo tells about the citizen."""
        return Arrival(NAME, self.event_id, user_id, self.sent_at, kind, reference=reference)


def read_event(
    data: Payload, body: bytes, now: datetime, oa_id: str, seal: Seal | None = None
) -> Arrival | None:
    """Return what an authentic request means; None: nothing to us.

    Args:
        data: the JSON of the body.
        body: the bytes as they arrived.
        now: stands in for a time that is none.
        oa_id: of our Official Account; empty: all that have granted the app are ours.
        seal: encrypts a telephone number that a citizen gives; None: none is wanted.
    """
    name = data.get("event_name")
    if not isinstance(name, str) or not _is_ours(name, data, oa_id):
        return None
    event = Event(name, data, body, moment(data, "timestamp", now), seal)
    read = _READERS.get(name) or _family(name)
    return read(event) if read is not None else None


def _is_ours(name: str, data: Payload, oa_id: str) -> bool:
    if name.startswith("oa_") or name in {"user_received_message", "user_seen_message"}:
        account = an_id(part(data, "sender"), "id")
    else:
        account = an_id(data, "oa_id") or an_id(part(data, "recipient"), "id")
    return not oa_id or account in {oa_id, ""}


def _sent_by_a_citizen(event: Event) -> Arrival | None:
    user_id = an_id(part(event.data, "sender"), "id")
    return _said(event, user_id, event.name.removeprefix("user_send_"))


def _sent_by_somebody(event: Event) -> Arrival | None:
    user_id = _anonymous(event.data, "sender")
    return _said(event, user_id, event.name.removeprefix("anonymous_send_"))


def _said(event: Event, user_id: str, what: str) -> Arrival | None:
    if not user_id or what not in _SENT:
        return None
    text = words(event.message, "text").strip()
    gesture = _SENT[what]
    if gesture is not None:
        return event.said(user_id, Typed(text, gesture=gesture))
    if not text:
        return event.said(user_id, Typed(gesture=Gesture.UNSUPPORTED))
    choice = pressed(text)
    return event.said(user_id, Typed(choice=choice) if choice else read_typed(text))


def _sent_by_us(event: Event) -> Arrival | None:
    """An official who writes in the chat tool has an `admin_id`; an echo of our own has none."""
    official = part(event.data, "sender").get("admin_id")
    if not official or event.name.startswith(_OF_GROUPS):
        return None
    if event.name.startswith("oa_send_anonymous_"):
        user_id = _anonymous(event.data, "recipient")
    else:
        user_id = an_id(part(event.data, "recipient"), "id")
    return event.told(user_id, ArrivalKind.OFFICIAL) if user_id else None


def _received(event: Event) -> Arrival | None:
    tracking = an_id(event.message, "tracking_id") or an_id(event.data, "tracking_id")
    if tracking:
        return event.told(ZNS, ArrivalKind.DELIVERED, f"{ZNS}:{tracking}")
    user_id = an_id(part(event.data, "recipient"), "id")
    message = an_id(event.message, "msg_id")
    return event.told(user_id, ArrivalKind.DELIVERED, message) if user_id and message else None


def _began(event: Event) -> Arrival | None:
    user_id = an_id(event.data, "user_id") or an_id(part(event.data, "follower"), "id")
    return event.said(user_id, Typed(gesture=Gesture.START)) if user_id else None


def _left(event: Event) -> Arrival | None:
    user_id = an_id(part(event.data, "follower"), "id")
    return event.told(user_id, ArrivalKind.BLOCKED) if user_id else None


def _withdrew(event: Event) -> Arrival | None:
    user_id = an_id(event.data, "user_id")
    return event.told(user_id, ArrivalKind.WITHDRAWN) if user_id else None


def _filled_in(event: Event) -> Arrival | None:
    user_id = an_id(part(event.data, "sender"), "id")
    if not user_id:
        return None
    told = event.said(user_id, Typed(gesture=Gesture.CONTACT))
    if event.seal is None:
        return told
    phone = international(words(part(event.data, "info"), "phone"))
    return replace(told, kind=ArrivalKind.SHARED, sealed=event.seal(phone) if phone else "")


def _anonymous(data: Payload, side: str) -> str:
    person = an_id(part(data, side), "id")
    conversation = an_id(part(data, "message"), "conversation_id")
    return f"{ANONYMOUS}:{person}:{conversation}" if person and conversation else ""


Reader = Callable[[Event], Arrival | None]

_READERS: Final[Mapping[str, Reader]] = {
    "follow": _began,
    "user_click_chatnow": _began,
    "unfollow": _left,
    "user_withdraw": _withdrew,
    FILLED_IN: _filled_in,
    "user_received_message": _received,
}

_FAMILIES: Final[Mapping[str, Reader]] = {
    "user_send_": _sent_by_a_citizen,
    "anonymous_send_": _sent_by_somebody,
    "oa_send_": _sent_by_us,
}


def _family(name: str) -> Reader | None:
    return next((read for start, read in _FAMILIES.items() if name.startswith(start)), None)
