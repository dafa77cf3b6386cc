"""Rasa's CRFEntityExtractor that keeps what it learnt, and what it only thought probable.

Rasa 3.6.21 stores the training sentences and trains the CRF again whenever an archive is loaded;
here the archive holds the CRFsuite file. The probability of every kind at every token stays in the
message for the reader of fields.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.crf_entity_extractor import CRFEntityExtractor
from rasa.shared.nlu.constants import ENTITY_ATTRIBUTE_TYPE
from rasa.shared.nlu.training_data.message import Message
from sklearn_crfsuite import CRF

TAGGER_FILE = "tagger.crfsuite"
SHARES = "entity_shares"
"""Property of a message: for each token a mapping from kind to probability."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanExtractor(CRFEntityExtractor):
    """Rasa's CRF; its configuration is Rasa's."""

    @property
    def tagger(self) -> CRF:
        """The trained CRF."""
        if not self.entity_taggers:
            raise RuntimeError("The training sentences hold no entity.")
        return self.entity_taggers[ENTITY_ATTRIBUTE_TYPE]

    def persist(self, dataset: list[Any]) -> None:
        """Put the CRFsuite file into the archive; `dataset` is what Rasa would put there."""
        with self._model_storage.write_to(self._resource) as folder:
            shutil.copyfile(self.tagger.modelfile.name, folder / TAGGER_FILE)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpanExtractor:
        """Load the extractor; CRFsuite reads its file in place, so it is copied out first."""
        place = Path(tempfile.mkdtemp(prefix="motcua-")) / TAGGER_FILE
        with model_storage.read_from(resource) as folder:
            shutil.copyfile(folder / TAGGER_FILE, place)
        tagger = CRF(model_filename=str(place))
        return cls(config, model_storage, resource, {ENTITY_ATTRIBUTE_TYPE: tagger})

    def extract_entities(self, message: Message) -> list[dict[str, Any]]:
        """Return the entities of a message, and note all probabilities in it."""
        crf_tokens = self._convert_to_crf_tokens(message)
        features = self._crf_tokens_to_features(crf_tokens, self.component_config)
        message.set(SHARES, self.tagger.predict_marginals_single(features))
        return super().extract_entities(message)
