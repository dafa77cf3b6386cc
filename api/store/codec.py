"""Dialogues and replies as JSON text. Each block of a reply carries the name of its type."""

import dataclasses
import json
from functools import cache
from typing import Any, Final, get_args
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pydantic import TypeAdapter, ValidationError

from bot.dialogue import Dialogue
from bot.messages import Block, Link, Reply
from knowledge.text import fold

_KINDS: Final = {kind.__name__: kind for kind in get_args(Block)}


def dump(value: Dialogue | Reply) -> str:
    """Return `value` as JSON text that `load_dialogue` or `load_reply` reads."""
    if isinstance(value, Dialogue):
        return _reader(Dialogue).dump_json(value).decode()
    tree = _plain(dataclasses.replace(value, blocks=()))
    tree["blocks"] = [{"kind": type(block).__name__, **_plain(block)} for block in value.blocks]
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def load_dialogue(text: str) -> Dialogue:
    """Return the dialogue kept in `text`; what no longer fits its type starts afresh.

    A dialogue is short-lived: after an update that changes its type, asking again is better than
    a conversation that can never be opened.
    """
    try:
        dialogue: Dialogue = _reader(Dialogue).validate_json(text)
    except ValidationError:
        return Dialogue()
    return dialogue


def load_reply(text: str) -> Reply:
    """Return the reply kept in `text`.

    Raises:
        ValueError: the text is no reply of this version.
    """
    tree = json.loads(text)
    try:
        blocks = [
            _reader(_KINDS[block.pop("kind")]).validate_python(block) for block in tree["blocks"]
        ]
        reply: Reply = _reader(Reply).validate_python({**tree, "blocks": ()})
    except (KeyError, TypeError) as error:
        raise ValueError(f"Not a reply of this version: {error}") from error
    return dataclasses.replace(reply, blocks=tuple(blocks))


def without_words(reply: Reply, typed: str) -> Reply:
    """Return `reply` without what the citizen typed: links to a search lose their words.

    The turn log holds no message text (law 91/2025/QH15); given again, such a link leads to the
    search without words.
    """
    said = fold(" ".join(typed.split()))
    return dataclasses.replace(
        reply,
        blocks=tuple(
            Link(block.label, _without_query(block.url, said)) if isinstance(block, Link) else block
            for block in reply.blocks
        ),
    )


def _without_query(url: str, said: str) -> str:
    parts = urlsplit(url)
    values = (fold(value) for _, value in parse_qsl(parts.query))
    quotes = any(value and value in said for value in values)
    return urlunsplit(parts._replace(query="")) if quotes else url


def _plain(value: Reply | Block) -> dict[str, Any]:
    """Return JSON values; dataclasses.asdict takes five times as long."""
    kind: Any = type(value)
    tree: dict[str, Any] = _reader(kind).dump_python(value, mode="json")
    return tree


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
