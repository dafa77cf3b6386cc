"""The road of a message: understand, look up, decide, render, record."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.commands import read_typed
from bot.deciding import Found, Said, Unread, decide, look_up
from bot.deciding.act_decisions import Erase, Rate
from bot.deciding.act_values import PressedExample
from bot.deciding.acts import act_of
from bot.deciding.menus import open_still, pressed_or_typed, shown_again, with_menu
from bot.deciding.place_found import without_places
from bot.dialogue import Dialogue
from bot.errors import NluError
from bot.legible import legible
from bot.messages import IncomingMessage, OutcomeFamily, Reply
from bot.parse import Parse
from bot.personal_data import Kind, mask
from bot.ports import Conversation, DialogueStore, Library, Nlu
from bot.rendering import Desk, render, render_error
from bot.rendering.notices import with_masked, with_notice
from bot.understanding import MAX_CHARACTERS, clean, is_readable, to_parse

MAX_CANDIDATES = 10

_NEVER_READ = 2 * MAX_CHARACTERS
"""Too long even where masks made it longer than what was typed."""

_ABOUT_PROCEDURES = frozenset(
    {
        OutcomeFamily.ANSWERED,
        OutcomeFamily.CLARIFY,
        OutcomeFamily.GUIDED,
        OutcomeFamily.UNANSWERED,
    }
)
"""Turns in which a search means something; small talk has no candidates."""


class Engine:
    """Answers messages, in order within a conversation."""

    def __init__(
        self,
        nlu: Nlu,
        library: Library,
        store: DialogueStore,
        desk: Callable[[], Desk],
    ) -> None:
        """Keep what is needed; `desk` gives the desk of the moment, for its day changes."""
        self._nlu = nlu
        self._library = library
        self._store = store
        self._desk = desk

    async def answer(self, message: IncomingMessage) -> Reply:
        """Return the reply; the same event id gets the same reply and changes nothing.

        A language model that does not help is told to the citizen, and the dialogue stays.

        Raises:
            bot.errors.StoreUnavailable: nothing was stored; the message may be sent again.
        """
        async with self._store.open(message.conversation) as conversation:
            return await self.answer_in(conversation, message)

    async def answer_in(self, conversation: Conversation, message: IncomingMessage) -> Reply:
        """Do what `answer` does in a conversation that the caller holds, and closes.

        Raises:
            bot.errors.StoreUnavailable: nothing was stored; the message may be sent again.
        """
        if (given := await conversation.reply_to(message.event_id)) is not None:
            return given
        message, masked = _as_meant(message)
        try:
            said = await self._understand(message, conversation.dialogue)
        except NluError:
            reply = with_masked(self._desk().book, render_error(self._desk().book), masked)
            await conversation.record(message, None, reply, conversation.dialogue)
            return reply
        if said is Unread.EMPTY and masked:
            said = Unread.ONLY_PERSONAL
        return await self._reply(message, said, masked, conversation)

    async def _understand(self, message: IncomingMessage, dialogue: Dialogue) -> Said:
        if len(message.text) > MAX_CHARACTERS:
            return Unread.TOO_LONG
        if (act := act_of(message, dialogue)) is not None:
            return act
        pressed = pressed_or_typed(message, dialogue)
        if pressed is not None and not isinstance(pressed, PressedExample):
            return pressed
        typed = clean(self._desk().book.say(pressed.key) if pressed else message.text)
        if not is_readable(typed):
            return Unread.EMPTY
        text = without_places(self._desk().gazetteer, legible(typed))
        return replace(to_parse(text, await self._nlu.parse(text)), typed=typed)

    async def _reply(
        self,
        message: IncomingMessage,
        said: Said,
        masked: tuple[Kind, ...],
        conversation: Conversation,
    ) -> Reply:
        desk = self._desk()
        before = open_still(conversation.dialogue, message)
        found = look_up(
            self._library,
            before,
            said,
            desk.today,
            desk.gazetteer,
            desk.profile,
        )
        decision, dialogue = decide(before, said, found)
        decision = shown_again(decision, before, message)
        reply = with_masked(desk.book, _with_candidates(render(decision, desk), found), masked)
        if isinstance(decision, Erase):
            await conversation.erase(message.sent_at)
            return reply
        if isinstance(decision, Rate):
            await conversation.rate(decision.turn, up=decision.up)
        reply, notice = with_notice(desk, reply, before.notice)
        dialogue = replace(with_menu(dialogue, reply, message), notice=notice)
        parse = said if isinstance(said, Parse) else None
        await conversation.record(message, parse, reply, dialogue)
        return reply


def _as_meant(message: IncomingMessage) -> tuple[IncomingMessage, tuple[Kind, ...]]:
    """Return the message without personal data, its command read, and what was masked."""
    if message.choice or len(message.text) > _NEVER_READ:
        return message, ()
    masked = mask(message.text)
    typed = read_typed(masked.rest)
    gesture = message.gesture or typed.gesture
    meant = replace(message, text=typed.text, choice=typed.choice, gesture=gesture)
    return meant, masked.kinds


def _with_candidates(reply: Reply, found: Found) -> Reply:
    if reply.outcome.family not in _ABOUT_PROCEDURES or reply.faq:
        return reply
    first: Sequence[str] = (reply.procedure,) if reply.procedure else ()
    first = (*first, *reply.candidates)
    codes = dict.fromkeys((*first, *(one.code for one in found.by_code), *found.ranked))
    return replace(reply, candidates=tuple(codes)[:MAX_CANDIDATES])
