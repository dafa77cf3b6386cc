"""Updates as Telegram sends them; leave out whatever the test is not about."""

import json
from typing import Any

BOT_ID = 666
BOT_NAME = "motcua_bot"
LAN = 5_900_000_001
"""Chat id of a citizen: more than 32 bits, as they are today."""

DATE = 1_790_000_000
"""22 September 2026."""


def a_user(user_id: int = LAN, **changes: Any) -> dict[str, Any]:
    """A citizen."""
    return {"id": user_id, "is_bot": False, "first_name": "Lan", "language_code": "vi", **changes}


def the_bot() -> dict[str, Any]:
    """The bot itself."""
    return {"id": BOT_ID, "is_bot": True, "first_name": "Một cửa", "username": BOT_NAME}


def a_chat(chat_id: int = LAN, kind: str = "private") -> dict[str, Any]:
    """The chat with a citizen."""
    return {"id": chat_id, "type": kind, "first_name": "Lan"}


def a_message(text: str | None = None, **changes: Any) -> dict[str, Any]:
    """A message of a citizen; without text it needs something else, e.g. `photo=[{}]`."""
    message = {"message_id": 11, "from": a_user(), "chat": a_chat(), "date": DATE, **changes}
    return message if text is None else {**message, "text": text}


def in_a_group(text: str | None = None, **changes: Any) -> dict[str, Any]:
    """A message that a citizen wrote in a group."""
    group = {"id": -1_001_234_567_890, "type": "supergroup", "title": "Tổ dân phố 3"}
    return a_message(text, chat=group, **changes)


def an_update(update_id: int = 100, **content: Any) -> dict[str, Any]:
    """An update of the given content, e.g. `message=a_message("xin chào")`."""
    return {"update_id": update_id, **content}


def a_press(
    data: str, message_id: int = 12, query: str = "4382", chat_id: int = LAN, **changes: Any
) -> dict[str, Any]:
    """A pressed button under a message of the bot."""
    under = {"message_id": message_id, "from": the_bot(), "chat": a_chat(chat_id), "date": DATE}
    return {
        "id": query,
        "from": a_user(chat_id),
        "message": {**under, "text": "Bạn hỏi thủ tục nào?"},
        "chat_instance": "-77",
        "data": data,
        **changes,
    }


def a_membership(status: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """The bot became `status` in a chat: `kicked` is blocked."""
    member = {"user": the_bot(), "status": status, "until_date": 0}
    before = {"user": the_bot(), "status": "member"}
    return {
        "chat": chat or a_chat(),
        "from": a_user(),
        "date": DATE,
        "old_chat_member": before,
        "new_chat_member": member,
    }


def as_bytes(update: object) -> bytes:
    """The body of a webhook request, as Telegram writes it: no letter beyond ASCII."""
    return json.dumps(update).encode()
