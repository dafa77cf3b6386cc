"""The intents in the code are the intents of the training data."""

import re
from pathlib import Path

from bot.deciding.talking import HANDLED
from bot.parse import AskedField
from bot.understanding import ASKED_PREFIX

DATA = Path(__file__).parents[2] / "nlu" / "data"


def training_text() -> str:
    files = sorted(path for path in DATA.rglob("*.yml"))
    assert files
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_trained_intent_is_handled_and_every_handled_intent_is_trained() -> None:
    trained = set(re.findall(r"^\s*-?\s*intent:\s*(\w+)", training_text(), re.MULTILINE))

    assert trained == set(HANDLED)


def test_every_field_can_be_asked_for_and_no_other_is_trained() -> None:
    trained = set(re.findall(rf"{ASKED_PREFIX}(\w+)", training_text()))

    assert trained == {field.value for field in AskedField}
