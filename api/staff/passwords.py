"""Passwords of officials: which are taken, and how they are hashed and compared.

Long rather than complex, as NIST SP 800-63B has it: no rule about kinds of signs, no end after some
months. Argon2id, with the parameters that the library recommends.
"""

import asyncio
import secrets
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from api.errors import StaffRefused
from knowledge.text import fold

SHORTEST: Final = 12
LONGEST: Final = 128
_FEWEST_SIGNS: Final = 6
_LONGEST_NAME_PART: Final = 3
"""Shorter parts of a name stand in many words that have nothing to do with it."""
_FEWEST_BESIDE: Final = 8
"""So many signs must be left of a password without what everybody can guess."""

_KNOWN: Final = (
    *("matkhau", "password", "motcua", "admin", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty"),
    *("quantri", "canbo", "abc", "123456789", "12345678", "123456", "12345", "1234", "123"),
    *("2024", "2025", "2026", "2027"),
)
"""What passwords that are guessed first consist of, the longer ones first."""

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""None of them is taken for another one, in most hands and fonts."""
_GROUPS: Final = 4
_GROUP: Final = 5

ADVICE: Final = "Một câu dài chỉ mình bạn nghĩ ra là dễ nhớ và khó đoán nhất."


def generated() -> str:
    """Return a password that nobody guesses: 99 bits, easy to copy by hand."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def check(password: str, login: str, name: str) -> None:
    """Let a new password pass if it is hard to guess.

    Args:
        password: as it was typed.
        login: of the account.
        name: of the official.

    Raises:
        StaffRefused: it is too weak; the message never holds it.
    """
    for is_wrong, why in (
        (len(password) < SHORTEST, f"Mật khẩu cần ít nhất {SHORTEST} ký tự."),
        (len(password) > LONGEST, f"Mật khẩu dài tối đa {LONGEST} ký tự."),
        (not password.isprintable(), "Mật khẩu có ký tự không đọc được."),
        (len(set(password)) < _FEWEST_SIGNS, "Mật khẩu lặp lại mãi vài ký tự."),
        (_mostly_follows(password), "Mật khẩu là dãy ký tự liền nhau, như 12345678 hay abcdefgh."),
        (_names(password, login, name), "Mật khẩu chứa tên đăng nhập hoặc họ tên."),
        (_is_guessed(password), "Mật khẩu dễ đoán quá, như matkhau2026."),
    ):
        if is_wrong:
            raise StaffRefused(f"{why} {ADVICE}")


def _mostly_follows(password: str) -> bool:
    """Tell whether more than half of the signs stay, or go on as in the alphabet."""
    steps = [ord(other) - ord(one) for one, other in pairwise(password)]
    return 2 * sum(step in {-1, 0, 1} for step in steps) > len(steps)


def _names(password: str, login: str, name: str) -> bool:
    """Tell whether the password holds the login or the name, in whatever spelling."""
    bare = _bare(password)
    parts = [_bare(word) for word in name.split()]
    whole = {_bare(login), "".join(parts), "".join(reversed(parts))}
    if any(len(one) >= _LONGEST_NAME_PART and one in bare for one in whole):
        return True
    return len(_without(bare, (_bare(login), *parts))) < _FEWEST_BESIDE


def _is_guessed(password: str) -> bool:
    return len(_without(_bare(password), _KNOWN)) < _FEWEST_BESIDE


def _without(text: str, parts: Iterable[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        if part:
            text = text.replace(part, "")
    return text


def _bare(text: str) -> str:
    return "".join(sign for sign in fold(unicodedata.normalize("NFC", text)) if sign.isalnum())


class Passwords:
    """Hashes and compares; what is slow on purpose happens in threads."""

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        """Take what hashes; None: the recommended one."""
        self._hasher = hasher or PasswordHash.recommended()
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hasher.hash(_as_typed(password))

    async def fits(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        """Tell whether a password is the one that was kept.

        Takes as long where nothing is kept: then it is compared with a password of nobody.

        Returns:
            Whether it fits, and the hash to be kept from now on; None: the old one is good.
        """
        return await asyncio.to_thread(self._fits, password, kept)

    def _fits(self, password: str, kept: str | None) -> tuple[bool, str | None]:
        nobodys = self._nobodys = self._nobodys or self.hash(generated())
        compared = nobodys if kept is None else kept
        try:
            fits, newer = self._hasher.verify_and_update(_as_typed(password), compared)
        except PwdlibError:  # what is kept is no hash: nobody gets in with it
            return False, None
        return (fits, newer) if kept is not None else (False, None)


def _as_typed(password: str) -> bytes:
    """Return the bytes of a password; systems write the same letters in different ways."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
