"""Rasa itself: train an archive, load it, ask it, take the trained parts out of it.

The only module besides the components that imports Rasa. Python 3.10.
"""

from __future__ import annotations

import asyncio
import logging
import os
import warnings
from pathlib import Path
from typing import Any

# Rasa and TensorFlow read these when they are imported; no cache: what is trained is what is here.
os.environ.update(  # noqa: TID251
    TF_CPP_MIN_LOG_LEVEL="3",
    RASA_TELEMETRY_ENABLED="false",
    RASA_MAX_CACHE_SIZE="0",
    SQLALCHEMY_SILENCE_UBER_WARNING="1",
)

import structlog
from rasa.core.agent import Agent
from rasa.model_training import train_nlu


def be_quiet() -> None:
    """Silence Rasa's logs: an in-process Agent writes every citizen's text to stdout otherwise."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def train(training_file: Path, config: Path, archive: Path) -> Path:
    """Train `archive` (….tar.gz).

    Raises:
        RuntimeError: Rasa wrote no archive.
    """
    be_quiet()
    written = train_nlu(
        config=str(config),
        nlu_data=str(training_file),
        output=str(archive.parent),
        fixed_model_name=archive.name.removesuffix(".tar.gz"),
    )
    if not written or not Path(written).is_file():
        raise RuntimeError(f"Rasa trained nothing from {training_file}.")
    return Path(written)


class Trained:
    """A loaded archive."""

    def __init__(self, archive: Path) -> None:
        """Load `archive`; the CRF is trained again from its data, as Rasa does."""
        be_quiet()
        agent = Agent.load(str(archive))
        if agent.processor is None:
            raise RuntimeError(f"Rasa cannot load {archive}.")
        self._agent = agent

    def parse(self, text: str) -> dict[str, Any]:
        """Return what `POST /model/parse` answers."""
        return asyncio.run(self._agent.parse_message(text))

    def parts(self) -> dict[str, list[Any]]:
        """Return the trained components by class name, in the order of the pipeline."""
        runner = self._agent.processor.graph_runner
        found: dict[str, list[Any]] = {}
        for name, node in sorted(runner._instantiated_nodes.items(), key=_place):  # noqa: SLF001
            component = node._component  # noqa: SLF001
            if name.startswith("run_") or "Extractor" in name or "Classifier" in name:
                found.setdefault(type(component).__name__, []).append(component)
        return found


def _place(item: tuple[str, Any]) -> int:
    digits = "".join(character for character in item[0] if character.isdigit())
    return int(digits) if digits else -1
