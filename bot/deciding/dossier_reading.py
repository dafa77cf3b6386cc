"""What typed words say of a dossier: four digits, a secret word, a yes or a no.

Nobody need type accents, and the language model reads none of it: it knows no digits, and what
proves whose a dossier is should be seen by as little as can be.
"""

import re
from typing import Final
from unicodedata import decimal, normalize

from bot.dossiers.codes import NearlyCode, find_codes, normal_form
from knowledge.spelling import could_be_syllable
from knowledge.text import fold

MOST_CHARACTERS: Final = 80
"""A longer message is no answer to a question for four digits, a word or a yes."""

_FOUR: Final = 4
_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
_DAY: Final = re.compile(r"\d{1,2} ?[./\-] ?\d{1,2} ?[./\-] ?((?:19|20)\d\d)")

_AROUND_TEXT: Final = """
    so cuoi la sdt dt dien thoai duoi cccd can cuoc cmnd cmt chung minh nhan dan dinh danh cong
    nam sinh sn ma chu con bon toi em chau cua day ne nhe nha a da vang ok u uh ad ban anh chi
    oi the thi nay gom gui xin phone id tel di dong pin mat khau pass xac nhan thuc ca va voi
    luc bo me vo chong lai kia do dien ngay"""
_AROUND_DIGITS: Final = frozenset(_AROUND_TEXT.split())
"""Folded words that may stand around the digits."""
_COUNTED: Final = re.compile(r"\b(?:4|bon) (?=(?:so|chu|con|ky)\b)")
"""The four of "4 số cuối"."""
_NUMERALS: Final = {
    "khong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5",
    "sau": "6", "bay": "7", "tam": "8", "chin": "9",
}  # fmt: skip


def read_factor(text: str, *, years: bool = False) -> str | None:
    """Return the four digits that answer a question for them.

    Args:
        text: as typed.
        years: a year of birth is accepted, so that a whole day of birth tells it.

    Returns:
        Four digits; empty for digits that are not four; None: the text is no such answer.

    >>> read_factor("số cuối là 5678 nhé"), read_factor("5 6 7 8"), read_factor("sđt 567")
    ('5678', '5678', '')
    >>> read_factor("năm sinh 1990"), read_factor("lệ phí khai sinh năm 2026")
    ('1990', None)
    """
    if len(text) > MOST_CHARACTERS:
        return None
    plain = _plain(text)
    if years and (day := _DAY.search(plain)):
        plain = plain.replace(day[0], day[1])
    tokens = _TOKEN.findall(_COUNTED.sub("", " ".join(_TOKEN.findall(plain))))
    digits = [one for one in tokens if one.isdecimal()]
    words = [one for one in tokens if not one.isdecimal()]
    if not digits:
        return _spelled(words)
    if any(one not in _AROUND_DIGITS for one in words):
        return None
    joined = "".join(digits)
    return joined if len(joined) == _FOUR else ""


def _spelled(words: list[str]) -> str | None:
    """Return four numerals in a row: "năm sáu bảy tám"."""
    rest = list(words)
    while rest and rest[0] in _AROUND_DIGITS - _NUMERALS.keys():
        rest.pop(0)
    while rest and rest[-1] in _AROUND_DIGITS - _NUMERALS.keys():
        rest.pop()
    numerals = [_NUMERALS.get(one, "") for one in rest]
    return "".join(numerals) if len(numerals) == _FOUR and all(numerals) else None


_CODE: Final = "§"
_ALONE: Final = re.compile(r"(?<![\w.,/\-§])(?P<digits>\d{4}|\d(?: \d){3})(?![\w/\-§]|[.,:]\d)")
_CUE: Final = re.compile(
    r"(?:\b(?:so|cuoi|duoi|sdt|dt|dien thoai|cccd|can cuoc|cmnd|cmt|dinh danh|nam sinh|sinh nam|sn"
    r"|xac nhan|xac thuc|phone)(?:\W+(?:la|cua|toi|em|minh|so|cuoi))*|§)\W*$"
)
"""What four digits stand behind that prove something: a word for them, or the code itself."""
_BEHIND: Final = re.compile(r"§\W*$")
_OF_BIRTH: Final = re.compile(r"\b(?:nam sinh|sinh nam|sn)\W+(?:(?:la|cua|toi|em|minh)\W+)*$")
_NOT_BEHIND: Final = re.compile(r"\b(?:nam|thang|quy|ngay|luc|truoc|sau|tu|den|luat|dinh)\W*$")
_BEHIND_CODE: Final = re.compile(r"[\s,;:]+(\d{4}|\d(?: \d){3})$")


