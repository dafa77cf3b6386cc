"""The procedures: our content, merged with the active import and with exports named beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.errors import KnowledgeUnusable
from api.settings import Settings
from knowledge.compiled import Sources, fingerprint, load_or_build
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.procedure import Procedure

if TYPE_CHECKING:
    from knowledge.faq_finder import FaqContent
    from knowledge.merging import Merged
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
    content = settings.content_folder
    every_export = (*settings.knowledge_paths, *exports)
    for path in (content, *every_export):
        if not path.exists():
            raise KnowledgeUnusable(f"Không thấy {path}. Hãy kiểm tra lại đường dẫn.")
    try:
        sources = Sources(
            fingerprint((content, *every_export), imported.digest),
            lambda: merge(settings, every_export, imported, tell).procedures,
            partial(_vocabulary, content),
            partial(_siblings, content),
            partial(_faqs, content),
            partial(_tables, content),
        )
        return load_or_build(sources, settings.data_folder / CACHE, tell)
    except KnowledgeError as error:
        raise KnowledgeUnusable(str(error)) from error
    except OSError as error:
        raise KnowledgeUnusable(
            f"Không đọc được {error.filename or content}. Hãy kiểm tra quyền đọc."
        ) from error


def merge(settings: Settings, exports: Sequence[Path], imported: Imported, tell: Tell) -> "Merged":
    """Read everything and put our entries over the records of the same code.

    Raises:
        KnowledgeError: the content or an export cannot be read.
    """
    from knowledge.code_changes import load_code_changes, with_code_changes  # noqa: PLC0415
    from knowledge.content import load_procedures  # noqa: PLC0415 - YAML, not with a fitting cache
    from knowledge.importer import import_export  # noqa: PLC0415
    from knowledge.merging import Merged, merge_all  # noqa: PLC0415
    from knowledge.sayings import load_sayings  # noqa: PLC0415

    records = dict(imported.load())
    for path in exports:
        records, summary = import_export(path, records)
        for line in summary.damaged:
            tell(f"{path.name}, dòng {line.number}: {line.reason}")
    content = settings.content_folder
    merged = merge_all(load_procedures(content), records.values(), load_sayings(content))
    changes = load_code_changes(content)
    return Merged(tuple(with_code_changes(merged.procedures, changes)), merged.disagreements)


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
