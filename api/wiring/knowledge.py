"""The procedures: our content, merged with the active import and with exports named beside it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.errors import KnowledgeUnusable
from api.settings import Settings
from knowledge.compiled import Sources, compiled_folder, fingerprint, load_or_build
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.procedure import Procedure
from knowledge.side_tables import is_side_table

if TYPE_CHECKING:
    from knowledge.code_changes import CodeChange
    from knowledge.faq_finder import FaqContent
    from knowledge.guides import Guides
    from knowledge.merging import Merged
    from knowledge.sayings import Sayings
    from knowledge.siblings import Siblings
    from knowledge.synonyms import Vocabulary
    from knowledge.tables import Table

CACHE: Final = "library"
"""The folder of compiled libraries, in DATA_FOLDER."""

Tell = Callable[[str], None]
"""Takes a line for an official, e.g. on a damaged line of an export."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The active revision of imported records."""

    digest: str = ""
    """Empty: nothing was imported."""
    load: Callable[[], Mapping[str, Procedure]] = dict
    """Reads the records, which takes a second; called only when no compiled library fits."""


def build_library(
    settings: Settings, exports: Sequence[Path], imported: Imported, tell: Tell
) -> Library:
    """Return the library of everything, from the cache in DATA_FOLDER where it fits.

    Args:
        settings: where the content and the cache are.
        exports: national exports to load over the import, in their order.
        imported: the active revision.
        tell: told what an official should know; the library works all the same.

    Raises:
        KnowledgeUnusable: the content or an export cannot be read.
    """
    every_export = (*settings.knowledge_paths, *exports)
    for path in (settings.content_folder, *every_export):
        if not path.exists():
            raise KnowledgeUnusable(f"Không thấy {path}. Hãy kiểm tra lại đường dẫn.")
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for without end
            raise KnowledgeUnusable(f"{path} không phải tệp thường. Ghi dữ liệu vào một tệp đã.")
    try:
        sources = _sources(settings, every_export, imported, tell)
        return load_or_build(sources, settings.data_folder / CACHE, tell)
    except KnowledgeError as error:
        raise KnowledgeUnusable(str(error)) from error
    except OSError as error:
        raise KnowledgeUnusable(
            f"Không đọc được {error.filename or settings.content_folder}. Hãy kiểm tra quyền đọc."
        ) from error


def is_compiled(settings: Settings, exports: Sequence[Path], imported: Imported) -> bool:
    """Tell whether `build_library` would find its library in the cache."""
    every_export = (*settings.knowledge_paths, *exports)
    try:
        sources = _sources(settings, every_export, imported, lambda _line: None)
        return compiled_folder(sources, settings.data_folder / CACHE).is_dir()
    except OSError:  # what is wrong is told by who builds it
        return False


def _sources(
    settings: Settings, exports: Sequence[Path], imported: Imported, tell: Tell
) -> Sources:
    content = settings.content_folder
    return Sources(
        fingerprint((content, *exports), imported.digest),
        lambda: merge(settings, exports, imported, tell).procedures,
        partial(_vocabulary, content),
        partial(_siblings, content),
        partial(_faqs, content),
        partial(_tables, content),
        partial(_guides, content),
    )


def merge(settings: Settings, exports: Sequence[Path], imported: Imported, tell: Tell) -> "Merged":
    """Read everything and put our entries over the records of the same code.

    Raises:
        KnowledgeError: the content or an export cannot be read.
    """
    from knowledge.importer import import_export  # noqa: PLC0415 - not with a fitting cache
    from knowledge.merging import Merged  # noqa: PLC0415
    from knowledge.side_facts import beside  # noqa: PLC0415

    records = dict(imported.load())
    for path in exports:
        if is_side_table(path):
            continue
        records, summary = import_export(path, records)
        for line in summary.damaged:
            tell(f"{path.name}, dòng {line.number}: {line.reason}")
    merged = read_ours(settings.content_folder).over(records)
    procedures, damaged = beside(merged.procedures, [one for one in exports if is_side_table(one)])
    for told in damaged:
        tell(told)
    return Merged(procedures, merged.disagreements)


@dataclass(frozen=True, slots=True)
class Ours:
    """What we write that goes over records of the same code."""

    procedures: Mapping[str, Procedure]
    """By code."""
    sayings: "tuple[Sayings, ...]"
    changes: "tuple[CodeChange, ...]"

    def over(
        self, records: Mapping[str, Procedure], only: Collection[str] | None = None
    ) -> "Merged":
        """Return what is answered from `records` and ours; `only`: from ours of these codes."""
        from knowledge.code_changes import with_code_changes  # noqa: PLC0415 - as above
        from knowledge.merging import Merged, merge_all  # noqa: PLC0415

        ours = [
            procedure for code, procedure in self.procedures.items() if only is None or code in only
        ]
        merged = merge_all(ours, records.values(), self.sayings)
        procedures = tuple(with_code_changes(merged.procedures, self.changes))
        return Merged(procedures, merged.disagreements)


def read_ours(content: Path) -> Ours:
    """Read our entries, what people say, and the table of codes.

    Raises:
        KnowledgeError: a file of the content has a fault.
    """
    from knowledge.code_changes import load_code_changes  # noqa: PLC0415 - YAML, as above
    from knowledge.content import load_procedures  # noqa: PLC0415
    from knowledge.sayings import load_sayings  # noqa: PLC0415

    procedures = {procedure.code: procedure for procedure in load_procedures(content)}
    return Ours(procedures, load_sayings(content), tuple(load_code_changes(content)))


def _vocabulary(content: Path) -> "Vocabulary":
    from knowledge.synonyms_file import load_vocabulary  # noqa: PLC0415 - YAML, as above

    return load_vocabulary(content / "synonyms.yaml")


def _siblings(content: Path) -> "Siblings":
    from knowledge.siblings_file import load_siblings  # noqa: PLC0415 - YAML, as above

    return load_siblings(content)


def _faqs(content: Path) -> "FaqContent":
    from knowledge.faq_yaml import load_faq_content  # noqa: PLC0415 - YAML, as above

    return load_faq_content(content)


def _tables(content: Path) -> "Mapping[str, Table]":
    from knowledge.tables_yaml import load_tables  # noqa: PLC0415 - YAML, as above

    return load_tables(content)


def _guides(content: Path) -> "Guides":
    from knowledge.guides_yaml import load_guides  # noqa: PLC0415 - YAML, as above

    return load_guides(content)
