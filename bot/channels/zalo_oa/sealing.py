"""Encryption of what may never lie open in a database: the tokens of the Official Account."""

import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.channels.errors import ChannelBroken

KEY_UNUSABLE: Final = (
    "TOKEN_KEY không đúng dạng. Hãy tạo khoá bằng lệnh: motcua zalo key, rồi chép nguyên vào "
    "TOKEN_KEY. Nhiều khoá cách nhau bằng dấu phẩy, khoá mới đứng đầu."
)
KEY_WRONG: Final = (
    "TOKEN_KEY không mở được token Zalo đã cất. Hãy đặt lại khoá cũ (có thể ghi thêm sau khoá "
    "mới, cách nhau dấu phẩy). Nếu khoá cũ đã mất, hãy cấp quyền lại: motcua zalo authorize"
)


class WrongKey(ChannelBroken):
    """None of the keys opens what was sealed; the message tells an operator what to do."""


def new_key() -> str:
    """Return a fresh key, 44 characters."""
    return Fernet.generate_key().decode("ascii")


class Seal:
    """Seals with the first key and opens with any, so that keys can be exchanged.

    >>> old, new = new_key(), new_key()
    >>> kept = Seal(old).close({"access": "…"})
    >>> Seal(f"{new}, {old}").open(kept)
    {'access': '…'}
    """

    def __init__(self, keys: str) -> None:
        """Take the keys, separated by commas.

        Raises:
            WrongKey: there is none, or one is no Fernet key.
        """
        try:
            fernets = [Fernet(key.strip()) for key in keys.split(",") if key.strip()]
            self._fernet = MultiFernet(fernets)
            self.has_former_keys = len(fernets) > 1
        except ValueError:
            # "from None": the cause would quote the key
            raise WrongKey(KEY_UNUSABLE) from None

    def close(self, content: Mapping[str, object]) -> str:
        """Return `content`, encrypted."""
        return self._fernet.encrypt(json.dumps(content).encode()).decode("ascii")

    def open(self, sealed: str) -> dict[str, Any]:
        """Return what was sealed.

        Raises:
            WrongKey: it was sealed with another key, or altered.
        """
        try:
            content = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            raise WrongKey(KEY_WRONG) from None
        if not isinstance(content, dict):
            raise WrongKey(KEY_WRONG)
        return content

    def turn(self, sealed: str) -> str:
        """Return the same content under the first key.

        Raises:
            WrongKey: it was sealed with another key, or altered.
        """
        try:
            return self._fernet.rotate(sealed.encode()).decode("ascii")
        except InvalidToken:
            raise WrongKey(KEY_WRONG) from None

    def sign(self, secret: bytes, now: float) -> str:
        """Return `secret` in a form that only we can make, with its time."""
        return self._fernet.encrypt_at_time(secret, int(now)).decode("ascii")

    def is_signed(self, signed: str, now: float, lifetime_seconds: int) -> bool:
        """Tell, in constant time, whether we made `signed`, and lately."""
        try:
            self._fernet.decrypt_at_time(signed.encode(), lifetime_seconds, int(now))
        except (InvalidToken, ValueError):
            return False
        return True
