"""Typing slips are put right before reading, and nothing else is touched."""

import gzip
import json
import random
import re
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.legible import legible
from bot.understanding import clean
from knowledge.text import strip_accents, syllables
from tests.support import keyboard
from tests.support.training_text import read_sentences

TRAINING = Path(__file__).parents[2] / "nlu" / "data" / "intents" / "ask_procedure"


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Accented questions without digits and abbreviations with a full stop, in small letters."""
    texts = (clean(one.text).lower() for one in read_sentences(TRAINING))
    return [text for text in texts if not text.isascii() and not re.search(r"[\d./]", text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng ky khai sinh", "đăng ky khai sinh"),
        ("giaays khai sinh can gif", "giấy khai sinh can gì"),
        ("khai sinh cho conf", "khai sinh cho còn"),
        ("dang ky1 ket hon", "dang ký ket hon"),
        ("d9ang ky1 tam tru1", "đang ký tam trú"),
        ("giay61 khai sinh", "giấy khai sinh"),
        ("max hoof sow", "mã hồ sơ"),
        ("DDAWNG KYS KET HON", "đăng ký ket hon"),
        ("ddk kinh doanh", "đk kinh doanh"),
        ("ddăng ký", "đăng ký"),
        ("khoong can", "không can"),
        ("khaiii sinh cần gìii", "khai sinh cần gì"),
        ("giấyyy tờ", "giấy tờ"),
        ("nhee ad ơiiii", "nhe ad ơi"),
        ("cần gì,ở đâu.Mất mấy ngày", "cần gì, ở đâu. Mất mấy ngày"),
        ("ĐĂNG KÝ KHAI SINH Ở ĐÂU", "đăng ký khai sinh ở đâu"),
        ("TO KHAI CT01 O DAU", "to khai CT01 o dau"),
        ("Ðăng ký tạm trú cho ngƣời thuê", "Đăng ký tạm trú cho người thuê"),
        ("quán bar cần giaays gif", "quán bar cần giấy gì"),
    ],
)
def test_a_slip_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert legible(typed) == meant


@pytest.mark.parametrize(
    "typed",
    """
mức độ 4
điều 11 khoản 2
hạng b2
mẫu ct01
lái xe a1
kt3
1 thành viên
c06
quan1 phuong5
thang12
ngay16
tháng8
lop10
khí co2
20tr hay 2tr5
https://dichvucong.gov.vn/tim-kiem
vneid.gov.vn,otp
lan.nguyen@example.com,nhé
H17.15-25O710-0012
118/2025/NĐ-CP
TP.HCM
CCCD
thủ tục loại III, nhóm II
ANS tại cảng, tàu trên 500 DWT
check hs
reset pass vneid
mua xe air blade
xem list phòng test
cho thuê room ở homestay
k ko hok dc
uk
xoong nồi
I lost my passport, how do I renew it
je suis français et je vis au Vietnam
""".strip().splitlines(),
)
def test_codes_numbers_addresses_loans_and_other_languages_stay(typed: str) -> None:
    assert legible(typed) == typed


def share_read(
    sentences: list[str], change: keyboard.Change, share: float, rest: keyboard.Change
) -> float:
    """Return the share of slips that are read rightly; a spoilt neighbour is counted against it."""
    rng = random.Random(20261122)  # noqa: S311 - noise
    slips = wrong = 0
    for text in sentences:
        typed, meant, count = keyboard.noisy(text, change, rng, share, rest=rest)
        read, want = syllables(legible(typed)), syllables(meant)
        slips += count
        wrong += sum(one != other for one, other in zip_longest(read, want))
    assert slips > 1_000
    return 1 - wrong / slips


@pytest.mark.parametrize("keys", [keyboard.telex, keyboard.vni])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
@pytest.mark.parametrize("rest", [str, strip_accents])
def test_words_typed_in_keys_are_read_and_their_neighbours_left(
    sentences: list[str], keys: keyboard.Change, share: float, rest: keyboard.Change
) -> None:
    assert share_read(sentences, keys, share, rest) > 0.95


@pytest.mark.parametrize("rest", [str, strip_accents])
def test_letters_held_down_are_let_go(sentences: list[str], rest: keyboard.Change) -> None:
    rng = random.Random(1)  # noqa: S311 - noise

    def held(word: str) -> str:
        return keyboard.lengthened(rest(word), rng) if len(word) > 1 else word

    bare = [rest(text) for text in sentences]
    assert share_read(bare, held, 0.3, str) > 0.95


def test_no_name_of_the_national_records_is_changed(national_data: Path) -> None:
    names = []
    for which in ("national", "defence"):
        path = national_data / f"procedures_{which}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            names += [clean(json.loads(line)["name"]) for line in lines]

    assert len(names) > 2_500
    for name in (*names, *map(strip_accents, names)):
        assert syllables(legible(name)) == syllables(name)


@given(st.text(max_size=200))
def test_any_text_is_read_without_losing_a_line_or_gaining_one(typed: str) -> None:
    read = legible(clean(typed))

    assert read == read.strip()
    assert "\n" not in read


@pytest.mark.parametrize("typed", ["𝐝𝐚𝐧𝐠 𝐤𝐲 𝐤𝐡𝐚𝐢 𝐬𝐢𝐧𝐡", "ｄａｎｇ ｋｙ ｋｈａｉ ｓｉｎｈ"])
def test_decorated_letters_are_read_as_letters(typed: str) -> None:
    assert legible(typed) == "dang ky khai sinh"
