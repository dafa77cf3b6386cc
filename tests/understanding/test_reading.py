"""The messages that are measured with are well formed, and a fault is told with its line."""

from pathlib import Path
from typing import Any

import pytest

from tests.retrieval.questions import names
from tests.understanding.reading import cases, faults_of, files, read_file, unknown_codes


def test_every_file_is_without_fault() -> None:
    assert files()
    assert [str(fault) for file in files() for fault in read_file(file)[1]] == []


def test_there_are_at_least_600_messages_of_every_kind() -> None:
    every = cases()
    assert len(every) >= 600
    assert len({case.id for case in every}) == len(every)
    kinds = ("accented", "unaccented", "half", "two_questions", "system", "out_of_scope")
    for kind in (*kinds, "follow_up"):
        assert sum(kind in case.slices for case in every) >= 10, kind


def test_every_accepted_code_has_a_record(national_data: Path) -> None:
    known = names(national_data)
    assert known
    assert files()
    assert [str(fault) for file in files() for fault in unknown_codes(file, known)] == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"say": "chào", "intent": "greet", "mood": "glad"}, "unknown key 'mood'"),
        ({"say": "chào", "intent": "hello"}, "unknown intent 'hello'"),
        ({"say": "phí?", "asked": ["fees"]}, "unknown field 'fees'"),
        ({"say": "phí?", "asked_any": [["fee"], ["cost"]]}, "unknown field 'cost'"),
        ({"say": "chào", "intent": "greet", "slice": ["nice"]}, "unknown slice 'nice'"),
        ({"say": [], "intent": "greet"}, "'say' is a text or a list of texts"),
        ({"say": "chào"}, "nothing is judged: tell the intent, what is asked, or the codes"),
        ({"say": "x", "codes": [1.004194]}, "code 1.004194 is no text"),
        ({"say": "x", "asked": [], "asked_any": []}, "'asked' or 'asked_any', not both"),
        (
            {"say": "x", "several": [["1.004194"]]},
            "'several' has a list of codes for each of two or more procedures",
        ),
        (
            {"say": "x", "nearly": True, "dossier_code": "H17.15-250710-0012"},
            "'nearly' says that no code may be taken: leave out 'dossier_code'",
        ),
        ("chào", "an entry is {say: …, intent: …}"),
    ],
)
def test_a_fault_of_an_entry_is_told(entry: Any, fault: str) -> None:
    assert list(faults_of(entry)) == [fault]


def test_a_fault_names_file_and_line_and_the_sound_entries_are_read(tmp_path: Path) -> None:
    file = tmp_path / "asked.yaml"
    file.write_text(
        "# phí\n- {say: phí bao nhiêu, asked: [fee]}\n- {say: phí, asked: [gía]}\n", "utf-8"
    )
    entries, faults = read_file(file)
    assert [(entry.line, entry.case.text) for entry in entries] == [(2, "phí bao nhiêu")]
    assert [str(fault) for fault in faults] == ["asked.yaml:3: unknown field 'gía'"]
    with pytest.raises(ValueError, match=r"asked\.yaml:3"):
        cases(tmp_path)


def test_a_code_that_no_record_has_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "asked.yaml"
    file.write_text('- {say: x, codes: ["1.004194"]}\n- {say: y, codes: ["9.9"]}\n', "utf-8")
    faults = [str(fault) for fault in unknown_codes(file, {"1.004194"})]
    assert faults == ["asked.yaml:2: no record has the code 9.9"]


@pytest.mark.parametrize("text", ["- {say: [", "say: chào\n"])
def test_a_file_that_is_no_list_is_a_fault(tmp_path: Path, text: str) -> None:
    file = tmp_path / "asked.yaml"
    file.write_text(text, "utf-8")
    entries, faults = read_file(file)
    assert not entries
    assert len(faults) == 1
