"""What an import changes in what is answered, what depends on it, and what is held for it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.settings import Settings
from api.wiring.knowledge import Ours, read_ours
from api.wiring.language import PHRASES
from knowledge.changes import Changes, changes_between
from knowledge.codec import decode
from knowledge.dependants import Dependant, dependants, touched_entries
from knowledge.holds import Hold, holds_after
from knowledge.merging import Disagreement
from knowledge.procedure import Procedure
from knowledge.unfollowed import hidden_changes

Texts = Mapping[str, str]
"""Records by code, as the store keeps them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of records under our entries: what was answered, and what will be."""

    changes: Changes
    before: Mapping[str, Procedure]
    """Of the codes whose records differ."""
    after: Mapping[str, Procedure]
    disagreements: tuple[Disagreement, ...]
    """Where our entries and the new records state different facts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an official is told of an import before anything is stored."""

    changes: Changes
    disagreements: tuple[Disagreement, ...]
    dependants: tuple[Dependant, ...]
    """Every text that says a value which changed."""
    holds: tuple[Hold, ...]
    """All that is held from now on."""
    fresh: tuple[Hold, ...]
    """Those of `holds` that were not held before."""
    freed: tuple[Hold, ...]
    """What is held no longer, since its value returned or its code is gone."""


def compare(ours: Ours, old: Texts, new: Texts) -> Comparison:
    """Compare what is answered from two sets of records; only records that differ are decoded."""
    differing = {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}
    # Of a new code without an entry of ours nothing was answered: that it is new says it all.
    compared = {code for code in differing if code in old or code in ours.procedures}
    before, after = (_answered(ours, texts, compared) for texts in (old, new))
    found = changes_between(before, after)
    codes = {*found.new, *(differing - compared)}
    told = ours.over(_records(new, ours.procedures.keys()), only=ours.procedures.keys())
    was, now = (_records(texts, compared & ours.procedures.keys()) for texts in (old, new))
    hidden = hidden_changes(was, now, after, found.changed)
    changes = Changes(tuple(sorted(codes)), found.removed, found.changed, hidden)
    return Comparison(changes, before, after, told.disagreements)


def judge(
    settings: Settings,
    comparison: Comparison,
    open_holds: Sequence[Hold],
    goldens: Iterable[Path],
    now: datetime | None,
) -> Verdict:
    """Return what depends on the changes and what is held.

    Args:
        settings: where the content is.
        comparison: the changes.
        open_holds: what is held already.
        goldens: folders of golden conversations that are searched too.
        now: the time of the import; None: nothing new is held, as at the first import.

    Raises:
        KnowledgeError: a file of the content has a fault.
    """
    from knowledge.faq_yaml import load_faqs  # noqa: PLC0415 - YAML
    from knowledge.watched import watched_texts  # noqa: PLC0415

    changes = comparison.changes
    content, held = settings.content_folder, tuple(open_holds)
    changed = changes.every
    texts = watched_texts(content, PHRASES, goldens) if changed else ()
    touched = touched_entries(changed, load_faqs(content)) if changed else ()
    if now is not None:
        held = holds_after(held, changes, comparison.before, comparison.after, touched, now)
    known, kept = ({hold.place for hold in some} for some in (open_holds, held))
    return Verdict(
        changes,
        comparison.disagreements,
        dependants(changed, texts),
        held,
        fresh=tuple(hold for hold in held if hold.place not in known),
        freed=tuple(hold for hold in open_holds if hold.place not in kept),
    )


def read_and_compare(settings: Settings, old: Texts, new: Texts) -> Comparison:
    """Read our entries and compare.

    Raises:
        KnowledgeError: a file of the content has a fault.
    """
    return compare(read_ours(settings.content_folder), old, new)


def _answered(ours: Ours, texts: Texts, codes: Collection[str]) -> dict[str, Procedure]:
    merged = ours.over(_records(texts, codes), only=codes)
    return {one.code: one for one in merged.procedures}


def _records(texts: Texts, codes: Iterable[str]) -> dict[str, Procedure]:
    return {code: decode(json.loads(texts[code])) for code in codes if code in texts}
