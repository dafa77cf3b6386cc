"""Looks up and follows dossiers: the adapter of `bot.dossiers.ports.DossierDesk`.

A wrong code and a wrong factor go the same way: the same statements in the same order, the same
number of comparisons, the same count of failures; and where another system is asked, refusals
take the same time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from api.dossier_desk.moments import moment
from api.dossier_desk.pace import Pace
from api.dossier_desk.ports import Follows, Tries, Words
from api.dossier_desk.published import published
from api.dossier_desk.words import LIFE_SECONDS, as_written, new_word
from bot.dossiers.codes import normal_form
from bot.dossiers.factors import FactorKey, newest_of_each
from bot.dossiers.folding import content_of, digest_of, place_of
from bot.dossiers.ports import (
    AnswerUnreadable,
    Asker,
    Away,
    DossierBook,
    DossierSource,
    Found,
    Locked,
    LookUpResult,
    NoMatch,
    Remembered,
    SourceUnreachable,
    Terms,
)
from bot.dossiers.status import DossierUpdate
from bot.dossiers.tries import BY_ADDRESS, BY_CODE, BY_PERSON, Subjects
from bot.messages import ConversationKey

CONSENT: Final = 1
"""Version of the words with which people agree to be remembered or told."""

CONSENT_UNPROVED: Final = 0
"""Agreed while dossiers were published by code alone: it proves nothing later."""

NOBODYS: Final = ""
"""Stands for what is no code; looked up all the same."""

UNKNOWN: Final = NoMatch()
"""The one answer to everything that does not fit."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the desk keeps everything."""

    book: DossierBook
    tries: Tries
    follows: Follows
    words: Words


@dataclass(frozen=True, slots=True)
class Remote:
    """A system that is asked before the book is."""

    source: DossierSource
    name: str
    """Kept with what it tells, at most 40 characters."""
    pace: Pace


@dataclass(frozen=True, slots=True)
class _Told:
    """What the source said of one dossier."""

    updates: Sequence[DossierUpdate] = ()
    away: bool = False
    """Nothing could be learnt from it."""
    refusal: LookUpResult = UNKNOWN
    """What is told to whoever proves nothing: that an answer could not be read would tell her that
    there is such a dossier."""


