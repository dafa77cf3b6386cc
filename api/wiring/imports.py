"""Importing exports into the database as a new revision: read, compare, hold, store, index."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.settings import Settings
from api.wiring.build import now, open_database
from api.wiring.compiling import Planned, compile_beside
from api.wiring.knowledge import Tell
from api.wiring.review import Verdict, judge, read_and_compare
from bot.errors import StoreUnavailable
from knowledge.holds import Hold
from knowledge.importer import Summary, import_texts
from knowledge.side_facts import keep_side_facts, side_texts
from knowledge.side_tables import is_side_table

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.revisions import Revision

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how much of it is done, and how much there is; 0: nobody knows."""

COMPARING: Final = "So sánh với bản đang dùng"
STORING: Final = "Lưu thành bản mới"
INDEXING: Final = "Dựng chỉ mục tìm kiếm"
NOT_INDEXED: Final = "Chưa dựng được chỉ mục trước; máy chủ sẽ tự dựng khi đổi sang bản này."
_MOST_TRIES: Final = 5
"""So often another import may come first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported."""

    paths: tuple[Path, ...]
    as_of: str = ""
    """The date of the data where an export tells none."""
    dry_run: bool = False
    """Compare and tell; store nothing."""
    replace: bool = False
    """The exports are all there is: what they do not hold is left out."""
    goldens: tuple[Path, ...] = ()
    """Folders of golden conversations in which changed values are looked for."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    summaries: tuple[tuple[Path, Summary], ...]
    """One for each file; tables behind the exports."""
    verdict: Verdict
    first: bool
    """Nothing was imported before."""
    kept_back: int
    """Records imported earlier that these files do not hold, and that stay."""
    records: int
    revision: int | None
    """None: it was a dry run."""
    changed: bool
    """False: exactly these records were there already."""


@dataclass(frozen=True, slots=True)
class _Read:
    texts: Mapping[str, str]
    summaries: tuple[tuple[Path, Summary], ...]
    kept_back: int


async def import_exports(
    settings: Settings, order: Order, on_progress: Progress, tell: Tell
) -> ImportReport:
    """Import over what was imported before, as one new revision; all or nothing.

    Raises:
        CannotStart: the database cannot be opened.
        StoreUnavailable: nothing was stored.
        KnowledgeError: an export cannot be read to its end; nothing was stored.
    """
    from api.store.revisions import RevisionMoved  # noqa: PLC0415 - SQL costs half a second

    if order.dry_run and not settings.has_database():
        return await asyncio.to_thread(_dry, settings, order, on_progress)
    async with open_database(settings) as database:
        for _ in range(_MOST_TRIES):
            try:
                return await _import(settings, database, order, on_progress, tell)
            except RevisionMoved:  # compare with what came first
                continue
    raise StoreUnavailable("Có lần nhập khác đang chạy. Chờ nó xong rồi nhập lại.")


async def _import(
    settings: Settings, database: "Database", order: Order, on_progress: Progress, tell: Tell
) -> ImportReport:
    """Store last: the index is ready before a server looks, and a killed import changed nothing."""
    from api.store.holds import KnowledgeHolds  # noqa: PLC0415 - as above
    from api.store.revisions import KnowledgeRevisions, Review, digest_of  # noqa: PLC0415

    revisions = KnowledgeRevisions(database)
    active, held = await revisions.active(), await KnowledgeHolds(database).open()
    old = await revisions.load(active) if active else {}
    read = await asyncio.to_thread(_read, old, order, on_progress)
    since = now() if active else None
    on_progress(COMPARING, 0, 0)
    verdict = await asyncio.to_thread(_weigh, settings, order, old, read, (held, since))
    on_progress(COMPARING, 1, 1)
    same = active is not None and old == read.texts
    report = _report(read, verdict, active, changed=not same)
    if order.dry_run:
        return report
    old = {}  # the program beside this one needs the memory
    if not same:
        on_progress(INDEXING, 0, 0)
        planned = Planned(digest_of(read.texts), read.texts)
        if not await asyncio.to_thread(compile_beside, settings, (), tell, planned):
            tell(NOT_INDEXED)
        on_progress(INDEXING, 1, 1)
    on_progress(STORING, 0, 0)
    origin = ", ".join(path.name for path in order.paths)
    kept = await revisions.keep(read.texts, origin, Review(active, verdict.holds))
    on_progress(STORING, 1, 1)
    return replace(report, revision=kept.revision.id, changed=kept.changed)


def _weigh(
    settings: Settings,
    order: Order,
    old: Mapping[str, str],
    read: _Read,
    held_since: tuple[tuple[Hold, ...], datetime | None],
) -> Verdict:
    held, since = held_since
    comparison = read_and_compare(settings, old, read.texts)
    return judge(settings, comparison, held, order.goldens, since)


def _dry(settings: Settings, order: Order, on_progress: Progress) -> ImportReport:
    """Compare with nothing imported; makes no database."""
    read = _read({}, order, on_progress)
    verdict = _weigh(settings, order, {}, read, ((), None))
    return _report(read, verdict, None, changed=True)


def _report(
    read: _Read, verdict: Verdict, active: "Revision | None", *, changed: bool
) -> ImportReport:
    return ImportReport(
        read.summaries,
        verdict,
        first=active is None,
        kept_back=read.kept_back,
        records=len(read.texts),
        revision=None,
        changed=changed,
    )


def _read(old: Mapping[str, str], order: Order, on_progress: Progress) -> _Read:
    stored, imported = dict(old), dict[str, str]()
    summaries: list[tuple[Path, Summary]] = []
    tables = [path for path in order.paths if is_side_table(path)]
    exports = [path for path in order.paths if path not in tables]
    for path in exports:

        def tell(done: int, total: int, path: Path = path) -> None:
            on_progress(path.name, done, total)

        fresh, summary = import_texts(path, stored, order.as_of, tell)
        fresh = fresh if order.replace else keep_side_facts(fresh, stored, summary)
        stored |= fresh
        imported |= fresh
        summaries.append((path, summary))
    texts = imported if order.replace and exports else stored
    for path in tables:  # they speak of records, and come behind them
        fresh, summary = side_texts(path, texts)
        texts |= fresh
        summaries.append((path, summary))
    kept_back = len(old.keys() - imported.keys()) if exports else 0
    return _Read(texts, tuple(summaries), kept_back)
