"""One person who prepares a dossier, with desks in memory, over a small library or ours."""

from datetime import UTC, timedelta
from functools import cache
from typing import Final

import anyio

from bot.deciding.filing_found import can_guide
from bot.dialogue import Dialogue
from bot.dossiers.ports import Terms
from bot.engine import Engine
from bot.filings.state import Filing
from bot.messages import Checklist, ConversationKey, Gesture, IncomingMessage, Reply
from bot.ports import Nlu
from bot.rendering import render_plain
from knowledge.content import SHIPPED, load_procedures
from knowledge.faq_finder import shelf_beside
from knowledge.faq_yaml import load_faq_content
from knowledge.guides_yaml import load_guides
from knowledge.library import Library
from knowledge.merging import merge_all
from knowledge.sayings import load_sayings
from knowledge.siblings_file import load_siblings
from knowledge.synonyms_file import load_vocabulary
from knowledge.tables_yaml import load_tables
from tests.support.desks import a_desk
from tests.support.dossier_chat import PlainNlu
from tests.support.dossiers import NOW, OPEN, MemoryDesk
from tests.support.fakes import MemoryDialogueStore
from tests.support.filing_desk import MemoryFilingDesk

WEB: Final = ConversationKey("web", "phien-1")
TELEGRAM: Final = ConversationKey("telegram", "9007199254740993")
ZALO: Final = ConversationKey("zalo_oa", "4000000000000000001")
ZALO_BOT: Final = ConversationKey("zalo_bot", "b1")
CHANNELS: Final = (WEB, TELEGRAM, ZALO, ZALO_BOT)

BIRTH: Final = "1.001193"
LIST: Final = "guided_checklist"
STEP: Final = "guided_filing_step"
DAY: Final = timedelta(days=1)


@cache
def shipped() -> Library:
    """Our own procedures with their tables, guides and general questions."""
    everything = merge_all(load_procedures(), (), load_sayings(SHIPPED))
    words = load_vocabulary()
    return Library.of(
        everything.procedures,
        words,
        siblings=load_siblings(),
        tables=load_tables(),
        faqs=shelf_beside(load_faq_content(), everything.procedures, words),
        guides=load_guides(),
    )


class FilingChat:
    """Talks to an engine whose desks of dossiers and of filings are in memory."""

    def __init__(
        self,
        *,
        key: ConversationKey = TELEGRAM,
        nlu: Nlu | None = None,
        library: Library | None = None,
        filings: MemoryFilingDesk | None = None,
        dossiers: Terms = OPEN,
    ) -> None:
        self.key = key
        self.at = NOW.astimezone(UTC)
        self.filings = filings or MemoryFilingDesk(clock=lambda: self.at)
        self.dossiers = MemoryDesk(terms=dossiers, clock=lambda: self.at)
        self.store = MemoryDialogueStore()
        self.nlu = nlu or PlainNlu()
        used = library or shipped()
        self.engine = Engine(self.nlu, used, self.store, a_desk, self.dossiers, self.filings)
        self.replies: list[Reply] = []
        self.in_group = False
        self._count = 0
        self._sent: IncomingMessage | None = None

    def on(self, key: ConversationKey) -> "FilingChat":
        """Return the same person on another channel, with the same desks."""
        other = FilingChat(key=key, nlu=self.nlu, filings=self.filings)
        other.engine, other.dossiers, other.at = self.engine, self.dossiers, self.at
        other.store = self.store
        return other

    def types(self, text: str, *, after: timedelta = timedelta()) -> Reply:
        """Send words, so long after the message before."""
        return self.sends(text=text, after=after)

    def follows(self, value: str, *, after: timedelta = timedelta()) -> Reply:
        """Press a button, or open a link, with this value."""
        return self.sends(choice=value, after=after)

    def presses(self, label: str) -> Reply:
        """Press the button of the last reply whose label begins so."""
        values = [one.value for one in self.last.buttons if one.label.startswith(label)]
        assert values, f"no button {label!r} in {[one.label for one in self.last.buttons]}"
        return self.follows(values[0])

    def does(self, gesture: Gesture) -> Reply:
        """Make a gesture."""
        return self.sends(gesture=gesture)

    def sends(
        self,
        *,
        text: str = "",
        choice: str = "",
        gesture: Gesture | None = None,
        after: timedelta = timedelta(),
    ) -> Reply:
        """Send a message of any kind."""
        self._count += 1
        self.at += after
        number = f"{self.key.channel}-{self._count}"
        message = IncomingMessage(
            self.key, number, self.at, text, choice, gesture, in_group=self.in_group
        )
        self._sent = message
        reply = anyio.run(self.engine.answer, message)
        self.replies.append(reply)
        return reply

    def again(self) -> Reply:
        """Send the last message once more, as platforms do that heard no answer."""
        assert self._sent is not None
        return anyio.run(self.engine.answer, self._sent)

    @property
    def last(self) -> Reply:
        """The last reply."""
        return self.replies[-1]

    @property
    def dialogue(self) -> Dialogue:
        """What is remembered now."""
        return self.store.dialogues.get(self.key, Dialogue())

    @property
    def filing(self) -> Filing:
        """The filing in progress."""
        assert self.dialogue.filing is not None
        return self.dialogue.filing

    @property
    def ticks(self) -> tuple[bool, ...]:
        """What is ticked in the checklist of the last reply, in its order."""
        lists = [block for block in self.last.blocks if isinstance(block, Checklist)]
        assert lists, render_plain(self.last)
        return tuple(item.ticked for item in lists[0].items)

    def to_the_list(self, code: str = BIRTH) -> Reply:
        """Begin a filing and take the first answer to every question."""
        reply = self.follows(f"file:{code}")
        for _ in range(12):
            if any(isinstance(block, Checklist) for block in reply.blocks):
                return reply
            reply = self.follows(reply.buttons[0].value)
        raise AssertionError(f"The questions of {code} lead to no list.")


def outcome(reply: Reply) -> str:
    """Return how the turn ended."""
    return str(reply.outcome)


@cache
def without_questions() -> str:
    """Return the code of a procedure for which everybody brings the same."""
    return next(
        one.code
        for one in load_procedures()
        if shipped().table(one.code) is None and can_guide(one)
    )


def listed(chat: FilingChat | None = None) -> FilingChat:
    """Somebody who has the list of her papers before her."""
    chat = chat or FilingChat()
    chat.to_the_list()
    return chat


def at_step(chat: FilingChat | None = None) -> FilingChat:
    """Somebody at the first step."""
    chat = listed(chat)
    chat.types("nop tung buoc")
    return chat