class Desk:
    """Looks up and follows dossiers."""

    def __init__(
        self,
        shelf: Shelf,
        key: FactorKey,
        terms: Callable[[], Terms],
        clock: Callable[[], datetime],
        remote: Remote | None = None,
    ) -> None:
        """Keep what is needed.

        Args:
            shelf: where things are kept.
            key: hashes factors and words, and names those who try.
            terms: how dossiers can be looked up at this moment.
            clock: the time of day, aware.
            remote: None: the book knows all there is.
        """
        self._shelf = shelf
        self._key = key
        self._terms = terms
        self._clock = clock
        self._remote = remote

    @property
    def terms(self) -> Terms:
        """How dossiers can be looked up now."""
        return self._terms()

    async def look_up(self, asker: Asker, code: str, factor: str) -> LookUpResult:
        """Look up a dossier by code and factor; see the port.

        While the source is away attempts are counted like any others: what is known from before
        could be guessed at leisure otherwise.
        """
        code = normal_form(code) or NOBODYS
        subjects = self._subjects(asker, code)
        if (locked := await self._locked(subjects)) is not None:
            return locked
        began = self._remote.pace.clock() if self._remote else 0.0
        told = await self._ask(code)
        right = await self._is_proved(code, factor, told.updates)
        until = await self._shelf.tries.settle(subjects, right=right, now=self._now())
        if until is not None:
            return await self._refused(Locked(moment(until)), began)
        if not right:
            return await self._refused(told.refusal, began)
        return await self._opened(asker.key, code, told)

    async def reopen(self, asker: Asker, code: str) -> LookUpResult:
        """Look up a dossier that was proved before; the caller vouches for that."""
        return await self._opened(asker.key, code, await self._ask(code))

    async def remembered(self, key: ConversationKey) -> Sequence[Remembered]:
        """Return the dossiers that this person agreed to have remembered, the latest first."""
        kept = await self._shelf.follows.list(key)
        if self._terms().factors:
            return kept
        return tuple(replace(one, procedure_name="") for one in kept)

    async def remember(
        self, key: ConversationKey, code: str, *, follow: bool, seen_at: float = 0.0
    ) -> None:
        """Keep that a person agreed; doing it again changes nothing. Never stops following."""
        terms = CONSENT if self._terms().factors else CONSENT_UNPROVED
        await self._shelf.follows.remember(key, code, follow=follow, terms=terms, seen_at=seen_at)

    async def forget(self, key: ConversationKey, code: str, *, entirely: bool) -> None:
        """Stop telling of changes; `entirely`: and remember it no longer. Empty code: of all."""
        await self._shelf.follows.forget(key, code, entirely=entirely)

    async def hand_over(self, code: str) -> str:
        """Return a word with which the proved dossier is opened once elsewhere."""
        word = new_word()
        await self._shelf.words.put(self._word_hash(word), code, self._now() + LIFE_SECONDS)
        return word

    async def redeem(self, asker: Asker, word: str) -> LookUpResult:
        """Open the dossier that a word stands for; wrong words count like wrong factors."""
        subjects = self._subjects(asker)
        if (locked := await self._locked(subjects)) is not None:
            return locked
        code = await self._shelf.words.take(self._word_hash(as_written(word)), self._now())
        if code is not None:
            return await self.reopen(asker, code)
        until = await self._shelf.tries.settle(subjects, right=False, now=self._now())
        return UNKNOWN if until is None else Locked(moment(until))

    def _now(self) -> float:
        return self._clock().timestamp()

    def _word_hash(self, word: str) -> str:
        if self._terms().factors:
            return self._key.subject("word", word)
        return self._key.subject("word", word, "unproved")  # opens nothing where digits are asked

    def _subjects(self, asker: Asker, code: str = "") -> Subjects:
        person = (asker.key.channel, asker.key.user_id)
        limits = {self._key.subject("person", *person): BY_PERSON}
        if asker.address:
            limits[self._key.subject("address", asker.address)] = BY_ADDRESS
        if not code:
            return Subjects(limits)
        limits[self._key.subject("code", code)] = BY_CODE
        return Subjects(limits, own=self._key.subject("own", *person, code))

    async def _locked(self, subjects: Subjects) -> Locked | None:
        until = await self._shelf.tries.locked_until(subjects, self._now())
        return None if until is None else Locked(moment(until))

    async def _ask(self, code: str) -> _Told:
        """Return what the source tells of a dossier."""
        if self._remote is None:
            return _Told()
        try:
            told = await self._remote.source.fetch(code)
        except AnswerUnreadable:
            return _Told(away=True)
        except SourceUnreachable:
            return _Told(away=True, refusal=Away())
        return _Told([update for update in told if update.code == code])

    async def _is_proved(self, code: str, factor: str, told: Sequence[DossierUpdate]) -> bool:
        """Tell whether the factor is right; what is told is compared, and not kept."""
        kinds, book = self._terms().factors, self._shelf.book
        if not kinds:
            return bool(told) or await book.get(code) is not None
        fresh = [
            one
            for update in told
            for one in self._key.kept_of(update, place_of(update, digest_of(content_of(update))))
        ]
        newest = newest_of_each((*await book.factors(code), *fresh))
        return self._key.fits(code, factor, kinds, [one.hashed for one in newest.values()])

    async def _refused(self, answer: LookUpResult, began: float) -> LookUpResult:
        if self._remote is not None:
            await self._remote.pace.wait_since(began)
        return answer

    async def _opened(self, key: ConversationKey, code: str, told: _Told) -> LookUpResult:
        """Keep what the source tells of a proved dossier, and return how it stands."""
        if told.updates and self._remote is not None:
            await self._shelf.book.put(told.updates, self._remote.name)
        status = await self._shelf.book.get(code)
        if status is None:
            return Away() if told.away else UNKNOWN
        if not self._terms().factors:
            status = published(status)
        kept = await self._shelf.follows.find(key, code)
        found = Found(status, kept is not None and kept.followed, kept is not None)
        return Away(found) if told.away else found
