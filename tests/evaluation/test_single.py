"""What the ablation asks: single messages, in every way of typing, never a blind one."""

from tests.evaluation.cases import Case
from tests.evaluation.noise import VARIANTS
from tests.evaluation.single import AS_WRITTEN, BARE, rows, singles


def test_single_messages_with_an_intent_are_asked_and_no_blind_one() -> None:
    found = singles()
    assert len(found) >= 600
    assert not any(case.blind or len(case.turns) > 1 or not case.intents for case in found)


def test_every_way_of_typing_retypes_the_same_messages() -> None:
    accented = Case("1", "x", ("tôi hỏi tạm trú",), intents=frozenset({"ask_procedure"}))
    bare = Case("2", "x", ("cam on",), intents=frozenset({"thanks"}))
    coded = Case("3", "x", ("mã H17.15-250710-0012",), dossier_code="H17.15-250710-0012")
    made = list(rows([accented, bare, coded]))
    assert [row["slice"] for row in made] == [AS_WRITTEN, *VARIANTS, BARE]
    assert [row["text"] for row in made][:2] == ["tôi hỏi tạm trú", "toi hoi tam tru"]
    assert {tuple(row["intents"]) for row in made[:-1]} == {("ask_procedure",)}
