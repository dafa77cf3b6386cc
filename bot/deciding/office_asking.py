"""Words of those who ask for the hours, the telephone or the address of an office."""

import re
from typing import Final

from knowledge.text import fold

_OFFICE = (
    r"(?:phuong|xa|uy ban|ubnd|trung tam|mot cua|bo phan|cong an|co quan|noi (?:nhan|nop|lam)|tinh)"
)
_DAY = (
    r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t7|chu nhat|cn|cuoi tuan|hom nay|ngay mai|mai"
    r"|(?:sang|chieu|trua) (?:nay|mai)|buoi (?:sang|chieu|trua))"
)
_HOURS: Final = re.compile(
    r"\b(?:may gio|gio nao) (?:thi )?(?:lam|mo|dong|nghi|het|nhan|tiep|bat dau)"
    r"|\b(?:may gio|gio nao)\b.{0,30}\b(?:lam viec|mo cua|dong cua|nghi trua|tiep dan)\b"
    r"|\b(?:lam viec|mo cua|dong cua|nhan ho so|tiep dan)\b.{0,20}\b(?:may gio|gio nao|luc nao)\b"
    r"|\bgio (?:lam viec|mo cua|dong cua|tiep dan|nhan ho so|hanh chinh)\b|\blich lam viec\b"
    rf"|\b{_DAY}\b.{{0,25}}\b(?:lam viec|lam|mo cua|mo|nghi|nhan ho so|tiep dan)\b"
    r".{0,15}\b(?:khong|ko|k|hong|chua|den may gio|toi may gio)\b"
    r"|\bnghi trua\b"
)
_PHONE: Final = re.compile(
    rf"\b(?:so dien thoai|sdt|so may|duong day nong|hotline)\b.{{0,20}}\b{_OFFICE}\b"
    r"|\b(?:(?:xin|cho) (?:\w+ ){0,2}|co )(?:so dien thoai|sdt|hotline)"
    r"(?: (?:khong|ko|k|voi|nhe|a|lien he|de (?:goi|hoi)))*\W*$"
    r"|\b(?:goi|lien he) (?:so nao|so may|dien thoai nao)\b|^(?:so dien thoai|sdt|hotline)\W*$"
)
_ADDRESS: Final = re.compile(
    rf"\b(?:dia chi|tru so)\b.{{0,12}}\b{_OFFICE}\b|^(?:dia chi|tru so)\b.{{0,12}}$"
    r"|\b(?:uy ban|ubnd|trung tam|mot cua|tru so)\b.{0,30}\b(?:o dau|cho nao|duong nao|ban do)\b"
)
_HOTLINE: Final = re.compile(r"\b(?:hotline|hot line|duong day nong|tong dai)\b")
_OF_THE_WARD: Final = re.compile(
    r"\b(?:ubnd|uy ban(?: nhan dan)?|cong an|tru so|dia chi|so dien thoai|sdt|mot cua)"
    r"(?: cua)? (?:phuong|xa|dac khu)\b"
)


def asks_for_the_hotline(text: str) -> bool:
    """Tell whether `text` speaks of the number that a province answers."""
    return bool(_HOTLINE.search(fold(text)))


def asks_of_the_ward_itself(text: str) -> bool:
    """Tell whether `text` asks for the office of a ward, whatever was talked of before.

    >>> asks_of_the_ward_itself("địa chỉ UBND phường Phú Mỹ"), asks_of_the_ward_itself("gọi số nào")
    (True, False)
    """
    return bool(_OF_THE_WARD.search(fold(text)))


def asks_of_an_office(text: str) -> bool:
    """Tell whether `text` asks for the hours, the telephone or the address of an office.

    >>> asks_of_an_office("thứ bảy có làm việc không"), asks_of_an_office("mất mấy ngày")
    (True, False)
    """
    return asks_of_hours(text) or asks_how_to_reach(text)


def asks_of_hours(text: str) -> bool:
    """Tell whether `text` asks when an office works."""
    return bool(_HOURS.search(fold(text)))


def asks_how_to_reach(text: str) -> bool:
    """Tell whether `text` asks for the telephone or the address of an office."""
    folded = fold(text)
    return bool(_PHONE.search(folded) or _ADDRESS.search(folded))
