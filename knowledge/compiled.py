"""A library that need not be built again: index and records on disk, found by their inputs.

A folder `library-<key>` holds four files and their checksums. The key is the hash of everything
that went in, so a stale folder is never read. Nothing here is ever unpickled.
"""

import hashlib
import json
import mmap
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import RecordDamaged, reason_of
from knowledge.faq_codec import decode_faq, encode_faq
from knowledge.faq_finder import FaqContent, FaqShelf, shelf_beside
from knowledge.guides import Guides
from knowledge.guides_codec import decode_guides, encode_guides
from knowledge.index import Index
from knowledge.library import Catalogue, Library
from knowledge.packed_index import pack_index, texts_of_index, unpack_index, unpack_vocabulary
from knowledge.procedure import Procedure
from knowledge.ranking import RANKING
from knowledge.records import Read, Records, as_lines, from_memory
from knowledge.siblings import Case, SiblingGroup, Siblings
from knowledge.synonyms import Vocabulary
from knowledge.tables import Table
from knowledge.tables_codec import decode_table, encode_table

_ARRAYS, _FAQS, _WORDS = "arrays.npz", "faqs.npz", "words.json"
_RECORDS, _SUMS = "records.jsonl", "sums.json"
_KEPT = 3
"""Folders kept: the one in use, the one before (rollback), one of another replica."""
_DAMAGE = (
    *(OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, EOFError),
    RecordDamaged,
)
"""What reading a damaged folder can raise; each means: build it again."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a library is made of; read only when nothing compiled fits."""

    fingerprint: str
    """Changes whenever an input does; see `fingerprint`."""
    procedures: Callable[[], Iterable[Procedure]]
    """Imported and own procedures, merged; of equal codes the later one counts."""
    vocabulary: Callable[[], Vocabulary]
    siblings: Callable[[], Siblings] = Siblings
    faqs: Callable[[], FaqContent] = FaqContent
    tables: Callable[[], Mapping[str, Table]] = dict
    guides: Callable[[], Guides] = Guides


def fingerprint(paths: Iterable[Path], *revisions: str) -> str:
    """Return the hash of the files under `paths` (names and bytes) and of revision names.

    Raises:
        OSError: a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for file in files:
            name = file.relative_to(path).as_posix() if file != path else ""
            digest.update(f"{name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    digest.update("\0".join(("", *revisions)).encode())
    return digest.hexdigest()


def load_or_build(
    sources: Sources,
    cache_folder: Path | None,
    on_trouble: Callable[[str], None] = lambda _message: None,
) -> Library:
    """Return the library of `sources`, from `cache_folder` if it was built before.

    Args:
        sources: what the library is made of.
        cache_folder: where compiled libraries are kept; None: build, keep nothing.
        on_trouble: told in Vietnamese when the cache cannot be read or written; the library
            works all the same.

    Raises:
        knowledge.errors.KnowledgeError: the sources themselves cannot be read.
    """
    if cache_folder is None:
        return _build(sources).library()
    folder = compiled_folder(sources, cache_folder)
    if folder.is_dir():
        try:
            return _load(folder)
        except _DAMAGE as error:
            on_trouble(f"Bản biên dịch '{folder.name}' bị hỏng ({_told(error)}); đang dựng lại.")
            shutil.rmtree(folder, ignore_errors=True)
    parts = _build(sources)
    try:
        _save(parts, folder)
        return _load(folder)
    except _DAMAGE as error:
        on_trouble(
            f"Không ghi được vào '{cache_folder}' ({_told(error)}); lần sau sẽ phải dựng lại. "
            "Kiểm tra quyền ghi và chỗ trống của thư mục này."
        )
        return parts.library()


def compiled_folder(sources: Sources, cache_folder: Path) -> Path:
    """Return the folder in which the library of `sources` is kept once it is built."""
    return cache_folder / f"library-{_key(sources)[:32]}"


def _told(error: Exception) -> str:
    """Return what happened without the words of Python; our own damage words itself."""
    if isinstance(error, OSError):
        return reason_of(error)
    return str(error) if isinstance(error, RecordDamaged) else "nội dung không đọc được"


@dataclass(frozen=True, slots=True)
class _Parts:
    """A library before it is put together."""

    index: Index
    catalogue: Catalogue
    vocabulary: Vocabulary
    block: bytes
    places: Mapping[str, tuple[int, int]]

    def library(self, read: Read | None = None) -> Library:
        records = Records(self.places, read or from_memory(self.block))
        return Library(records, self.index, self.catalogue, self.vocabulary)


def _build(sources: Sources) -> _Parts:
    vocabulary = sources.vocabulary()
    by_code = {procedure.code: procedure for procedure in sources.procedures()}
    everything = [by_code[code] for code in sorted(by_code)]
    sound = [procedure for procedure in everything if not procedure.suspect]
    block, places = as_lines(everything)
    index = Index.of(sound, vocabulary, RANKING)
    shelf = shelf_beside(sources.faqs(), sound, vocabulary)
    catalogue = Catalogue.of(
        everything, sources.siblings(), shelf, sources.tables(), sources.guides()
    )
    return _Parts(index, catalogue, vocabulary, block, places)


def _key(sources: Sources) -> str:
    """Return the key: inputs, and the code that turns them into an index."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    return fingerprint(code, sources.fingerprint, np.__version__)


