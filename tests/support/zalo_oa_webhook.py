"""Zalo as it calls our webhook. Tests post events twice, out of order, or many in threads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.zalo_oa_events import Style, signed

PATIENCE_SECONDS = 30.0


@dataclass
class Webhook:
    """Posts events; keeps what was answered."""

    url: str = ""
    answered: list[int] = field(default_factory=list)
    """The status of every request, in the order of the answers."""

    def post(
        self, data: Mapping[str, Any], style: Style = Style.COMPACT, *, num_retry: int = 0
    ) -> int:
        """Post an event; return the status."""
        body, headers = signed(data, style, num_retry=num_retry)
        answer = httpx.post(self.url, content=body, headers=headers, timeout=PATIENCE_SECONDS)
        self.answered.append(answer.status_code)
        return answer.status_code
