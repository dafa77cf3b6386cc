import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dossiers.codes import MAX_READINGS, DossierCode, NearlyCode, find_codes, normal_form

DASHES = "-‐‑‒–—―−－"

units = st.from_regex(r"[A-Y][0-9]{2}", fullmatch=True)
old_bodies = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}", fullmatch=True)
new_bodies = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9]{1,3}){0,4}", fullmatch=True)
bodies = st.one_of(old_bodies, new_bodies, st.builds("A.{}".format, new_bodies))
days = st.dates(date(2018, 1, 1), date(2035, 12, 31))
dates = st.builds(lambda day, form: day.strftime(form), days, st.sampled_from(["%y%m%d", "%Y%m%d"]))
numbers = st.from_regex(r"([A-Z]{2})?[0-9]{4,8}", fullmatch=True)
codes = st.builds("{}-{}-{}".format, bodies, dates, numbers)


def values(text: str) -> list[str]:
    return [one.value for one in find_codes(text) if isinstance(one, DossierCode)]


def readings(text: str) -> tuple[str, ...]:
    (found,) = find_codes(text)
    assert isinstance(found, NearlyCode)
    return found.readings


@given(codes, st.sampled_from(["{}", "hồ sơ {} tới đâu rồi", "mã {}, cảm ơn", "({})"]))
@example("000.00.01.H29-240115-0001", "hồ sơ {} tới đâu rồi")
@example("G09.20-20260609-0092637", "{}")
def test_a_code_is_found_alone_and_in_a_sentence(code: str, sentence: str) -> None:
    text = sentence.format(code)
    (found,) = find_codes(text)

    assert isinstance(found, DossierCode)
    assert (found.value, found.raw) == (code, code)
    assert text[found.start : found.end] == code


@given(
    codes,
    st.sampled_from(DASHES),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from([str.lower, str.upper]),
)
def test_small_letters_dashes_and_spaces_around_signs_change_nothing(
    code: str, dash: str, space: str, case: Callable[[str], str]
) -> None:
    typed = re.sub(r"[.-]", lambda sign: space + sign.group() + space, code).replace("-", dash)

    assert values(f"tra {case(typed)} giúp tôi") == [code]


@given(codes, st.data())
def test_a_code_alone_may_have_spaces_anywhere(code: str, data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(1, len(code) - 1), max_size=6))
    typed = "".join(f" {sign}" if place in places else sign for place, sign in enumerate(code))

    assert values(typed) == [code]


@given(codes)
def test_digits_and_letters_of_full_width_are_read(code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)

    assert values(f"mã {wide}") == [code]


@given(st.lists(codes, min_size=2, max_size=4))
def test_several_codes_are_found_in_their_order(typed: list[str]) -> None:
    assert values(" và ".join(typed)) == typed
    assert values(", ".join(typed)) == typed


@given(bodies, days, st.from_regex(r"[0-9]{4,7}", fullmatch=True))
def test_the_hyphen_before_the_number_may_be_missing_where_one_reading_is_left(
    body: str, day: date, number: str
) -> None:
    code = f"{body}-{day:%y%m%d}-{number}"
    typed = code.replace(f"-{number}", number)
    (found,) = find_codes(f"mã {typed}")

    either = (found.value,) if isinstance(found, DossierCode) else found.readings
    assert code in either
    assert isinstance(found, DossierCode) or len(either) > 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("h17 . 15 - 250710 - 0012", "H17.15-250710-0012"),
        ("H17.15-250710AA1234 xong chưa", "H17.15-250710-AA1234"),
        ("H17.15-250710-0012 5 ngày rồi chưa xong", "H17.15-250710-0012"),
        ("hs-H17.15-250710-00 12 đến đâu", "H17.15-250710-0012"),
        ("H17.15-250710-0012xong chưa", "H17.15-250710-0012"),
        ("mã:H17.15-250710-0012.Cho hỏi", "H17.15-250710-0012"),
        ("sơH17.15--250710--0012", "H17.15-250710-0012"),
    ],
)
def test_what_stands_around_a_code_does_not_hide_it(typed: str, code: str) -> None:
    assert values(typed) == [code]


