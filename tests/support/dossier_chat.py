"""One person who talks about dossiers, with a desk in memory and a clock that can be set."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final

import anyio
from typing_extensions import override

from bot.deciding.dossier_state import PROOF_SECONDS
from bot.dialogue import Dialogue, DossierTalk
from bot.dossiers.ports import Asker, LookUpResult, Terms
from bot.dossiers.ports import Found as FoundDossier
from bot.dossiers.status import State
from bot.engine import Engine
from bot.messages import ConversationKey, Gesture, IncomingMessage, OutcomeFamily, Reply
from bot.ports import Nlu
from bot.rendering import render_plain
from knowledge.library import Library
from tests.support.builders import a_procedure
from tests.support.desks import a_desk
from tests.support.dossiers import NOW, OPEN, OTHER_CODE, MemoryDesk, a_dossier
from tests.support.fakes import MemoryDialogueStore, a_rasa_answer

TELEGRAM: Final = ConversationKey("telegram", "9007199254740993")
WEB: Final = ConversationKey("web", "phien-1")
GROUP: Final = ConversationKey("telegram", "-1001234567890")

UNIT: Final = "UBND phường Ngô Quyền"
"""Told with every dossier of the desk, and in no other reply."""


class VouchedDesk(MemoryDesk):
    """Sees that nobody vouches for a dossier that was not proved moments before."""

    proved: dict[tuple[ConversationKey, str], datetime]

    def __init__(self, terms: Terms = OPEN) -> None:
        super().__init__(terms=terms)
        self.proved = {}

    @override
    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Remember when a dossier was proved."""
        return self._seen(asker, await super().look_up(asker, code, factor))

    @override
    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Remember when a dossier was opened with a word."""
        return self._seen(asker, await super().redeem(asker, word))

    @override
    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Refuse what was neither proved nor remembered."""
        known = {one.code for one in await self.remembered(asker.key)}
        since = self.proved.get((asker.key, code))
        fresh = since is not None and (self.clock() - since).total_seconds() <= PROOF_SECONDS
        assert code in known or fresh, "nobody proved this dossier"
        return await super().reopen(asker, code)

    def _seen(self, asker: Asker, result: LookUpResult) -> LookUpResult:
        if isinstance(result, FoundDossier):
            self.proved[asker.key, result.status.code] = self.clock()
        return result


class PlainNlu:
    """Understands what it is told to, and takes everything else for no matter of ours."""

    def __init__(self, **intents: str) -> None:
        self.texts: list[str] = []
        """What it was asked, in order."""
        self._intents = intents

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the intent of the text."""
        self.texts.append(text)
        return a_rasa_answer(text, self._intents.get(text, "out_of_scope"), 0.9)


@cache
def two_procedures() -> Library:
    """The procedure of the dossiers, and another one."""
    birth = a_procedure("Đăng ký khai sinh", code="1.001193")
    return Library.of([a_procedure("Đăng ký thường trú", code="1.004222"), birth])


class DossierChat:
    """Talks to an engine; the desk knows two dossiers of hers, with FACTOR."""

    def __init__(
        self,
        nlu: Nlu | None = None,
        *,
        key: ConversationKey = TELEGRAM,
        terms: Terms = OPEN,
        desk: MemoryDesk | None = None,
        library: Library | None = None,
    ) -> None:
        self.key = key
        self.at = NOW.astimezone(UTC)
        self.desk = desk or VouchedDesk(terms)
        self.desk.clock = lambda: self.at
        self.desk.put(a_dossier())
        self.desk.put(a_dossier(State.SUPPLEMENT, OTHER_CODE))
        self.store = MemoryDialogueStore()
        self.nlu = nlu or PlainNlu()
        used = library or two_procedures()
        self.engine = Engine(self.nlu, used, self.store, a_desk, self.desk)
        self.last: Reply | None = None
        self.in_group = False
        self._count = 0

    def types(self, text: str, *, after: timedelta = timedelta()) -> Reply:
        """Send words, so long after the message before."""
        return self._send(text=text, after=after)

    def presses(self, label: str, *, after: timedelta = timedelta()) -> Reply:
        """Press the button of the last reply whose label begins so."""
        assert self.last is not None
        values = [one.value for one in self.last.buttons if one.label.startswith(label)]
        assert values, f"no button {label!r} in {[one.label for one in self.last.buttons]}"
        return self._send(choice=values[0], after=after)

    def follows(self, value: str) -> Reply:
        """Press a button, or open a link, with this value."""
        return self._send(choice=value)

    def does(self, gesture: Gesture) -> Reply:
        """Make a gesture."""
        return self._send(gesture=gesture)

    def _send(
        self,
        *,
        text: str = "",
        choice: str = "",
        gesture: Gesture | None = None,
        after: timedelta = timedelta(),
    ) -> Reply:
        self._count += 1
        self.at += after
        number = str(self._count)
        message = IncomingMessage(
            self.key, number, self.at, text, choice, gesture, in_group=self.in_group
        )
        self.last = anyio.run(self.engine.answer, message)
        return self.last

    @property
    def dialogue(self) -> Dialogue:
        """What is remembered now."""
        return self.store.dialogues.get(self.key, Dialogue())

    @property
    def talk(self) -> DossierTalk | None:
        """What is remembered of a look-up."""
        return self.dialogue.dossier_talk

    def follows_changes(self, code: str) -> bool:
        """Tell whether this person is told of changes of the dossier."""
        return self.key in self.desk.followers(code)

    def remembers(self, code: str) -> bool:
        """Tell whether the dossier is remembered for this person."""
        known = anyio.run(self.desk.remembered, self.key)
        return code in {one.code for one in known}


def tells(reply: Reply) -> bool:
    """Tell whether a reply tells something of a dossier."""
    looked_up = reply.outcome.family is OutcomeFamily.LOOKED_UP
    return UNIT in render_plain(reply) or looked_up


ASKS_CODE, ASKS_FACTOR = "clarify_which_dossier", "clarify_dossier_factor"


def outcome(reply: Reply) -> str:
    """Return how the turn ended."""
    return str(reply.outcome)
