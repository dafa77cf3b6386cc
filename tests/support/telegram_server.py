"""The Bot API at the wire, with the limits and the refusals of the real one.

`telegram-test-api` (see `telegram_emulator`) carries conversations; this one raises what it lacks.
"""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx

from tests.support.local_http import Answered, Asked, Fault, LocalHttp
from tests.support.telegram_rules import (
    LONGEST_CAPTION,
    NOT_MODIFIED,
    TOO_OLD,
    WEBHOOK_ACTIVE,
    Message,
    Refused,
    check_keyboard,
    uploaded,
    what_is_shown,
)
from tests.support.telegram_updates import BOT_ID, DATE, the_bot

TOKEN = f"{BOT_ID}:AAE-mot_token_cua_phep_thu-0123456789"
SECRET = "chuoi-bi-mat-cua-phep-thu"  # noqa: S105 - of these tests
_JSON = re.compile(r"[{\[]|(?:true|false)$")
_TEXTS = frozenset({"text", "caption", "photo"})
_CALL = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")


class TelegramServer:
    """One bot's Bot API, for the time of a `with`."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.messages: list[Message] = []
        """What citizens have, in the order of arrival."""
        self.calls: Counter[str] = Counter()
        """How often each method was called, in small letters; not those of `fail` and `refuse`."""
        self.profile: dict[str, Any] = {}
        """What was set with setMy…: `commands`, `description`, `short_description`."""
        self.webhook: dict[str, Any] = {}
        self.acknowledged: list[str] = []
        self.typing: list[str] = []
        self.deleted: set[int] = set()
        """Messages that citizens deleted, by their numbers."""
        self.pending: list[dict[str, Any]] = []
        """Updates that nobody confirmed yet."""
        self.webhook_error = ""
        """What getWebhookInfo tells of the last delivery."""
        self.longest_poll_seconds = 2.0
        """Telegram would wait as long as it is asked to."""
        self._refusals: dict[str, tuple[int, str]] = {}
        self._slow_until: dict[str, float] = {}
        self._news = threading.Condition()
        self._closing = False
        self._http = LocalHttp(self._answer)

    def __enter__(self) -> Self:
        self._http.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._news:
            self._closing = True
            self._news.notify_all()
        self._http.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return self._http.url

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of `method`, written as the bot writes it, go wrong."""
        self._http.fail(f"/bot{self.token}/{method}", *faults)

    def refuse(self, method: str, code: int, description: str, **parameters: object) -> None:
        """Refuse the next call of `method`."""
        self.fail(method, Fault(answer=Refused(code, description, **parameters).answered()))

    def refuse_chat(self, chat_id: int, refusal: tuple[int, str]) -> None:
        """Refuse every message to this chat, e.g. because its owner blocked the bot."""
        self._refusals[str(chat_id)] = refusal

    def slow_down(self, chat_id: int, seconds: float) -> None:
        """Refuse messages to this chat for so long, as a flood limit does."""
        self._slow_until[str(chat_id)] = time.monotonic() + seconds

    def to(self, chat_id: int) -> list[Message]:
        """What this chat received."""
        return [one for one in list(self.messages) if one.chat_id == str(chat_id)]

    def queue(self, *updates: dict[str, Any]) -> None:
        """Hold updates for the next poll."""
        with self._news:
            self.pending.extend(updates)
            self._news.notify_all()

    def deliver(self, update: dict[str, Any]) -> int:
        """Post `update` to the webhook that was set, and return the status of the answer."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": str(self.webhook.get("secret_token", ""))}
        return httpx.post(self.webhook["url"], json=update, headers=headers, timeout=60).status_code

    def _answer(self, asked: Asked) -> Answered:
        call = _CALL.fullmatch(asked.path)
        if call is None or call["token"] != self.token:
            known = call is not None and call["token"].partition(":")[0] == str(BOT_ID)
            return Refused(*((401, "Unauthorized") if known else (404, "Not Found"))).answered()
        method = call["method"].lower()
        self.calls[method] += 1
        handler: Callable[[dict[str, Any]], object] | None = getattr(self, f"_do_{method}", None)
        if handler is None:
            return Refused(404, "Not Found").answered()
        try:
            return Answered.json({"ok": True, "result": handler(_fields(asked))})
        except Refused as refused:
            return refused.answered()

    def _do_getme(self, fields: dict[str, Any]) -> object:
        return {**the_bot(), "can_join_groups": True, "can_read_all_group_messages": False}

    def _do_sendmessage(self, fields: dict[str, Any]) -> object:
        chat_id = str(fields.get("chat_id", ""))
        if refusal := self._refusals.get(chat_id):
            raise Refused(*refusal)
        wait = self._slow_until.get(chat_id, 0.0) - time.monotonic()
        if wait > 0:
            seconds = int(wait) + 1
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        shown = what_is_shown(fields)
        check_keyboard(fields)
        with self._news:
            message_id = 1000 + len(self.messages)
            self.messages.append(Message(chat_id, message_id, shown, fields, time.monotonic()))
        chat = {"id": int(chat_id), "type": "private", "first_name": "Lan"}
        return {
            "message_id": message_id,
            "from": the_bot(),
            "chat": chat,
            "date": DATE,
            "text": shown.text,
        }

    def _do_editmessagetext(self, fields: dict[str, Any]) -> object:
        """Change a message of the bot; one that a citizen deleted is in `deleted`."""
        message_id = int(fields["message_id"])
        at = message_id - 1000
        if message_id in self.deleted or not 0 <= at < len(self.messages):
            raise Refused(400, "Bad Request: message to edit not found")
        before = self.messages[at]
        if refusal := self._refusals.get(before.chat_id):
            raise Refused(*refusal)
        shown = what_is_shown(fields)
        check_keyboard(fields)
        if (shown, fields.get("reply_markup")) == (before.shown, before.fields.get("reply_markup")):
            raise Refused(400, NOT_MODIFIED)
        changed = Message(before.chat_id, message_id, shown, fields, time.monotonic())
        self.messages[at] = changed
        return {"message_id": message_id, "date": DATE, "edit_date": DATE, "text": shown.text}

    def _do_sendphoto(self, fields: dict[str, Any]) -> object:
        """Take an uploaded picture; what is read is its caption, whose limit is a quarter."""
        if not str(fields.get("photo", "")).startswith("\x89PNG"):
            raise Refused(400, "Bad Request: there is no photo in the request")
        caption = {**fields, "text": fields.get("caption", "")}
        if len(what_is_shown(caption).text.encode("utf-16-le")) // 2 > LONGEST_CAPTION:
            raise Refused(400, "Bad Request: message caption is too long")
        return self._do_sendmessage(caption)

    def _do_sendchataction(self, fields: dict[str, Any]) -> object:
        self.typing.append(str(fields["chat_id"]))
        return True

    def _do_answercallbackquery(self, fields: dict[str, Any]) -> object:
        if str(fields["callback_query_id"]).startswith("old"):
            raise Refused(*TOO_OLD)
        self.acknowledged.append(str(fields["callback_query_id"]))
        return True

    def _do_getupdates(self, fields: dict[str, Any]) -> object:
        if self.webhook.get("url"):
            raise Refused(*WEBHOOK_ACTIVE)
        offset = int(fields.get("offset", 0))
        with self._news:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]
            self._news.wait_for(
                lambda: self.pending or self._closing,
                min(float(fields.get("timeout", 0)), self.longest_poll_seconds),
            )
            return self.pending[: int(fields.get("limit", 100))]

    def _do_setwebhook(self, fields: dict[str, Any]) -> object:
        if not str(fields["url"]).startswith(("https://", "http://127.0.0.1")):
            raise Refused(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        self.webhook = fields
        return True

    def _do_deletewebhook(self, fields: dict[str, Any]) -> object:
        self.webhook = {}
        if fields.get("drop_pending_updates"):
            self.pending = []
        return True

    def _do_getwebhookinfo(self, fields: dict[str, Any]) -> object:
        info: dict[str, Any] = {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        if self.webhook_error:
            info |= {"last_error_date": DATE, "last_error_message": self.webhook_error}
        return info

    def _do_setmycommands(self, fields: dict[str, Any]) -> object:
        self.profile["commands"] = fields["commands"]
        return True

    def _do_setmydescription(self, fields: dict[str, Any]) -> object:
        self.profile["description"] = fields["description"]
        return True

    def _do_setmyshortdescription(self, fields: dict[str, Any]) -> object:
        self.profile["short_description"] = fields["short_description"]
        return True


def _fields(asked: Asked) -> dict[str, Any]:
    """Return the parameters: forms hold JSON in their fields, and everything else as text."""
    kind = asked.headers.get("content-type", "")
    if kind.startswith("application/json"):
        fields: dict[str, Any] = asked.data
        return fields
    given = uploaded(kind, asked.body) if kind.startswith("multipart/") else asked.form
    return {
        name: json.loads(value) if name not in _TEXTS and _JSON.match(value) else value
        for name, value in {**asked.query, **given}.items()
    }
