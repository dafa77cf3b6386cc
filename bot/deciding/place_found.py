"""Which places a message names, and whether it asks about one of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from knowledge.place_finding import find_places
from knowledge.place_mentions import Mention
from knowledge.places import Gazetteer, Kind
from knowledge.text import fold, normalise, syllables

PLACE_MARK = "place:"
"""Begins the value of a button that names a place."""

GazetteerOf = Callable[[], Gazetteer | None]
"""Gives all places; reading them takes a third of a second, so only when one may be meant."""


def no_gazetteer() -> Gazetteer | None:
    """No place is known."""
    return None


@dataclass(frozen=True, slots=True)
class PressedPlace:
    """A pressed button that names a place."""

    key: str


_NOW = r"(?:bay gio|hien (?:nay|gio|tai)|sau sap nhap|nay|gio)"
_KIND = r"(?:tinh|thanh pho|tp|quan|huyen|thi xa|phuong|xa|dac khu)"
_WHAT = r"(?:nao|gi|mo|dau|ten gi|ra sao|the nao)"
_CUE: Final = re.compile(
    rf"\b(?:{_NOW} )?(?:thi )?(?:la )?(?:dang )?thuoc (?:ve )?(?:{_KIND} )?{_WHAT}\b"
    rf"|\b(?:{_NOW} )(?:thi )?(?:la|thanh|goi la|goi|ten la|ten|mang ten|ghi la|ghi|doi thanh"
    rf"|doi ten thanh|chuyen thanh|nhap vao|ve)(?: {_KIND})?(?: ten)? {_WHAT}\b"
    rf"|\b(?:sap )?nhap (?:chung |lai )?(?:vao |voi |thanh |ve |cung )?(?:{_KIND} )?{_WHAT}\b"
    r"|\b(?:bi |duoc |da )?(?:sap nhap|doi ten|xoa ten|giai the)\b(?: (?:chua|roi|khong|ko))?"
    rf"|\b(?:doi ten|ten moi)(?: thanh| la| cua)?(?: {_KIND})?(?: {_WHAT})?\b"
    r"|\b(?:sap )?nhap (?:chung |lai )?(?:vao|voi|ve|thanh)\b"
    rf"|\b(?:gom|gop)(?: (?:nhung|cac|lai|chung|vao|voi|thanh))*(?: {_KIND})? {_WHAT}\b"
    rf"|\b(?:doi|chuyen|goi)(?: ten)? (?:thanh|la|sang)(?: {_KIND})? {_WHAT}\b"
    r"|\bdia chi moi\b|\bbi (?:bo|xoa)\b"
    rf"|\b(?:tach|chia)(?: (?:ra|ve|thanh|vao))?(?: (?:nhung|cac|may))?(?: {_KIND})? {_WHAT}\b"
    r"|\b(?:con|khong con|het) (?:khong|ton tai|nua)\b"
    r"|\b(?:da |bi )?bo (?:roi|chua|di)\b"
    rf"|\bla (?:{_KIND} )(?:nao|gi)\b|\bo (?:tinh|thanh pho) nao\b"
    rf"|\b(?:truoc day|truoc kia|hoi truoc|ten cu)(?: la| thuoc)?(?: {_KIND})? {_WHAT}\b"
)
"""Folded words of those who ask what a place is now, was before, or belongs to."""

_FILL: Final = frozenset(
    syllables(
        "a ad anh bay ban biet cac cai chi cho chau co con cu cua da dang day di dia gio ghi hien"
        " ho hoi khong khu la lai len moi muon minh nao nay nha nhe nhi o oi qua quyen roi sao sap"
        " tai ten the thi thuoc toi trong truoc tu va vay ve voi xin em kia duoc bi so xung goi"
        " chinh hanh sau nhap gi dau bo thanh dung phai"
    )
)
"""Folded syllables that say nothing beside a place."""


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A message that asks about a place."""

    mention: Mention
    rest: str
    """What else it says, without the place and the asking words."""


