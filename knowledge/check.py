"""Everything that `motcua knowledge check` says: all faults of all files that people write."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from knowledge.code_changes import FILE as CODE_CHANGES
from knowledge.code_changes import CodeChange, read_code_changes
from knowledge.content import SHIPPED, ContentFile, read_procedures
from knowledge.content_paths import led_outside
from knowledge.errors import Fault
from knowledge.faq_check import check_faqs, check_finding
from knowledge.faq_yaml import FaqFile, read_faqs
from knowledge.guides_check import Known, check_guides
from knowledge.guides_yaml import read_guides
from knowledge.places_file import load_gazetteer
from knowledge.procedure import Procedure
from knowledge.profile_check import check_profiles
from knowledge.sayings import Sayings, against_records, read_sayings
from knowledge.siblings_file import read_siblings, unknown_codes
from knowledge.synonyms_check import check_entries
from knowledge.synonyms_file import read_entries
from knowledge.tables_check import against_records as tables_against_records
from knowledge.tables_yaml import read_tables
from knowledge.work_calendar_file import read_calendar

SYNONYMS = "synonyms.yaml"


def check(
    folder: Path = SHIPPED,
    profile: Path | None = None,
    imported: Iterable[Procedure] = (),
    on_ours: Callable[[tuple[Procedure, ...]], None] = lambda _ours: None,
) -> tuple[Fault, ...]:
    """Return every fault, sorted by file and line; none: the content may be served.

    Args:
        folder: the content folder.
        profile: the province's profile, beside those in `folder/profiles`.
        imported: imported records: codes and words that stand only there are known too.
        on_ours: called with our procedures, faulty or not.
    """
    if not folder.is_dir():
        return (Fault(folder.as_posix(), 0, "Không có thư mục này. Kiểm tra đường dẫn."),)
    reading = read_procedures(folder)
    on_ours(reading.procedures)
    changes, change_faults = read_code_changes(folder)
    sayings, saying_faults = read_sayings(folder)
    others = tuple(imported)
    records = [*reading.procedures, *others]
    faqs, faq_faults = read_faqs(folder)
    faults = [*led_outside(folder), *reading.faults, *change_faults, *saying_faults, *faq_faults]
    faults += against_records(sayings, records)
    faults += check_faqs(faqs, records, sayings, complete=bool(others))
    faults += check_finding(folder, faqs)
    faults += _code_changes(changes, reading.files, records, f"{folder.name}/{CODE_CHANGES}")
    faults += _synonyms(folder / SYNONYMS, records, sayings)
    groups, group_faults = read_siblings(folder)
    ours = frozenset(procedure.code for procedure in reading.procedures)
    codes = frozenset(record.code for record in records)
    faults += [*group_faults, *unknown_codes(groups, ours, codes)]
    faults += read_calendar(folder)[1]
    faults += _tables_and_guides(folder, records, faqs)
    profiles = sorted((folder / "profiles").glob("*.yaml"))
    paths = dict.fromkeys([*profiles, *([profile] if profile else [])])
    faults += check_profiles(paths, records, partial(load_gazetteer, folder))
    return tuple(sorted(set(faults)))


def _tables_and_guides(
    folder: Path, records: Iterable[Procedure], faqs: Iterable[FaqFile]
) -> Iterator[Fault]:
    tables, table_faults = read_tables(folder)
    guides, guide_faults = read_guides(folder)
    known = Known.of(records, (one.table for one in tables), (one.faq for one in faqs))
    yield from (*table_faults, *guide_faults)
    yield from tables_against_records(tables, records)
    yield from check_guides(guides, known)


def _code_changes(
    changes: Iterable[CodeChange],
    files: Iterable[ContentFile],
    records: Iterable[Procedure],
    table: str,
) -> Iterator[Fault]:
    """Yield rows that lead nowhere, codes that stand twice, entries that contradict the table."""
    known = {record.code for record in records}
    newer: dict[str, CodeChange] = {}
    for change in changes:
        if not known & {*change.old, *change.new}:
            yield Fault(table, 0, f"'{change.what}': không mã nào có trong dữ liệu. Xoá hoặc sửa.")
        for code in change.old:
            if newer.setdefault(code, change) is not change:
                yield Fault(table, 0, f"Mã {code} đổi ở hai mục khác nhau. Giữ một mục.")
    for file in files:
        ours = file.procedure
        change_of = newer.get(ours.code) if ours else None
        stated = set(ours.changed_to) if ours else set()
        if change_of and stated and not stated <= set(change_of.new):
            listed = ", ".join(change_of.new)
            yield Fault(
                file.file, file.lines["code"], f"'changed_to' khác bảng {CODE_CHANGES}: {listed}."
            )


def _synonyms(
    path: Path, records: Iterable[Procedure], sayings: Iterable[Sayings]
) -> Iterator[Fault]:
    _, entries, faults = read_entries(path)
    yield from faults
    if not faults:
        yield from check_entries(entries, records, sayings, path.name)