def _save(parts: _Parts, folder: Path) -> None:
    """Write `folder` all or nothing: into a folder beside it, then renamed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    files = {
        _ARRAYS: pack_index(parts.index),
        _FAQS: pack_index(parts.catalogue.faqs.index),
        _WORDS: _words(parts),
        _RECORDS: parts.block,
    }
    sums = {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
    files[_SUMS] = json.dumps(sums).encode()
    fresh = Path(tempfile.mkdtemp(prefix=".library-", dir=folder.parent))
    try:
        for name, held in files.items():
            (fresh / name).write_bytes(held)
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process built the same one meanwhile
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _forget_old(folder)


def _forget_old(current: Path) -> None:
    folders = [one for one in current.parent.glob("library-*") if one != current]
    by_age = sorted(folders, key=lambda one: one.stat().st_mtime, reverse=True)
    for old in by_age[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _words(parts: _Parts) -> bytes:
    catalogue = parts.catalogue
    return json.dumps(
        {
            **texts_of_index(parts.index),
            "suspects": sorted(catalogue.suspects),
            "successors": catalogue.successors,
            "predecessors": catalogue.predecessors,
            "twins": catalogue.twins,
            "siblings": [asdict(group) for group in catalogue.siblings],
            "faqs": [encode_faq(faq) for faq in catalogue.faqs],
            "tables": [encode_table(table) for table in catalogue.tables.values()],
            "guides": encode_guides(catalogue.guides),
            "faq_index": texts_of_index(catalogue.faqs.index),
            "faq_words": asdict(catalogue.faqs.words),
            "vocabulary": asdict(parts.vocabulary),
            "places": parts.places,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _load(folder: Path) -> Library:
    sums = json.loads((folder / _SUMS).read_bytes())
    arrays = _checked(folder / _ARRAYS, sums[_ARRAYS])
    words = json.loads(_checked(folder / _WORDS, sums[_WORDS]))
    with (folder / _RECORDS).open("rb") as records:
        _check(_RECORDS, hashlib.file_digest(records, "sha256").hexdigest(), sums[_RECORDS])
    parts = _Parts(
        index=unpack_index(arrays, words),
        catalogue=Catalogue(
            suspects=frozenset(words["suspects"]),
            successors={former: tuple(now) for former, now in words["successors"].items()},
            predecessors={new: tuple(olds) for new, olds in words["predecessors"].items()},
            twins={code: tuple(twins) for code, twins in words["twins"].items()},
            siblings=Siblings(_group(plain) for plain in words["siblings"]),
            faqs=FaqShelf(
                map(decode_faq, words["faqs"]),
                unpack_index(_checked(folder / _FAQS, sums[_FAQS]), words["faq_index"]),
                unpack_vocabulary(words["faq_words"]),
            ),
            tables={one["code"]: decode_table(one) for one in words["tables"]},
            guides=decode_guides(words["guides"]),
        ),
        vocabulary=unpack_vocabulary(words["vocabulary"]),
        block=b"",
        places={code: (offset, length) for code, (offset, length) in words["places"].items()},
    )
    return parts.library(_reader(folder / _RECORDS))


def _checked(path: Path, checksum: str) -> bytes:
    held = path.read_bytes()
    _check(path.name, hashlib.sha256(held).hexdigest(), checksum)
    return held


def _check(name: str, found: str, wanted: str) -> None:
    if found != wanted:
        raise ValueError(f"{name} không khớp mã kiểm tra")


def _group(plain: Mapping[str, Any]) -> SiblingGroup:
    cases = (Case(**(case | {"signs": tuple(case["signs"])})) for case in plain["cases"])
    return SiblingGroup(plain["key"], plain["question"], tuple(cases), plain["usual"])


def _reader(path: Path) -> Read:
    """Return a reader of the mapped file: it takes memory only for what is read.

    It goes on reading when a newer process removes the folder.
    """
    if not path.stat().st_size:
        return from_memory(b"")
    with path.open("rb") as file:
        block = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return lambda offset, length: block[offset : offset + length]
