"""Fits the same model as Rasa, with the same code, without Rasa's graph: for cross-validation.

Only the CRF is set up here once more. What is shipped is always what Rasa trained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pycrfsuite

from nlu.accents import Restorer
from nlu.asking import Reader, taught
from nlu.features import grams
from nlu.interpreter import Interpreter
from nlu.patterns import Pattern, compiled, matched
from nlu.tagging import OUTSIDE, Tagger
from nlu.text import Token, TokenMaker, load_segmenter
from nlu.training.examples import Example, Span
from nlu.training.fitting import SETTINGS, fit_fields, fit_intents

Config = Mapping[str, Any]


def fit(
    examples: Sequence[Example],
    patterns: Mapping[str, Sequence[str]],
    restorer: Restorer,
    pipeline: Sequence[Config],
    folder: Path,
) -> Interpreter:
    """Return an interpreter fitted to `examples`.

    Args:
        examples: the sentences with their copies (`augmented`).
        patterns: regular expressions by name.
        restorer: learnt from the sentences; not used if the tokenizer's `restoration` is false.
        pipeline: the entries of config.yml, or a variant of them.
        folder: where the CRF may write its file.
    """
    maker = _maker(_one(pipeline, "UndertheseaTokenizer"), restorer)
    known = compiled([{"name": n, "pattern": p} for n, ps in sorted(patterns.items()) for p in ps])
    tokens = [maker.tokens(example.text) for example in examples]
    intents = _one(pipeline, "LinearClassifier")
    names = [example.intent for example in examples]
    classifier = fit_intents([grams(t) for t in tokens], names, {**SETTINGS, **intents})
    tagger = _tagger(examples, tokens, known, _one(pipeline, "SpanExtractor"), folder)
    asked = _one(pipeline, "AskedClassifier")
    reader = _reader(examples, tokens, asked)
    return Interpreter(maker, known, known, tagger, reader, classifier, intents["ranking_length"])


def _one(pipeline: Sequence[Config], name: str) -> Config:
    return next(config for config in pipeline if config["name"].split(".")[-1] == name)


def _maker(config: Config, restorer: Restorer) -> TokenMaker:
    used = restorer if config.get("restoration", True) else Restorer({}, {})
    return TokenMaker(used, load_segmenter() if config.get("segmentation", True) else None)


def _reader(
    examples: Sequence[Example], tokens: Sequence[Sequence[Token]], config: Config
) -> Reader:
    spans = [[(s.start, s.end, s.kind) for s in example.spans] for example in examples]
    lessons = [taught(t, s) for t, s in zip(tokens, spans, strict=True)]
    settings = {**SETTINGS, **config}
    linear = fit_fields([g for g, _ in lessons], [fields for _, fields in lessons], settings)
    return Reader(linear, config["tagger_share"], config["threshold"])


def _tagger(
    examples: Sequence[Example],
    tokens: Sequence[Sequence[Token]],
    known: Sequence[Pattern],
    config: Config,
    folder: Path,
) -> Tagger:
    names = tuple(pattern.name for pattern in known)
    window = tuple(tuple(features) for features in config["features"])
    rough = Tagger(pycrfsuite.Tagger(), window, names)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": config["L1_c"],
            "c2": config["L2_c"],
            "max_iterations": config["max_iterations"],
            "feature.possible_transitions": True,
        }
    )
    for example, sentence in zip(examples, tokens, strict=True):
        rows = rough.features(sentence, matched(known, example.text, sentence))
        trainer.append(rows, tags(sentence, example.spans))
    path = folder / "fold.crfsuite"
    trainer.train(str(path))
    return Tagger.load(path.read_bytes(), window, names)


def tags(tokens: Sequence[Token], spans: Sequence[Span]) -> list[str]:
    """Return the kind of each token, as Rasa's `determine_token_labels`."""
    found = []
    for token in tokens:
        kinds = [s.kind for s in spans if s.start <= token.start and token.end <= s.end]
        found.append(kinds[0] if kinds else OUTSIDE)
    return found