def asks_of_a_place(text: str) -> bool:
    """Tell whether `text` asks what a place is or was, without looking for the place.

    >>> asks_of_a_place("Bình Dương giờ thuộc tỉnh nào"), asks_of_a_place("khai sinh ở đâu")
    (True, False)
    """
    return bool(_CUE.search(fold(text)))


_NO_NAME = (
    r"(?!(?:nao|gi|nay|toi|em|day|dau(?! tieng| giay| lieu)"
    rf"|(?:cho|noi) (?:nao|gi|nay)|{_KIND})\b)"
)
"""What no name of a place begins with: "ở đâu" and "ở xã nào" name none."""
_MAY_NAME: Final = re.compile(
    rf"\b(?:{_KIND}|thi tran|[qpfhx]|tx|tt|o|tai|ben|duoi|que|vung|man)\b[\s.,]*{_NO_NAME}\w"
    r"|\b(?:q|p|f|h|x|tx|tt|quan|phuong)\.?\d|\bsai gon\b|\btp"
)
_COUNTED: Final = re.compile(r"\D?\d\s+(?:sao|ngay|thang|nam|tuoi|nguoi|lan|gio)\b")
"""A number that counts something is no name of a ward: "cho phuong 5 sao"."""


def may_name_a_place(text: str) -> bool:
    """Tell whether a place may be named beside a question, without looking for one.

    >>> may_name_a_place("khai sinh ở Dĩ An"), may_name_a_place("khai sinh ở xã nào")
    (True, False)
    """
    folded = fold(text)
    return bool(_MAY_NAME.search(folded) or _CUE.search(folded))


def without_places(gazetteer_of: GazetteerOf, text: str) -> str:
    """Return `text` with blanks where it names places, as long as before: offsets stay right.

    What names no procedure may be near one: "căn cước ở phường Thủ Đức" asks for the card. Where
    nothing but a place is named, `text` stays.
    """
    gazetteer = gazetteer_of() if may_name_a_place(text) else None
    folded = fold(text)
    if gazetteer is None or len(folded) != len(text) or normalise(text) != text:
        return text
    kept = text
    for mention in find_places(gazetteer, text):
        for start, end in ((mention.start, mention.end), *mention.beside):
            if not _COUNTED.match(folded, max(start, end - 2)):
                kept = f"{kept[:start]}{' ' * (end - start)}{kept[end:]}"
    return kept if {fold(one) for one in syllables(kept)} - _FILL else text


def place_question(gazetteer: Gazetteer, text: str) -> PlaceQuestion | None:
    """Return the place that `text` asks about, and what else it says; None: it asks about none."""
    cue = _CUE.search(fold(text))
    if cue is None or len(fold(text)) != len(text):
        return None
    mentions = find_places(gazetteer, text, bare=True)
    before = [one for one in mentions if one.start < cue.start()]
    spans = [(one.start, one.end) for one in mentions]
    spans += [span for one in mentions for span in one.beside]
    for mention in (*before[:1], *mentions[:1]):
        rest = _without(text, cue.span(), *spans)
        if mention.with_kind or _stands_alone(mention, rest):
            return PlaceQuestion(mention, rest)
    return None


def _stands_alone(mention: Mention, rest: str) -> bool:
    """Tell whether a bare name is a place here: of a large one, or where little else is said."""
    large = all(one.kind <= Kind.FORMER_DISTRICT for one in mention.places)
    return (large and len(syllables(mention.said)) > 1) or not says_more(rest)


def says_more(rest: str) -> bool:
    """Tell whether what is said beside a place names something, such as a procedure."""
    return len({fold(one) for one in syllables(rest)} - _FILL) > 1


def _without(text: str, *spans: tuple[int, int]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return " ".join("".join(kept).split())


def place_alone(gazetteer: Gazetteer, text: str) -> Mention | None:
    """Return the place that is all that `text` says, with its kind: "phường Bến Nghé"."""
    mentions = find_places(gazetteer, text)
    if len(mentions) != 1 or not mentions[0].with_kind:
        return None
    spans = [(mentions[0].start, mentions[0].end), *mentions[0].beside]
    return None if says_more(_without(text, *spans)) else mentions[0]
