"""The committed model, and Rasa where it is installed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlu.interpreter import Interpreter
from tests.support import rasa


@pytest.fixture(scope="session")
def interpreter() -> Interpreter:
    """The model that is committed."""
    return Interpreter.load(rasa.MODEL)


@pytest.fixture(scope="session")
def rasa_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the Rasa server prints."""
    return tmp_path_factory.mktemp("rasa") / "rasa.log"


@pytest.fixture(scope="session")
def rasa_server(rasa_log: Path) -> Iterator[str]:
    """The address of a stock Rasa server with an archive of the present sentences."""
    with rasa.serve(rasa.train_archive(), rasa_log.parent) as address:
        yield address
