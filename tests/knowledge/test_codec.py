"""A procedure survives being stored."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.codec import canonical, decode, encode
from knowledge.errors import RecordDamaged
from knowledge.procedure import FeeStatus, FilingChannel, Procedure, TimeUnit
from tests.support.builders import a_fee, a_method, a_procedure, a_time


@settings(max_examples=60)
@given(st.from_type(Procedure))
def test_every_procedure_comes_back_as_it_was(procedure: Procedure) -> None:
    assert decode(json.loads(canonical(procedure))) == procedure


def test_what_equals_the_default_is_not_stored() -> None:
    assert "aliases" not in encode(a_procedure(aliases=()))


def test_a_time_without_unit_stays_without_unit() -> None:
    procedure = a_procedure(methods=(a_method(time=a_time("1", None)),))
    assert decode(encode(procedure)).methods[0].time == a_time("1", None)


def test_no_time_and_no_unit_are_told_apart() -> None:
    procedure = a_procedure(methods=(a_method(FilingChannel.POST, time=None),))
    assert decode(encode(procedure)).methods[0].time is None


def test_two_procedures_that_differ_have_different_canonical_texts() -> None:
    one = a_procedure(methods=(a_method(fee=a_fee(10_000)),))
    other = a_procedure(methods=(a_method(fee=a_fee(status=FeeStatus.FREE)),))
    assert canonical(one) != canonical(other)


def test_canonical_text_is_readable_vietnamese_on_one_line() -> None:
    text = canonical(a_procedure("Đăng ký khai sinh"))
    assert "Đăng ký khai sinh" in text
    assert "\n" not in text


@pytest.mark.parametrize(
    "damage",
    [
        {"code": 1},
        {"levels": "commune"},
        {"levels": ["huyện"]},
        {"source": {}},
        {"source": []},
        {"methods": [{"channel": "fax"}]},
        {"popularity": True},
        {"steps": ["Nộp hồ sơ"]},
        {"aliases": "nhập hộ khẩu"},
    ],
)
def test_a_damaged_stored_record_is_told_and_never_half_read(damage: dict[str, object]) -> None:
    with pytest.raises(RecordDamaged, match="nhập lại dữ liệu"):
        decode(encode(a_procedure()) | damage)


def test_units_and_channels_are_stored_by_their_published_words() -> None:
    method = encode(a_procedure(methods=(a_method(FilingChannel.ONLINE),)))["methods"][0]
    assert method["channel"] == "online"
    assert method["time"]["unit"] == TimeUnit.WORKING_DAY.value
