"""Typing in other ways."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, strip_accents
from tests.evaluation.cases import Case
from tests.evaluation.noise import VARIANTS, half_stripped, typed, variants

TEXT = "làm giấy khai sinh cho con cần những giấy tờ gì và mất bao nhiêu tiền vậy ạ?"


def test_the_same_text_always_changes_the_same_way() -> None:
    assert VARIANTS
    for change in VARIANTS.values():
        assert change(TEXT) == change(TEXT)


def test_half_of_the_accents_are_lost_and_nothing_else() -> None:
    changed = half_stripped(TEXT)
    assert strip_accents(TEXT) != changed != TEXT
    assert fold(changed) == fold(TEXT)


def test_typing_with_noise_changes_letters_and_leaves_most_of_them() -> None:
    texts = [f"{TEXT} {number}" for number in range(30)]
    changed = [typed(text) for text in texts]
    assert sum(one != other for one, other in zip(texts, changed, strict=True)) >= 20
    assert any(fold(one) != fold(other) for one, other in zip(texts, changed, strict=True))


@given(st.text(max_size=60))
def test_any_text_can_be_typed_with_noise(text: str) -> None:
    assert isinstance(typed(text), str)


def test_only_accented_messages_are_typed_again_and_dossier_codes_never() -> None:
    accented = Case("1", "x", ("tôi hỏi", "tạm trú"), codes=frozenset({"1.004194"}))
    plain = Case("2", "x", ("tam tru",))
    dossier = Case("3", "x", ("mã H17.15-250710-0012",), dossier_code="H17.15-250710-0012")
    made = variants([accented, plain, dossier])
    assert made.keys() == VARIANTS.keys()
    [stripped] = made["stripped"]
    assert stripped.turns == ("toi hoi", "tam tru")
    assert stripped.codes == accented.codes
    assert stripped.id == "1~stripped"
