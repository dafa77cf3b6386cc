"""Which procedures can be filed online, and what is stated of their level; facts of records only.

Left out: records that cannot be trusted (`Procedure.suspect`), those whose successor is here and
stands for them, and on a given day those that do not hold yet or any more. A record whose
successor is not here stays, with the new code beside it: else nothing would be known of it.
"""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from knowledge.procedure import (
    FilingChannel,
    Level,
    OnlineLevel,
    OnlineStatement,
    Procedure,
)
from knowledge.service_fields import Fields, ServiceField
from knowledge.text import fold, syllables

_MOST_DAYS: Final = 2
"""Days, or sets of held records, whose catalogues are kept."""


_MOST_PARTS: Final = 64
"""Fields and levels whose parts are kept: those that people ask for again and again."""


class Stated(StrEnum):
    """What is stated of filing a procedure online; each procedure stands in one group."""

    FULL = "full"
    """A decision, or the record's source, states toàn trình."""
    PARTIAL = "partial"
    """The same for một phần."""
    DIFFERS = "differs"
    """Decisions state different levels."""
    UNSTATED = "unstated"
    """The record names filing online; nobody is known to state the level. Never counted as full."""
    NOT_NAMED = "not_named"
    """The record names no filing online, and nobody states a level."""
    UNKNOWN = "unknown"
    """The record names no way of filing at all, or it changed and waits to be confirmed."""


ONLINE: Final = frozenset({Stated.FULL, Stated.PARTIAL, Stated.DIFFERS, Stated.UNSTATED})
"""Groups of what can be filed online, as the record or a decision states."""

_OF_LEVEL: Final = {OnlineLevel.FULL: Stated.FULL, OnlineLevel.PARTIAL: Stated.PARTIAL}

CITIZENS_LEVELS: Final = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, Level.OTHER)
"""Nearest to the citizen first."""


@dataclass(frozen=True, slots=True)
class OnlineService:
    """What is known of filing one procedure online."""

    code: str
    name: str
    """The official name."""
    label: str
    """A short plain name; empty: none but the official one."""
    field: ServiceField
    levels: tuple[Level, ...]
    """Nearest to the citizen first."""
    online: bool | None
    """Whether the record names filing online; None: it names no way of filing, or is held."""
    stated: Stated
    statements: tuple[OnlineStatement, ...]
    """Who states which level; empty: nobody is known to."""
    url: str
    """Its page on the National Public Service Portal; empty: the record has none."""
    decision: str
    """That publishes the procedure; empty: the record names none."""
    origin: str
    as_of: str
    """Date of the data, see `knowledge.procedure.Source`; empty: unknown."""
    popularity: int
    """0 to 5: our own judgement, no fact."""
    changed_to: tuple[str, ...] = ()
    """Newer codes whose records are not here."""
    valid_from: str = ""
    valid_to: str = ""
    words: str = dataclasses.field(default="", repr=False, compare=False)
    """Folded: what a search looks in."""

    @property
    def title(self) -> str:
        """The short plain name where there is one, else the official name."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; nothing set: everything."""

    words: str = ""
    """As typed; every word must be there, accents or not."""
    field: str = ""
    """Key of a field."""
    level: Level | None = None
    stated: frozenset[Stated] = frozenset()
    """Any of these; empty: all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many procedures stand in each group."""

    groups: Mapping[Stated, int]
    """All groups, those without any too."""

    @classmethod
    def of(cls, services: Iterable[OnlineService]) -> "Counts":
        """Count each service once."""
        counted = Counter(one.stated for one in services)
        return cls({group: counted[group] for group in Stated})

    @property
    def total(self) -> int:
        """All together."""
        return sum(self.groups.values())

    @property
    def online(self) -> int:
        """Those that can be filed online, at whatever level."""
        return sum(self.groups[group] for group in ONLINE)


@dataclass(frozen=True, slots=True)
class Part:
    """The services of a field and a level."""

    services: tuple[OnlineService, ...]
    """In the order of `OnlineServices.all`."""
    counts: Counts
    origins: tuple[tuple[str, str], ...]
    """See `origins_of`."""


def _distance(service: OnlineService, phrase: str) -> tuple[int, int, int]:
    """Return how far it is from folded words, a blank before each; what is asked for most first."""
    title = "".join(f" {word}" for word in syllables(fold(service.title)))
    apart = 0 if phrase in title else 1 if phrase in service.words else 2
    return apart, -service.popularity, title.count(" ")


