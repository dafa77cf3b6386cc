"""Whether a webhook request comes from Zalo: `X-ZEvent-Signature` (protocols §1.2, November 2026).

The signature is the plain SHA-256, not an HMAC, of the app's number, the body as it was sent, the
field `timestamp` of that body and the OA Secret Key, one behind the other.

What is accepted, and why:
* with the prefix `mac=`, as real traffic has it, and without, as some descriptions have it;
* blanks around the value and behind the prefix, which gateways on the way may add;
* small and capital hexadecimal digits: they are the same number;
* any age. Zalo sends an event again for an hour with the time of the first attempt, and nothing
  says that it ends there; that an event is handled once is the business of its id, not of a clock.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import Final

from bot.channels.errors import Unauthentic

HEADER: Final = "x-zevent-signature"

_WRITTEN: Final = re.compile(r"\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*", re.IGNORECASE | re.ASCII)
_TIMESTAMP: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
"""Milliseconds since 1970, as they stand in the body."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What Zalo and we know, and nobody else."""

    app_id: str
    oa_secret_key: str = field(repr=False)
    """Of the page “Webhook” of the app; not the secret of the app itself."""

    def mac(self, body: bytes, timestamp: str) -> str:
        """Return the 64 hexadecimal digits that belong to a body."""
        sealed = hashlib.sha256(self.app_id.encode())
        sealed.update(body)
        sealed.update(timestamp.encode())
        sealed.update(self.oa_secret_key.encode())
        return sealed.hexdigest()

    def check(self, body: bytes, timestamp: object, signature: str | None) -> None:
        """Return if the body is Zalo's.

        Args:
            body: the bytes as they arrived.
            timestamp: the field of the body, with the digits that stand there.
            signature: the value of the header; None: it was not sent.

        Raises:
            Unauthentic: the signature is missing, misshapen or of something else.
        """
        written = _WRITTEN.fullmatch(signature or "")
        if written is None:
            raise Unauthentic("no signature")
        if not isinstance(timestamp, str) or not _TIMESTAMP.fullmatch(timestamp):
            raise Unauthentic("no timestamp")
        if not hmac.compare_digest(written[1].lower(), self.mac(body, timestamp)):
            raise Unauthentic("wrong signature")
