"""Fits the same model as Rasa, from the same features, without Rasa's graph: for cross-validation.

Each fold would otherwise take Rasa two minutes. That the features are Rasa's is held by the parity
test; what is shipped is always what Rasa trained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlu.accents import Restorer
from nlu.bilou import OUTSIDE
from nlu.classifying import Classifier
from nlu.counting import CountVector, Pattern, matched
from nlu.interpreter import Interpreter, compiled
from nlu.tagging import Tagger
from nlu.text import Token, TokenMaker, load_segmenter
from nlu.training.examples import Example, Span

Config = Mapping[str, Any]


def fit(
    examples: Sequence[Example],
    patterns: Mapping[str, Sequence[str]],
    restorer: Restorer,
    pipeline: Sequence[Config],
    folder: Path,
) -> Interpreter:
    """Return an interpreter fitted to `examples` with the settings of config.yml."""
    maker = TokenMaker(restorer, load_segmenter())
    known = compiled([{"name": n, "pattern": p} for n, ps in sorted(patterns.items()) for p in ps])
    tokens = [maker.tokens(example.text) for example in examples]
    matches = [matched(known, e.text, t) for e, t in zip(examples, tokens, strict=True)]
    named = [c for c in pipeline if c["name"] == "CountVectorsFeaturizer"]
    vectors = tuple(_vector(config, tokens) for config in named)
    blank = Classifier((), np.zeros((0, 0), dtype=np.float32), np.zeros(0))
    tagger = _tagger(examples, tokens, matches, known, _one(pipeline, "CRFEntityExtractor"), folder)
    rough = Interpreter(maker, known, known, vectors, blank, tagger, 10)
    columns = [rough.columns(t, m) for t, m in zip(tokens, matches, strict=True)]
    size = len(known) + sum(len(vector.vocabulary) for vector in vectors)
    settings = _one(pipeline, "LogisticRegressionClassifier")
    classifier = _classifier(columns, [e.intent for e in examples], size, settings)
    return Interpreter(maker, known, known, vectors, classifier, tagger, 10)


def _one(pipeline: Sequence[Config], name: str) -> Config:
    return next(config for config in pipeline if config["name"] == name)


def _vector(config: Config, sentences: Sequence[Sequence[Token]]) -> CountVector:
    settings = (config["analyzer"], config.get("use_lemma", True))
    sizes = (config.get("min_ngram", 1), config.get("max_ngram", 1))
    every = CountVector(*settings, *sizes, vocabulary={})
    counted: Counter[str] = Counter()
    for tokens in sentences:
        counted.update(set(every.grams(tokens)))
    kept = sorted(gram for gram, count in counted.items() if count >= config.get("min_df", 1))
    return CountVector(*settings, *sizes, {gram: column for column, gram in enumerate(kept)})


def _classifier(
    columns: Sequence[Sequence[int]], intents: Sequence[str], size: int, config: Config
) -> Classifier:
    rows = [row for row, chosen in enumerate(columns) for _ in chosen]
    flat = [column for chosen in columns for column in chosen]
    shape = (len(columns), size)
    counts = csr_matrix((np.ones(len(flat)), (rows, flat)), shape=shape)
    model = LogisticRegression(
        solver=config.get("solver", "lbfgs"),
        max_iter=config.get("max_iter", 100),
        tol=config.get("tol", 1e-4),
        class_weight="balanced",
        random_state=42,
    ).fit(counts, intents)
    weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
    return Classifier(tuple(model.classes_), weights, model.intercept_)


def _tagger(
    examples: Sequence[Example],
    tokens: Sequence[Sequence[Token]],
    matches: Sequence[Sequence[Sequence[bool]]],
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
    for example, sentence, found in zip(examples, tokens, matches, strict=True):
        trainer.append(rough.features(sentence, found), bilou_tags(sentence, example.spans))
    path = folder / "fold.crfsuite"
    trainer.train(str(path))
    return Tagger.load(path.read_bytes(), window, names)


def bilou_tags(tokens: Sequence[Token], spans: Sequence[Span]) -> list[str]:
    """Return the tags of a sentence; a span that cuts a token leaves no tag, as in Rasa."""
    tags = [OUTSIDE] * len(tokens)
    starts = {token.start: place for place, token in enumerate(tokens)}
    ends = {token.end: place for place, token in enumerate(tokens)}
    for span in spans:
        first, last = starts.get(span.start), ends.get(span.end)
        if first is None or last is None:
            continue
        tags[first : last + 1] = [f"I-{span.kind}"] * (last + 1 - first)
        tags[first] = f"B-{span.kind}"
        tags[last] = f"U-{span.kind}" if first == last else f"L-{span.kind}"
    return tags
