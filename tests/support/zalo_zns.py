"""Zalo's server of template messages, with its rules and refusals (protocols §1.8), and a fake log.

No emulator of others exists, and the official samples show no more than the requests: what stands
here is what the protocol page says.
"""

import itertools
import re
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any

from bot.channels.zalo_oa.zns_ports import CLAIM_SECONDS, MOST_UNKNOWN_ATTEMPTS, Fate, ZnsRow
from tests.support.local_http import Answered, Asked
from tests.support.zalo_oauth import OAuth

TEMPLATE = "/message/template"
QUOTA = "/message/quota"
TEMPLATE_ID = "204018"
PARAMETERS = {"ma_ho_so", "thu_tuc", "trang_thai", "ngay_hen_tra"}
"""Of the template that Zalo has approved."""


@dataclass
class Templates:
    """Takes template messages."""

    oauth: OAuth
    delivered: list[dict[str, Any]] = field(default_factory=list)
    """What was taken, in order."""
    answers: "deque[int]" = field(default_factory=deque)
    """Codes for the next messages that are refused whoever gets them."""
    quota: dict[str, Any] = field(
        default_factory=lambda: {"dailyQuota": "500", "remainingQuota": "499"}
    )
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, asked: Asked) -> Answered:
        """Take a message, or say why not; HTTP is 200 either way. Or tell how many are left."""
        if (asked.method, asked.path) == ("GET", QUOTA):
            return self._quota(asked)
        with self._lock:
            if code := self._refusal(asked):
                return Answered.json({"error": code, "message": "Refused"})
            self.delivered.append(asked.data)
            number = f"zns{next(self._numbers):08x}"
        sent = {"sent_time": "1800000000000", "sending_mode": "1", "quota": self.quota}
        return Answered.json({"error": 0, "message": "Success", "data": {"msg_id": number, **sent}})

    def _quota(self, asked: Asked) -> Answered:
        if asked.headers.get("access_token") != self.oauth.access_token:
            return Answered.json({"error": -124, "message": "Access token is invalid"})
        return Answered.json({"error": 0, "message": "Success", "data": self.quota})

    def _refusal(self, asked: Asked) -> int:
        if asked.headers.get("access_token") != self.oauth.access_token:
            return -124
        if self.answers:
            return self.answers.popleft()
        data = asked.data
        if not re.fullmatch(r"84[0-9]{9}", str(data.get("phone"))):
            return -108
        if data.get("template_id") != TEMPLATE_ID:
            return -109
        return _data_refusal(data)


def _data_refusal(data: dict[str, Any]) -> int:
    values = data.get("template_data") or {}
    if not values or not all(values.values()):
        return -111
    fits = values.keys() == PARAMETERS and all(len(value) <= 90 for value in values.values())
    tracked = 0 < len(str(data.get("tracking_id", ""))) <= 48
    return 0 if fits and tracked and data.get("sending_mode") in {"1", "3"} else -112


class MemoryZnsLog:
    """A fake that keeps the promises of `bot.channels.zalo_oa.zns_ports.ZnsLog`."""

    def __init__(self) -> None:
        self.rows: dict[str, ZnsRow] = {}

    async def claim(self, tracking_id: str, now: float) -> bool:
        row = self.rows.get(tracking_id)
        if row is None:
            self.rows[tracking_id] = ZnsRow(tracking_id, Fate.SENDING, 1, now)
            return True
        left_alone = row.fate is Fate.SENDING and row.began_at <= now - CLAIM_SECONDS
        unknown = row.fate is Fate.UNKNOWN or left_alone
        if row.fate is Fate.WAITING or (unknown and row.attempts < MOST_UNKNOWN_ATTEMPTS):
            began = replace(row, fate=Fate.SENDING, attempts=row.attempts + 1, began_at=now)
            self.rows[tracking_id] = began
            return True
        return False

    async def settle(
        self, tracking_id: str, fate: Fate, *, message_id: str = "", reason: str = ""
    ) -> None:
        row = self.rows[tracking_id]
        kept = row.fate if row.fate is Fate.DELIVERED else fate
        attempts = row.attempts - (fate is Fate.WAITING)
        self.rows[tracking_id] = replace(
            row,
            fate=kept,
            attempts=attempts,
            message_id=message_id or None,
            reason=reason or None,
        )

    async def note_delivered(self, tracking_id: str, at: float) -> bool:
        row = self.rows.get(tracking_id)
        if row is None:
            return False
        self.rows[tracking_id] = replace(row, fate=Fate.DELIVERED, delivered_at=at, reason=None)
        return True

    async def find(self, tracking_id: str) -> ZnsRow | None:
        return self.rows.get(tracking_id)
