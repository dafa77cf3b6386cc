"""Takes the trained parts out of Rasa and writes the model folder. Runs in Rasa's Python 3.10."""

from __future__ import annotations

import gzip
import importlib.metadata
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from nlu import modelfolder
from nlu.errors import TrainingDataFault
from nlu.text import segmenter_version

MANY = 3
"""Two intents would make scikit-learn train a binary model, which is written differently."""


def export(parts: dict[str, list[Any]], state: str, folder: Path, today: date) -> None:
    """Write the model folder from the trained components `parts`.

    Args:
        parts: components by class name.
        state: the hash of all that they were trained from (`modelfolder.trained_from`).
        folder: where to write; made if it is not there.
        today: the date of the training.

    Raises:
        TrainingDataFault: the training gave a model that the interpreter cannot execute.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (crf,) = parts["CRFEntityExtractor"]
    (classifier,) = parts["LogisticRegressionClassifier"]
    _check(crf, classifier)
    if any(p.case_sensitive for n in ("RegexFeaturizer", "RegexEntityExtractor") for p in parts[n]):
        raise TrainingDataFault("config.yml: the interpreter wants case_sensitive: false.")
    _write_json(folder / modelfolder.PIPELINE, _pipeline(parts))
    np.savez_compressed(
        folder / modelfolder.CLASSIFIER,
        weights=np.ascontiguousarray(classifier.clf.coef_.T, dtype=np.float32),
        intercept=classifier.clf.intercept_,
    )
    trained = Path(crf.entity_taggers["entity"].modelfile.name).read_bytes()
    (folder / modelfolder.TAGGER).write_bytes(gzip.compress(trained, mtime=0))
    (tokenizer,) = parts["UndertheseaTokenizer"]
    tokenizer.restorer.save(folder / modelfolder.ACCENTS)
    _write_json(folder / modelfolder.MANIFEST, _manifest(state, folder, today))


def _check(crf: Any, classifier: Any) -> None:
    if len(classifier.clf.classes_) < MANY:
        raise TrainingDataFault("The interpreter wants at least three intents.")
    if list(crf.entity_taggers) != ["entity"] or not crf.component_config["BILOU_flag"]:
        raise TrainingDataFault("The interpreter knows BILOU entities only, no roles or groups.")
    if crf.split_entities_config != {"split_entities_by_comma": False}:
        raise TrainingDataFault("config.yml: the interpreter wants split_entities_by_comma: false.")


def _pipeline(parts: dict[str, list[Any]]) -> dict[str, Any]:
    (crf,) = parts["CRFEntityExtractor"]
    (classifier,) = parts["LogisticRegressionClassifier"]
    (featurizer,) = parts["RegexFeaturizer"]
    (extractor,) = parts["RegexEntityExtractor"]
    return {
        "patterns": featurizer.known_patterns,
        "extracted": extractor.patterns,
        "vectors": [_vector(component) for component in parts["CountVectorsFeaturizer"]],
        "intents": list(classifier.clf.classes_),
        "ranking_length": classifier.config["ranking_length"],
        "window": [
            [str(getattr(n, "value", n)) for n in names]
            for names in crf.component_config["features"]
        ],
    }


def _vector(component: Any) -> dict[str, Any]:
    columns = component.vectorizers["text"].vocabulary_
    return {
        "analyzer": component.analyzer,
        "use_lemma": component.use_lemma,
        "min_ngram": component.min_ngram,
        "max_ngram": component.max_ngram,
        "vocabulary": sorted(columns, key=lambda gram: columns[gram]),
    }


def _manifest(state: str, folder: Path, today: date) -> dict[str, Any]:
    return {
        "format": modelfolder.FORMAT,
        "trained_on": today.isoformat(),
        "trained_from": state,
        "rasa": importlib.metadata.version("rasa"),
        "underthesea": segmenter_version(),
        "underthesea_core": importlib.metadata.version("underthesea-core"),
        "python_crfsuite": importlib.metadata.version("python-crfsuite"),
        "files": {name: modelfolder.sha256(folder / name) for name in modelfolder.FILES},
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=None)
    path.write_text(text + "\n", encoding="utf-8")
