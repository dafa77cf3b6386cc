"""Reads a YAML file that people write, and notes everything that is wrong with its line.

A reading method never raises: it notes the fault and returns an empty value, so that one pass
finds all faults of a file. `Section.finish` notes the keys that nobody asked for.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from knowledge.errors import Fault, reason_of
from knowledge.yaml_guard import Hostile, compose

E = TypeVar("E", bound=StrEnum)

_KIND = {
    "int": "một số",
    "float": "một số",
    "bool": "giá trị đúng/sai",
    "timestamp": "một ngày",
    "null": "để trống",
    "seq": "một danh sách",
    "map": "một nhóm khoá",
}
_LARGEST_FILE_BYTES = 1_000_000
"""A procedure takes 2 to 10 kB; more than this was not written by hand."""


class Notebook:
    """Collects the faults of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def note(self, line: int, message: str, *, first: bool = False) -> None:
        """Note a fault at `line` (from 1; 0: the whole file); `first`: it causes others."""
        self.faults.append(Fault(self.file, line, message, first))


class Section:
    """One mapping of the file, read key by key."""

    def __init__(self, node: yaml.MappingNode, notebook: Notebook) -> None:
        self.line = _line(node)
        self._notebook = notebook
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            self._keep(key, value)

    def _keep(self, key: yaml.Node, value: yaml.Node) -> None:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if not name:
            self._notebook.note(_line(key), "Khoá phải là một từ. Xem mẫu trong content/README.md.")
        elif name in self._values:
            self._notebook.note(
                _line(key), f"Khoá '{name}' đã có ở dòng {self._lines[name]}. Xoá bớt một chỗ."
            )
        else:
            self._values[name] = value
            self._lines[name] = _line(key)

    def fault(self, key: str, message: str) -> None:
        """Note a fault at the line of `key`, or of this section where the key is missing."""
        self._notebook.note(self.line_of(key), message)

    def line_of(self, key: str) -> int:
        """Return the line of `key`, from 1; the first line of this section where it is missing."""
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        """Tell whether `key` stands here with a value other than null."""
        node = self._values.get(key)
        return node is not None and not _is_null(node)

    def text(self, key: str) -> str:
        """Return a string; "" where it is missing or null."""
        node = self._ask(key)
        return "" if node is None else self._scalar(node, f"'{key}'")

    def required_text(self, key: str) -> str:
        """Return a string that must not be empty."""
        value = self.text(key)
        if not value and not (self.has(key) and self._tag(key) != "str"):
            self.fault(key, f"Thiếu '{key}'. Hãy ghi rõ.")
        return value

    def names(self) -> tuple[str, ...]:
        """Return the keys that stand here, in their order."""
        return tuple(self._values)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings without repetition; () where it is missing or null."""
        return tuple(self.placed_texts(key))

    def placed_texts(self, key: str) -> dict[str, int]:
        """Return a list of strings as `texts` does, each with its line (from 1)."""
        found: dict[str, int] = {}
        for item in self._items(key):
            value = self._scalar(item, f"mục của '{key}'")
            if not value:
                self._notebook.note(_line(item), f"Một mục của '{key}' để trống. Ghi chữ hoặc xoá.")
            elif value in found:
                self._notebook.note(_line(item), f"'{value}' đã có trong '{key}'. Xoá bớt.")
            else:
                found[value] = _line(item)
        return found

    def choice(self, key: str, kind: type[E]) -> E | None:
        """Return a member of `kind`; None where it is missing, null or unknown."""
        value = self.text(key)
        return self._member(value, kind, self.line_of(key), key) if value else None

    def choices(self, key: str, kind: type[E]) -> tuple[E, ...]:
        """Return a list of members of `kind`; unknown ones are noted and left out."""
        line = self.line_of(key)
        members = (self._member(value, kind, line, key) for value in self.texts(key))
        return tuple(member for member in members if member is not None)

    def integer(self, key: str, *, low: int, high: int, default: int) -> int:
        """Return a whole number from `low` to `high`; `default` where it is missing."""
        node = self._ask(key)
        if node is None:
            return default
        try:
            value = int(node.value) if node.tag.endswith(":int") else None
        except (TypeError, ValueError):
            value = None
        if value is None or not low <= value <= high:
            self.fault(key, f"'{key}' phải là số nguyên từ {low} đến {high}, không dấu chấm.")
            return default
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; False where it is missing."""
        node = self._ask(key)
        if node is None:
            return False
        if not node.tag.endswith(":bool"):
            self.fault(key, f"'{key}' phải là true hoặc false.")
        return str(node.value).lower() == "true"

    def section(self, key: str) -> "Section | None":
        """Return the mapping under `key`; None where it is missing or null."""
        node = self._ask(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.fault(key, f"'{key}' phải là một nhóm khoá, ví dụ {{khoá: giá trị}}.")
            return None
        return Section(node, self._notebook)

    def sections(self, key: str) -> list["Section"]:
        """Return the list of mappings under `key`; [] where it is missing or null."""
        found = []
        for item in self._items(key):
            if isinstance(item, yaml.MappingNode):
                found.append(Section(item, self._notebook))
            else:
                self._notebook.note(_line(item), f"Mỗi mục của '{key}' phải là một nhóm khoá.")
        return found

    def require(self, keys: Iterable[str]) -> None:
        """Note each of `keys` that does not stand here at all (null and empty are accepted)."""
        for key in keys:
            if key not in self._values:
                self.fault(key, f"Thiếu khoá '{key}'. Xem mẫu trong content/README.md.")

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._values.keys() - self._asked:
            near = get_close_matches(key, sorted(self._asked - self._values.keys()), n=1)
            hint = (
                f"Có phải là '{near[0]}'?"
                if near
                else f"Các khoá: {', '.join(sorted(self._asked))}."
            )
            self.fault(key, f"Không có khoá '{key}'. {hint}")

    def _ask(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        return self._values[key] if self.has(key) else None

    def _tag(self, key: str) -> str:
        return self._values[key].tag.rpartition(":")[2]

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._ask(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(key, f"'{key}' phải là danh sách, ví dụ [mục một, mục hai].")
            return []
        return list(node.value)

    def _scalar(self, node: yaml.Node, what: str) -> str:
        kind = node.tag.rpartition(":")[2]
        if not isinstance(node, yaml.ScalarNode) or kind != "str":
            hint = f'Hãy viết trong dấu nháy: "{node.value}".' if kind not in ("seq", "map") else ""
            seen = _KIND.get(kind, kind)
            self._notebook.note(_line(node), f"{what} phải là chữ, ở đây là {seen}. {hint}".strip())
            return ""
        return " ".join(str(node.value).split())

    def _member(self, value: str, kind: type[E], line: int, key: str) -> E | None:
        if value in set(kind):
            return kind(value)
        known = ", ".join(kind)
        self._notebook.note(line, f"'{key}' không nhận '{value}'. Chọn một trong: {known}.")
        return None


def read_section(path: Path, notebook: Notebook) -> Section | None:
    """Return the mapping that the file holds; None, and a noted fault, where it holds none."""
    text = _read_text(path, notebook)
    faults = len(notebook.faults)
    node = None if text is None else _composed(text, notebook)
    if isinstance(node, yaml.MappingNode):
        return Section(node, notebook)
    if text is not None and len(notebook.faults) == faults:
        notebook.note(
            0, "Tệp trống hoặc không phải các dòng 'khoá: giá trị'. Xem content/README.md."
        )
    return None


def _composed(text: str, notebook: Notebook) -> yaml.Node | None:
    """Return the nodes of a text; None, and a noted fault, where it cannot be read."""
    try:
        return compose(text)
    except Hostile as error:
        notebook.note(0, str(error))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 0
        notebook.note(line, _explain(error, text.splitlines()[line - 1 : line]))
    except yaml.YAMLError:
        notebook.note(0, "Không đọc được như YAML: có ký tự lạ. Viết lại theo mẫu.")
    return None


def _read_text(path: Path, notebook: Notebook) -> str | None:
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            notebook.note(0, "Đây không phải tệp thường. Thay bằng tệp YAML.")
            return None
        if path.stat().st_size > _LARGEST_FILE_BYTES:
            notebook.note(0, "Tệp lớn hơn 1 MB: đây không phải tệp nội dung. Xoá hoặc thay tệp.")
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        notebook.note(0, "Tệp không phải văn bản UTF-8. Lưu lại với bảng mã UTF-8.")
        return None
    except OSError as error:
        notebook.note(0, f"Không mở được tệp ({reason_of(error)}). Kiểm tra tên và quyền đọc.")
        return None
    _note_characters(text, notebook)
    return unicodedata.normalize("NFC", text)


def _note_characters(text: str, notebook: Notebook) -> None:
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if not unicodedata.is_normalized("NFC", line):
            notebook.note(
                number, "Dấu tiếng Việt ở dạng tách rời (NFD). Gõ lại, hoặc lưu dạng NFC."
            )
            return


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    problem = error.problem or ""
    if any("\t" in line for line in lines):
        return "Có dấu tab. YAML chỉ nhận dấu cách ở đầu dòng."
    return f"YAML sai cú pháp ({problem}). Xem lại thụt dòng, dấu hai chấm và dấu nháy ở đây."


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_null(node: yaml.Node) -> bool:
    return node.tag.endswith(":null")
