"""The interpreter answers as Rasa does: as recorded, and as Rasa answers now."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from nlu.interpreter import Interpreter
from nlu.training import parity
from nlu.training.augment import augmented
from nlu.training.examples import read_folder
from tests.support.rasa import BUILT, ROOT

RECORDED = Path(__file__).parent / "parity" / "rasa_answers.jsonl.gz"
AT_LEAST = 1_000
TOLERANCE = 1e-4
LIVE = 150
"""Sentences asked of a live Rasa: 10 to 20 ms each."""


def recorded() -> list[tuple[str, Mapping[str, Any]]]:
    lines = gzip.decompress(RECORDED.read_bytes()).decode().splitlines()
    return [(line["asked"], line["answer"]) for line in map(json.loads, lines)]


def assert_alike(text: str, mine: Mapping[str, Any], rasas: Mapping[str, Any]) -> None:
    assert mine["intent"]["name"] == rasas["intent"]["name"], text
    assert confidences(mine) == pytest.approx(confidences(rasas), abs=TOLERANCE), text
    assert places(mine) == places(rasas), text
    found = [entity.get("confidence_entity", 1.0) for entity in mine["entities"]]
    wanted = [entity.get("confidence_entity", 1.0) for entity in rasas["entities"]]
    assert found == pytest.approx(wanted, abs=TOLERANCE), text
    assert asked(mine) == asked(rasas), text
    found = [field["confidence"] for field in mine["asked"]]
    wanted = [field["confidence"] for field in rasas["asked"]]
    assert found == pytest.approx(wanted, abs=TOLERANCE), text


def asked(answer: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(field["name"], field["start"]) for field in answer["asked"]]


def confidences(answer: Mapping[str, Any]) -> list[float]:
    return [intent["confidence"] for intent in answer["intent_ranking"]]


def places(answer: Mapping[str, Any]) -> list[tuple[str, int, int, str, str]]:
    return [
        (e["entity"], e["start"], e["end"], e["value"], e["extractor"]) for e in answer["entities"]
    ]


def test_every_recorded_answer_of_rasa_is_the_interpreters(interpreter: Interpreter) -> None:
    answers = recorded()
    assert len(answers) >= AT_LEAST
    assert sum(bool(answer["entities"]) for _, answer in answers) >= AT_LEAST // 5
    assert sum(bool(answer["asked"]) for _, answer in answers) >= AT_LEAST // 10
    for text, rasas in answers:
        assert_alike(text, interpreter.parse(text), rasas)


def test_no_recorded_sentence_was_trained_on() -> None:
    copies = augmented(read_folder(ROOT / "nlu" / "data" / "intents"))
    known = {parity.comparable(copy.text) for copy in copies}
    assert known
    assert not known & {parity.comparable(text) for text, _ in recorded()}


def test_a_live_rasa_answers_as_the_interpreter_does(rasa_server: str) -> None:
    model = Interpreter.load(BUILT / "model")
    texts = [text for text, _ in recorded()]
    chosen = texts[:: max(1, len(texts) // LIVE)]
    assert len(chosen) >= LIVE
    with httpx.Client(base_url=rasa_server, timeout=30) as client:
        for text in chosen:
            answer = client.post("/model/parse", json={"text": text})
            assert_alike(text, model.parse(text), answer.raise_for_status().json())
