"""What the Bot API refuses, in its own words, and what of a message it shows.

Descriptions are those of the Bot API server (github.com/tdlib/telegram-bot-api; read 11/2026).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from tests.support.local_http import Answered
from tests.support.telegram_html import ParseRefused, Shown, read_html

LONGEST = 4096
LONGEST_CAPTION = 1024
MOST_BUTTONS = 100
MOST_DATA_BYTES = 64

BLOCKED = (403, "Forbidden: bot was blocked by the user")
NO_CHAT = (400, "Bad Request: chat not found")
TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)
TWO_POLLERS = (
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
    "is running",
)
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
WEBHOOK_ACTIVE = (
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first",
)
SERVER_ERROR = (500, "Internal Server Error")


class Refused(Exception):
    """The call is refused with this status and description."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters

    def answered(self) -> Answered:
        """What goes back."""
        content: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": str(self),
        }
        if self.parameters:
            content["parameters"] = self.parameters
        headers = {"Content-Type": "application/json"}
        return Answered(json.dumps(content).encode(), self.code, headers)


@dataclass(frozen=True)
class Message:
    """A message that the bot sent and the citizen has."""

    chat_id: str
    message_id: int
    shown: Shown
    fields: Mapping[str, Any]
    at: float
    """Seconds of a clock that never goes back."""

    @property
    def text(self) -> str:
        """What the citizen reads."""
        return self.shown.text

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        """The rows of the keyboard."""
        rows: list[list[dict[str, str]]] = self.fields.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows

    def data_of(self, label: str) -> str:
        """What the button of this label sends."""
        return next(
            button["callback_data"]
            for row in self.buttons
            for button in row
            if label in button["text"]
        )


def what_is_shown(fields: Mapping[str, Any]) -> Shown:
    """Return what a citizen sees of the text of sendMessage."""
    text = str(fields.get("text", ""))
    try:
        shown = read_html(text) if fields.get("parse_mode") == "HTML" else Shown(text)
    except ParseRefused as refused:
        raise Refused(400, str(refused)) from None
    if not shown.text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if len(shown.text.encode("utf-16-le")) // 2 > LONGEST:
        raise Refused(400, "Bad Request: message is too long")
    return shown


def uploaded(kind: str, body: bytes) -> dict[str, str]:
    """Return the fields of a multipart form; bytes of a file as characters of the same number."""
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    fields = {}
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            fields[name] = content.decode("latin-1" if part.get_filename() else "utf-8")
    return fields


def check_keyboard(fields: Mapping[str, Any]) -> None:
    """Refuse buttons that the Bot API refuses."""
    rows = fields.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise Refused(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not str(button["text"]).strip():
            raise Refused(400, "Bad Request: can't parse inline keyboard button: Text is empty")
        if not 1 <= len(str(button["callback_data"]).encode()) <= MOST_DATA_BYTES:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
