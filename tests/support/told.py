"""Reads a rendered reply against the raw data: every figure that the data does not hold is a fault.

It knows nothing of how replies are made: it reads them as a citizen does, beside the record as it
was published.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.messages import Block, FactList, Reply
from bot.rendering import render_plain
from knowledge.figures import figures
from knowledge.procedure import FilingChannel
from knowledge.text import fold
from tests.support.truth import Truth, pairs, words

CHANNELS = {
    "nộp trực tuyến": FilingChannel.ONLINE,
    "nộp trực tiếp": FilingChannel.COUNTER,
    "nộp qua bưu chính": FilingChannel.POST,
}
_COUNTED = re.compile(
    r"\b(\d+) (loại|giấy tờ|(?:giấy|mục|điều kiện) nữa|trường hợp|bản chính|bản sao)\b"
)
_QUOTED = re.compile(r"“[^”]*”")
_ADDRESS = re.compile(r"https?://\S+")
_LIST_SIGN = re.compile(r"^(?:- |\d+\. )")
_BY_CHANNEL = {
    "Lệ phí theo cách nộp",
    "Thời gian giải quyết theo cách nộp",
    "Bạn có thể nộp hồ sơ bằng những cách này",
    "Tiền và thời gian",
}
_WITH_NOTES = "Tiền và thời gian"
"""Beside fees and times its lines are notes on the ways, which are ours in our own records."""
_DATED = "dữ liệu cập nhật đến"
_OVERVIEW = "Tóm tắt"
_ONLINE = "Có nộp trực tuyến được"
_FEE_OR_TIME = re.compile(r"(?:Lệ phí|Thời gian)\b")
_NOTE = re.compile(rf"({'|'.join(CHANNELS)}) \((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
_MAY_HOLD_A_FIGURE = re.compile(
    r"\d|\b(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi) ", re.IGNORECASE
)
_PART = re.compile(r"(?:^|; )(?:lệ phí|thời gian): ")


@dataclass
class Auditor:
    """Holds replies about one procedure against the data; what was read is not read again."""

    truth: Truth
    ours: bool
    """Our own wording: a condition beside a limit or a sum may be from anywhere in the record."""
    exempt: frozenset[str] = frozenset()
    """Fixed sentences of the assistant, which name the law themselves."""
    read: set[str] = field(default_factory=set)
    figures: int = 0
    """How many figures were looked up."""

    def faults(self, reply: Reply) -> Iterator[str]:
        """Yield, one sentence each, what the reply says that the data does not."""
        fresh = set(render_plain(reply).splitlines()) - self.read
        self.read |= fresh
        for line in fresh:
            yield from self.faults_of_line(_LIST_SIGN.sub("", _ADDRESS.sub("", line)).strip())
        for block in reply.blocks:
            yield from self._faults_of_block(block)

    def faults_of_line(self, line: str) -> Iterator[str]:
        """Yield the figures that the record does not hold, whatever field they are told in."""
        if line in self.exempt:
            return
        if "mien phi" in fold(line) and not self._may_say_free():
            yield f"free is not stated: {line}"
        if not _MAY_HOLD_A_FIGURE.search(line):
            return
        yield from self._counts(line)
        if _DATED in line and not line.endswith(f"{_DATED} {self.truth.date})."):
            yield f"{self.truth.date} is the date of the data: {line}"
        rest = _COUNTED.sub(" ; ", line)
        told, found = frozenset(pairs(rest)), figures(rest)
        self.figures += len(found)
        unknown = [one for one in found if not self.truth.has(one)]
        unknown += [" ".join(pair) for pair in told - self.truth.pairs]
        yield from (f"{one} is not in the record: {line}" for one in sorted(unknown))
        for number, unit in sorted(told & self.truth.never_quoted):
            yield f"{number} {unit} is a suspicious amount: {line}"

    def _counts(self, line: str) -> Iterator[str]:
        for count, what in _COUNTED.findall(line):
            copies = what in {"bản chính", "bản sao"}
            truth = self.truth
            right = int(count) in truth.quantities if copies else int(count) <= truth.most
            if not right and not truth.has(count):
                yield f"{count} {what} is not in the record: {line}"

    def _may_say_free(self) -> bool:
        truth = self.truth
        return any(map(truth.is_free, truth.methods)) or truth.speaks_of_free()

    def _faults_of_block(self, block: Block) -> Iterator[str]:
        if not isinstance(block, FactList):
            return
        for item in block.items:
            told = f"{block.title[: len(_ONLINE)]}\n{item}"
            if told not in self.read and self._is_claim(block.title, item):
                self.read.add(told)
                yield from self._claims(item, online=block.title.startswith(_ONLINE))

    def _is_claim(self, title: str, item: str) -> bool:
        """Tell whether a way's own cells must hold it; its line is held to the whole record."""
        our_note = self.ours and title == _WITH_NOTES and _FEE_OR_TIME.match(item) is None
        return not our_note and _tells_fee_or_time(title, item)

    def _claims(self, item: str, *, online: bool) -> Iterator[str]:
        head, _, told = without_notes(item).partition(": ")
        named = [channel for name, channel in CHANNELS.items() if name in head.lower()]
        if online:
            named = [FilingChannel.ONLINE]
        if not named:
            yield f"no way of filing is named: {item}"
        plain = _QUOTED.sub(" ; ", told)
        claimed = frozenset(pairs(" ; ".join(_first_clauses(plain)) if self.ours else told))
        for channel in named:
            if channel not in self.truth.methods:
                yield f"{channel} is not in the record: {item}"
            for number, unit in sorted(claimed - self.truth.pairs_of(channel)):
                yield f"{number} {unit} is not stated for {channel}: {item}"
            free = self.truth.is_free(channel)
            if "mien phi, theo " in fold(plain) and not free:
                yield f"{channel} is not free: {item}"
            if "mien phi" in fold(plain) and not (free or self.truth.speaks_of_free(channel)):
                yield f"{channel} says nothing of free: {item}"


def without_notes(item: str) -> str:
    """Return a line without what tells two ways of filing by one channel apart."""
    return _NOTE.sub(r"\1", item)


def _tells_fee_or_time(title: str, item: str) -> bool:
    if title in _BY_CHANNEL:
        return True
    return _FEE_OR_TIME.match(item) is not None and title.startswith((_OVERVIEW, _ONLINE))


def _first_clauses(told: str) -> Iterator[str]:
    """Yield the limit and the sum themselves, without conditions."""
    for part in _PART.split(told):
        yield re.split(r"[.;] ", part)[0]


def unquoted(reply: Reply, truth: Truth) -> Iterator[str]:
    """Yield the fees told in words that the reply does not quote to their end."""
    said = _letters(render_plain(reply))
    for methods in truth.methods.values():
        for method in methods:
            in_words = method.get("fee_status") == "see_text" or method.get("fee_suspicious")
            if not in_words:
                continue
            for text in (_letters(fee["text"]) for fee in method["fees"]):
                if text not in said:
                    yield f"not quoted: {text}"


def _letters(text: str) -> str:
    """Return the words of `text` without numbers: signs of lists are not quoted."""
    return " ".join([word for word in words(text).split() if not word.isdecimal()])


def unnamed(reply: Reply, truth: Truth) -> Iterator[str]:
    """Yield the ways of filing of the data that a reply about all of them does not name."""
    said = render_plain(reply).lower()
    for name, channel in CHANNELS.items():
        if channel in truth.methods and name not in said:
            yield f"not named: {name}"
