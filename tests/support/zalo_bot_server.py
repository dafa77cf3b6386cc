"""Zalo Bot Platform at the wire: a real HTTP server that behaves as the platform was seen to.

The facts are those of protocols §2: the token stands in the address; a failure is answered 200 with
`ok: false`; `getUpdates` has no offset, gives one object, and gives it again; an idle question ends
with 408; a webhook and questions shut each other out; setting a webhook tries it at once.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.support.local_http import Answered, Asked, Fault, LocalHttp

TOKEN = "12345689:abc-xyz"  # noqa: S105 - of no bot
LONGEST_TEXT = 2000
SHORTEST_SECRET, LONGEST_SECRET = 8, 256
PROBE_SECONDS = 2.0

BOT = {
    "id": "1459232241454765289",
    "account_name": "bot.motcua",
    "account_type": "BASIC",
    "can_join_groups": False,
    "display_name": "Bot Một Cửa",
}
CITIZEN = "6ede9afa66b88fe6d6a9"
GROUP = "a5f1c3d2e4b6978800ff"


@dataclass(frozen=True)
class Shown:
    """A text that a person sees."""

    chat_id: str
    text: str


@dataclass
class Webhook:
    """Where events are sent to."""

    url: str
    secret: str


@dataclass
class ZaloBotServer:
    """One bot, its people, and the platform between them."""

    replays: int = 0
    """How often each event is given again."""
    as_list: bool = False
    """`getUpdates` gives a list, as no documentation says."""
    idle_seconds: float = 0.05
    """How long a question without an event is held back, whatever it asks for."""
    nested: bool = True
    """Webhook events come in `result`, as documented; else at the top, as seen."""
    verifies: bool = True
    """Setting a webhook tells how trying it went."""
    shown: list[Shown] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """Addresses of those that people see, each above the text that came with it."""
    typing: list[str] = field(default_factory=list)
    webhook: Webhook | None = None
    _events: deque[tuple[dict[str, Any], int]] = field(default_factory=deque)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.http = LocalHttp(self._answer)
        self._methods: Mapping[str, Callable[[Mapping[str, Any]], Answered]] = {
            "getMe": lambda _: _ok(BOT),
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._chat_action,
        }

    def __enter__(self) -> Self:
        self.http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        """The address of the platform."""
        return self.http.url

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self.http.fail(_path(method), *faults)

    def called(self, method: str) -> int:
        """How often a method was called."""
        return len(self.http.asked_of(_path(method)))

    def says(self, text: str, **changes: Any) -> dict[str, Any]:
        """A citizen writes; the event waits to be asked for, and is returned."""
        event = self.event("text", text=text, **changes)
        self._events.append((event, self.replays + 1))
        return event

    def event(self, kind: str, *, group: bool = False, **message: Any) -> dict[str, Any]:
        """Return an event as the platform writes it."""
        chat = {"id": GROUP if group else CITIZEN, "chat_type": "GROUP" if group else "PRIVATE"}
        return {
            "event_name": f"message.{kind}.received",
            "message": {
                "from": {"id": CITIZEN, "display_name": "Chị Lan", "is_bot": False},
                "chat": chat,
                "message_id": f"2d758cb5e222177a{next(self._ids):04x}",
                "date": 1_750_316_131_602,
                **message,
            },
        }

    def deliver(self, event: Mapping[str, Any], times: int = 1) -> list[int]:
        """Send an event to the webhook; return what was answered each time."""
        assert self.webhook is not None
        body = {"ok": True, "result": event} if self.nested else event
        return [self._knock(self.webhook, json.dumps(body).encode()) for _ in range(times)]

    def _answer(self, asked: Asked) -> Answered:
        folder, _, method = asked.path.rpartition("/")
        if folder != f"/bot{TOKEN}":
            return refused(401, "Unauthorized")
        handler = self._methods.get(method)
        if handler is None:
            return refused(404, "Not found", status=404)
        return handler(_parameters(asked))

    def _get_updates(self, parameters: Mapping[str, Any]) -> Answered:
        if self.webhook is not None:
            return refused(400, "Bad request: webhook is active")
        int(parameters.get("timeout", 30))  # a number, or one written as a text
        if not self._events:
            time.sleep(self.idle_seconds)
            return refused(408, "Request timeout", status=408)
        event, left = self._events[0]
        self._events.popleft()
        if left > 1:
            self._events.appendleft((event, left - 1))
        return _ok([event] if self.as_list else event)

    def _set_webhook(self, parameters: Mapping[str, Any]) -> Answered:
        url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
        if not url.startswith("https://") and not url.startswith("http://127.0.0.1"):
            return refused(400, "Bad request: url must be https")
        if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
            return refused(400, "Bad request: secret_token must have 8 to 256 characters")
        self.webhook = Webhook(url, secret)
        result: dict[str, Any] = {"url": url, "updated_at": 1_749_538_250_568}
        if self.verifies:
            result["verification"] = self._verification()
        return _ok(result)

    def _verification(self) -> dict[str, Any]:
        assert self.webhook is not None
        status = self._knock(self.webhook, b"")
        if status == 0:
            return {"ok": False, "outcome": "UNREACHABLE", "hint": "Cannot connect to the webhook"}
        ok = status == 200
        hint = "" if ok else "The webhook must answer 200; check firewall and WAF"
        return {
            "ok": ok,
            "status_code": status,
            "outcome": "OK" if ok else "REJECTED",
            "hint": hint,
        }

    def _knock(self, webhook: Webhook, body: bytes) -> int:
        """Send `body` to the webhook as the platform's Java client does; 0: not reached."""
        headers = {
            "Content-Type": "application/json",
            "X-Bot-Api-Secret-Token": webhook.secret,
            "User-Agent": "Java/21.0.2",
        }
        request = Request(webhook.url, body, headers, method="POST")  # noqa: S310 - a local server
        try:
            with urlopen(request, timeout=PROBE_SECONDS) as response:  # noqa: S310
                return int(response.status)
        except HTTPError as error:
            return error.code
        except (URLError, OSError):
            return 0

    def _delete_webhook(self, _: Mapping[str, Any]) -> Answered:
        self.webhook = None
        return _ok({"url": "", "updated_at": 1_749_538_250_568})

    def _webhook_info(self, _: Mapping[str, Any]) -> Answered:
        if self.webhook is None:
            return refused(404, "Not found", status=404)
        return _ok({"url": self.webhook.url, "updated_at": 1_749_538_250_568})

    def _send_message(self, parameters: Mapping[str, Any]) -> Answered:
        text, chat_id = str(parameters.get("text", "")), str(parameters.get("chat_id", ""))
        if not chat_id or not text.strip():
            return refused(400, "Bad request: chat_id and text are required")
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            return refused(400, "Bad request: text is too long")
        self.shown.append(Shown(chat_id, text))
        return _ok({"message_id": f"82599fa32f{next(self._ids):04x}", "date": 1_749_632_637_199})

    def _send_photo(self, parameters: Mapping[str, Any]) -> Answered:
        """Take a picture by its address; what is read is its caption."""
        if not str(parameters.get("photo", "")).startswith("https://"):
            return refused(400, "Bad request: photo must be an https url")
        self.pictures.append(str(parameters["photo"]))
        return self._send_message({**parameters, "text": parameters.get("caption", "")})

    def _chat_action(self, parameters: Mapping[str, Any]) -> Answered:
        if parameters.get("action") != "typing":
            return refused(400, "Bad request: action")
        self.typing.append(str(parameters["chat_id"]))
        return Answered.json({"ok": True})


def refused(code: int, description: str, *, status: int = 200) -> Answered:
    """A failure, as the platform writes it."""
    body = json.dumps({"ok": False, "error_code": code, "description": description}).encode()
    return Answered(body, status, {"Content-Type": "application/json"})


def slow(hold: threading.Event) -> Fault:
    """The platform acts at once, and answers when `hold` is set."""
    return Fault(hold=hold)


def _path(method: str) -> str:
    return f"/bot{TOKEN}/{method}"


def _ok(result: object) -> Answered:
    return Answered.json({"ok": True, "result": result})


def _parameters(asked: Asked) -> Mapping[str, Any]:
    """Query, form or JSON: the platform takes them all."""
    if "json" in asked.headers.get("content-type", "") and asked.body:
        data = asked.data
        return {**asked.query, **data} if isinstance(data, dict) else asked.query
    return {**asked.query, **asked.form} if asked.body else asked.query
