"""How people who follow a dossier are reached of ourselves (protocols §1.5, §1.8).

| since she last did something | way |
|---|---|
| at most 48 hours | a message, free |
| at most 7 days | a message, for which Zalo charges; where the operator does not pay, as below |
| longer | a template message to the number she gave; where there is none, it is held |

A message that is charged costs less than a template message, says more, and has a button to stop.
What Zalo refuses for good, on either way, is held too: she is told when she writes again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.channels.alerts import Alert, AlertKind, Tellable, Told
from bot.channels.errors import ChannelBroken, PartRefused, RecipientGone, Resting, TryLater
from bot.channels.zalo_oa.events import ANONYMOUS
from bot.channels.zalo_oa.sharing import GivenPhones
from bot.channels.zalo_oa.windows import FREE_SECONDS, OPEN_SECONDS
from bot.channels.zalo_oa.zns import DossierAlert, Zns
from bot.channels.zalo_oa.zns_ports import CLAIM_SECONDS, Fate
from bot.phrasebook import Phrasebook
from knowledge.work_calendar import VIETNAM

REST_SECONDS: Final = 600.0
"""So long nothing goes by template once Zalo takes none from us: no template, no money."""

_UNDER_WAY: Final = frozenset({Fate.SENDING, Fate.WAITING})


class Templates:
    """Alerts as template messages, to the numbers that people gave."""

    def __init__(
        self,
        zns: Zns,
        phones: GivenPhones,
        book: Phrasebook,
        clock: Callable[[], float],
        *,
        terse: bool = False,
    ) -> None:
        """Take what is needed.

        Args:
            zns: sends them.
            phones: where the numbers are.
            book: the words.
            clock: seconds since 1970.
            terse: dossiers are published by code alone: only state and days are told.
        """
        self._zns = zns
        self._phones = phones
        self._book = book
        self._clock = clock
        self._terse = terse
        self._rests_until = 0.0

    async def tell(self, alert: Alert) -> Told:
        """Send an alert, once however often it is asked for; HOLD: it does not go out this way.

        Raises:
            Resting: templates are left alone for a while.
            TryLater, ChannelBroken, FateUnknown: as `Zns.send`; it may be asked for again.
            StoreUnavailable: as above.
        """
        phone = await self._phones.find(alert.key)
        if not phone:
            return Told.HOLD
        if (wait := self._rests_until - self._clock()) > 0:
            raise Resting("zns rests", wait)
        message = self._message(alert, phone)
        try:
            if await self._zns.send(message):
                return Told.TEMPLATED
        except (RecipientGone, PartRefused):
            return Told.HOLD
        except ChannelBroken:
            self._rests_until = self._clock() + REST_SECONDS
            raise
        fate = await self._zns.fate(message)
        if fate in _UNDER_WAY:  # its sender may have died: not to be taken for sent
            raise TryLater("zns under way", CLAIM_SECONDS)
        return Told.HOLD if fate is Fate.REFUSED else Told.TEMPLATED

    def _message(self, alert: Alert, phone: str) -> DossierAlert:
        status, due = alert.status, alert.status.due_at
        name = "" if self._terse or status.terse else status.procedure_name
        return DossierAlert(
            phone=phone,
            reference=alert.reference,
            dossier_code=status.code,
            procedure=name or self._book.say("template.no_procedure"),
            status=self._in_words(alert),
            due=_day(due) if due else "",
        )

    def _in_words(self, alert: Alert) -> str:
        state = self._book.say(f"dossier_state.{alert.status.state.name.lower()}")
        if AlertKind.LAPSE in alert.kinds:
            return self._book.say("template.lapse", state=state)
        if AlertKind.DUE in alert.kinds:
            return self._book.say("template.due", state=state)
        return state


class ZaloOaWay:
    """The adapter of `bot.channels.alerts.AlertWay`."""

    def __init__(
        self, clock: Callable[[], float], templates: Templates | None = None, *, pays: bool = True
    ) -> None:
        """Take what is needed.

        Args:
            clock: seconds since 1970.
            templates: None: no template is approved.
            pays: whether messages between 48 hours and 7 days may be charged.
        """
        self._clock = clock
        self._templates = templates
        self._open = OPEN_SECONDS if pays else FREE_SECONDS

    async def tell(self, alert: Alert) -> Told:
        """Choose the way, and send what goes by template; see the port.

        Raises:
            DeliveryFailed, StoreUnavailable: as `Templates.tell`.
        """
        if self.reach(alert) is Told.MESSAGE:
            return Told.MESSAGE
        if self._templates is None or alert.key.user_id.startswith(f"{ANONYMOUS}:"):
            return Told.HOLD
        return await self._templates.tell(alert)

    def reach(self, one: Tellable) -> Told:
        """Return whether the window for messages is open; see the port."""
        is_open = self._clock() - one.seen_at <= self._open
        return Told.MESSAGE if is_open else Told.HOLD


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
