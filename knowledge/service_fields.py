"""The fields of procedures (lĩnh vực): one for all its spellings, and found by what people say."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.text import fold, syllables

LONGEST_KEY: Final = 40
"""So that a button can carry the key of a field beside a level (64 bytes)."""

_GENERIC: Final = re.compile(
    r"^(?:(?:quan ly|dang ky|thanh lap va hoat dong|hoat dong|thuc hien chinh sach|sat hach"
    r"|cap giay phep|cap|bao dam|giai quyet|cua|ve|nha nuoc) ?)+"
)
"""How the names of many fields begin; nobody says it."""

_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "ho khau": ("cu tru",),
    "dat": ("dat dai",),
    "nha dat": ("dat dai", "nha o"),
    "so do": ("dat dai",),
    "so hong": ("dat dai",),
    "bang lai": ("giay phep lai xe",),
    "lai xe": ("giay phep lai xe",),
    "gplx": ("giay phep lai xe",),
    "xe": ("phuong tien giao thong co gioi",),
    "xe co": ("phuong tien giao thong co gioi",),
    "xe may": ("phuong tien giao thong co gioi",),
    "o to": ("phuong tien giao thong co gioi",),
    "bien so": ("phuong tien giao thong co gioi",),
    "dang ky xe": ("phuong tien giao thong co gioi",),
    "ho chieu": ("xuat nhap canh",),
    "passport": ("xuat nhap canh",),
    "xuat canh": ("xuat nhap canh",),
    "cccd": ("can cuoc",),
    "can cuoc cong dan": ("can cuoc",),
    "cmnd": ("can cuoc",),
    "bhxh": ("bhxh",),
    "bao hiem xa hoi": ("bhxh",),
    "bhyt": ("bhyt",),
    "bao hiem y te": ("bhyt",),
    "kinh doanh": ("doanh nghiep", "ho kinh doanh"),
    "cong ty": ("doanh nghiep",),
    "y te": ("kham benh", "bhyt"),
    "tro cap": ("bao tro xa hoi",),
    "ho ngheo": ("giam ngheo",),
    "quan su": ("nghia vu quan su",),
    "nhap ngu": ("nghia vu quan su",),
    "an toan chay no": ("phong chay",),
    "pccc": ("phong chay",),
    "giao thong": ("giao thong", "duong bo"),
    "sao y": ("chung thuc",),
}
"""What people call a field, folded, and what the official name of it then holds."""

_SPLIT: Final = re.compile(r"[,;()–-]| va | va$")
_SHORT: Final = frozenset({"thue", "toa an"})
"""Names of one syllable that mean nothing else beside "thủ tục nào"."""


@dataclass(frozen=True, slots=True)
class ServiceField:
    """A field of procedures."""

    key: str
    """Small letters, digits and hyphens, at most LONGEST_KEY; stays while the name does."""
    name: str
    """As most records spell it."""


class Fields:
    """All fields of a library, by key."""

    def __init__(self, spellings: Mapping[str, Counter[str]]) -> None:
        """Take for each folded name how often it is spelt in which way."""
        self._by_folded: dict[str, ServiceField] = {}
        self._by_key: dict[str, ServiceField] = {}
        for folded in sorted(spellings):
            spelt = spellings[folded]
            name = min(spelt, key=lambda one: (-spelt[one], one))
            field = ServiceField(self._free_key(folded), name)
            self._by_folded[folded] = self._by_key[field.key] = field
        self._called = {field: _called(folded) for folded, field in self._by_folded.items()}

    @classmethod
    def of(cls, names: Iterable[str]) -> "Fields":
        """Gather the fields of these names; a name may come again and again."""
        spellings: dict[str, Counter[str]] = {}
        for name in names:
            spellings.setdefault(folded_field(name), Counter())[" ".join(name.split())] += 1
        return cls(spellings)

    def _free_key(self, folded: str) -> str:
        whole = "-".join(syllables(folded)) or "khac"
        key, number = whole[:LONGEST_KEY].rstrip("-"), 1
        while key in self._by_key:
            number += 1
            tail = f"-{number}"
            key = whole[: LONGEST_KEY - len(tail)].rstrip("-") + tail
        return key

    def __len__(self) -> int:
        return len(self._by_key)

    def of_name(self, name: str) -> ServiceField:
        """Return the field that a record names.

        Raises:
            KeyError: no record of this library names it.
        """
        return self._by_folded[folded_field(name)]

    def get(self, key: str) -> ServiceField | None:
        """Return the field of `key`, None where there is none."""
        return self._by_key.get(key)

    def named_like(self, name: str) -> ServiceField | None:
        """Return the field of a key or of a name in any spelling, accents or not."""
        return self._by_key.get(name) or self._by_folded.get(folded_field(name))

    def said_in(self, text: str) -> tuple[tuple[ServiceField, ...], str]:
        """Return the fields that a message names, and the folded words that name them.

        The longest name wins: "đăng ký xe" is no "đăng ký". Several fields share some names.

        >>> fields = Fields.of(["Hộ tịch", "Đăng ký, quản lý cư trú"])
        >>> [one.name for one in fields.said_in("lam ho khau qua mang")[0]]
        ['Đăng ký, quản lý cư trú']
        """
        words = f" {' '.join(syllables(fold(text)))} "
        names = {name for called in self._called.values() for name in called} | _SAID.keys()
        for said in sorted(
            (name for name in names if f" {name} " in words), key=lambda one: (-len(one), one)
        ):
            found = tuple(one for one, called in self._called.items() if said in called)
            found = found or tuple(self._holding(_SAID.get(said, ())))
            if found:
                return self._called_so(found, said) or found, said
        return (), ""

    def _called_so(self, found: Iterable[ServiceField], said: str) -> tuple[ServiceField, ...]:
        """Return those of which it is the whole name: "thuế" is no "quản lý thuế, phí"."""
        wanted = {said, *_SAID.get(said, ())}
        return tuple(one for one in found if " ".join(syllables(fold(one.name))) in wanted)

    def _holding(self, parts: Iterable[str]) -> Iterable[ServiceField]:
        wanted = tuple(parts)
        for folded, field in self._by_folded.items():
            flat = f" {' '.join(syllables(folded))} "
            if any(f" {part} " in flat for part in wanted):
                yield field


def folded_field(name: str) -> str:
    """Return the name of a field as its spellings share it.

    >>> folded_field("Hộ  tịch "), folded_field("HỘ TỊCH")
    ('ho tich', 'ho tich')
    """
    return " ".join(fold(name).split())


def _called(folded: str) -> frozenset[str]:
    """Return what people may say for a field: its name, and its parts without their beginnings."""
    names = {" ".join(syllables(folded))}
    for part in (folded, *_SPLIT.split(folded)):
        flat = " ".join(syllables(part))
        names |= {flat, _GENERIC.sub("", flat).strip()}
    return frozenset(
        name
        for name in names
        if name and (" " in name or name in _SHORT) and _GENERIC.sub("", f"{name} ").strip()
    )
