import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keystrokes import telex, vni
from knowledge.spelling import TONES, is_syllable, put_tone
from tests.support import keyboard

INITIALS = ("", "b", "c", "đ", "gi", "h", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr")
RIMES = ("a", "anh", "ăng", "âp", "ây", "em", "ê", "iêt", "i", "oan", "oc", "ông", "ơi", "uân",
         "uôc", "uyên", "ưa", "ương", "ươc", "y")  # fmt: skip

syllables = st.builds(
    lambda initial, rime, tone: put_tone(initial + rime, tone),
    st.sampled_from(INITIALS),
    st.sampled_from(RIMES),
    st.sampled_from(("", *TONES)),
).filter(is_syllable)


@given(syllables, st.booleans())
def test_every_syllable_is_read_from_its_telex_keys(syllable: str, tone_last: bool) -> None:  # noqa: FBT001 - drawn
    keys = keyboard.telex(syllable, tone_last=tone_last)
    read = telex(keys)

    assert keys == syllable or (read is not None and read.syllable == syllable)


@given(syllables, st.booleans())
def test_every_syllable_is_read_from_its_vni_keys(syllable: str, tone_last: bool) -> None:  # noqa: FBT001 - drawn
    keys = keyboard.vni(syllable, tone_last=tone_last)
    read = vni(keys)

    assert keys == syllable or (read is not None and read.syllable == syllable)


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("dduowcj", "được"),
        ("dduocwj", "được"),
        ("thuowngf", "thường"),
        ("toio", "tôi"),
        ("giuwax", "giữa"),
        ("gif", "gì"),
        ("quys", "quý"),
        ("nhwngx", "những"),
        ("hoafn", "hoàn"),
        ("xoawns", "xoắn"),
        ("huowr", "huở"),
    ],
)
def test_telex_keys_may_be_typed_in_any_usual_order(keys: str, syllable: str) -> None:
    read = telex(keys)

    assert read is not None
    assert read.syllable == syllable


@pytest.mark.parametrize(
    ("keys", "syllable"), [("d9uoc75", "được"), ("ho62", "hồ"), ("tha8ng1", "thắng")]
)
def test_vni_keys_may_stand_at_the_end(keys: str, syllable: str) -> None:
    read = vni(keys)

    assert read is not None
    assert read.syllable == syllable


@pytest.mark.parametrize(
    "keys", ["sinh", "photo", "data", "there", "visas", "online", "zalo", "form", "class", "pdf"]
)
def test_what_is_no_syllable_in_telex_is_left(keys: str) -> None:
    assert telex(keys) is None


@pytest.mark.parametrize(
    "keys", ["ct01", "b2", "kt3", "c06", "m2", "h17", "thang12", "top10", "a11"]
)
def test_what_is_no_syllable_in_vni_is_left(keys: str) -> None:
    assert vni(keys) is None


@given(st.text(alphabet="abcdeghiklmnopqrstuvxywfjz0123456789", max_size=24))
def test_what_is_read_is_a_syllable(keys: str) -> None:
    for read in (telex(keys), vni(keys)):
        assert read is None or is_syllable(read.syllable)
