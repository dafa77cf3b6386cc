"""What is held back after an import: answers that depend on a changed value, until confirmed.

Citizens were told the old value; the new one may be a mistake of the export or a change of the
law. Until somebody looks, neither is told. What is new holds nothing: nobody was told otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from knowledge.changes import Change, Changes, Hidden
from knowledge.facts import ADDED_BESIDE, TOLD_ONLY, facts_of, told
from knowledge.procedure import Procedure
from knowledge.values import holds_value, lost_figures

FAQ_MARK: Final = "faq:"
"""Before the key of an entry that is held; what has none is the code of a procedure."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One field of a procedure, or one entry of the general questions, that is not answered."""

    subject: str
    """A code, or the key of an entry behind `FAQ_MARK`."""
    field: str
    """A key of `knowledge.facts.FIELDS`; empty: the whole entry."""
    before: str
    """What citizens were told last, whole; behind our words: what the record said."""
    after: str
    """What they will be told once somebody confirms it; behind our words: what it says now."""
    since: datetime
    """Aware."""
    why: str = ""
    """The change that touches it, in words; empty: the value itself changed."""
    because: str = ""
    """The `place` of the value that changed; empty: this one."""

    @property
    def in_our_words(self) -> bool:
        """Tell whether the record changed behind our words, which are told again once confirmed."""
        return bool(self.why) and not self.because

    @property
    def place(self) -> str:
        """Return how it is named to `motcua knowledge confirm`."""
        return f"{self.subject}:{self.field}" if self.field else self.subject


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry of the general questions that takes a changed value from a record."""

    key: str
    change: Change


def holds_after(
    open_holds: Iterable[Hold],
    changes: Changes,
    before: Mapping[str, Procedure],
    after: Mapping[str, Procedure],
    touched: Iterable[Touched],
    now: datetime,
) -> tuple[Hold, ...]:
    """Return what is held after an import, sorted by place.

    A value that returns to what citizens were told last is free again, with all that depended on
    it; what was held and did not change stays held, since the same day.

    Args:
        open_holds: what is held already.
        changes: what the import changes in what is answered.
        before: what was answered, at least of the codes that changed.
        after: what will be answered, at least of the codes that changed.
        touched: the entries that take a changed value.
        now: the time of the import, aware.
    """  # fmt: skip
    kept = {hold.place: hold for hold in open_holds if hold.subject not in changes.removed}
    returned: set[str] = set()
    held_for = (one for one in changes.changed if _told_otherwise(one, before[one.code]))
    for code, field in dict.fromkeys((one.code, one.field) for one in held_for):
        fresh = Hold(code, field, told(before[code], field), told(after[code], field), now)
        _hold(fresh, kept, returned)
    for fresh in _behind_our_words(changes.hidden, kept, now):
        _hold(fresh, kept, returned)
    for hold in (*_inside(changes, after, now), *_entries(touched, now)):
        if hold.because in kept:
            kept.setdefault(hold.place, hold)
    return tuple(kept[place] for place in sorted(kept) if kept[place].because not in returned)


def _hold(fresh: Hold, kept: dict[str, Hold], returned: set[str]) -> None:
    """Hold a value, going on from what is held there; or free it where it returned."""
    held = kept.pop(fresh.place, None)
    fresh = _continued(held, fresh) if held else fresh
    if fresh.before == fresh.after:
        returned.add(fresh.place)
    else:
        kept[fresh.place] = fresh
        returned.discard(fresh.place)


def _behind_our_words(
    hidden: Iterable[Hidden], kept: Mapping[str, Hold], now: datetime
) -> Iterator[Hold]:
    """Yield the fields whose records changed; one that we follow only where it is held already.

    Also where nothing was told: our entry would go on saying that there is nothing.
    """
    of_field: dict[tuple[str, str], list[Hidden]] = {}
    for one in hidden:
        of_field.setdefault((one.change.code, one.change.field), []).append(one)
    for (code, field), found in of_field.items():
        held = kept.get(f"{code}:{field}")
        why = "; ".join(one.message() for one in found if not one.followed)
        why = why or (held.why if held and held.in_our_words else "")
        if why:
            yield Hold(code, field, found[0].before, found[0].after, now, why)


def _told_otherwise(change: Change, before: Procedure) -> bool:
    """Tell whether citizens were told something that the change makes wrong."""
    if change.field in TOLD_ONLY:
        return False
    facts = facts_of(before).get(change.field, ())
    if change.part.startswith(ADDED_BESIDE):
        return any(fact.part == change.part for fact in facts)
    return bool(facts)


def _continued(held: Hold, fresh: Hold) -> Hold:
    """Go on from what citizens were told last, which is not the value that was held."""
    goes_on = not held.because and held.in_our_words == fresh.in_our_words
    before = held.before if goes_on else fresh.before
    since = held.since if held.after == fresh.after else fresh.since
    both = (held.why, fresh.why) if goes_on else (fresh.why,)
    why = "; ".join(dict.fromkeys(one for one in both if one))
    return replace(fresh, before=before, since=since, why=why)


def _inside(changes: Changes, after: Mapping[str, Procedure], now: datetime) -> Iterator[Hold]:
    """Yield the other fields of the same record whose words still say the old value."""
    for change in changes.changed:
        lost = lost_figures(change)
        if not lost:
            continue
        for field, facts in facts_of(after[change.code]).items():
            if field == change.field or field in TOLD_ONLY:
                continue
            if any(holds_value(fact.text, value) for fact in facts for value in lost):
                text = told(after[change.code], field)
                yield Hold(change.code, field, text, text, now, change.message(), _place(change))


def _entries(touched: Iterable[Touched], now: datetime) -> Iterator[Hold]:
    for one in touched:
        subject = f"{FAQ_MARK}{one.key}"
        why = f"{one.change.code}: {one.change.message()}"
        yield Hold(subject, "", "", "", now, why, _place(one.change))


def _place(change: Change) -> str:
    return f"{change.code}:{change.field}"
