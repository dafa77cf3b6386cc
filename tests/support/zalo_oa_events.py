"""Events as Zalo writes and signs them; the payloads are in tests/payloads/zalo."""

import hashlib
import json
import random
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

PAYLOADS = Path(__file__).parents[1] / "payloads" / "zalo"
APP_ID = "360846524940903967"
OA_SECRET_KEY = "oa-secret-key-for-tests"  # noqa: S105 - of the known vector
OA_ID = "388613280878808645"
CITIZEN = "246845883529197922"
"""The numbers that stand in the payloads; a float holds none of them."""


class Style(Enum):
    """How the same JSON may be written."""

    COMPACT = "compact"
    SPACED = "spaced"
    INDENTED = "indented"
    ESCAPED = "escaped"
    """Vietnamese letters as \\u0111."""
    SHUFFLED = "shuffled"
    """The fields in another order."""


def event_names() -> list[str]:
    """Every event there is a payload of."""
    names = sorted(file.stem for file in PAYLOADS.glob("*.json"))
    assert names, "tests/payloads/zalo holds no payloads"
    return names


def a_payload(name: str, **changes: Any) -> dict[str, Any]:
    """The event `name`; `changes` replace fields, and a mapping changes those it names."""
    data = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    for field, value in changes.items():
        inside = isinstance(value, Mapping) and isinstance(data.get(field), dict)
        data[field] = {**data[field], **value} if inside else value
    return dict(data)


def a_text(text: str, msg_id: str, user_id: str = CITIZEN, **changes: Any) -> dict[str, Any]:
    """A citizen writes."""
    said = {"text": text, "msg_id": msg_id}
    return a_payload("user_send_text", sender={"id": user_id}, message=said, **changes)


def written(data: Mapping[str, Any], style: Style = Style.COMPACT) -> bytes:
    """`data` as JSON."""
    if style is Style.SPACED:
        return json.dumps(data, ensure_ascii=False).encode()
    if style is Style.INDENTED:
        return json.dumps(data, ensure_ascii=False, indent=2).encode()
    if style is Style.SHUFFLED:
        names = list(data)
        random.Random(7).shuffle(names)  # noqa: S311 - only the order of fields
        data = {name: data[name] for name in names}
    escaped = style is Style.ESCAPED
    return json.dumps(data, ensure_ascii=escaped, separators=(",", ":")).encode()


def mac(body: bytes, timestamp: object, key: str = OA_SECRET_KEY, app_id: str = APP_ID) -> str:
    """The signature, written down here a second time on purpose."""
    return hashlib.sha256(
        b"".join((app_id.encode(), body, str(timestamp).encode(), key.encode()))
    ).hexdigest()


def signed(
    data: Mapping[str, Any], style: Style = Style.COMPACT, *, num_retry: int = 0
) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of the request; `num_retry`: how often it was sent before."""
    body = written(data, style)
    headers = {
        "Content-Type": "application/json",
        "X-ZEvent-Signature": f"mac={mac(body, data['timestamp'])}",
    }
    if num_retry:
        headers["num_retry"] = str(num_retry)
    return body, headers
