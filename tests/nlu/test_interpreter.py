import json
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parse import AskedField
from nlu import modelfolder
from nlu.errors import ModelDamaged, ModelMissing, SegmenterMismatch
from nlu.interpreter import Interpreter
from tests.support.rasa import MODEL


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def test_the_words_that_the_segmenter_joined_are_in_the_vocabulary(
    interpreter: Interpreter,
) -> None:
    assert {"w khai_sinh", "w khai", "w giấy", "b giay khai sinh"} <= (
        interpreter.intents.vocabulary.keys()
    )


def test_every_field_that_can_be_asked_has_its_reader(interpreter: Interpreter) -> None:
    assert set(interpreter.asking.linear.labels) == {field.value for field in AskedField}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("đăng ký kết hôn hết bao nhiêu tiền và mất mấy ngày", ["fee", "time"]),
        ("dang ky ket hon het bao nhieu tien va mat may ngay", ["fee", "time"]),
        ("xác nhận điều kiện thường trú", []),
    ],
)
def test_what_is_asked_is_read_from_the_words_outside_the_name(
    interpreter: Interpreter, text: str, fields: list[str]
) -> None:
    asked = sorted(interpreter.parse(text)["asked"], key=lambda one: one["start"])
    assert [one["name"] for one in asked] == fields
    assert all(0 <= one["start"] < len(text) for one in asked)


def test_an_answer_has_the_shape_of_rasas(interpreter: Interpreter) -> None:
    answer = interpreter.parse("làm giấy khai sinh cho con cần những giấy tờ gì")
    assert answer["intent"] == answer["intent_ranking"][0]
    assert answer["intent"]["name"] == "ask_procedure"
    entities = {(entity["entity"], entity["value"]) for entity in answer["entities"]}
    assert any(k == "procedure" and "giấy khai sinh" in value for k, value in entities)
    assert "asked_documents" in {kind for kind, _ in entities}
    json.dumps(answer)


def test_text_without_accents_means_the_same(interpreter: Interpreter) -> None:
    answer = interpreter.parse("lam giay khai sinh cho con can nhung giay to gi")
    assert answer["intent"]["name"] == "ask_procedure"
    found = {(entity["entity"], entity["value"]) for entity in answer["entities"]}
    assert any(k == "procedure" and "giay khai sinh" in value for k, value in found)
    assert "asked_documents" in {kind for kind, _ in found}


def test_a_dossier_code_is_found_where_it_stands(interpreter: Interpreter) -> None:
    text = unicodedata.normalize("NFD", "tra hồ sơ H17.15-250710-0012 giúp em")
    found = [e for e in interpreter.parse(text)["entities"] if e["entity"] == "dossier_code"]
    assert found
    assert {text[e["start"] : e["end"]] for e in found} == {"H17.15-250710-0012"}


@pytest.mark.parametrize("text", ["", " ", "😀", "\x00\x07", "\u200b", "?", "<b>", "_"])
def test_text_without_words_gets_an_answer_too(interpreter: Interpreter, text: str) -> None:
    answer = interpreter.parse(text)
    assert answer["text"] == text
    assert 0 <= answer["intent"]["confidence"] <= 1


def test_fifty_thousand_characters_are_read(interpreter: Interpreter) -> None:
    text = ("đăng ký khai sinh hết bao nhiêu tiền? " * 1400)[:50_000]
    assert interpreter.parse(text)["intent"]["name"]


@given(text=st.text(max_size=60))
def test_entities_always_lie_in_the_text(interpreter: Interpreter, text: str) -> None:
    answer = interpreter.parse(text)
    for entity in answer["entities"]:
        assert 0 <= entity["start"] < entity["end"] <= len(text)
        assert entity["value"] == text[entity["start"] : entity["end"]]
    ranking = [intent["confidence"] for intent in answer["intent_ranking"]]
    assert ranking == sorted(ranking, reverse=True)
    assert sum(ranking) <= 1.000001


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"manifest\.json"):
        Interpreter.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", modelfolder.FILES)
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelMissing, match=name):
        Interpreter.load(copied)


@pytest.mark.parametrize("name", modelfolder.FILES)
def test_a_file_with_one_flipped_byte_is_refused(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)
    with pytest.raises(ModelDamaged, match=name):
        Interpreter.load(copied)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}'])
def test_a_broken_manifest_is_refused(copied: Path, content: str) -> None:
    (copied / modelfolder.MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"manifest\.json"):
        Interpreter.load(copied)


def test_another_underthesea_is_refused(copied: Path) -> None:
    path = copied / modelfolder.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "underthesea": "1.0.0"}), encoding="utf-8")
    with pytest.raises(SegmenterMismatch, match=r"1\.0\.0"):
        Interpreter.load(copied)


def test_a_model_of_another_program_is_refused(copied: Path) -> None:
    pipeline = copied / modelfolder.PIPELINE
    pipeline.write_text("{}", encoding="utf-8")
    path = copied / modelfolder.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"][modelfolder.PIPELINE] = modelfolder.sha256(pipeline)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="does not fit"):
        Interpreter.load(copied)
