"""Reads the places from the data of two installed packages; nothing is fetched.

* `vietnam-provinces`: the 34 provinces and 3,321 communes, wards and special zones of today.
* `underthesea.address`: which former commune or ward became which (Apache-2.0; made from
  vietnamadminunits, MIT). Where two communes of a district differ by their accents only, it holds
  no name but the letters run together ("xãhoalộc"); those are taken apart again.

Neither package is imported: only their data files are opened, a province at a time.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import yaml

from knowledge.content import SHIPPED
from knowledge.errors import KnowledgeError
from knowledge.places import Gazetteer, Kind, Place, PlaceNames
from knowledge.spelling import is_syllable
from knowledge.text import fold

NAMES: Final = "place_names.yaml"
_TODAY: Final = ("vietnam_provinces", "data/nested-divisions.json")
_FORMER: Final = ("underthesea", "address/data/mapping.json")
_VERSION: Final = re.compile(r"__(data_)?version__ = '([\d.-]+)'")
_TYPES: Final = (
    "thành phố",
    "thị trấn",
    "thị xã",
    "đặc khu",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
)
_LETTERS: Final = re.compile(r"[^\w]|_")


def load_gazetteer(content: Path = SHIPPED) -> Gazetteer:
    """Return all places; a fifth of a second.

    Other names of places are everybody's: a folder that has no file of its own for them is read
    with the one that ships.

    Raises:
        KnowledgeError: a package is not installed, or its data is not as expected.
    """
    try:
        today = json.loads(_data(*_TODAY).read_bytes())
        former = json.loads(_data(*_FORMER).read_bytes(), object_hook=_slim)
        names = yaml.load(_names(content).read_text("utf-8"), Loader=yaml.CSafeLoader)
        version, as_of = _versions()
        reading = _Reading(today)
        reading.add_former(former)
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise KnowledgeError(
            "Không đọc được dữ liệu địa danh của vietnam-provinces và underthesea. "
            f"Chạy make setup để cài lại. ({type(error).__name__}: {error})"
        ) from error
    known = PlaceNames(
        names["other_names"], names["words"].split(", "), names["words_after_kind"].split(", ")
    )
    source = f"vietnam-provinces {version} và underthesea"
    return Gazetteer(reading.places, known, source, as_of)


class _Reading:
    """Collects the places, larger ones first."""

    def __init__(self, today: list[Mapping[str, Any]]) -> None:
        self.places: list[Place] = []
        self._provinces: dict[str, Place] = {}
        self._wards: dict[tuple[Place, str], Place] = {}
        self._successors: dict[tuple[str, str, str], Place] = {}
        for item in today:
            name = _tidy(item["name"])
            kind = "" if name.startswith("Thành phố") else "Tỉnh "
            province = Place(Kind.PROVINCE, kind + name)
            self.places.append(province)
            self._provinces[_letters(province.name)] = province
        for item, province in zip(today, tuple(self.places), strict=True):
            for one in item["wards"]:
                ward = Place(Kind.WARD, _tidy(one["name"]), province)
                self.places.append(ward)
                self._wards[province, _exact(ward.name)] = ward
                self._wards.setdefault((province, _letters(ward.name)), ward)

    def add_former(self, data: Mapping[str, Any]) -> None:
        """Add former provinces, districts and wards that are not the same today."""
        former = {
            key: self._former_province(data, key, item)
            for key, item in data["old_province_names"].items()
        }
        wards: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
        districts: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for province, district, ward, new in _rows(data["ward_mapping"]):
            successor = self._successor(new)
            wards[province, district, ward].append(successor)
            districts[province, district].append(successor)
        made = {}
        for (province, district), successors in districts.items():
            place = Place(Kind.FORMER_DISTRICT, district, former[province], _by_name(successors))
            made[province, district] = place
            self.places.append(place)
        for (province, district, name), successors in wards.items():
            if name:  # islands had no wards
                within = made[province, district]
                self.places.append(Place(Kind.FORMER_WARD, name, within, _by_name(successors)))

    def _former_province(self, data: Mapping[str, Any], key: str, item: Mapping[str, str]) -> Place:
        name = _tidy(item["name"])
        new = data["province_names"][data["province_mapping"][key]]["name"]
        place = Place(Kind.FORMER_PROVINCE, name, None, (self._provinces[_letters(_tidy(new))],))
        self.places.append(place)
        return place

    def _successor(self, new: tuple[str, str, str]) -> Place:
        if new not in self._successors:
            self._successors[new] = self._find(*new)
        return self._successors[new]

    def _find(self, province: str, name: str, key: str) -> Place:
        within = self._provinces[_letters(province)]
        exact = self._wards.get((within, _exact(name or key)))
        return exact or self._wards[within, _letters(name or key)]


def _rows(
    mapping: list[Mapping[str, str]],
) -> Iterator[tuple[str, str, str, tuple[str, str, str]]]:
    for row in mapping:
        new = (row["new_province"], row["new_ward"], row["new_ward_key"])
        district = _capital(_tidy(row["old_district"]))
        ward = _tidy(row["old_ward"]) or _taken_apart(row["old_ward_key"])
        yield row["old_province_key"], district, ward, new


_KEPT: Final = frozenset(
    {
        "old_province_key", "old_district", "old_ward", "old_ward_key",
        "new_province", "new_ward", "new_ward_key",
    }
)  # fmt: skip


def _slim(item: dict[str, Any]) -> dict[str, Any]:
    """Return a row without what nobody asks for: half of the memory while reading."""
    return {key: item[key] for key in _KEPT} if "mapping_type" in item else item


def _by_name(places: list[Place]) -> tuple[Place, ...]:
    return tuple(sorted(dict.fromkeys(places), key=lambda one: fold(one.name)))


def _taken_apart(letters: str) -> str:
    """Return the name of letters run together: the fewest syllables, the first ones short.

    >>> _taken_apart("xãhoalộc"), _taken_apart("phườngsapả"), _taken_apart("")
    ('Xã Hoa Lộc', 'Phường Sa Pả', '')
    """
    kind = next((one for one in _TYPES if letters.startswith(one.replace(" ", ""))), "")
    words = _split(letters[len(kind.replace(" ", "")) :])
    return " ".join([kind.capitalize(), *(word.capitalize() for word in words)]).strip()


def _split(letters: str) -> tuple[str, ...]:
    """Return the syllables; () where the letters are none."""
    found: list[tuple[str, ...]] = [(letters,)] if is_syllable(letters) else []
    for end in range(1, len(letters)):
        rest = _split(letters[end:]) if is_syllable(letters[:end]) else ()
        found += [(letters[:end], *rest)] if rest else []
    return min(found, key=len, default=())


def _versions() -> tuple[str, str]:
    text = _data(_TODAY[0], "__init__.py").read_text("utf-8")
    found = dict(_VERSION.findall(text))
    return found[""], found["data_"]


def _names(content: Path) -> Path:
    own = content / NAMES
    return own if own.exists() else SHIPPED / NAMES


def _data(package: str, path: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise OSError(f"{package} is not installed")
    return Path(spec.submodule_search_locations[0]) / path


@lru_cache(maxsize=1024)
def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").replace("–", "-").split())


@lru_cache(maxsize=1024)
def _capital(name: str) -> str:
    """Return a kind of one spelling: "Thành Phố Tân Uyên" and "Thành phố …" are the same."""
    return re.sub(r"^(Thành|Thị) (Phố|Xã)\b", lambda two: two.group().capitalize(), name)


def _letters(name: str) -> str:
    return _LETTERS.sub("", fold(name))


def _exact(name: str) -> str:
    return _LETTERS.sub("", _tidy(name).lower())
