"""The reader of fields: sets `asked`, a list of {name, confidence, start}, beside Rasa's answer.

It stands after the SpanExtractor, whose probabilities it weighs with a linear model of its own.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.asking import Reader, taught
from nlu.components import tokens
from nlu.components.span_extractor import SHARES
from nlu.components.underthesea_tokenizer import UndertheseaTokenizer
from nlu.linear import Linear
from nlu.training.fitting import SETTINGS, fit_fields

FILE = "asked.npz"
ASKED_KEY = "asked"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AskedClassifier(GraphComponent):
    """Sets `asked`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before this component, also while it is trained."""
        return [UndertheseaTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings of `nlu.training.fitting` and those of `nlu.asking.Reader`."""
        return {**SETTINGS, "tagger_share": 0.4, "threshold": 0.4}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reader: Reader | None = None,
    ) -> None:
        """Build the component; Rasa calls `create` or `load`."""
        self.config = config
        self.reader = reader
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AskedClassifier:
        """Create the component for a training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AskedClassifier:
        """Load the component from an archive."""
        with model_storage.read_from(resource) as folder:
            linear = Linear.load(folder / FILE)
        reader = Reader(linear, config["tagger_share"], config["threshold"])
        return cls(config, model_storage, resource, reader)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the linear model and put it into the archive."""
        lessons = [
            taught(tokens.of(m), _spans(m)) for m in training_data.nlu_examples if m.get(TEXT)
        ]
        linear = fit_fields([g for g, _ in lessons], [a for _, a in lessons], self.config)
        with self._model_storage.write_to(self._resource) as folder:
            linear.save(folder / FILE)
        self.reader = Reader(linear, self.config["tagger_share"], self.config["threshold"])
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the fields that each message asks for."""
        if self.reader is None:
            raise RuntimeError("The reader of fields was not trained.")
        for message in messages:
            found = self.reader.read(tokens.of(message), message.get(SHARES))
            message.set(ASKED_KEY, [one.as_json() for one in found], add_to_output=True)
        return messages


def _spans(message: Message) -> list[tuple[int, int, str]]:
    keys = (ENTITY_ATTRIBUTE_START, ENTITY_ATTRIBUTE_END, ENTITY_ATTRIBUTE_TYPE)
    return [tuple(entity[key] for key in keys) for entity in message.get(ENTITIES, [])]
