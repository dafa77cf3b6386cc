"""Reads `content/sayings/<field>.yaml`: how people call a procedure, by its code.

The codes may be ours or those of imported records, also of records that are not imported yet.
The format is told in `knowledge/content/README.md`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import ContentFaulty, Fault
from knowledge.procedure import Procedure
from knowledge.procedure_yaml import CODE, codes_under
from knowledge.terms import split, twin_key
from knowledge.yaml_sections import Notebook, Section, read_section

FOLDER = "sayings"
_LONGEST = 90
"""Characters of a saying: a short phrase, not a story."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One phrase, and where it stands."""

    text: str
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """What people call one procedure."""

    code: str
    say: tuple[Saying, ...]
    file: str
    """As people name it: "content/sayings/ho-tich.yaml"."""
    line: int
    also: tuple[str, ...] = ()
    """Codes of the same procedure at other levels or channels, which are called the same."""
    popularity: int = 0
    """0 (rarely) to 5 (asked daily), for records that have none of their own; 0: not judged."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that is called so."""
        return (self.code, *self.also)


def load_sayings(folder: Path) -> tuple[Sayings, ...]:
    """Return the sayings of a content folder; a folder without them has none.

    Raises:
        ContentFaulty: with every fault of every file.
    """
    sayings, faults = read_sayings(folder)
    if faults:
        raise ContentFaulty(faults)
    return sayings


def read_sayings(folder: Path) -> tuple[tuple[Sayings, ...], tuple[Fault, ...]]:
    """Read `folder/sayings/*.yaml`; never raises, all faults are in the answer, sorted."""
    faults: list[Fault] = []
    found: list[Sayings] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        notebook = Notebook(f"{folder.name}/{FOLDER}/{path.name}")
        top = read_section(path, notebook)
        found += [] if top is None else _entries(top, notebook.file)
        faults += notebook.faults
    faults += _twice(found)
    return tuple(found), tuple(sorted(set(faults)))


@lru_cache(maxsize=32_768)  # all sayings: each is compared with names, with others, with questions
def key_of(text: str) -> str:
    """Return the form in which two sayings are the same to the finder.

    >>> key_of("Làm lại giấy khai sinh!") == key_of("lam lai giay khai sinh")
    True
    """
    return " ".join(word.bare for word in split(text))


def _entries(top: Section, file: str) -> Iterator[Sayings]:
    for code in top.names():
        part = top.section(code)
        if not CODE.fullmatch(code):
            top.fault(code, f"Mã '{code}' không đúng dạng \"1.004222\". Sửa mã.")
        if part is None:
            top.fault(code, f"'{code}' chưa có gì. Ghi 'say: [...]' hoặc xoá.")
            continue
        yield _entry(part, code, Fault(file, top.line_of(code), ""))


def _entry(part: Section, code: str, at: Fault) -> Sayings:
    part.require(("say",))
    placed = part.placed_texts("say")
    if part.has("say") and not placed:
        part.fault("say", "'say' chưa có cụm từ nào. Ghi ít nhất một.")
    for text in placed:
        if len(text) > _LONGEST or not key_of(text):
            part.fault("say", f"'{text}' phải là cụm từ ngắn, tối đa {_LONGEST} ký tự. Viết lại.")
    made = Sayings(
        code=code,
        say=tuple(Saying(text, line) for text, line in placed.items()),
        file=at.file,
        line=at.line,
        also=codes_under(part, "also"),
        popularity=part.integer("popularity", low=0, high=5, default=0),
    )
    part.finish()
    return made


def _twice(entries: Iterable[Sayings]) -> Iterator[Fault]:
    """Yield a fault for each code, and each saying, that stands at two places."""
    coded: dict[str, Sayings] = {}
    said: dict[str, tuple[Sayings, Saying]] = {}
    for entry in entries:
        first = coded.setdefault(entry.code, entry)
        if first is not entry:
            yield Fault(
                entry.file, entry.line, f"Mã {entry.code} đã có ở {_at(first, first.line)}."
            )
        for one in entry.say:
            owner, earlier = said.setdefault(key_of(one.text), (entry, one))
            if earlier is not one:
                where = f"{owner.code}, {_at(owner, earlier.line)}"
                told = f"'{one.text}' đã thuộc về {where}. Giữ một chỗ, hoặc nói rõ điểm khác."
                yield Fault(entry.file, one.line, told)


def _at(entry: Sayings, line: int) -> str:
    return f"{entry.file}:{line}"


def unknown_codes(entries: Iterable[Sayings], known: Collection[str]) -> Iterator[Fault]:
    """Yield the codes that are not `known`; ask only where all records are at hand.

    An operator may have imported a part, and the rest may follow: `check` does not ask.
    """
    for entry in entries:
        for code in entry.codes:
            if code not in known:
                yield Fault(entry.file, entry.line, f"Mã {code} không có trong dữ liệu. Sửa mã.")


def against_records(entries: Iterable[Sayings], records: Iterable[Procedure]) -> Iterator[Fault]:
    """Yield sayings that are a name already: the official one, or one of another procedure."""
    by_code = {record.code: record for record in records}
    owners = _owners(by_code.values())
    for entry in entries:
        own = {twin_key(by_code[code].name) for code in entry.codes if code in by_code}
        for one in entry.say:
            yield from _named(entry, one, own, owners)


def _named(
    entry: Sayings, one: Saying, own: set[str], owners: dict[str, Procedure]
) -> Iterator[Fault]:
    key = key_of(one.text)
    if key in own:
        yield Fault(entry.file, one.line, f"'{one.text}' là tên chính thức, không cần ghi. Xoá.")
        return
    owner = owners.get(key)
    if owner is not None and owner.code not in entry.codes and twin_key(owner.name) not in own:
        told = f"'{one.text}' là tên gọi của {owner.code}. Xoá, hoặc nói rõ điểm khác."
        yield Fault(entry.file, one.line, told)


def _owners(records: Iterable[Procedure]) -> dict[str, Procedure]:
    """Return who is called so by its record: name, label or alias of our own content."""
    owners: dict[str, Procedure] = {}
    for record in records:
        for text in (twin_key(record.name), record.label, *record.aliases):
            if text:
                owners.setdefault(key_of(text), record)
    return owners
