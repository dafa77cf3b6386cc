"""Finds synonyms and noise that contradict each other, lead nowhere or are never found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.errors import Fault
from knowledge.procedure import Procedure
from knowledge.question import Reader, may_be_cut
from knowledge.ranking import RANKING
from knowledge.sayings import Sayings, key_of
from knowledge.synonyms import Phrases, is_abbreviation, written
from knowledge.synonyms_file import Entry
from knowledge.terms import Syllable, split
from knowledge.text import fold, syllables

_LEAST_HELD = 0.5
"""Share of the syllables of a meaning that a procedure must know to be found by it."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One phrase of an entry, abbreviations written out."""

    text: str
    typed: str
    """Its syllables without accents, nothing written out."""
    words: tuple[Syllable, ...]
    accented: str
    bare: str
    entry: Entry


def check_entries(
    entries: Sequence[Entry],
    records: Iterable[Procedure],
    sayings: Iterable[Sayings],
    file: str,
) -> Iterator[Fault]:
    """Yield a fault for each entry that contradicts another, leads nowhere or is never found.

    Args:
        entries: synonyms and noise in the order of the file, with their lines.
        records: the records that synonyms should lead to; none: not asked.
        sayings: what procedures are called.
        file: as people name it.
    """
    phrases = Phrases([(entry.pattern, entry.means) for entry in entries])
    listed = tuple(_listed(entries, phrases))
    known = tuple(records)
    for line, message in (
        *_conflicts(listed),
        *_bare_words(listed),
        *_unheard(listed, phrases),
        *_dead(entries, known),
        *_astray(listed, _owners(sayings), {record.code: record for record in known}),
    ):
        yield Fault(file, line, message)


def _listed(entries: Iterable[Entry], phrases: Phrases) -> Iterator[_Phrase]:
    for entry in entries:
        for text, typed in written(entry.pattern):
            if not is_abbreviation(typed, entry.means):
                words = phrases.written_out(typed)
                yield _Phrase(text, _bare(typed), words, _accented(words), _bare(words), entry)


def _accented(words: Iterable[Syllable]) -> str:
    return " ".join([word.accented for word in words])


def _bare(words: Iterable[Syllable]) -> str:
    return " ".join([word.bare for word in words])


def _conflicts(listed: Iterable[_Phrase]) -> Iterator[tuple[int, str]]:
    """Yield phrases that people type alike and that mean different things."""
    first: dict[str, _Phrase] = {}
    unaccented: dict[str, _Phrase] = {}
    for one in listed:
        same = first.setdefault(one.accented, one)
        if same.entry.means != one.entry.means:
            yield one.entry.line, _told_same(one, same)
        elif len(one.words) > 1 and one.bare != one.accented:
            other = unaccented.setdefault(one.bare, one)
            if other.accented != one.accented and other.entry.means != one.entry.means:
                yield one.entry.line, _told_alike(one, other)


def _bare_words(listed: Iterable[_Phrase]) -> Iterator[tuple[int, str]]:
    """Yield synonyms of one word without accents that is another word once it has them."""
    single = [one for one in listed if len(one.words) == 1]
    accented = {one.bare: one for one in single if one.bare != one.accented}
    for one in single:
        other = accented.get(one.accented)
        if other is not None and one.entry.means and other.entry.means != one.entry.means:
            yield one.entry.line, _told_alike(one, other)


def _told_alike(one: _Phrase, other: _Phrase) -> str:
    return (
        f"'{one.text}' và '{other.text}' (dòng {other.entry.line}) gõ không dấu thì giống nhau mà"
        " nghĩa khác: chỉ một dòng được hiểu. Thêm chữ để phân biệt, hoặc bỏ một."
    )


def _told_same(one: _Phrase, same: _Phrase) -> str:
    if one.entry.means and same.entry.means:
        return f"'{one.text}' đã có nghĩa khác ở dòng {same.entry.line}. Giữ một chỗ."
    return (
        f"'{one.text}' vừa là từ đồng nghĩa vừa là từ thừa (noise), xem dòng {same.entry.line}."
        " Bỏ một trong hai."
    )


def _unheard(listed: Iterable[_Phrase], phrases: Phrases) -> Iterator[tuple[int, str]]:
    """Yield phrases that are not heard as a whole even where nothing else is said."""
    reader = Reader(phrases, (), RANKING)
    told: set[Entry] = set()
    for one in listed:
        if not may_be_cut(one.text, one.words):  # nearly all: hearing them takes seconds
            continue
        heard = reader.phrases_in(one.text)
        whole = any(found.end - found.start == len(one.words) for found in heard)
        if not whole and one.entry not in told:
            told.add(one.entry)
            yield (
                one.entry.line,
                f"'{one.text}' không bao giờ được tìm thấy: dấu câu, hoặc lời phủ định"
                ' ("không phải", "chứ không") cắt ngang. Viết lại, hoặc bỏ.',
            )


def _dead(entries: Iterable[Entry], records: Sequence[Procedure]) -> Iterator[tuple[int, str]]:
    """Yield synonyms whose official words stand in no name, alias, keyword or field."""
    known = {
        fold(word)
        for record in records
        for text in (record.name, record.field, *record.aliases, *record.keywords)
        for word in syllables(text)
    }
    for entry in entries if known else ():
        words = {word.bare for meaning in entry.means for word in split(meaning)}
        if words and not words & known:
            meant = ", ".join(entry.means)
            yield entry.line, f"'{entry.pattern}' dẫn tới '{meant}', không thủ tục nào có. Sửa."


def _owners(sayings: Iterable[Sayings]) -> dict[str, Sayings]:
    return {key_of(one.text): entry for entry in sayings for one in entry.say}


def _astray(
    listed: Iterable[_Phrase], owners: dict[str, Sayings], records: dict[str, Procedure]
) -> Iterator[tuple[int, str]]:
    """Yield synonyms that are what one procedure is called, and whose meaning misses it."""
    for one in listed:
        owner = owners.get(one.bare) or owners.get(one.typed)
        if owner is None or not one.entry.means or records.keys().isdisjoint(owner.codes):
            continue  # a record that is not at hand cannot be judged
        called = _called(owner, records)
        held = max(_held(meaning, called) for meaning in one.entry.means)
        if held < _LEAST_HELD:
            meant = ", ".join(one.entry.means)
            yield (
                one.entry.line,
                f"'{one.text}' là cách gọi của {owner.code} ({owner.file}), nhưng nghĩa '{meant}'"
                " không dẫn tới thủ tục đó. Sửa nghĩa, viết dài hơn, hoặc bỏ.",
            )


def _called(owner: Sayings, records: dict[str, Procedure]) -> set[str]:
    """Return every syllable that one procedure is called by, without accents."""
    texts = [one.text for one in owner.say]
    for code in owner.codes:
        record = records.get(code)
        if record is not None:
            texts += [record.name, record.label, *record.aliases, *record.keywords]
    return {word.bare for text in texts for word in split(text)}


def _held(meaning: str, called: set[str]) -> float:
    words = [word.bare for word in split(meaning)]
    return sum(word in called for word in words) / max(len(words), 1)
