"""The sentences the language model learns from and is measured with."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.support.training_text import (
    ASKED,
    Sentence,
    faults_of_balance,
    faults_of_repetition,
    faults_of_sentences,
    fold,
    read_sentences,
)

NLU = Path(__file__).parents[2] / "nlu"
PROMISED_INTENTS = frozenset(
    {"greet", "goodbye", "thanks", "affirm", "deny", "help", "bot_identity", "cancel"}
    | {"ask_procedure", "check_dossier", "subscribe_dossier", "submit_online"}
    | {"request_human", "give_feedback", "report_scam", "out_of_scope"}
)
"""Intents whose names others rely on (design, section 6)."""


@pytest.fixture(scope="module")
def taught() -> list[Sentence]:
    return read_sentences(NLU / "data" / "intents")


@pytest.fixture(scope="module")
def measured() -> list[Sentence]:
    return read_sentences(NLU / "evaluation")


@pytest.fixture(scope="module")
def parity() -> list[str]:
    lines = (NLU / "evaluation" / "parity.txt").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def outside_questions(folder: Path) -> set[str]:
    files = sorted((folder / "questions").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return {fold(json.loads(line)["text"]) for line in lines}


def a_sentence(marked: str, *, intent: str = "ask_procedure", line: int = 5) -> Sentence:
    return Sentence(intent, Path("intents/ask_procedure.yml"), line, marked)


def test_there_are_at_least_25_intents_and_1500_sentences(taught: list[Sentence]) -> None:
    intents = {sentence.intent for sentence in taught}
    assert len(intents) >= 25
    assert intents >= PROMISED_INTENTS
    assert len(taught) >= 1500


def test_every_taught_sentence_is_well_formed(taught: list[Sentence]) -> None:
    assert taught
    assert not list(faults_of_sentences(taught))


def test_no_two_taught_sentences_say_the_same(taught: list[Sentence]) -> None:
    assert taught
    assert not list(faults_of_repetition(taught))


def test_no_intent_is_small_or_made_from_one_template(taught: list[Sentence]) -> None:
    assert taught
    assert not list(faults_of_balance(taught))


def test_every_field_that_can_be_asked_is_taught_often(taught: list[Sentence]) -> None:
    often = Counter(kind for sentence in taught for kind in set(sentence.kinds))
    assert {kind: often[kind] for kind in ASKED if often[kind] < 40} == {}


def test_a_good_part_of_the_text_is_typed_without_accents(taught: list[Sentence]) -> None:
    assert taught
    plain = [sentence for sentence in taught if sentence.text.isascii()]
    assert 0.25 <= len(plain) / len(taught) <= 0.5


def test_no_file_of_sentences_is_longer_than_300_lines() -> None:
    files = [*NLU.glob("data/**/*.yml"), *NLU.glob("evaluation/**/*.yml")]
    assert files
    lengths = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_sentence_is_one_of_the_outside_questions(
    taught: list[Sentence], measured: list[Sentence], national_data: Path
) -> None:
    questions = outside_questions(national_data)
    assert len(questions) > 100
    ours = [*taught, *measured]
    assert ours
    assert not [s.marked for s in ours if fold(s.text) in questions]


def test_what_is_measured_was_never_taught(
    taught: list[Sentence], measured: list[Sentence]
) -> None:
    known = {fold(sentence.text) for sentence in taught}
    assert known
    assert len(measured) >= 350
    assert not [s.marked for s in measured if fold(s.text) in known]


def test_what_is_measured_covers_every_intent_and_every_field(
    taught: list[Sentence], measured: list[Sentence]
) -> None:
    assert taught
    assert {s.intent for s in measured} == {s.intent for s in taught}
    often = Counter(kind for sentence in measured for kind in set(sentence.kinds))
    assert {kind: often[kind] for kind in ASKED if often[kind] < 5} == {}


def test_every_measured_sentence_is_well_formed_and_stands_once(measured: list[Sentence]) -> None:
    assert measured
    assert not list(faults_of_sentences(measured))
    assert not list(faults_of_repetition(measured))


def test_parity_sentences_are_many_and_none_is_taught(
    taught: list[Sentence], parity: list[str]
) -> None:
    known = {sentence.text for sentence in taught}
    assert known
    assert len(set(parity)) == len(parity) >= 1000
    assert not known & set(parity)


def test_parity_sentences_hold_the_noise_of_real_life(parity: list[str]) -> None:
    assert "" in parity
    assert any(len(text) > 2000 for text in parity)
    assert any(not unicodedata.is_normalized("NFC", text) for text in parity)
    assert any(not any(sign.isalnum() for sign in text) for text in parity if text.strip())
    assert any("\n" in text for text in parity)
    assert any(text.isupper() for text in parity)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mã 000.00.01.H29-240115-0001 xong chưa", "000.00.01.H29-240115-0001"),
        ("h17.15-250710-0012", "h17.15-250710-0012"),
        ("G09.20-20260609-0092637 đâu rồi", "G09.20-20260609-0092637"),
        ("A.G01.12-260410-0999", "A.G01.12-260410-0999"),
        ("H17.15 – 250710 – 0012", "H17.15 – 250710 – 0012"),
        ("G22.99-251001-TP0123", "G22.99-251001-TP0123"),
    ],
)
def test_the_pattern_of_dossier_codes_finds_each_format_in_use(text: str, code: str) -> None:
    assert [found.group() for found in pattern("dossier_code").finditer(text)] == [code]


@pytest.mark.parametrize("text", ["0912345678", "ngày 12-05-2026", "001190001234", "1.004222"])
def test_the_pattern_of_dossier_codes_leaves_other_numbers_alone(text: str) -> None:
    assert pattern("dossier_code").search(text) is None


def test_the_pattern_of_procedure_codes_knows_codes_with_and_without_a_province() -> None:
    text = "so 1.004222 với 1.012222.000.00.00.H34, giá 1.000.000 đồng, 000.00.01.H29-240115-0001"
    found = [match.group() for match in pattern("procedure_code").finditer(text)]
    assert found == ["1.004222", "1.012222.000.00.00.H34"]


@pytest.mark.parametrize(
    ("marked", "what"),
    [
        ("[khai sinh](procedur)", "unknown"),
        ("[khai [sinh](procedure)", "do not pair"),
        ("làm [khai sinh ](procedure)", "blanks inside"),
        ("làm[khai sinh](procedure)", "inside a word"),
        (unicodedata.normalize("NFD", "khai tử"), "NFC"),
    ],
)
def test_the_checker_says_what_is_wrong_with_a_sentence(marked: str, what: str) -> None:
    (fault,) = faults_of_sentences([a_sentence(marked)])
    assert "ask_procedure.yml, line 5" in fault
    assert what in fault


def test_the_checker_sees_that_only_the_procedure_differs() -> None:
    first = a_sentence("[khai sinh](procedure) [hết bao nhiêu](asked_fee)", line=1)
    same = a_sentence("[ket hon](procedure) [het bao nhieu](asked_fee)?", line=2)
    other = a_sentence("[ket hon](procedure) [mấy đồng](asked_fee)", line=3)
    (fault,) = faults_of_repetition([first, same, other])
    assert "line 2" in fault
    assert "line 1" in fault


def test_the_checker_sees_an_intent_made_from_one_template() -> None:
    many = [a_sentence(f"[khai sinh](procedure) [câu {n}](asked_fee)") for n in range(10)]
    few = [a_sentence(f"câu khác số {n}") for n in range(15)]
    assert ["vary" in fault for fault in faults_of_balance([*many, *few])] == [True]


def pattern(name: str) -> re.Pattern[str]:
    entries = yaml.safe_load((NLU / "data" / "patterns.yml").read_text(encoding="utf-8"))["nlu"]
    (examples,) = [entry["examples"] for entry in entries if entry["regex"] == name]
    return re.compile(examples.strip().removeprefix("- "), re.IGNORECASE)
