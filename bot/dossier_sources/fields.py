"""Fields of a message from outside, read by name whatever its letter case, spaces and accents.

A reading method never raises: it notes the fault with the name of the field and returns an empty
value, so that one pass finds all faults. No fault quotes a value: it may be a person's.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from bot.dossier_sources.json_text import Twice, read_json
from bot.dossier_sources.moments import EXAMPLES, NoMoment, read_moment
from knowledge.text import fold, normalise

MOST_FIELDS: Final = 300
"""A message of more fields is no message about a dossier."""

_MOST_LISTED: Final = 100
_LONGEST_JSON: Final = 100_000
_LONGEST_NAME: Final = 100
_MOST_AMOUNT: Final = 10**12
"""A million million đồng: no fee of any procedure."""
_FIRST_YEAR: Final = 2000
_A_DAY: Final = timedelta(days=1)
"""Clocks differ, and a day without an hour may be written in another time zone."""

AHEAD: Final = timedelta(minutes=10)
"""So much a sender's clock may be fast. One that is a day fast would hide what comes in that day:
whatever has the latest moment says how the dossier stands."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Control characters, marks of writing direction, signs of no width, and what is no character."""
_LIKE_JSON: Final = re.compile(r"\s*\[?\s*\{")
TWICE: Final = "Mục này có hai lần, hai giá trị khác nhau. Gửi một lần."
_CURRENCY: Final = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?\s*$", re.IGNORECASE)
_GROUPED: Final = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+)(?:[.,]0{1,2})?", re.ASCII)
_WHOLE: Final = re.compile(r"(\d{1,15})(?:[.,]0{1,4})?", re.ASCII)

Record = Mapping[str, object]


