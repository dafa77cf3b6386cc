from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nlu.errors import TrainingDataFault
from nlu.training.evaluate import ASKED, Scores, core, folds, report, score
from nlu.training.examples import Example, read_folder, read_marked, write_training_file

EXAMPLES = [
    read_marked(line, "ask_procedure")
    for line in (
        "[lệ phí](asked_fee) [đổi bằng lái](procedure)",
        "[LE PHI](asked_fee) [khai sinh](procedure)",
        "[bao lâu](asked_time) có [hộ chiếu](procedure)",
        "[nộp ở đâu](asked_where)",
    )
]


def answering(kinds: Mapping[str, str], intent: str = "ask_procedure") -> Any:
    """A reader that finds the given phrases and nothing else."""

    def parse(text: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = [
            {"entity": kind, "start": text.index(phrase), "end": text.index(phrase) + len(phrase)}
            for phrase, kind in kinds.items()
            if phrase in text
        ]
        asked = [e["entity"].removeprefix(ASKED) for e in found if e["entity"].startswith(ASKED)]
        return {
            "intent": {"name": intent, "confidence": 1.0},
            "entities": found,
            "asked": [{"name": name} for name in asked],
        }

    return parse


def test_sentences_that_differ_in_names_and_accents_only_share_a_core() -> None:
    assert core(EXAMPLES[0]) == core(EXAMPLES[1]) == "le phi <procedure>"


def test_no_core_is_on_both_sides_of_a_split() -> None:
    splits = folds(EXAMPLES, 3)
    assert len(splits) == 3
    for known, tested in splits:
        assert not {core(example) for example in known} & {core(example) for example in tested}
    assert sorted(example.text for _, tested in splits for example in tested) == sorted(
        example.text for example in EXAMPLES
    )


def test_a_missed_field_and_a_wrong_intent_count() -> None:
    slices = {"accented": Scores(), "unaccented": Scores()}
    score(answering({"lệ phí": "asked_fee"}, intent="greet"), EXAMPLES[:1], slices)
    accented, unaccented = slices["accented"], slices["unaccented"]
    assert accented.asked_accuracy == 1.0
    assert accented.intent_accuracy == 0.0
    assert accented.spans["procedure"].missed == 1
    assert unaccented.asked_accuracy == 0.0
    assert "ask_procedure → greet 1" in report(slices)


def test_fields_are_scored_over_all_sentences_and_system_intents_apart() -> None:
    both = read_marked("[lệ phí](asked_fee) và [bao lâu](asked_time)", "ask_procedure")
    greeting = read_marked("chào em", "greet")
    scores = Scores()
    scores.add(both, answering({"lệ phí": "asked_fee"})(both.text))
    scores.add(greeting, answering({}, intent="greet")(greeting.text))
    assert scores.asked_f1 == pytest.approx(2 / 3)
    assert scores.asked_accuracy == 0.0
    assert scores.system_accuracy == 1.0


def test_the_training_file_reads_back_alike(tmp_path: Path) -> None:
    write_training_file(EXAMPLES, {"procedure_code": [r"\d\.\d{6}"]}, tmp_path / "training.yml")
    assert read_folder(tmp_path) == EXAMPLES


@pytest.mark.parametrize("content", ["nlu: [", "version: 3", ""])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "greet.yml").write_text(content, encoding="utf-8")
    with pytest.raises(TrainingDataFault, match=r"greet\.yml"):
        read_folder(tmp_path)


def test_a_folder_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataFault, match="no training sentence"):
        read_folder(tmp_path)


def test_marks_give_the_places_of_the_plain_text() -> None:
    example: Example = EXAMPLES[2]
    assert [example.text[span.start : span.end] for span in example.spans] == [
        "bao lâu",
        "hộ chiếu",
    ]