def apart_from_factor(text: str, *, years: bool = False) -> tuple[str, str]:
    """Return a message with a dossier code without the four digits beside it, and those.

    Empty: there are none, or it is not clear that they are meant to prove anything. A year of
    birth proves something only where `years` are accepted; it is taken out all the same. Of several
    codes with four digits behind each, those of the first are returned.

    >>> apart_from_factor("hs H17.15-250710-0012 số cuối 5678")
    ('hs H17.15-250710-0012 số cuối     ', '5678')
    >>> apart_from_factor("hồ sơ H17.15-250710-0012 nộp năm 2025")[1]
    ''
    """
    work = list(_plain(text))
    codes = find_codes(text)
    if not codes or len(work) != len(text):
        return text, ""
    for code in codes:
        behind = _BEHIND_CODE.search(code.raw)
        parted = behind is not None and _is_code(code.raw[: behind.start()])
        end = code.start + behind.start() if parted and behind else code.end
        work[code.start : end] = _CODE * (end - code.start)
    plain = _COUNTED.sub(lambda match: " " * len(match[0]), "".join(work))
    found = [one for one in _ALONE.finditer(plain) if _proves(plain, one)]
    each_behind_its_own = len(found) <= len(codes) and all(
        _BEHIND.search(plain[: one.start()]) for one in found
    )
    if not found or (len(found) > 1 and not each_behind_its_own):
        return text, ""
    for one in found:
        start, end = one.span()
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    first = found[0]
    if len(found) > 1 and _CODE in plain[codes[0].end : first.start()].strip(_CODE):
        return text, ""
    year = not years and _OF_BIRTH.search(plain[: first.start()])
    return text, "" if year else first["digits"].replace(" ", "")


def _is_code(written: str) -> bool:
    """Tell whether it is a code, or one that is mistyped: what stands behind is no part of it."""
    if normal_form(written) is not None:
        return True
    found = find_codes(written)
    return len(found) == 1 and isinstance(found[0], NearlyCode) and bool(found[0].readings)


def _proves(plain: str, match: re.Match[str]) -> bool:
    before, after = plain[: match.start()], plain[match.end() :]
    if _CUE.search(before):
        return True
    last = not re.search(r"[\w§]", after)
    first = not re.search(r"[\w§]", before) and bool(re.match(r"\W*§", after))
    return first or (last and not _NOT_BEHIND.search(before))


_SIGN: Final = "[23479acdefghjkmnpqrtuvwxy]"
"""The signs of which words are made: none is taken for another one."""
_WORD: Final = re.compile(
    r"(?:(?:ma|tu|la|day|ban|toi|em|minh|cua|so|nhap|go|nhan|cho|gui)\b[ :=]*)*"
    rf"(?P<one>{_SIGN}{{4}})[ \-.]?(?P<two>{_SIGN}{{4}})[ .!]*"
)


_FEWEST_SIGNS: Final = 4
"""Different ones: "aaaaaaaa" and "hahahehe" are no words that were given out."""
_FOR_DOSSIER: Final = re.compile(
    r"(?:(?:ma|tu|chu) )?(?:de )?(?:xem|mo|nhan tin|theo doi) (?:ho so|hs)"
    r"(?: (?:la|nay|cua toi|toi))*[ :=]+"
    r"(?P<word>[a-z0-9]{4}[ \-.]?[a-z0-9]{2,6})[ .!]*"
)
"""A word behind what a page says of it: nothing else is meant, however it is mistyped."""
_NEARLY: Final = re.compile(r"(?P<one>[a-z0-9]{3,5})[ \-.]?(?P<two>[a-z0-9]{3,5})[ .!]*")
_LENGTHS: Final = range(7, 10)
_FEWEST_LETTERS: Final = 3


def _mistyped_word(plain: str) -> str:
    """Return what is meant as a word but is none; empty: it is something else.

    Letters and digits that take turns: neither "thue 2027" nor the plate of a car.
    """
    if match := _FOR_DOSSIER.fullmatch(plain):
        word = re.sub(r"\W", "", match["word"])
        return word.upper() if any(map(str.isdigit, word)) else ""
    match = _NEARLY.fullmatch(plain)
    word = f"{match['one']}{match['two']}" if match else ""
    letters = sum(map(str.isalpha, word))
    turns = len(re.findall(r"\d+|[a-z]+", word))
    wrong = len(re.sub(_SIGN, "", word))
    mixed = _FEWEST_LETTERS <= letters < len(word) and turns > 2 and wrong <= 1  # noqa: PLR2004
    return word.upper() if mixed and len(word) in _LENGTHS else ""


