"""What the tests of the conversation share."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.phrasebook import Phrasebook
from bot.ports import Nlu
from tests.support.desks import load_phrasebook

if TYPE_CHECKING:
    from nlu.interpreter import Interpreter

MODEL = Path(__file__).parents[2] / "nlu" / "model"


class TrainedNlu:
    """The committed model behind the port."""

    def __init__(self, interpreter: "Interpreter") -> None:
        self._interpreter = interpreter

    async def parse(self, text: str) -> Mapping[str, object]:
        """Return the interpreter's answer."""
        return self._interpreter.parse(text)


@pytest.fixture(scope="session")
def trained_nlu() -> Nlu:
    """The trained model; without `nlu/model` the test fails and says so."""
    from nlu.interpreter import Interpreter  # noqa: PLC0415 - loads the segmenter's data

    return TrainedNlu(Interpreter.load(MODEL))


@pytest.fixture(scope="session")
def book() -> Phrasebook:
    """The sentences that ship."""
    return load_phrasebook()
