from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import Restorer, strip_accents

SENTENCES = [
    "cần những giấy tờ gì",
    "cấp lại thẻ căn cước bị mất",
    "bao giờ có thẻ căn cước",
    "con tôi mới sinh",
    "còn hạn không",
]
RESTORER = Restorer.learn(sentence.split() for sentence in SENTENCES)


def test_the_neighbours_decide_which_accent_was_meant() -> None:
    assert RESTORER.restore(["can", "nhung", "giay", "to", "gi"]) == [
        "cần",
        "những",
        "giấy",
        "tờ",
        "gì",
    ]
    assert RESTORER.restore(["the", "can", "cuoc", "bi", "mat"]) == [
        "thẻ",
        "căn",
        "cước",
        "bị",
        "mất",
    ]


def test_what_was_typed_with_an_accent_is_never_changed() -> None:
    assert RESTORER.restore(["cẩn", "nhung"]) == ["cẩn", "những"]


def test_a_bare_syllable_amid_accented_ones_is_meant_so() -> None:
    assert RESTORER.restore(["con", "tôi", "mới", "bị", "mất", "thẻ"])[0] == "con"


def test_an_unknown_syllable_stays() -> None:
    assert RESTORER.restore(["xyz", "1.004222", "😀"]) == ["xyz", "1.004222", "😀"]


def test_what_is_saved_restores_alike_when_read_again(tmp_path: Path) -> None:
    path = tmp_path / "accents.json"
    RESTORER.save(path)
    bare = strip_accents(SENTENCES[1]).split()
    assert Restorer.load(path).restore(bare) == RESTORER.restore(bare)


@given(st.lists(st.text(alphabet="acginorstuyàấềơđ", min_size=1, max_size=6), max_size=12))
def test_only_accents_are_ever_added(syllables: list[str]) -> None:
    restored = RESTORER.restore(syllables)
    assert [strip_accents(s) for s in restored] == [strip_accents(s) for s in syllables]
