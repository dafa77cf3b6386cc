"""Reads `content/synonyms.yaml`, and finds what is wrong in it with its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import normalize

import yaml

from knowledge.errors import ContentFaulty, Fault, reason_of
from knowledge.synonyms import Synonym, Vocabulary, combinations, expand
from knowledge.text import fold
from knowledge.yaml_guard import compose

SHIPPED = Path(__file__).parent / "content" / "synonyms.yaml"
"""The words that ship with the program."""

_MOST_PHRASES: Final = 50_000
"""Phrases of one pattern; the longest of ours makes 21504, forty choices of two 10^12."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One pattern of the file, and where it stands."""

    pattern: str
    means: tuple[str, ...]
    """Empty: noise."""
    line: int
    """From 1."""


class _Reading:
    """One reading of the file; collects faults instead of raising."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.entries: list[Entry] = []
        self._first_line: dict[str, int] = {}

    def fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(Fault(self.file, node.start_mark.line + 1, message))

    def texts(self, node: yaml.Node | None, key: str) -> tuple[str, ...]:
        """Return the texts of a list; `node` None: the key is missing, which was noted."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            if node is not None:
                self.fault(node, f"'{key}' phải là một danh sách có ít nhất một mục.")
            return ()
        return tuple(self._text(item, key) for item in node.value)

    def _text(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.fault(node, f"Mỗi mục của '{key}' là một cụm từ. Đặt trong dấu nháy nếu có [ ].")
            return ""
        text = str(node.value)
        if text.count("[") != text.count("]"):
            self.fault(node, f"'{text}': thiếu dấu ngoặc vuông. Viết [lựa chọn|lựa chọn].")
        if combinations(text) > _MOST_PHRASES:
            self.fault(
                node, f"'{text[:60]}' sinh ra quá {_MOST_PHRASES} cụm từ. Tách thành nhiều dòng."
            )
            return ""
        return text

    def once(self, node: yaml.Node, said: tuple[str, ...]) -> None:
        """Note phrases that an earlier entry already has: only one meaning could win."""
        line = node.start_mark.line + 1
        for phrase in (phrase for pattern in said for phrase in expand(pattern)):
            first = self._first_line.setdefault(phrase, line)
            if first != line:
                self.fault(node, f"'{phrase}' đã có ở dòng {first}. Giữ một chỗ.")

    def enter(self, node: yaml.Node | None, means: tuple[str, ...]) -> None:
        """Note each pattern of a list with its line."""
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            if isinstance(item, yaml.ScalarNode) and combinations(item.value) <= _MOST_PHRASES:
                self.entries.append(Entry(str(item.value), means, item.start_mark.line + 1))

    def mapping(self, node: yaml.Node, wanted: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return the values of a mapping with exactly the keys `wanted`."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"Ở đây cần các khoá: {', '.join(wanted)}.")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if str(key.value) in found:
                self.fault(key, f"Khoá '{key.value}' có hai lần. Xoá bớt một chỗ.")
            found.setdefault(str(key.value), value)
        for key in wanted:
            if key not in found:
                self.fault(node, f"Thiếu khoá '{key}'.")
        for key in found.keys() - set(wanted):
            self.fault(node, f"Không có khoá '{key}'. Các khoá: {', '.join(wanted)}.")
        return found


def load_vocabulary(path: Path = SHIPPED) -> Vocabulary:
    """Return the vocabulary of a file.

    Raises:
        ContentFaulty: with every fault of the file.
    """
    vocabulary, faults = read_vocabulary(path)
    if faults:
        raise ContentFaulty(faults)
    return vocabulary


def read_vocabulary(path: Path = SHIPPED) -> tuple[Vocabulary, tuple[Fault, ...]]:
    """Read a file; never raises, all faults are in the answer."""
    vocabulary, _, faults = read_entries(path)
    return vocabulary, faults


def read_entries(path: Path = SHIPPED) -> tuple[Vocabulary, tuple[Entry, ...], tuple[Fault, ...]]:
    """Read a file like `read_vocabulary`; also return synonyms and noise with their lines."""
    reading = _Reading(path.name)
    try:
        top = compose(normalize("NFC", path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        told = f"Không mở được tệp ({reason_of(error)}). Kiểm tra tên và quyền đọc."
        return Vocabulary(), (), (Fault(path.name, 0, told),)
    except UnicodeError:
        told = "Tệp không phải văn bản UTF-8. Lưu lại với bảng mã UTF-8."
        return Vocabulary(), (), (Fault(path.name, 0, told),)
    except yaml.YAMLError as error:
        return Vocabulary(), (), (Fault(path.name, 0, f"Không đọc được tệp như YAML: {error}"),)
    if top is None:
        return Vocabulary(), (), (Fault(path.name, 0, "Tệp trống. Xem mẫu ở đầu tệp gốc."),)
    parts = reading.mapping(top, ("synonyms", "noise", "telling", "light"))
    vocabulary = Vocabulary(
        synonyms=_synonyms(reading, parts.get("synonyms")),
        noise=reading.texts(parts.get("noise"), "noise"),
        telling=reading.texts(parts.get("telling"), "telling"),
        light=reading.texts(parts.get("light"), "light"),
    )
    reading.enter(parts.get("noise"), ())
    return vocabulary, tuple(reading.entries), tuple(sorted(set(reading.faults)))


def _synonyms(reading: _Reading, node: yaml.Node | None) -> tuple[Synonym, ...]:
    if not isinstance(node, yaml.SequenceNode):
        if node is not None:
            reading.fault(node, "'synonyms' phải là một danh sách.")
        return ()
    made: list[Synonym] = []
    for entry in node.value:
        found = reading.mapping(entry, ("say", "means"))
        said = reading.texts(found.get("say"), "say")
        means = reading.texts(found.get("means"), "means")
        reading.once(entry, said)
        reading.enter(found.get("say"), means)
        made.extend(Synonym(phrase, means) for phrase in said)
    same = [one for one in made if fold(one.said) in {fold(word) for word in one.means}]
    for one in same:
        reading.faults.append(Fault(reading.file, 0, f"'{one.said}' nghĩa là chính nó. Bỏ đi."))
    return tuple(made)
