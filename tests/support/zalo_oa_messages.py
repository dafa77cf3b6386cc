"""Sending messages through Zalo, with its rules and its refusals (protocols §1.4–§1.6)."""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.local_http import Answered, Asked
from tests.support.zalo_oauth import OAuth

TO_PEOPLE = "/v3.0/oa/message/cs"
TO_ANONYMOUS = "/v2.0/oa/message"
GET_OA = "/v2.0/oa/getoa"
LONGEST_TEXT = 2000
MOST_BUTTONS = 5
LONGEST_TITLE = 100
LONGEST_PAYLOAD = 1000
LONGEST_SUBTITLE = 500
FREE_SECONDS = 48 * 3600
OPEN_SECONDS = 7 * 24 * 3600
LIMIT = 4000

TEXTS = {
    -32: "The application has reached its rate limit",
    -201: "Params is invalid",
    -210: "Param is out of range",
    -213: "User has not followed OA",
    -216: "Access token is invalid or has expired",
    -220: "Access token is expired or removed",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with the OA",
}

Echo = Callable[[str, dict[str, Any], str], None]
"""Takes person, message as it was sent, and message id."""


@dataclass
class Messages:
    """What was sent, and who may be written to."""

    oauth: OAuth
    clock: Callable[[], float] = time.time
    people: dict[str, float] = field(default_factory=dict)
    """Who may be written to, and when she last did something, in seconds since 1970."""
    anonymous: set[tuple[str, str]] = field(default_factory=set)
    """Those who are not logged in, each with the conversation."""
    delivered: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Person and message, in the order in which they were taken."""
    refusing: dict[str, int] = field(default_factory=dict)
    """People whose messages are refused with a code."""
    answers: "deque[int]" = field(default_factory=deque)
    """Codes for the next messages that are refused whoever gets them."""
    stale: int = -216
    """Of a token that is not alive: −216 or −220; both occur."""
    remain: int = LIMIT
    echo: Echo | None = None
    """Told of every message before its sender is answered, as Zalo's webhook is."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def to(self, user_id: str) -> list[dict[str, Any]]:
        """What a person got, in order."""
        return [message for person, message in list(self.delivered) if person == user_id]

    def send(self, asked: Asked) -> Answered:
        """Take a message, or say why not; HTTP is 200 either way."""
        with self._lock:
            code = self._refusal(asked)
            self.remain = max(0, self.remain - 1)
            limits = {"X-RateLimit-Limit": str(LIMIT), "X-RateLimit-Remain": str(self.remain)}
            if code:
                told = {"error": code, "message": TEXTS.get(code, "Refused")}
                return Answered.json(told, limits)
            person, message = _recipient(asked), asked.data["message"]
            number = f"a1b2c3d4e5f6{next(self._numbers):08x}"
            self.delivered.append((person, message))
            free = self.clock() - self.people.get(person, self.clock()) <= FREE_SECONDS
        if self.echo is not None:
            self.echo(person, message, number)
        data: dict[str, Any] = {"message_id": number, "user_id": person}
        data["sent_time"] = str(int(self.clock() * 1000))
        if free:
            data["quota"] = {"quota_type": "reply", "owner_type": "OA"}
        return Answered.json({"data": data, "error": 0, "message": "Success"}, limits)

    def account(self, asked: Asked, account: dict[str, Any]) -> Answered:
        """Tell whose token it is, or that it is nobody's."""
        alive = self.oauth.access_token
        if not alive or asked.headers.get("access_token") != alive:
            return Answered.json({"error": self.stale, "message": TEXTS.get(self.stale, "")})
        return Answered.json({"data": account, "error": 0, "message": "Success"})

    def _refusal(self, asked: Asked) -> int:
        """Return the code of the first rule that is broken; 0: none."""
        alive = self.oauth.access_token
        if not alive or asked.headers.get("access_token") != alive:
            return self.stale
        if self.remain <= 0:
            return -32
        if self.answers:
            return self.answers.popleft()
        if asked.headers.get("content-type") != "application/json":
            return -201
        return self._of_person(asked) or _of_message(asked.data.get("message"))

    def _of_person(self, asked: Asked) -> int:
        recipient = asked.data.get("recipient") or {}
        if asked.path == TO_ANONYMOUS:
            pair = (recipient.get("anonymous_id"), recipient.get("conversation_id"))
            return 0 if pair in self.anonymous else -201
        user_id = recipient.get("user_id")
        if not isinstance(user_id, str):
            return -201
        if user_id in self.refusing:
            return self.refusing[user_id]
        if user_id not in self.people:
            return -213
        return -230 if self.clock() - self.people[user_id] > OPEN_SECONDS else 0


def _recipient(asked: Asked) -> str:
    recipient = asked.data["recipient"]
    return str(recipient.get("user_id") or recipient.get("anonymous_id"))


def _of_message(message: object) -> int:
    if not isinstance(message, Mapping):
        return -201
    text = message.get("text", "")
    if not isinstance(text, str) or _units(text) > LONGEST_TEXT:
        return -210
    attachment = message.get("attachment") or {}
    buttons = attachment.get("payload", {}).get("buttons", [])
    if not text.strip() and not attachment:
        return -201
    template = attachment.get("payload", {}).get("template_type")
    if template is not None:
        is_taken = {"request_user_info": _is_form, "media": _is_image}.get(template)
        return 0 if is_taken is not None and is_taken(attachment["payload"]) else -201
    return 0 if len(buttons) <= MOST_BUTTONS and all(map(_is_button, buttons)) else -201


def is_request(message: Mapping[str, Any]) -> bool:
    """Tell whether a message that was sent asks for the telephone number."""
    payload = message.get("attachment", {}).get("payload", {})
    return bool(payload.get("template_type") == "request_user_info")


def _is_form(payload: Mapping[str, Any]) -> bool:
    """Tell whether Zalo takes a request for what it knows of the citizen."""
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1:
        return False
    title, subtitle = elements[0].get("title", ""), elements[0].get("subtitle", "")
    picture = str(elements[0].get("image_url", ""))
    return (
        0 < _units(title) <= LONGEST_TITLE
        and 0 < _units(subtitle) <= LONGEST_SUBTITLE
        and picture.startswith("https://")
        and picture.endswith((".png", ".jpg"))
    )


def _is_image(payload: Mapping[str, Any]) -> bool:
    """Tell whether it is one picture, by its address."""
    elements = payload.get("elements")
    if not isinstance(elements, list) or len(elements) != 1 or payload.get("buttons"):
        return False
    url = str(elements[0].get("url", ""))
    return elements[0].get("media_type") == "image" and url.startswith("https://")


def _units(text: str) -> int:
    """Count as Java does; Zalo does not say how it counts, and this is the stricter way."""
    return len(text.encode("utf-16-le")) // 2


def _is_button(button: Mapping[str, Any]) -> bool:
    payload = button.get("payload")
    if button.get("type") == "oa.open.url":
        return isinstance(payload, dict) and str(payload.get("url", "")).startswith("http")
    return (
        button.get("type") in {"oa.query.show", "oa.query.hide"}
        and 0 < _units(button.get("title", "")) <= LONGEST_TITLE
        and isinstance(payload, str)
        and 0 < len(payload) <= LONGEST_PAYLOAD
    )
