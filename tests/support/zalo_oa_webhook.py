"""Zalo as it calls our webhook: signed, repeated, out of order, many at once."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.zalo_oa_events import Style, signed

AT_ONCE = 20
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

    def post_at_once(self, events: Iterable[Mapping[str, Any]]) -> list[int]:
        """Post events at the same time, each on a line of its own."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.post, events))
