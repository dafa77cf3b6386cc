"""What a new import says otherwise and our own entry hides, since it says it in our words.

Under the same decision merging keeps our wording, so that what is answered does not change where
the record did: a paper that was left out, a condition that was added. Whether our words still hold
only a person can tell, so the records themselves are compared, as they were imported.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from knowledge.changes import Change, Hidden, changes_of
from knowledge.facts import NO_LONGER, facts_of, told
from knowledge.procedure import Procedure

IN_OUR_WORDS: Final = frozenset(
    {"documents", "steps", "conditions", "agency", "where", "result", "forms", "who"}
)
"""The fields that merging leaves in our words while the decision stays the same."""


def hidden_changes(
    before: Mapping[str, Procedure],
    after: Mapping[str, Procedure],
    answered: Mapping[str, Procedure],
    told_already: Collection[Change],
) -> tuple[Hidden, ...]:
    """Return what the records of our entries say otherwise, by codes, each in order of fields.

    Nothing is said of a code that one side lacks or does not trust: there is nothing to compare.

    Args:
        before: records imported earlier, bare, of codes with an entry of ours.
        after: the same from the new import.
        answered: what will be answered from `after` under our entries.
        told_already: what changes in what is answered; it is not told twice.
    """  # fmt: skip
    known = {(one.code, one.field, one.part) for one in told_already}
    return tuple(
        one
        for code in sorted(before.keys() & after.keys() & answered.keys())
        for one in _of_record(before[code], after[code], answered[code])
        if (code, one.change.field, one.change.part) not in known
    )


def _of_record(before: Procedure, after: Procedure, answered: Procedure) -> Iterator[Hidden]:
    if not (facts_of(before) and facts_of(after)):
        return
    # These come from a table of their own: a side that states none was imported without it.
    papers = after.replaced_papers or before.replaced_papers
    after = replace(after, replaced_papers=papers)
    differing = {(one.field, one.part) for one in changes_of(answered, after)}
    for change in changes_of(before, after):
        if change.field not in IN_OUR_WORDS or _adds_beside(change):
            continue
        followed = (change.field, change.part) not in differing
        old, new = (told(record, change.field) for record in (before, after))
        yield Hidden(change, old, new, followed)


def _adds_beside(change: Change) -> bool:
    """Tell whether a table says for the first time that a paper is no longer wanted."""
    return change.part.startswith(NO_LONGER) and not change.old
