"""The loop that tells followers, on the clock of a test, and a way that does what a test says."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from api.jobs.alerting import Alerting
from api.jobs.quiet_hours import QuietHours
from api.meters import Meters
from bot.channels.alerts import Alert, Tellable, Told
from bot.rendering import Desk
from tests.support.channels import FakeChannel
from tests.support.desks import a_desk
from tests.support.dossiers import VIETNAM
from tests.support.following import Following


@dataclass
class AWay:
    """A way that does what a test says, and keeps what it was asked."""

    answers: list[Told | Exception] = field(default_factory=lambda: [Told.MESSAGE])
    asked: list[Alert] = field(default_factory=list)

    async def tell(self, alert: Alert) -> Told:
        self.asked.append(alert)
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def reach(self, one: Tellable) -> Told:
        return Told.HOLD if self.answers == [Told.HOLD] else Told.MESSAGE


def alerting_of(world: Following, process: str = "một", **changes: Any) -> Alerting:
    """The loop in one process, on the clock of the world."""

    def desk() -> Desk:
        return a_desk(today=datetime.fromtimestamp(world.now, VIETNAM).date())

    given: dict[str, Any] = {
        "alerts": world.replica(process),
        "channels": {"telegram": FakeChannel(), "zalo_bot": FakeChannel("zalo_bot")},
        "desk": desk,
        "meters": Meters(),
        "clock": world.clock,
        "quiet": QuietHours(21, 7),
        "jitter": lambda: 0.0,
    }
    return Alerting(**(given | changes))
