"""Keys with which other systems prove who they are: how they look, and which are too weak.

A key of ours is `mc_<id>_<secret>`, with 256 random bits in the secret. Where the other side can
only send a key that it chose itself, that key is taken as it is, if nobody can guess it. Of either
only a SHA-256 hash is kept: what is that hard to guess needs no slow hash.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Final, Protocol

from api.errors import KeyRefused


class Scope(StrEnum):
    """What a key opens."""

    WRITE = "dossiers:write"
    """Send updates of dossiers."""
    READ = "dossiers:read"
    """Read any dossier by its code; every look is audited."""
    LOOK_UP = "dossiers:lookup"
    """Look up for citizens, with code and factor, all from one address."""


@dataclass(frozen=True, slots=True)
class MachineKey:
    """A key as it is kept: everything but the key itself."""

    id: str
    name: str
    """Of the system or its owner, as an operator wrote it."""
    scopes: frozenset[Scope]
    created_at: datetime
    """Aware, like every moment here."""
    expires_at: datetime | None = None
    """None: never."""
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None
    """Exact to a minute."""
    own_key: bool = False
    """The other side chose it."""


class MachineKeys(Protocol):
    """What the routes ask about keys. Every method may raise `bot.errors.StoreUnavailable`."""

    async def recognise(self, presented: str) -> MachineKey:
        """Return the key that was presented; takes as long whether or not there is one.

        Raises:
            KeyRefused: it is no key of ours, was revoked, or is too old.
        """
        ...

    async def note_reading(self, key: MachineKey, code: str) -> None:
        """Put into the audit that a dossier is read with a key, without its code in clear."""
        ...


LONGEST_KEY: Final = 200
SHORTEST_OWN: Final = 32
_FEWEST_SIGNS: Final = 10
_LONGEST_RUN: Final = 7
_ID_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
_ID_LENGTH: Final = 10
_SECRET_BYTES: Final = 32

_OURS: Final = re.compile(r"mc_(?P<id>[a-z0-9]{1,12})_[A-Za-z0-9_-]{20,100}", re.ASCII)
_WRITABLE: Final = re.compile(r"[\x21-\x7e]+", re.ASCII)
_KNOWN: Final = re.compile(
    r"pass|matkhau|mat_khau|mat-khau|secret|changeme|change-me|qwerty|asdf|admin|motcua|example|"
    r"api[_-]?key|token|test|xxxx|12345|00000|abcde|your[_-]",
    re.IGNORECASE,
)

UNKNOWN_KEY: Final = "Khoá không đúng. Kiểm tra đầu mục Authorization, hoặc xin khoá mới."
REVOKED_KEY: Final = "Khoá này đã bị thu hồi. Hãy xin khoá mới."
EXPIRED_KEY: Final = "Khoá này đã hết hạn. Hãy xin khoá mới."


def new_key() -> tuple[str, str]:
    """Return the id of a new key and the whole key, which is shown once."""
    key_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
    return key_id, f"mc_{key_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def id_of(key: str) -> str:
    """Return under which id a key is kept: for one of the other side, the begin of its hash.

    >>> id_of("mc_k7qm2xwa8n_" + "a" * 43), len(id_of("whatever else"))
    ('k7qm2xwa8n', 12)
    """
    match = _OURS.fullmatch(key)
    return match["id"] if match else f"o{hash_of(key)[:11]}"


def hash_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def is_key(presented: str, key_hash: str) -> bool:
    """Tell whether this is the key that was kept; takes as long either way."""
    return hmac.compare_digest(hash_of(presented), key_hash)


def check_own_key(key: str) -> None:
    """Let a key pass that the other side chose, if nobody guesses it.

    Raises:
        KeyRefused: it is too weak, or cannot be sent in a header.
    """
    for is_wrong, why in (
        (not _WRITABLE.fullmatch(key) or len(key) > LONGEST_KEY, _NOT_WRITABLE),
        (key.startswith("mc_"), "Khoá tự chọn không được bắt đầu bằng mc_."),
        (len(key) < SHORTEST_OWN, f"Khoá ngắn quá, ít nhất {SHORTEST_OWN} ký tự."),
        (len(set(key)) < _FEWEST_SIGNS, f"Khoá có ít hơn {_FEWEST_SIGNS} ký tự khác nhau."),
        (_repeats(key), "Khoá chỉ lặp lại một đoạn ngắn."),
        (_longest_run(key) > _LONGEST_RUN, "Khoá có dãy ký tự liên tiếp, như 12345678."),
        (_KNOWN.search(key) is not None, "Khoá có đoạn dễ đoán, như 12345, admin, password."),
    ):
        if is_wrong:
            raise KeyRefused(f"{why} {_HOW}")


_NOT_WRITABLE: Final = (
    f"Khoá phải là một dòng chữ không dấu, không có dấu cách, nhiều nhất {LONGEST_KEY} ký tự."
)
_HOW: Final = "Hãy dùng khoá ngẫu nhiên, ví dụ do lệnh openssl rand -base64 48 tạo ra."


def _repeats(key: str) -> bool:
    """Tell whether the key is one part again and again."""
    period = (key + key).find(key, 1)
    return period <= len(key) // 2


def _longest_run(key: str) -> int:
    """Return how many signs follow each other as in the alphabet, upwards or downwards."""
    longest = 0
    for step in (1, -1, 0):
        run = 1
        for one, other in pairwise(key):
            run = run + 1 if ord(other) - ord(one) == step else 1
            longest = max(longest, run)
    return longest


def in_words(scopes: Collection[Scope]) -> str:
    """Return scopes as they are written in the database and on a terminal."""
    return " ".join(sorted(scopes))
