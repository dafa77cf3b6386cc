"""Executes the exported model without Rasa: the same answer as Rasa's `POST /model/parse`."""

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu import modelfolder
from nlu.accents import Restorer
from nlu.asking import Reader, Shares
from nlu.errors import ModelDamaged, SegmenterMismatch
from nlu.features import grams
from nlu.linear import Linear, ranking
from nlu.patterns import Pattern, compiled, matched
from nlu.tagging import Tagger, entities
from nlu.text import Token, TokenMaker, load_segmenter, segmenter_version

CRF = "SpanExtractor"
REGEX = "RegexEntityExtractor"


@dataclass(frozen=True)
class Interpreter:
    """A loaded model. `parse` has no side effect, but is not for two threads at once (CRFsuite)."""

    maker: TokenMaker
    patterns: tuple[Pattern, ...]
    """Those that the featurizer and the tagger read."""
    extracted: tuple[Pattern, ...]
    """Those whose matches are entities."""
    tagger: Tagger
    asking: Reader
    intents: Linear
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
        segmenter = load_segmenter() if pipeline["segmentation"] else None
        tagger = gzip.decompress((folder / modelfolder.TAGGER).read_bytes())
        asked = Linear.load(folder / modelfolder.ASKED)
        return cls(
            TokenMaker(Restorer.load(folder / modelfolder.ACCENTS), segmenter),
            patterns,
            compiled(pipeline["extracted"]),
            Tagger.load(tagger, pipeline["window"], names),
            Reader(asked, pipeline["asked_tagger_share"], pipeline["asked_threshold"]),
            Linear.load(folder / modelfolder.INTENTS),
            pipeline["ranking_length"],
        )

    def parse(self, text: str) -> dict[str, Any]:
        """Return the JSON of Rasa's `/model/parse`; offsets are those of `text` as it is."""
        tokens = self.maker.tokens(text)
        shares = self.tagger.shares(tokens, matched(self.patterns, text, tokens))
        ranked = ranking(self.intents.scores(grams(tokens)), self.intents.labels)
        named = [{"name": n, "confidence": share} for n, share in ranked[: self.ranking_length]]
        return {
            "text": text,
            "intent": dict(named[0]),
            "entities": self._entities(text, tokens, shares),
            "intent_ranking": named,
            "asked": [asked.as_json() for asked in self.asking.read(tokens, shares)],
        }

    def _entities(self, text: str, tokens: Sequence[Token], shares: Shares) -> list[dict[str, Any]]:
        found = [
            {
                "entity": entity.kind,
                "start": entity.start,
                "end": entity.end,
                "confidence_entity": entity.confidence,
                "value": text[entity.start : entity.end],
                "extractor": CRF,
            }
            for entity in entities(tokens, shares)
        ]
        for pattern in self.extracted:
            found += [_matched_entity(pattern.name, text, place) for place in pattern.places(text)]
        return found


def _matched_entity(name: str, text: str, place: tuple[int, int]) -> dict[str, Any]:
    start, end = place
    value = text[start:end]
    return {"entity": name, "start": start, "end": end, "value": value, "extractor": REGEX}
