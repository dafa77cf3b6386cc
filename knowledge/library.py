"""The library: every procedure by its code, and finding the right one by what people say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypedDict, Unpack

from knowledge.faq_finder import MOST_SEARCHES, FaqShelf
from knowledge.guides import Guide, Guides, Trouble
from knowledge.index import Index, distance, twin_groups
from knowledge.online_services import OnlineServices
from knowledge.procedure import Procedure
from knowledge.question import Reader
from knowledge.ranking import RANKING, Ranking
from knowledge.scoring import Scored, Scorer, Signal
from knowledge.siblings import Siblings
from knowledge.synonyms import Vocabulary
from knowledge.tables import Table
from knowledge.tables_generic import derive

_MOST_TABLES = 1024
"""Tables that are kept: deriving one takes a millisecond, and every answer asks for one."""


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure that fits, and how well."""

    procedure: Procedure
    score: float
    """0 to 1, comparable between questions."""
    heard: float
    """Share of the question's mass that the record holds anywhere, 0 to 1."""
    said: float
    """Share of the question's mass that the best name or alias holds, 0 to 1."""
    named: float
    """Share of that name's mass that the question says, 0 to 1."""
    scored: Scored

    @property
    def why(self) -> tuple[Signal, ...]:
        """The reasons for the score; they add up to it."""
        return self.scored.why


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a library knows of its codes beside the index."""

    suspects: frozenset[str] = frozenset()
    successors: Mapping[str, tuple[str, ...]] | None = None
    """Former codes and the codes here that took their place, nearest to the citizen first."""
    predecessors: Mapping[str, tuple[str, ...]] | None = None
    """Newer codes that are not here and the codes here that they replaced, nearest first."""
    twins: Mapping[str, tuple[str, ...]] | None = None
    """Codes and all codes that share their name, nearest to the citizen first."""
    siblings: Siblings = Siblings()  # noqa: RUF009 - immutable
    faqs: FaqShelf = field(default_factory=FaqShelf.of)
    tables: Mapping[str, Table] = field(default_factory=dict)
    """The decision tables that somebody wrote, by code."""
    guides: Guides = field(default_factory=Guides)
    """How dossiers are filed, step by step."""

    @classmethod
    def of(
        cls,
        procedures: Iterable[Procedure],
        siblings: Siblings | None = None,
        faqs: FaqShelf | None = None,
        tables: Mapping[str, Table] | None = None,
        guides: Guides | None = None,
    ) -> "Catalogue":
        """Note suspects, successors and level twins of `procedures`."""
        everything = tuple(procedures)
        sound = [procedure for procedure in everything if not procedure.suspect]
        return cls(
            suspects=frozenset(one.code for one in everything if one.suspect),
            successors=_successors(everything),
            predecessors=_predecessors(sound),
            twins=twin_groups(sound),
            siblings=(siblings or Siblings()).within({procedure.code for procedure in sound}),
            faqs=FaqShelf.of() if faqs is None else faqs,
            tables=tables or {},
            guides=guides or Guides(),
        )


def _successors(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, int] = {}
    followed: dict[str, list[str]] = {}
    for procedure in procedures:
        codes[procedure.code] = distance(procedure)
        for former in procedure.former_codes:
            followed.setdefault(former, []).append(procedure.code)
        followed.setdefault(procedure.code, []).extend(procedure.changed_to)
    return {
        former: tuple(sorted({code for code in now if code in codes}, key=lambda c: (codes[c], c)))
        for former, now in sorted(followed.items())
        if former not in codes or any(code in codes for code in now)
    }


def _predecessors(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    """Return the codes of which only what they replaced is here, and that, nearest first."""
    replaced: dict[str, list[tuple[int, str]]] = {}
    known = {procedure.code for procedure in procedures}
    for procedure in procedures:
        for code in set(procedure.changed_to) - known:
            replaced.setdefault(code, []).append((distance(procedure), procedure.code))
    return {code: tuple(old for _, old in sorted(olds)) for code, olds in sorted(replaced.items())}


class Beside(TypedDict, total=False):
    """What a library may hold beside its procedures; see `Catalogue`."""

    siblings: Siblings
    faqs: FaqShelf
    tables: Mapping[str, Table]
    guides: Guides


class Library:
    """All procedures. Searching is deterministic and touches no disk but through `records`."""

    def __init__(
        self,
        records: Mapping[str, Procedure],
        index: Index,
        catalogue: Catalogue,
        vocabulary: Vocabulary,
        ranking: Ranking = RANKING,
    ) -> None:
        self._records = records
        self._index = index
        self._catalogue = catalogue
        self._reader = Reader(vocabulary.phrases(), index.bare.keys(), ranking)
        self._scorer = Scorer(index, ranking)
        self._found = lru_cache(maxsize=MOST_SEARCHES)(self._look_for)
        self._tables = lru_cache(maxsize=_MOST_TABLES)(self._table)
        self._services = lru_cache(maxsize=1)(self._gather_services)

    @classmethod
    def of(
        cls,
        procedures: Iterable[Procedure],
        vocabulary: Vocabulary | None = None,
        ranking: Ranking = RANKING,
        **beside: Unpack[Beside],
    ) -> "Library":
        """Index `procedures`; of two with the same code the later one counts."""
        words = vocabulary or Vocabulary()
        records = {procedure.code: procedure for procedure in procedures}
        everything = [records[code] for code in sorted(records)]
        sound = [procedure for procedure in everything if not procedure.suspect]
        index = Index.of(sound, words, ranking)
        catalogue = Catalogue.of(everything, **beside)
        return cls(records, index, catalogue, words, ranking)

    def __len__(self) -> int:
        return len(self._records)

    def codes(self) -> tuple[str, ...]:
        """Return all codes, sorted, suspects included."""
        return tuple(sorted(self._records))

    def get(self, code: str) -> Procedure | None:
        """Return the procedure of `code`, None where there is none; see `Procedure.suspect`."""
        return self._records.get(code)

    def resolve(self, code: str) -> tuple[Procedure, ...]:
        """Return the procedure of `code`, else those that took its place, else nothing."""
        if code in self._records:
            return (self._records[code],)
        now = (self._catalogue.successors or {}).get(code, ())
        return tuple(self._records[new] for new in now)

    def predecessors(self, code: str) -> tuple[Procedure, ...]:
        """Return what a newer code replaced, where only that is known; nearest first."""
        olds = (self._catalogue.predecessors or {}).get(code, ())
        return tuple(self._records[old] for old in olds)

    def twins(self, code: str) -> tuple[Procedure, ...]:
        """Return the other procedures of the same name, nearest to the citizen first."""
        group = (self._catalogue.twins or {}).get(code, ())
        return tuple(self._records[other] for other in group if other != code)

    def table(self, code: str) -> Table | None:
        """Return the questions that sort the papers of `code`, written or derived.

        None: there is nothing to ask, every citizen brings the same papers.
        """
        return self._tables(code)

    def _table(self, code: str) -> Table | None:
        procedure = self._records.get(code)
        if procedure is None or procedure.suspect:
            return None
        return self._catalogue.tables.get(code) or derive(procedure)

    def guide(self, code: str) -> Guide:
        """Return how `code` is filed, step by step; the common guide where it has none."""
        return self._catalogue.guides.of(code)

    @property
    def troubles(self) -> Mapping[str, Trouble]:
        """What goes wrong while filing, by key."""
        return self._catalogue.guides.troubles

    def online_services(self) -> OnlineServices:
        """Return what is stated of filing each procedure online.

        The first call reads every record, which takes a while; it is kept.
        """
        return self._services()

    def _gather_services(self) -> OnlineServices:
        return OnlineServices.of(self._records[code] for code in sorted(self._records))

    @property
    def siblings(self) -> Siblings:
        """The questions that tell procedures of nearly the same name apart."""
        return self._catalogue.siblings

    @property
    def faqs(self) -> FaqShelf:
        """The answers to questions that belong to no procedure."""
        return self._catalogue.faqs

    def search(self, words: str, limit: int = 10) -> tuple[Match, ...]:
        """Return at most `limit` procedures that fit `words`, best first, equals by code.

        Suspect records are never found.
        """
        return self._found(words, limit)

    def _look_for(self, words: str, limit: int) -> tuple[Match, ...]:
        return tuple(
            Match(
                self._records[self._index.codes[one.row]],
                one.score,
                heard=one.heard,
                said=one.said,
                named=one.named,
                scored=one,
            )
            for one in self._scorer.best(self._reader.read(words), limit)
        )
