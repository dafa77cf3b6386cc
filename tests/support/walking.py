"""Walks of one person through a guided filing, by nothing but what her channel shows her."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from bot.deciding.found import MAX_VALUE_BYTES
from bot.dialogue import Dialogue
from bot.filings.ports import Reminder, Slip
from bot.messages import Checklist, ConversationKey, Reply
from bot.rendering import render_plain
from tests.support.channel_doings import Doing, doings
from tests.support.desks import load_phrasebook
from tests.support.filing_chat import FilingChat, outcome

EXITS: Final = frozenset(
    {
        "guided_filed",
        "small_talk_form_stopped",
        "small_talk_filing_ended",
        "small_talk_filing_put_aside",
        "answered_held",
        "unanswered_no_guide",
    }
)
"""Where a filing ends, or is left, with words that say so."""

FARTHEST: Final = 8
"""Presses from any state to a list or an exit: five questions at most, and a step aside."""

_MOST_STATES: Final = 60


def is_list(reply: Reply) -> bool:
    """Tell whether papers can be ticked in it."""
    return any(isinstance(block, Checklist) for block in reply.blocks)


def is_sound(reply: Reply) -> None:
    """Hold a reply to what every channel needs of it."""
    values = [one.value for one in reply.buttons]
    assert reply.blocks
    assert render_plain(reply).strip()
    assert all(0 < len(one.encode()) <= MAX_VALUE_BYTES for one in values)
    assert outcome(reply) != "unanswered_broken_button"
    assert sum(isinstance(block, Checklist) for block in reply.blocks) <= 1


def is_end(reply: Reply) -> bool:
    """Tell whether it is a list, or a filing ends with it; once filed, dossiers are talked of."""
    return is_list(reply) or outcome(reply) in EXITS or "dossier" in outcome(reply)


@dataclass
class Walker:
    """Goes on with a chat, and finds out whether every state that she gets to can be left."""

    chat: FilingChat
    alive: set[tuple[Dialogue, str]] = field(default_factory=set)
    """States from which a list or an exit is near; walks of one channel share them."""

    def offered(self) -> tuple[Doing, ...]:
        """Return what she can do, as her channel shows it: every button of the reply."""
        reply = self.chat.last
        found = doings(self.chat.key.channel, reply, load_phrasebook())
        values = {one.value for one in found if one.value}
        numbers = {int(one.text) for one in found if one.text}
        for at, button in enumerate(reply.buttons, start=1):
            assert button.value in values or at in numbers, (button, found)
        return found

    def does(self, doing: Doing) -> Reply:
        """Press or type it."""
        chat = self.chat
        reply = chat.follows(doing.value) if doing.value else chat.types(doing.text)
        is_sound(reply)
        return reply

    def can_end(self) -> None:
        """Fail where no list and no exit is near, by what she sees alone."""
        tried = self._found(is_end)
        assert tried is None, f"no way on from {render_plain(self.chat.last)}: {tried}"

    def _found(self, wanted: Callable[[Reply], bool]) -> list[str] | None:
        """Look for it breadth first; None: it is near, else what was come to."""
        here, passed = self._state(), {self._state()}
        if wanted(self.chat.last) or here in self.alive:
            return None
        edge, seen = [self._kept()], [outcome(self.chat.last)]
        start = edge[0]
        for _ in range(FARTHEST):
            following: list[_Kept] = []
            for kept in edge:
                for doing in self._offered_at(kept):
                    reply = self.does(doing)
                    if wanted(reply) or self._state() in self.alive:
                        self._back_to(start)
                        self.alive.add(here)
                        return None
                    seen.append(outcome(reply))
                    if self._state() not in passed and len(passed) < _MOST_STATES:
                        passed.add(self._state())
                        following.append(self._kept())
                    self._back_to(kept)
            edge = following
        self._back_to(start)
        return seen

    def _offered_at(self, kept: "_Kept") -> tuple[Doing, ...]:
        self._back_to(kept)
        return self.offered()

    def _state(self) -> tuple[Dialogue, str]:
        dialogue = replace(self.chat.dialogue, answered_at=0.0)
        talk = dialogue.dossier_talk
        dialogue = replace(dialogue, dossier_talk=talk and replace(talk, since=0.0))
        return dialogue, render_plain(self.chat.last)

    def _kept(self) -> "_Kept":
        desk = self.chat.filings
        return _Kept(self.chat.dialogue, self.chat.last, dict(desk.slips), dict(desk.due))

    def _back_to(self, kept: "_Kept") -> None:
        chat = self.chat
        chat.store.dialogues[chat.key] = kept.dialogue
        chat.filings.slips, chat.filings.due = dict(kept.slips), dict(kept.due)
        chat.replies.append(kept.reply)


@dataclass(frozen=True)
class _Kept:
    dialogue: Dialogue
    reply: Reply
    slips: dict[str, Slip]
    due: dict[tuple[ConversationKey, str], Reminder]
