"""Underthesea's word segmentation as a component of Rasa's graph.

It is "trainable" only to carry the accent restorer inside the archive: an archive then answers the
same wherever `rasa run` serves it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.accents import Restorer
from nlu.components.tokens import to_rasa
from nlu.text import TokenMaker, load_segmenter

RESTORER_FILE = "accents.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class UndertheseaTokenizer(Tokenizer):
    """Tokens are syllables; the lemma holds the segmented word, the CRF reads it as `pos`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what Rasa's Tokenizer wants, and ours.

        restorer: the file that the training learnt; restoration, segmentation: false leaves the
        syllables as typed, or each a word of its own.
        """
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "restorer": "build/nlu/accents.json",
            "restoration": True,
            "segmentation": True,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages without which this component cannot run."""
        return ["underthesea_core"]

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        restorer: Restorer,
    ) -> None:
        """Build the component; Rasa calls `create` or `load`."""
        super().__init__(config)
        self._model_storage = model_storage
        self._resource = resource
        self.restorer = restorer
        self.segmentation: bool = config["segmentation"]
        self._maker = TokenMaker(restorer, load_segmenter() if self.segmentation else None)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UndertheseaTokenizer:
        """Create the component for a training, with the restorer that was learnt before."""
        restorer = Restorer.load(Path(config["restorer"])) if config["restoration"] else None
        return cls(config, model_storage, resource, restorer or Restorer({}, {}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> UndertheseaTokenizer:
        """Load the component with the restorer of the archive."""
        with model_storage.read_from(resource) as folder:
            restorer = Restorer.load(folder / RESTORER_FILE)
        return cls(config, model_storage, resource, restorer)

    def train(self, training_data: TrainingData) -> Resource:
        """Put the restorer into the archive."""
        with self._model_storage.write_to(self._resource) as folder:
            self.restorer.save(folder / RESTORER_FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Tokenize; an empty text becomes a blank.

        Rasa's RegexFeaturizer skips an empty text, and the classifier then misses its columns.
        """
        for message in messages:
            if message.get(TEXT) == "":
                message.set(TEXT, " ", add_to_output=True)
        return super().process(messages)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens, with offsets into the text as typed."""
        return [to_rasa(token) for token in self._maker.tokens(message.get(attribute))]
