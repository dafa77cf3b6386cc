"""The classifier of intents: multinomial logistic regression over the grams of `nlu.features`.

Rasa's own fixes the weights of classes and the penalty, and reads counts instead of rarities; what
that costs is in nlu/README.md.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import tokens
from nlu.components.underthesea_tokenizer import UndertheseaTokenizer
from nlu.features import grams
from nlu.linear import Linear, ranking
from nlu.training.fitting import SETTINGS, fit_intents

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before this component."""
        return [UndertheseaTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings of `nlu.training.fitting` and the length of the ranking."""
        return {**SETTINGS, "ranking_length": 10}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Linear | None = None,
    ) -> None:
        """Build the component; Rasa calls `create` or `load`."""
        self.config = config
        self.model = model
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearClassifier:
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
    ) -> LinearClassifier:
        """Load the component from an archive."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Linear.load(folder / FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the model and put it into the archive."""
        messages = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        sentences = [grams(tokens.of(message)) for message in messages]
        self.model = fit_intents(sentences, [m.get(INTENT) for m in messages], self.config)
        with self._model_storage.write_to(self._resource) as folder:
            self.model.save(folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of each message."""
        if self.model is None:
            raise RuntimeError("The classifier of intents was not trained.")
        for message in messages:
            ranked = ranking(self.model.scores(grams(tokens.of(message))), self.model.labels)
            named = [{"name": name, "confidence": share} for name, share in ranked]
            message.set(INTENT, dict(named[0]), add_to_output=True)
            shown = named[: self.config["ranking_length"]]
            message.set(INTENT_RANKING_KEY, shown, add_to_output=True)
        return messages