phones = st.from_regex(r"(0|\+84 ?)[35789][0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3}", fullmatch=True)
identities = st.from_regex(r"0[0-9]{11}", fullmatch=True)
procedures = st.from_regex(r"[1-3]\.[0-9]{6}(\.000\.00\.00\.H[0-9]{2})?", fullmatch=True)
money = st.from_regex(r"[1-9][0-9]{0,2}(\.[0-9]{3}){1,3} ?(đồng|đ|vnd)", fullmatch=True)
calendar = st.builds(lambda day, form: day.strftime(form), days, st.sampled_from(
    ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d"]))  # fmt: skip
laws = st.from_regex(r"[1-9][0-9]{0,3}/20[0-9]{2}/(NĐ-CP|TT-VPCP|QĐ-TTg|QH15)", fullmatch=True)
plates = st.from_regex(r"[1-9][0-9][A-H][0-9]?-[0-9]{3}\.[0-9]{2}", fullmatch=True)
other_numbers = st.one_of(phones, identities, procedures, money, calendar, laws, plates)


@given(st.lists(other_numbers, min_size=1, max_size=3))
@example(["0912.345.678", "079123456789"])
@example(["118/2025/NĐ-CP", "25-07-2025", "150.000 đồng"])
def test_other_numbers_are_no_codes_and_nearly_none(typed: list[str]) -> None:
    assert find_codes(" ".join(typed)) == ()
    assert find_codes(f"cho hỏi {', '.join(typed)} là gì") == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H17.15-25071O-0012", "H17.15-250710-0012"),
        ("hl7.15-250710-0012", "H17.15-250710-0012"),
        ("H17.15-2S0710-0012", "H17.15-250710-0012"),
        ("000.00.01.H29-240115-OO01", "000.00.01.H29-240115-0001"),
        ("H17,15-250710-0012", "H17.15-250710-0012"),
        ("H17.15/250710/0012", "H17.15-250710-0012"),
        ("H17.15_250710_0012", "H17.15-250710-0012"),
        ("H17.15 250710-0012", "H17.15-250710-0012"),
        ("17.15-250710-0012", "H17.15-250710-0012"),
        ("HH17.15-250710-0012", "H17.15-250710-0012"),
        ("H177.15-250710-0012", "H17.15-250710-0012"),
        ("00.00.01.H29-240115-0001", "000.00.01.H29-240115-0001"),
        ("H17.15-250710-012", "H17.15-250710-0012"),
        ("H17.15-251310-0012", "H17.15-251013-0012"),
        ("A-G01.12-260410-0999", "A.G01.12-260410-0999"),
        ("của e 17.15-250710-0012", "H17.15-250710-0012"),
    ],
)
def test_one_slip_is_seen_and_the_likeliest_reading_comes_first(typed: str, code: str) -> None:
    assert readings(f"hồ sơ {typed} tới đâu rồi")[0] == code
    assert values(f"hồ sơ {typed} tới đâu rồi") == []


@pytest.mark.parametrize(
    "typed",
    [
        "H17 15 250710 0012", "h17 15 250710 0012", "H17.15 250710 0012", "h17.15.250710.0012",
        "H17 15-250710-0012", "H17152507100012", "h17152507100012",
    ],
)  # fmt: skip
def test_a_code_without_its_signs_is_read_and_asked_back(typed: str) -> None:
    assert readings(f"hồ sơ {typed} tới đâu rồi") == ("H17.15-250710-0012",)


@given(
    units.filter(lambda unit: unit[0] in "GH" and unit[1:] != "00"),
    days,
    st.from_regex(r"[0-9]{4}", fullmatch=True),
)
def test_blanks_instead_of_all_signs_are_read(unit: str, day: date, number: str) -> None:
    code = f"{unit}.15-{day:%y%m%d}-{number}"

    assert readings(f"mã {re.sub('[.-]', ' ', code)} ạ") == (code,)


def test_glued_digits_in_which_no_day_exists_are_seen_without_a_reading() -> None:
    assert readings("tra H17152699990004") == ()


@pytest.mark.parametrize(
    "typed",
    ["H001099012345", "H079099012345", "B1234567", "HS4010123456789", "30A12345", "G7", "h1 2 3",
     "quốc lộ 17 15 tháng 7 2025", "số 12 15 250710 0012"],
)  # fmt: skip
def test_other_letters_with_digits_are_no_code(typed: str) -> None:
    assert find_codes(typed) == ()


@pytest.mark.parametrize("typed", ["H17.15-251332-0012", "H17.15-250710-123456789"])
def test_what_no_single_slip_explains_is_seen_without_a_reading(typed: str) -> None:
    assert readings(f"tra {typed}") == ()


def test_a_number_that_may_go_on_behind_a_blank_is_asked_for() -> None:
    offered = ("G09.20-20260609-0092637", "G09.20-20260609-0092")

    assert readings("mã G09.20-20260609-0092 637") == offered


@given(codes, st.data())
def test_every_reading_offered_is_a_sound_code(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1))
    sign = data.draw(st.sampled_from("0123456789ABHOIL.-/ "))
    for found in find_codes(f"mã {code[:place]}{sign}{code[place + 1 :]} ạ"):
        if isinstance(found, NearlyCode):
            assert len(found.readings) <= MAX_READINGS
            assert all(normal_form(reading) == reading for reading in found.readings)


@given(st.text(alphabet="H17.-– 0OI/,\u00ea", max_size=400))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    for found in find_codes(text):
        assert text[found.start : found.end] == found.raw


def test_an_impossible_date_is_no_code() -> None:
    assert normal_form("H17.15-250230-0012") is None
    assert normal_form("H17.15-240229-0012") == "H17.15-240229-0012"
