"""What becomes of claimed alerts, in one transaction with the messages that tell them."""

from typing import Final

from api.store.dossier_tables import dossier_alerts, dossier_follows
from api.store.telling import Telling

_follow = dossier_follows.c

ALERTS: Final = Telling(
    dossier_alerts,
    dossier_follows,
    dossier_alerts.join(dossier_follows, _follow.id == dossier_alerts.c.follow_id),
    _follow.followed_at.is_not(None),
)