def read_word(text: str) -> str:
    """Return the secret word that a message is; empty: it is something else.

    One that is nearly such a word is returned as it is typed: it opens nothing, which is told.
    What could be Vietnamese ("khai sinh") is read only where it is written as it was given out.

    >>> read_word("k7qm 2xwa"), read_word("mã: K7QM2XWA"), read_word("KHAI SINH")
    ('K7QM2XWA', 'K7QM2XWA', '')
    """
    if len(text) > MOST_CHARACTERS:
        return ""
    plain = " ".join(_plain(text).split())
    match = _WORD.fullmatch(plain)
    if match is None:
        return _mistyped_word(plain)
    one, two = match["one"], match["two"]
    word = f"{one}{two}".upper()
    if len(set(word)) < _FEWEST_SIGNS:
        return ""
    return word if _as_given(text, one + two) or _cannot_be_said(one, two) else ""


def _cannot_be_said(one: str, two: str) -> bool:
    if any(map(str.isdigit, one + two)):  # "thue 2027" is none
        return not (one.isalpha() and two.isdecimal())
    return not (could_be_syllable(one) or could_be_syllable(two))


def _as_given(text: str, word: str) -> bool:
    """Tell whether a word stands there unbroken and in capitals: nobody writes so by chance."""
    return word.upper() in text and not word.isdecimal()


_YES: Final = frozenset(
    {"vâng", "ừ", "ừm", "uhm", "um", "uh", "ok", "oke", "okay", "okie", "có", "đồng", "yes"}
    | {"muốn", "được", "báo", "nhớ", "theo", "đúng", "chắc", "lưu", "nhận"}
)
_BESIDE_YES: Final = frozenset(
    {"dạ", "ý", "đi", "luôn", "ạ", "nhé", "nha", "nhá", "rồi", "tôi", "mình", "em", "cháu", "dõi"}
    | {"tin", "cho", "giúp", "giùm", "phải", "chứ", "thì", "với", "bạn", "ad", "ơi", "này", "hồ"}
    | {"sơ", "khi", "kết", "quả", "thay", "đổi", "chắn", "lại", "a", "con", "anh", "chị", "hết"}
)
_NO: Final = frozenset(
    {"không", "ko", "k", "hông", "hong", "hok", "thôi", "đừng", "dừng", "khỏi", "no", "chưa"}
    | {"huỷ", "hủy", "chẳng"}
)
_BESIDE_NO: Final = frozenset(
    {"cần", "nữa", "đâu", "cảm", "ơn", "gì", "nào", "để", "sau", "bao", "giờ", "thích"}
)
_FOLDED: Final = {
    kind: frozenset(map(fold, words))
    for kind, words in (
        ("yes", _YES - {"đúng"}),  # "dung" is "đừng" as well
        ("no", _NO),
        ("all", _YES | _BESIDE_YES | _NO | _BESIDE_NO),
    )
}
_SPELLED_WORD: Final = re.compile(r"[^\W\d_]+")


def read_consent(text: str) -> bool | None:
    """Return whether words agree, or refuse; None: they do neither.

    Words must be those meant, accents and all, where they have any: "cô" is no "có".

    >>> read_consent("dạ có ạ"), read_consent("ok bao toi nhe"), read_consent("không cần đâu")
    (True, True, False)
    >>> read_consent("có mất phí không?"), read_consent("dung"), read_consent("lệ phí bao nhiêu")
    (None, False, None)
    """
    if len(text) > MOST_CHARACTERS:
        return None
    words = _SPELLED_WORD.findall(normalize("NFC", text).lower())
    if not words or not all(_is_one(word, _BESIDE_YES | _BESIDE_NO, "all") for word in words):
        return None
    if any(_is_one(word, _NO, "no") for word in words):
        return False
    return True if any(_is_one(word, _YES, "yes") for word in words) else None


def _is_one(word: str, accented: frozenset[str], folded: str) -> bool:
    if word.isascii():
        return word in _FOLDED[folded]
    return word in accented or (folded == "all" and word in _YES | _NO)


def _plain(text: str) -> str:
    """Return small letters without accents and ASCII digits, one for each sign where it can be."""
    folded = fold(text)
    if len(folded) != len(text):
        folded = "".join(bare if len(bare := fold(one)) == 1 else one for one in text)
    return _OTHER_DIGIT.sub(lambda match: str(decimal(match[0])), folded)
