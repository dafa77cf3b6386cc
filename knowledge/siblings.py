"""Procedures that citizens mix up, and the one question that tells them apart.

Eleven procedures register a birth. Their official names share the first ten words, so a citizen
is asked about her own case ("Bố mẹ bé đều là người Việt?") and not for a name.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

GROUP_MARK = "@"
"""Stands before the key of a group where a code could stand: "@ket-hon-lai"."""


@dataclass(frozen=True, slots=True)
class Case:
    """One answer to a group's question."""

    label: str
    """As on the button, at most 40 characters."""
    code: str = ""
    """The procedure of this case; empty: a second question follows, see `then`."""
    then: str = ""
    """Key of the group whose question follows."""
    signs: tuple[str, ...] = ()
    """Words of a message that decide for this case: "làm rơi", "người nước ngoài"."""

    @property
    def target(self) -> str:
        """The code, or the key of the group that follows, marked."""
        return self.code or f"{GROUP_MARK}{self.then}"


@dataclass(frozen=True, slots=True)
class SiblingGroup:
    """A question and its answers; the most usual answer first."""

    key: str
    """The name of its file."""
    question: str
    cases: tuple[Case, ...]
    usual: str = ""
    """The code that is meant where nothing but the subject is said ("khai sinh cần gì")."""


class Siblings:
    """All groups. A code stands in one group at most, and a group follows one case at most."""

    def __init__(self, groups: Iterable[SiblingGroup] = ()) -> None:
        self._groups = {group.key: group for group in groups}
        self._holder = {
            case.code: group for group in self._groups.values() for case in group.cases if case.code
        }
        self._before = {
            case.then: group for group in self._groups.values() for case in group.cases if case.then
        }

    def __iter__(self) -> Iterator[SiblingGroup]:
        return iter(self._groups.values())

    def __len__(self) -> int:
        return len(self._groups)

    def within(self, known: Container[str]) -> "Siblings":
        """Return the groups without the codes that are not `known`; one case alone is no group.

        A second question with one answer left is not asked: its case takes its place.
        """
        left = {
            group.key: [case for case in group.cases if not case.code or case.code in known]
            for group in self
        }
        groups = [
            replace(group, cases=tuple(_without_question(case, left) for case in left[group.key]))
            for group in self
        ]
        sound = [
            replace(one, cases=tuple(case for case in one.cases if case.label)) for one in groups
        ]
        return Siblings(group for group in sound if len(group.cases) > 1)

    def get(self, key: str) -> SiblingGroup | None:
        """Return the group of `key`."""
        return self._groups.get(key)

    def holding(self, code: str) -> tuple[SiblingGroup, ...]:
        """Return the group in which `code` stands, and the one whose question comes before."""
        own = self._holder.get(code)
        if own is None:
            return ()
        before = self._before.get(own.key)
        return (own,) if before is None else (own, before)

    def codes(self, case: Case) -> tuple[str, ...]:
        """Return the codes to which `case` can lead, in their order."""
        if case.code:
            return (case.code,)
        return self.behind(case.target)

    def behind(self, target: str) -> tuple[str, ...]:
        """Return the codes behind `Case.target`: itself, or those of the group that follows."""
        if not target.startswith(GROUP_MARK):
            return (target,)
        group = self._groups.get(target.removeprefix(GROUP_MARK))
        return tuple(one.code for one in group.cases if one.code) if group else ()


def _without_question(case: Case, left: Mapping[str, Sequence[Case]]) -> Case:
    """Return the case, with the code of the one answer left to its question; nameless: none is."""
    if not case.then or len(left.get(case.then, ())) > 1:
        return case
    only = next(iter(left.get(case.then, ())), None)
    return replace(case, code=only.code, then="") if only else replace(case, label="")
