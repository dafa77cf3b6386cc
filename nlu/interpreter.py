"""Executes the exported model without Rasa: the same answer as Rasa's `POST /model/parse`."""

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu import modelfolder
from nlu.accents import Restorer
from nlu.classifying import Classifier
from nlu.counting import CountVector, Pattern, matched
from nlu.errors import ModelDamaged, SegmenterMismatch
from nlu.tagging import Tagger
from nlu.text import Token, TokenMaker, load_segmenter, segmenter_version

CRF = "CRFEntityExtractor"
REGEX = "RegexEntityExtractor"


@dataclass(frozen=True)
class Interpreter:
    """A loaded model. `parse` has no side effect, but is not for two threads at once (CRFsuite)."""

    maker: TokenMaker
    patterns: tuple[Pattern, ...]
    """Those that the featurizer and the tagger read."""
    extracted: tuple[Pattern, ...]
    """Those whose matches are entities."""
    vectors: tuple[CountVector, ...]
    classifier: Classifier
    tagger: Tagger
    ranking_length: int

    @classmethod
    def load(cls, folder: Path) -> "Interpreter":
        """Load the model in `folder`.

        Raises:
            ModelMissing: the folder or one of its files is not there.
            ModelDamaged: a file is not what the training wrote.
            SegmenterMismatch: another underthesea is installed than at the training.
        """
        manifest = modelfolder.read_manifest(folder)
        wanted, installed = manifest.get("underthesea"), segmenter_version()
        if wanted != installed:
            raise SegmenterMismatch(
                f"The language model was trained with underthesea {wanted}, installed is "
                f"{installed or 'none'}. Install the locked requirements or run make train."
            )
        try:
            return cls._assemble(folder, modelfolder.read_json(folder, modelfolder.PIPELINE))
        except (KeyError, TypeError, ValueError, OSError, re.error) as error:
            raise ModelDamaged(f"{folder} does not fit this program: {error!r}.") from error

    @classmethod
    def _assemble(cls, folder: Path, pipeline: Mapping[str, Any]) -> "Interpreter":
        patterns = compiled(pipeline["patterns"])
        names = [pattern.name for pattern in patterns]
        with np.load(folder / modelfolder.CLASSIFIER) as arrays:
            weights, intercept = arrays["weights"], arrays["intercept"]
        tagger = (folder / modelfolder.TAGGER).read_bytes()
        return cls(
            TokenMaker(Restorer.load(folder / modelfolder.ACCENTS), load_segmenter()),
            patterns,
            compiled(pipeline["extracted"]),
            tuple(_vector(spec) for spec in pipeline["vectors"]),
            Classifier(tuple(pipeline["intents"]), weights, intercept),
            Tagger.load(gzip.decompress(tagger), pipeline["window"], names),
            pipeline["ranking_length"],
        )

    def parse(self, text: str) -> dict[str, Any]:
        """Return the JSON of Rasa's `/model/parse`; offsets are those of `text` as it is."""
        tokens = self.maker.tokens(text)
        matches = matched(self.patterns, text, tokens)
        ranking = self.classifier.ranking(self.columns(tokens, matches), self.ranking_length)
        named = [{"name": name, "confidence": share} for name, share in ranking]
        return {
            "text": text,
            "intent": dict(named[0]),
            "entities": self._entities(text, tokens, matches),
            "intent_ranking": named,
        }

    def columns(self, tokens: Sequence[Token], matches: Sequence[Sequence[bool]]) -> list[int]:
        """Return the column of every feature, once for each time it occurs."""
        columns = [place for place, row in enumerate(matches) if any(row)]
        first = len(matches)
        for vector in self.vectors:
            columns.extend(first + column for column in vector.columns(tokens))
            first += len(vector.vocabulary)
        return columns

    def _entities(
        self, text: str, tokens: Sequence[Token], matches: Sequence[Sequence[bool]]
    ) -> list[dict[str, Any]]:
        found = [
            {
                "entity": entity.kind,
                "start": entity.start,
                "end": entity.end,
                "confidence_entity": entity.confidence,
                "value": text[entity.start : entity.end],
                "extractor": CRF,
            }
            for entity in self.tagger.entities(tokens, matches)
        ]
        for pattern in self.extracted:
            found += [_matched_entity(pattern.name, text, place) for place in pattern.places(text)]
        return found


def _matched_entity(name: str, text: str, place: tuple[int, int]) -> dict[str, Any]:
    start, end = place
    value = text[start:end]
    return {"entity": name, "start": start, "end": end, "value": value, "extractor": REGEX}


def compiled(specs: Sequence[Mapping[str, str]]) -> tuple[Pattern, ...]:
    """Return the patterns of `[{"name", "pattern"}]`, matching any case as Rasa does."""
    return tuple(Pattern(s["name"], re.compile(s["pattern"], re.IGNORECASE)) for s in specs)


def _vector(spec: Mapping[str, Any]) -> CountVector:
    vocabulary = {gram: column for column, gram in enumerate(spec["vocabulary"])}
    return CountVector(
        spec["analyzer"], spec["use_lemma"], spec["min_ngram"], spec["max_ngram"], vocabulary
    )