class OnlineServices:
    """All services of a library, most asked for first, then by name."""

    def __init__(self, services: Iterable[OnlineService], fields: Fields) -> None:
        """Take the services and the fields they name."""
        self.all: tuple[OnlineService, ...] = tuple(
            sorted(services, key=lambda one: (-one.popularity, fold(one.title), one.code))
        )
        self.fields = fields
        self._dated = any(one.valid_from or one.valid_to for one in self.all)
        self._told = lru_cache(maxsize=_MOST_DAYS)(self._on)
        self._counts = lru_cache(maxsize=_MOST_DAYS)(self._count_fields)
        self._parts = lru_cache(maxsize=_MOST_PARTS)(self._part)

    @classmethod
    def of(cls, procedures: Iterable[Procedure]) -> "OnlineServices":
        """Gather what the records state."""
        sound = [one for one in procedures if not one.suspect]
        codes = {one.code for one in sound}
        kept = [one for one in sound if not codes & set(one.changed_to)]
        fields = Fields.of(one.field for one in kept)
        return cls((_service(one, fields) for one in kept), fields)

    def told(self, today: str = "", held: frozenset[str] = frozenset()) -> "OnlineServices":
        """Return what may be told.

        Args:
            today: ISO date; records that do not hold on it are left out. Empty: all stay.
            held: codes of which nothing is told of filing online, until it is confirmed.
        """
        if not held and not (self._dated and today):
            return self
        return self._told(today if self._dated else "", held)

    def _on(self, today: str, held: frozenset[str]) -> "OnlineServices":
        valid = (one for one in self.all if not today or _holds_on(one, today))
        services = (_withheld(one) if one.code in held else one for one in valid)
        return OnlineServices(services, self.fields)

    @cached_property
    def digest(self) -> str:
        """What changes whenever a service does; also from one release of ours to another."""
        told = hashlib.sha256()
        for one in self.all:
            told.update(repr(one).encode())
        return told.hexdigest()

    def select(self, wanted: Wanted) -> tuple[OnlineService, ...]:
        """Return what fits: with words, what is named so first; else in the order of `all`."""
        words = tuple(f" {word}" for word in syllables(fold(wanted.words)))
        found = tuple(
            one
            for one in self.all
            if (not wanted.stated or one.stated in wanted.stated)
            and (wanted.level is None or wanted.level in one.levels)
            and (not wanted.field or one.field.key == wanted.field)
            and all(word in one.words for word in words)
        )
        phrase = "".join(words)
        return tuple(sorted(found, key=lambda one: _distance(one, phrase))) if words else found

    def part(self, field: str = "", level: Level | None = None) -> Part:
        """Return what a field (by key; empty: all) and a level (None: all) hold; it is kept."""
        return self._parts(field, level)

    def _part(self, field: str, level: Level | None) -> Part:
        services = self.select(Wanted(field=field, level=level))
        return Part(services, Counts.of(services), origins_of(services))

    def by_field(self) -> tuple[tuple[ServiceField, Counts], ...]:
        """Return the counts of every field, those with most online services first."""
        return self._counts()

    def _count_fields(self) -> tuple[tuple[ServiceField, Counts], ...]:
        of_field: dict[ServiceField, list[OnlineService]] = {}
        for one in self.all:
            of_field.setdefault(one.field, []).append(one)
        counted = ((one, Counts.of(services)) for one, services in of_field.items())
        return tuple(
            sorted(counted, key=lambda pair: (-pair[1].online, -pair[1].total, pair[0].name))
        )


def origins_of(services: Iterable[OnlineService]) -> tuple[tuple[str, str], ...]:
    """Return who published the records and the dates of the data, the most frequent first."""
    counted = Counter((one.origin, one.as_of) for one in services)
    return tuple(sorted(counted, key=lambda pair: (-counted[pair], pair)))


def _service(procedure: Procedure, fields: Fields) -> OnlineService:
    named = any(method.channel is FilingChannel.ONLINE for method in procedure.methods)
    online = named if procedure.methods else None
    statements = _statements(procedure)
    said = (procedure.code, procedure.name, procedure.label, procedure.field, *procedure.aliases)
    return OnlineService(
        code=procedure.code,
        name=procedure.name,
        label=procedure.label,
        field=fields.of_name(procedure.field),
        levels=tuple(level for level in CITIZENS_LEVELS if level in procedure.levels),
        online=online,
        stated=_group(statements, online=online),
        statements=statements,
        url=procedure.url,
        decision=procedure.source.decision,
        origin=procedure.source.origin,
        as_of=procedure.source.as_of,
        popularity=procedure.popularity,
        changed_to=procedure.changed_to,
        valid_from=procedure.valid_from,
        valid_to=procedure.valid_to,
        words=f" {' '.join(word for text in said for word in syllables(fold(text)))} ",
    )


def _statements(procedure: Procedure) -> tuple[OnlineStatement, ...]:
    if procedure.online_levels or procedure.online_level is None:
        return procedure.online_levels
    return (OnlineStatement(procedure.online_level, procedure.online_level_source),)


def _group(statements: Iterable[OnlineStatement], *, online: bool | None) -> Stated:
    levels = {_OF_LEVEL[one.level] for one in statements}
    if len(levels) > 1:
        return Stated.DIFFERS
    if levels:
        return levels.pop()
    if online is None:
        return Stated.UNKNOWN
    return Stated.UNSTATED if online else Stated.NOT_NAMED


def _withheld(service: OnlineService) -> OnlineService:
    return replace(service, online=None, stated=Stated.UNKNOWN, statements=())


def _holds_on(service: OnlineService, today: str) -> bool:
    begun = not service.valid_from or service.valid_from <= today
    return begun and (not service.valid_to or today <= service.valid_to)
