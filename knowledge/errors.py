"""What goes wrong with knowledge. Officials read these messages, so they are Vietnamese.

KnowledgeError
├── CalendarEnds         nothing is known of the working days of that year
├── ContentFaulty        files that people write are wrong; carries every Fault
├── ExportUnreadable     an export cannot be opened or read to its end
└── RecordDamaged        one record of an export, or one stored record, is not what it should be
"""

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

_REASONS: Final = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.ENOSPC: "đĩa đã hết chỗ",
    errno.EDQUOT: "đã hết phần đĩa được cấp",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "đĩa bị lỗi",
}


def reason_of(error: OSError) -> str:
    """Return in Vietnamese why a file could not be opened, read or written.

    >>> reason_of(FileNotFoundError(2, "No such file or directory"))
    'không có tệp hay thư mục này'
    """
    return _REASONS.get(error.errno or 0, f"lỗi hệ thống {error.errno}")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a file that people write."""

    file: str
    """As people name it, e.g. "content/procedures/ho-tich/1.001193.yaml"."""
    line: int
    """From 1; 0: the whole file or folder."""
    message: str
    """What is wrong and what to do, in Vietnamese."""
    first: bool = False
    """The cause of others of its file: told before them."""

    @override
    def __str__(self) -> str:
        """Return `file:line: message`, which editors and terminals turn into a link."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


def _place(fault: Fault) -> tuple[str, bool, int, list[str | int], str]:
    """Return where a fault is told: causes first, then by line or cell, A99 before A998."""
    parts = re.split(r"(\d+)", fault.message)
    numbered = [int(one) if one.isdecimal() else one for one in parts]
    return fault.file, not fault.first, fault.line, numbered, fault.message


class KnowledgeError(Exception):
    """The base of everything that goes wrong with knowledge."""


class CalendarEnds(KnowledgeError):
    """A day lies before or after the working calendar."""


class ContentFaulty(KnowledgeError):
    """Files that people write are wrong; `faults` holds all of them, sorted."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=_place))
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"Nội dung kiến thức có {len(self.faults)} lỗi:\n{lines}")


class ExportUnreadable(KnowledgeError):
    """An export cannot be opened, or ends before its end."""


class RecordDamaged(KnowledgeError):
    """A record is not what it should be; the message says which part."""
