"""The files of failures and the tables of what is mistaken."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from tests.evaluation import faults
from tests.evaluation.asking import Answer
from tests.evaluation.cases import Case
from tests.evaluation.judging import Judged

WRONG = Answer(
    intent="out_of_scope",
    asked=frozenset(),
    procedure="1.004222",
    candidates=("1.004222",),
    outcome="answered_fee",
    reply="",
    confidence=0.97,
    dossier_code=None,
)
CASE = Case(
    "retrieval/residence-1",
    "x",
    ("đăng ký tạm trú hết bao nhiêu",),
    intents=frozenset({"ask_procedure"}),
    asked=(frozenset({"fee"}),),
    codes=frozenset({"1.004194"}),
)


def shown(table: object) -> str:
    console = Console(width=150, record=True, file=StringIO())
    console.print(table)
    return console.export_text()


def test_a_failure_tells_the_message_what_was_wanted_and_what_came(tmp_path: Path) -> None:
    faults.write(tmp_path, [Judged(CASE, WRONG)])
    told = (tmp_path / "right_first.txt").read_text("utf-8")
    for part in (CASE.id, CASE.text, "1.004194", "1.004222", "fee", "answered_fee", "0.97"):
        assert part in told
    assert (tmp_path / "intent.txt").read_text("utf-8")
    assert not (tmp_path / "in_scope_refused.txt").read_text("utf-8")


def test_nothing_is_told_of_a_blind_failure(tmp_path: Path) -> None:
    written = faults.write(tmp_path, [Judged(replace(CASE, blind=True), WRONG)])
    assert written
    assert [file.name for file in written if file.read_text("utf-8")] == []


def test_what_is_lost_by_typing_otherwise_is_told_and_what_was_wrong_before_is_not(
    tmp_path: Path,
) -> None:
    right = Judged(CASE, replace(WRONG, procedure="1.004194"))
    changed = Judged(CASE.retyped("stripped", ("dang ky tam tru het bao nhieu",)), WRONG)
    faults.write_lost(tmp_path, [right], {"stripped": [changed]})
    told = (tmp_path / "lost_stripped.txt").read_text("utf-8")
    assert told.startswith("acceptable: retrieval/residence-1~stripped: dang ky tam tru")
    faults.write_lost(tmp_path, [Judged(CASE, WRONG)], {"stripped": [changed]})
    assert not (tmp_path / "lost_stripped.txt").read_text("utf-8")


def test_procedures_and_intents_mistaken_for_another_are_counted() -> None:
    twice = [Judged(CASE, WRONG), Judged(replace(CASE, id="2"), WRONG)]
    told = shown(faults.procedures(twice, {"1.004194": "Đăng ký tạm trú"})).splitlines()
    assert any(
        line.split()[:3] == ["2", "2", "1.004194"] and "Đăng ký tạm trú" in line for line in told
    )
    told = shown(faults.intents(twice)).splitlines()
    assert any(line.split() == ["2", "ask_procedure", "out_of_scope"] for line in told)


def test_reliability_compares_the_share_of_right_intents_with_their_confidence() -> None:
    right = Judged(CASE, replace(WRONG, intent="ask_procedure"))
    wrong = Judged(CASE, replace(WRONG, intent="out_of_scope"))
    unjudged = Judged(replace(CASE, intents=frozenset()), WRONG)
    told = shown(faults.reliability([right, wrong, unjudged]))
    assert "0.500" in told
    assert "n 2" in told
