"""What entries of the FAQ must not share with each other and with procedures, and their records.

What is wrong in a file by itself is found by `knowledge.faq_yaml`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.errors import Fault
from knowledge.faq import superseded_by
from knowledge.faq_finder import FaqShelf, vocabulary_of, ways_to_ask
from knowledge.faq_yaml import FOLDER, WORDS, FaqFile, read_faq_words
from knowledge.figures import figures, loose_figures
from knowledge.merging import merge_all
from knowledge.procedure import Procedure
from knowledge.record_texts import texts_of
from knowledge.sayings import Sayings, key_of
from knowledge.synonyms_file import read_vocabulary
from knowledge.terms import twin_key


def check_faqs(
    files: Iterable[FaqFile],
    records: Iterable[Procedure],
    sayings: Iterable[Sayings],
    *,
    complete: bool,
) -> Iterator[Fault]:
    """Yield what is said twice, leads nowhere, or differs from the record it is taken from.

    Args:
        files: the entries.
        records: our procedures and the imported ones.
        sayings: how people call procedures.
        complete: an import is at hand, so that a code that is not in `records` is a slip.
    """
    everything = tuple(files)
    by_code = _answered(records)
    keys = {file.faq.key for file in everything}
    yield from _said_twice(everything, _owners(by_code.values(), sayings))
    for file in everything:
        yield from _leads_nowhere(file, keys, by_code if complete else None)
        yield from _against_records(file, by_code)
        yield from _no_longer_needed(file, by_code.values())


def _answered(records: Iterable[Procedure]) -> dict[str, Procedure]:
    """Return by code what citizens are told: ours over the imported record, not either alone."""
    ours: list[Procedure] = []
    imported: list[Procedure] = []
    for record in records:
        (ours if record.ours else imported).append(record)
    return {record.code: record for record in merge_all(ours, imported).procedures}


def check_finding(folder: Path, files: Iterable[FaqFile]) -> Iterator[Fault]:
    """Yield the faults of the words of a content folder, else what is not found by them."""
    words, faults = read_faq_words(folder)
    yield from (replace(fault, file=f"{folder.name}/{FOLDER}/{WORDS}") for fault in faults)
    everything = tuple(files)
    if not faults and everything:
        general, _ = read_vocabulary(folder / "synonyms.yaml")
        faqs = [file.faq for file in everything]
        yield from unreachable(everything, FaqShelf.of(faqs, vocabulary_of(general, words)))


def unreachable(files: Iterable[FaqFile], shelf: FaqShelf) -> Iterator[Fault]:
    """Yield the ways of asking by whose words another entry is found first.

    Such a way is found when it is typed just so, but not when a word of it is changed.
    """
    for file in files:
        for text in ways_to_ask(file.faq):
            near = shelf.nearest(text, limit=1)
            if near and near[0].faq.key != file.faq.key:
                line = file.lines.get(text, file.lines["question"])
                told = f"'{text}' tìm ra '{near[0].faq.key}' trước."
                yield Fault(file.file, line, f"{told} Viết rõ hơn, hoặc chuyển sang mục ấy.")


def _owners(records: Iterable[Procedure], sayings: Iterable[Sayings]) -> dict[str, str]:
    """Return who is called so: a record's name, label or alias, or a saying."""
    owners: dict[str, str] = {}
    for record in records:
        for text in (twin_key(record.name), record.label, *record.aliases):
            owners.setdefault(key_of(text), f"thủ tục {record.code}")
    for entry in sayings:
        for one in entry.say:
            owners.setdefault(key_of(one.text), f"thủ tục {entry.code}")
    owners.pop("", None)
    return owners


def _said_twice(files: Iterable[FaqFile], owners: Mapping[str, str]) -> Iterator[Fault]:
    """Yield questions, labels and ways to ask that somebody else has; accents do not count."""
    first = dict(owners)
    for file in files:
        faq = file.faq
        own: set[str] = set()
        placed = [("question", faq.question), ("label", faq.label)]
        for line_key, text in (*placed, *((text, text) for text in faq.asked)):
            key = key_of(text)
            line = file.lines.get(line_key, file.lines["asked"])
            owner = first.setdefault(key, file.file) if key else file.file
            if owner != file.file:
                told = f"'{text}' đã thuộc về {owner}. Xoá, hoặc nói rõ điểm khác."
                yield Fault(file.file, line, told)
            elif key in own and line_key == text:
                told = f"'{text}' trùng một câu khác của tệp này khi bỏ dấu. Xoá."
                yield Fault(file.file, line, told)
            if line_key != "label":  # which may well be what people ask
                own.add(key)


def _leads_nowhere(
    file: FaqFile, keys: Container[str], records: Container[str] | None
) -> Iterator[Fault]:
    for key in file.faq.related:
        if key not in keys or key == file.faq.key:
            told = f"'related' ghi '{key}', không có mục FAQ khác nào như vậy. Sửa hoặc xoá."
            yield Fault(file.file, file.lines["related"], told)
    if records is None:
        return
    for code in file.faq.procedures:
        if code not in records:
            told = f"Mã {code} không có trong dữ liệu. Sửa hoặc xoá."
            yield Fault(file.file, file.lines["procedures"], told)


def _against_records(file: FaqFile, records: Mapping[str, Procedure]) -> Iterator[Fault]:
    """Yield figures that the record does not hold in the part that the source names."""
    for source in file.faq.sources:
        record = records.get(source.code)
        if record is None:
            continue
        held = loose_figures(" ; ".join(texts_of(record, source.field)))
        for text in source.says:
            for figure in sorted(figures(text) - held):
                told = f"'{figure}' không có trong mục '{source.field}' của {source.code}."
                yield Fault(file.file, file.lines["sources"], f"{told} Sửa số hoặc nguồn.")


def _no_longer_needed(file: FaqFile, records: Iterable[Procedure]) -> Iterator[Fault]:
    """Yield procedures of our own content that an entry waited for; imported ones come and go."""
    for record in records if file.faq.until else ():
        if record.ours and superseded_by(file.faq, record):
            told = f"Đã có thủ tục {record.code} ({record.name}). Xoá mục này."
            yield Fault(file.file, file.lines["until"], told)
