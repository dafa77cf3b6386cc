"""The ablation judges, samples, finds its results again and shows them."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.accents import has_accent
from nlu.errors import TrainingDataFault
from nlu.training.ablation import messages, results, rows, table
from nlu.training.ablation.differences import difference
from nlu.training.ablation.lessons import COPIES, LEAST, data_hash, sampled, with_stripped
from nlu.training.ablation.messages import Measured, Message, heard, measure, same
from nlu.training.ablation.results import Result
from nlu.training.ablation.rows import FULL, Row
from nlu.training.examples import Example, read_marked

PACKAGE = Path(__file__).parents[2] / "nlu"
CONFIG = PACKAGE / "config.yml"
FEE = Message("lệ phí bao nhiêu", "accented", frozenset({"ask_procedure"}), (frozenset({"fee"}),))
SLICES = {"accented": {"messages": 8, "intents_right": 7, "judged": 4, "fields_right": 3}}
RESULT = Result("a", "2026-11-22", 10, 17, 61.4, 0.876, 2_400_000, 0, SLICES)
SUBJECT = table.Subject("0123456789abcdef0123", 10, [FEE], "2026-11-22")


def a_row(**changes: Any) -> Row:
    told = {"key": "a", "says": "A", "taught": FULL, "copies": "all", "by": "ours"}
    return Row(**{"pipeline": [{"name": "nlu.x.AskedClassifier"}], **told, **changes})


def answering(intent: str, *fields: str) -> messages.Parse:
    def parse(text: str) -> dict[str, Any]:
        return {"intent": {"name": intent}, "asked": [{"name": name} for name in fields]}

    return parse


def counted(measured: Measured) -> tuple[int, int, int, int]:
    tally = measured.slices["accented"]
    return tally.messages, tally.intents_right, tally.judged, tally.fields_right


def test_an_answer_is_right_if_intent_and_exactly_the_fields_are() -> None:
    assert counted(measure(answering("ask_procedure", "fee"), [FEE])) == (1, 1, 1, 1)
    assert counted(measure(answering("ask_procedure", "fee", "time"), [FEE])) == (1, 1, 1, 0)
    assert counted(measure(answering("greet"), [FEE])) == (1, 0, 1, 0)


def test_fields_are_not_judged_where_nobody_said_which_are_right() -> None:
    greeting = Message("chào em", "accented", frozenset({"greet"}))
    assert counted(measure(answering("greet", "fee"), [greeting])) == (1, 1, 0, 0)


def test_without_a_reader_of_fields_the_marked_words_tell_them() -> None:
    entities = [{"entity": "asked_time"}, {"entity": "asked_time"}, {"entity": "place"}]
    assert heard({"entities": entities}) == {"time"}
    assert heard({"entities": entities, "asked": []}) == frozenset()


def test_no_field_and_the_overview_are_the_same() -> None:
    assert same(frozenset(), frozenset({"overview"}))
    assert not same(frozenset({"fee"}), frozenset({"fee", "overview"}))


def test_messages_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "messages.jsonl"
    row = {"text": FEE.text, "slice": "accented", "intents": ["ask_procedure"], "asked": [["fee"]]}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    assert messages.read(path) == [FEE]


@pytest.mark.parametrize("content", ["", "chào\n", '{"text": "chào"}\n'])
def test_a_damaged_file_of_messages_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "messages.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(TrainingDataFault, match=r"messages\.jsonl"):
        messages.read(path)


def test_a_sample_keeps_every_intent_and_their_shares() -> None:
    many = [Example(f"làm giấy tờ {n}", "ask_procedure") for n in range(900)]
    few = [Example(f"cảm ơn {n}", "thanks") for n in range(60)]
    rare = [Example(f"nói lại {n}", "repeat") for n in range(4)]
    intents = Counter(example.intent for example in sampled([*many, *few, *rare], 100))
    assert intents == {"ask_procedure": 93, "thanks": LEAST, "repeat": 4}


@given(st.lists(st.sampled_from(["greet", "thanks", "help"]), max_size=80), st.integers(1, 90))
def test_a_sample_is_part_of_the_sentences_and_always_the_same(
    intents: list[str], size: int
) -> None:
    examples = [Example(f"câu {place}", intent) for place, intent in enumerate(intents)]
    found = sampled(examples, size)
    assert found == sampled(examples, size)
    assert [example for example in examples if example in found] == found
    assert {example.intent for example in found} == set(intents)


def test_stripped_copies_stand_beside_the_sentences_and_keep_their_marks() -> None:
    asking = read_marked("[lệ phí](asked_fee) [khai sinh](procedure)", "ask_procedure")
    bare = Example("cam on", "thanks")
    assert [copy.text for copy in with_stripped([asking, bare])] == [
        "lệ phí khai sinh", "le phi khai sinh", "cam on",
    ]  # fmt: skip
    assert with_stripped([asking])[1].spans == asking.spans


def test_accented_copies_are_never_without_accents() -> None:
    asking = read_marked("[lệ phí](asked_fee) [đổi bằng lái](procedure)", "ask_procedure")
    assert COPIES["accented"]([asking])
    assert all(has_accent(copy.text) for copy in COPIES["accented"]([asking]))
    assert not all(has_accent(copy.text) for copy in COPIES["all"]([asking]))


def test_the_hash_of_the_training_text_follows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "greet.yml").write_text("chào", "utf-8")
    first = data_hash(tmp_path)
    (tmp_path / "README.md").write_text("đọc tôi", "utf-8")
    assert data_hash(tmp_path) == first
    (tmp_path / "greet.yml").rename(tmp_path / "thanks.yml")
    assert data_hash(tmp_path) != first


def test_no_training_text_is_no_hash(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        data_hash(tmp_path)


def test_every_row_of_the_file_can_be_read_and_compares_with_the_shipped_pipeline() -> None:
    every = rows.read(CONFIG)
    assert every
    shipped = next(row for row in every if row.key == "shipped")
    plain = next(row for row in every if row.key == "no-segmentation")
    assert shipped.pipeline[0]["segmentation"]
    assert not plain.pipeline[0]["segmentation"]
    assert plain.pipeline[1:] == shipped.pipeline[1:]


def test_rows_of_different_settings_are_never_taken_for_each_other() -> None:
    every = rows.read(CONFIG)
    assert every
    found = {row.settings_hash("data", "messages") for row in every}
    assert len(found) == len(every)
    assert found.isdisjoint(row.settings_hash("other data", "messages") for row in every)
    assert found.isdisjoint(row.settings_hash("data", "other messages") for row in every)


def test_a_row_may_be_renamed_without_being_measured_again() -> None:
    renamed = a_row(key="b", says="B")
    assert renamed.settings_hash("data", "messages") == a_row().settings_hash("data", "messages")


def test_an_unknown_row_or_component_is_told_with_those_that_exist() -> None:
    with pytest.raises(TrainingDataFault, match=r"No row bert\. There are: a\."):
        rows.chosen([a_row()], ["bert"])
    with pytest.raises(TrainingDataFault, match="no component Tok"):
        rows.changed([{"name": "x.Other"}], {"Tok": {"x": 1}})


@pytest.mark.parametrize("fault", [{"taught": "half"}, {"copies": "two"}, {"by": "hand"}])
def test_a_row_that_names_what_does_not_exist_is_told(
    tmp_path: Path, fault: dict[str, str]
) -> None:
    row = {"key": "a", "says": "A", "taught": "full", "copies": "all", "by": "ours", **fault}
    path = tmp_path / "rows.yml"
    path.write_text(json.dumps({"featurizers": [], "rows": [row]}), "utf-8")
    with pytest.raises(TrainingDataFault, match="a: look at"):
        rows.read(CONFIG, path)


def test_variants_are_compared_message_by_message() -> None:
    def judged(key: str, verdicts: str) -> Result:
        tally = {**SLICES["accented"], "intent_verdicts": verdicts, "field_verdicts": "1111"}
        return replace(RESULT, key=key, slices={"accented": tally})

    shown = [a_row(), a_row(key="b", says="B")]
    found = {"a": judged("a", "0" * 40 + "1" * 60), "b": judged("b", "1" * 100)}
    page = table.markdown(shown, found, SUBJECT, "")
    assert "| B | **+40.0** (+31.0 … +49.0) / +0.0 (+0.0 … +0.0) |" in page
    intents_only = a_row(key="b", says="B", pipeline=[])
    page = table.markdown([a_row(), intents_only], found, SUBJECT, "")
    assert "| B | **+40.0** (+31.0 … +49.0) |" in page


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_a_difference_lies_in_its_interval_and_turns_with_the_models(
    pairs: list[tuple[bool, bool]],
) -> None:
    one, two = ("".join("01"[pair[side]] for pair in pairs) for side in (0, 1))
    value, low, high = difference(one, two)
    assert low <= value <= high
    assert difference(two, one)[0] == -value


def test_verdicts_of_different_messages_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="same messages"):
        difference("10", "100")


@pytest.mark.parametrize(("entities", "cell"), [(True, ".875 / .750"), (False, ".875 / –")])
def test_a_model_of_intents_only_shows_no_fields(entities: bool, cell: str) -> None:  # noqa: FBT001
    diet = a_row(by="rasa", pipeline=[{"name": "DIETClassifier", "entity_recognition": entities}])
    assert f"| {cell} |" in table.markdown([diet], {"a": RESULT}, SUBJECT, "")


def test_a_result_is_found_again_by_its_settings_only(tmp_path: Path) -> None:
    results.save(tmp_path, "settings", RESULT)
    assert results.load(tmp_path, "settings") == RESULT
    assert results.load(tmp_path, "others") is None


def test_the_page_shows_what_was_measured_and_what_was_not() -> None:
    shown = [a_row(), a_row(key="b", says="B")]
    page = table.markdown(shown, {"a": RESULT}, SUBJECT, "Kết luận.\n")
    assert "10 sentences, hash 0123456789abcdef." in page
    assert "accented 1 (1)" in page
    assert "| A `a` | 17 | .875 / .750 | 0.88 ms | 61 s | 2.4 MB |" in page
    assert "| B `b` | not measured |" in page
    assert page.endswith("\n\nKết luận.\n")