class Faults:
    """What is wrong with a message: each field with why, and what to do."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, str]] = []

    def note(self, field: str, why: str) -> None:
        """Note that a field is wrong."""
        if (field, why) not in self.noted:
            self.noted.append((field, why))


def tidy(text: str, longest: int) -> str:
    r"""Return a text of one line without hidden signs, cut on a word where it is too long.

    >>> tidy("Đang\u202e  thẩm\x00 định", 100), tidy("một hai ba bốn", 10)
    ('Đang thẩm định', 'một hai…')
    """
    raw = text[: 8 * longest + 100]
    if not raw.isprintable():
        spaced = normalise(" ".join(raw.split()))
        raw = "".join(sign for sign in spaced if unicodedata.category(sign) not in _HIDDEN)
    line = " ".join(unicodedata.normalize("NFC", raw).split())
    if len(line) <= longest:
        return line
    whole, _, _ = line[:longest].rpartition(" ")
    return f"{(whole or line)[: longest - 1].rstrip(' ,.;:…')}…"


@lru_cache(maxsize=2000)
def plain_name(name: str) -> str:
    """Return the form in which names of fields are compared."""
    return re.sub(r"[^a-z0-9]+", "", fold(normalise(name)))


class Fields:
    """One message, or one entry of a list in it."""

    def __init__(self, record: Record, faults: Faults, place: str = "") -> None:
        """Take a record; `place` stands before the names of its fields."""
        self._faults = faults
        self._place = place
        self.hide: Callable[[str], str] = str
        """Takes persons out of texts that are shown."""
        self._values: dict[str, object] = {}
        for name, value in list(record.items())[:MOST_FIELDS]:
            if len(name) <= _LONGEST_NAME:
                self._add(name, value)

    def _add(self, written: str, value: object) -> None:
        if _is_nothing(value):
            return
        name = plain_name(written)
        told = self._values.get(name)
        if isinstance(value, Twice) or (told is not None and told != value):
            self.fault(written.strip(), TWICE)
        self._values[name] = value[-1] if isinstance(value, Twice) else value

    def fault(self, name: str, why: str) -> None:
        """Note that a field is wrong."""
        self._faults.note(f"{self._place}{name}", why)

    def value(self, *names: str) -> object:
        """Return what the first of these fields holds that holds anything; None: none does."""
        return next((held for name in names if (held := self._values.get(plain_name(name)))), None)

    def has(self, *names: str) -> bool:
        """Tell whether something stands in one of the fields; a nought does."""
        return any(plain_name(name) in self._values for name in names)

    def text(self, *names: str, longest: int) -> str:
        """Return a text on one line; empty: none is told."""
        for name in names:
            value = self._values.get(plain_name(name))
            if value is None:
                continue
            written = as_text(value)
            if written is None:
                self.fault(
                    name, "Phải là chữ, không phải danh sách hay đối tượng. Gửi một dòng chữ."
                )
            elif line := tidy(written, longest):
                return line
        return ""

    def shown(self, *names: str, longest: int) -> str:
        """Return a text that citizens read, without the persons that the message names."""
        text = self.text(*names, longest=2 * longest)  # a number is hidden before it is cut
        return tidy(self.hide(text), longest) if text else ""

    def happened(self, now: datetime, *names: str) -> datetime | None:
        """Return a moment that cannot lie ahead; None: none is told, or it is wrong."""
        return self._moment(names, now + _A_DAY, "Ngày này ở tương lai. Gửi ngày đã xảy ra.")

    def moment(self, now: datetime, *names: str) -> datetime | None:
        """Return since when it is so, by the sender's clock; None: it is not told, or wrong."""
        return self._moment(names, now + AHEAD, _FAST_CLOCK)

    def planned(self, latest: datetime, *names: str) -> datetime | None:
        """Return a moment that may lie ahead, up to `latest`."""
        return self._moment(names, latest, "Ngày này quá xa. Kiểm tra lại năm.")

    def _moment(self, names: Sequence[str], latest: datetime, why: str) -> datetime | None:
        for name in names:
            value = self._values.get(plain_name(name))
            if value is None:
                continue
            try:
                moment = read_moment(value)
            except NoMoment:
                self.fault(name, f"Không phải ngày có thật. Ghi như {EXAMPLES}.")
                return None
            if moment is None:
                continue
            if moment.year < _FIRST_YEAR:
                self.fault(name, f"Ngày này trước năm {_FIRST_YEAR}. Kiểm tra lại năm.")
            elif moment > latest:
                self.fault(name, why)
            else:
                return moment
        return None

    def day(self, latest: datetime, *names: str) -> date | None:
        """Return a day that may lie ahead, up to `latest`."""
        moment = self.planned(latest, *names)
        return moment.date() if moment else None

    def amount(self, name: str) -> int | None:
        """Return an amount in đồng; None: none is told. A text without digits tells none."""
        value = self._values.get(plain_name(name))
        number = value if isinstance(value, int | float) else _number(as_text(value) or "")
        if number is None and value is None:
            return None
        whole = number is not None and not isinstance(value, bool) and number % 1 == 0
        if number is not None and whole and 0 <= number <= _MOST_AMOUNT:
            return int(number)
        if isinstance(value, str) and not re.search(r"\d", value):
            return None
        self.fault(name, "Phải là số tiền bằng đồng, ví dụ 50000.")
        return None

    def yes(self, name: str) -> bool | None:
        """Return whether; None: it is not told."""
        value = self._values.get(plain_name(name))
        return _YES_NO.get(plain_name(str(value))) if isinstance(value, str | bool | int) else None

    def entries(self, name: str, said: str) -> list["Fields"]:
        """Return the entries of a list; a text among them is the field `said` of an entry.

        Systems send a single object where a list has one entry, and lists as text in JSON.
        """
        value = _unpacked(self._values.get(plain_name(name)))
        if value is None:
            return []
        if isinstance(value, str) and _LIKE_JSON.match(value):
            self.fault(name, "Chữ JSON này không đọc được. Gửi một danh sách, hoặc JSON đúng.")
        listed = value if isinstance(value, list | tuple) else [value]
        if len(listed) > _MOST_LISTED:
            self.fault(name, f"Nhiều hơn {_MOST_LISTED} mục. Chỉ gửi các mục của hồ sơ này.")
        found = []
        for number, entry in enumerate(listed[:_MOST_LISTED], start=1):
            place = f"{self._place}{name}[{number}]."
            record = {said: entry} if isinstance(entry, str) else entry
            if isinstance(record, Mapping):
                found.append(Fields(record, self._faults, place))
                found[-1].hide = self.hide
            elif entry is not None:
                self.fault(f"{name}[{number}]", "Phải là một đối tượng JSON hoặc một dòng chữ.")
        return found


_FAST_CLOCK: Final = (
    "Thời điểm này ở tương lai, quá giờ của máy chủ hơn mười phút. Kiểm tra đồng hồ và múi giờ của "
    "bên gửi."
)

_YES_NO: Final = {
    **dict.fromkeys(("true", "1", "co", "roi", "dathanhtoan", "danop", "dathu"), True),
    **dict.fromkeys(("false", "0", "khong", "chua", "chuathanhtoan", "chuanop", "chuathu"), False),
}


def as_text(value: object) -> str | None:
    """Return a value of one line as text; None: it is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value) if abs(value) < 10**100 else None


def _is_nothing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip() or value.strip().lower() == "null"
    return value is None or (isinstance(value, list | tuple | Mapping) and not value)


def _number(written: str) -> int | None:
    text = _CURRENCY.sub("", written[:100]).strip()
    match = _GROUPED.fullmatch(text) or _WHOLE.fullmatch(text)
    return int(re.sub(r"\D", "", match[1])) if match else None


def _unpacked(value: object) -> object:
    """Return a list that is written as text; any other text as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"[", "{"}:
        return value
    if len(value) > _LONGEST_JSON:
        return value
    try:
        return read_json(value)
    except (ValueError, RecursionError):
        return value
