"""The road of a message: understand, look up, decide, ask the desks, render, record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.commands import read_typed
from bot.deciding import Found, Said, Unread, look_up, plan
from bot.deciding.act_decisions import Erase, Rate
from bot.deciding.act_values import PressedExample
from bot.deciding.acts import act_of
from bot.deciding.dossier_found import Scene
from bot.deciding.dossier_hearing import (
    apart,
    digits_asked,
    dossier_chosen,
    heard_alone,
    not_digits,
    without_year,
)
from bot.deciding.dossier_talk import with_others
from bot.deciding.filing_hearing import secret_typed, slip_typed
from bot.deciding.menus import open_still, pressed_or_typed, shown_again, with_menu
from bot.deciding.place_found import without_places
from bot.dialogue import Dialogue
from bot.dossiers.ports import Asker, ClosedDesk, DossierDesk
from bot.errands import Desks
from bot.errors import NluError
from bot.filings.ports import ClosedFilingDesk, FilingDesk, FilingTerms
from bot.filings.state import Checked
from bot.legible import legible
from bot.messages import IncomingMessage, OutcomeFamily, Reply
from bot.parse import AskedField, Parse
from bot.personal_data import Kind, mask
from bot.ports import Conversation, DialogueStore, Library, Nlu
from bot.rendering import Desk, render, render_error
from bot.rendering.notices import with_masked, with_notice
from bot.understanding import MAX_CHARACTERS, clean, is_readable, to_parse
from knowledge.online_services import OnlineServices

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


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message as it is read."""

    message: IncomingMessage
    """Without personal data."""
    masked: tuple[Kind, ...] = ()
    factor: str = field(default="", repr=False)
    """Four digits that prove whose a dossier is; the message does not hold them any more."""
    checked: Checked | None = None
    """What the counter saw of the filing in progress."""


class Engine:
    """Answers messages, in order within a conversation."""

    def __init__(
        self,
        nlu: Nlu,
        library: Library,
        store: DialogueStore,
        desk: Callable[[], Desk],
        dossiers: DossierDesk | None = None,
        filings: FilingDesk | None = None,
    ) -> None:
        """Keep what is needed; `desk` gives the desk of the moment, for its day changes.

        Args:
            nlu: the language model.
            library: the procedures.
            store: where conversations live.
            desk: what replies are written with.
            dossiers: looks up dossiers; None: none can be looked up.
            filings: keeps slips and reminders of guided filings; None: none are kept.
        """
        self._nlu = nlu
        self._library = library
        self._store = store
        self._desk = desk
        self._dossiers = dossiers or ClosedDesk()
        self._filings = filings or ClosedFilingDesk()
        self._desks = Desks(self._dossiers, self._filings)

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
        before = open_still(conversation.dialogue, message)
        before, checked = await self._desks.read_anew(message.conversation, before)
        heard = replace(self._hear(message, before), checked=checked)
        try:
            said = await self._understand(heard, before)
        except NluError:
            reply = with_masked(self._desk().book, render_error(self._desk().book), heard.masked)
            await conversation.record(heard.message, None, reply, conversation.dialogue)
            return reply
        if said is Unread.EMPTY and heard.masked:
            said = Unread.ONLY_PERSONAL
        return await self._reply(heard, said, before, conversation)

    def _hear(self, message: IncomingMessage, dialogue: Dialogue) -> _Heard:
        """Return the message without what must not be read on: digits that prove, personal data."""
        is_open = self._dossiers.terms.is_open
        if is_open and (digits := digits_asked(message, dialogue, self._dossiers.terms)):
            return _Heard(replace(message, text=""), factor=digits)
        if is_open and not message.choice:
            message = replace(message, text=without_year(message.text, dialogue))
        if secret_typed(message, dialogue):
            return _Heard(replace(message, text=""), (Kind.CODE,))
        message, masked = _as_meant(message)
        if not is_open or not message.text:
            return _Heard(message, masked)
        text, factor = apart(message.text, self._dossiers.terms)
        return _Heard(replace(message, text=text), masked, factor)

    async def _understand(self, heard: _Heard, dialogue: Dialogue) -> Said:
        if len(heard.message.text) > MAX_CHARACTERS:
            return Unread.TOO_LONG
        done = self._done(heard, dialogue)
        if done is not None and not isinstance(done, PressedExample):
            return done
        typed = clean(self._desk().book.say(done.key) if done else heard.message.text)
        if not is_readable(typed):
            return Unread.EMPTY
        text = without_places(self._desk().gazetteer, legible(typed))
        return replace(to_parse(text, await self._nlu.parse(text)), typed=typed)

    def _done(self, heard: _Heard, dialogue: Dialogue) -> Said | PressedExample | None:
        """Read what needs no language model; None: words."""
        message = heard.message
        if self._filings.terms.is_open and (slip := slip_typed(message)):
            return slip
        if not self._dossiers.terms.is_open:
            return act_of(message, dialogue) or pressed_or_typed(message, dialogue)
        return (
            heard_alone(message, heard.factor)
            or act_of(message, dialogue)
            or pressed_or_typed(message, dialogue)
            or dossier_chosen(message, dialogue)
            or not_digits(message.text, dialogue, heard.masked)
        )

    async def _reply(
        self, heard: _Heard, said: Said, before: Dialogue, conversation: Conversation
    ) -> Reply:
        desk, message = self._desk(), heard.message
        found = self._look_up(heard, said, before, desk)
        step = plan(before, said, found)
        asker = Asker(message.conversation, message.address)
        decision, dialogue = await self._desks.find_out(step, asker, found)
        decision = with_others(shown_again(decision, before, message), said)
        reply = _with_candidates(render(decision, desk), found)
        reply = with_masked(desk.book, reply, heard.masked)
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

    def _look_up(self, heard: _Heard, said: Said, dialogue: Dialogue, desk: Desk) -> Found:
        found = look_up(
            self._library,
            dialogue,
            said,
            desk.today,
            desk.gazetteer,
            desk.profile,
        )
        message, key = heard.message, heard.message.conversation
        is_group = key.is_group or message.in_group
        later = key.can_be_told_later and not is_group
        scene = Scene(
            terms=self._dossiers.terms,
            is_group=is_group,
            can_be_told_later=later,
            at=message.sent_at.timestamp(),
            factor=heard.factor,
            record_of=self._library.get,
        )
        filings = replace(
            found.filings,
            terms=FilingTerms() if is_group else self._filings.terms,
            is_group=is_group,
            can_remind=later,
            can_look_up=self._dossiers.terms.is_open and not is_group,
            at=message.sent_at,
            pressed=bool(message.choice),
            checked=heard.checked,
        )
        return replace(
            found, scene=scene, filings=filings, services_of=lambda: self._services(desk)
        )

    def _services(self, desk: Desk) -> OnlineServices:
        waits = desk.held.holding(AskedField.ONLINE, AskedField.METHODS)
        return self._library.online_services().told(desk.today.isoformat(), waits)


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
