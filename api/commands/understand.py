"""`motcua understand`: JSON lines in, JSON lines out, for evaluations and other programs.

In:  {"id": …, "text": "…", "conversation": "…" or null}; equal conversations are one dialogue.
Out: one line for each, in the same order; a bad line gives {"id": …, "error": "…"}.
"""

import asyncio
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from api.commands.terminal import Exports, say, warn
from api.settings import load_settings
from api.wiring.build import now
from api.wiring.terminal import Terminal, open_terminal
from bot.deciding.talking import ASK_PROCEDURE, FIXED
from bot.dialogue import Dialogue
from bot.messages import (
    WHICH_DOSSIER,
    WHICH_FAQ,
    ConversationKey,
    IncomingMessage,
    OutcomeFamily,
    Reply,
)
from bot.parse import AskedField, Parse
from bot.rendering import render_plain

CHANNEL: Final = "understand"
_OVERRULED: Final = frozenset(FIXED) - {"list_procedures", "list_online_services"}
"""Intents whose own answer is a text; who gets a procedure instead was taken to ask for it."""
_CARRYING: Final = frozenset({OutcomeFamily.ANSWERED, OutcomeFamily.CLARIFY})
"""Turns about a procedure: "thế còn khai tử?" asks what was asked before."""


@dataclass(frozen=True, slots=True)
class _Line:
    id: Any
    text: str
    conversation: str | None


class _BadLine(Exception):
    """A line that is no message; `id` is what can be told of it."""

    def __init__(self, message: str, line_id: Any = None) -> None:
        super().__init__(message)
        self.id = line_id


def understand(knowledge: Exports = None) -> None:
    """Đọc JSON từng dòng, in cách hiểu và câu trả lời.

    Mỗi dòng vào cho một dòng ra, theo đúng thứ tự. Ví dụ một dòng vào:
    {"id": "1", "text": "xoá thường trú mất bao lâu", "conversation": null}.
    """
    asyncio.run(_understand(knowledge or []))


async def _understand(knowledge: list[Path]) -> None:
    numbers = itertools.count(1)
    async with open_terminal(load_settings(), knowledge, warn) as terminal:
        for raw in _lines():
            try:
                answer = await _answer(terminal, _read(raw), next(numbers))
            except _BadLine as error:
                answer = {"id": error.id, "error": str(error)}
            say(json.dumps(answer, ensure_ascii=False))


def _lines() -> Iterator[bytes]:
    """Yield the lines of standard input that hold anything, as they come."""
    return (line for line in iter(sys.stdin.buffer.readline, b"") if line.strip())


def _read(raw: bytes) -> _Line:
    try:
        plain = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_json)
    except UnicodeDecodeError as error:
        raise _BadLine("Dòng này không phải UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise _BadLine("Dòng này không phải JSON.") from error
    if not isinstance(plain, dict):
        raise _BadLine('Dòng này phải là một đối tượng {"id", "text", "conversation"}.')
    return _checked(plain)


def _no_json(constant: str) -> None:
    """Refuse NaN and the infinities, which Python reads and JSON does not know."""
    raise ValueError(constant)


def _checked(plain: Mapping[str, Any]) -> _Line:
    line_id, text, conversation = (plain.get(key) for key in ("id", "text", "conversation"))
    if not isinstance(text, str):
        raise _BadLine("'text' phải là chữ.", line_id)
    if conversation is not None and not isinstance(conversation, str):
        raise _BadLine("'conversation' phải là chữ hoặc null.", line_id)
    return _Line(line_id, text.encode("utf-8", "ignore").decode("utf-8"), conversation)


async def _answer(terminal: Terminal, line: _Line, number: int) -> dict[str, Any]:
    alone = line.conversation is None
    user = f"alone {number}" if alone else f"named {line.conversation}"
    key = ConversationKey(CHANNEL, user)
    reply = await terminal.engine.answer(IncomingMessage(key, str(number), now(), text=line.text))
    parse, dialogue = terminal.store.latest_parse(key), terminal.store.latest_dialogue(key)
    if alone:
        terminal.store.forget(key)
    return {
        "id": line.id,
        "intent": _intent(parse, reply) if parse else None,
        "confidence": round(parse.confidence, 6) if parse else 0.0,
        "asked": [field.value for field in _asked(parse, dialogue, reply)],
        "procedure": reply.procedure,
        "candidates": list(reply.candidates),
        "outcome": str(reply.outcome),
        "dossier_code": _dossier_code(parse) if parse else None,
        "reply": render_plain(reply),
    }


def _intent(parse: Parse, reply: Reply) -> str:
    """Return the intent that was acted on: a good search overrules a misread message.

    A general question is answered within its intent: what is late, forgotten or paid stays so.
    """
    outcome = reply.outcome
    if reply.faq or outcome.kind in {WHICH_FAQ, WHICH_DOSSIER}:
        return parse.intent
    about = outcome.family is OutcomeFamily.ANSWERED or outcome.kind.startswith("which_")
    return ASK_PROCEDURE if about and parse.intent in _OVERRULED else parse.intent


def _asked(parse: Parse | None, dialogue: Dialogue, reply: Reply) -> Iterable[AskedField]:
    """Return the fields that the message asks, else those it carries over from earlier turns."""
    if parse is None or parse.asked or reply.faq or reply.outcome.family not in _CARRYING:
        return parse.asked if parse else ()
    return (field for field in dialogue.asked if field is not AskedField.OVERVIEW)


def _dossier_code(parse: Parse) -> str | None:
    """Return the first sound dossier code in its one spelling; a mistyped one is asked back."""
    return next((one.value for one in parse.entities if one.kind == "dossier_code"), None)
