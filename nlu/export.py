"""Takes the trained parts out of Rasa and writes the model folder. Runs in Rasa's Python 3.10."""

from __future__ import annotations

import gzip
import importlib.metadata
import json
from datetime import date
from pathlib import Path
from typing import Any

from nlu import modelfolder
from nlu.errors import TrainingDataFault
from nlu.text import segmenter_version


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
    (crf,) = parts["SpanExtractor"]
    (classifier,) = parts["LinearClassifier"]
    (asked,) = parts["AskedClassifier"]
    (tokenizer,) = parts["UndertheseaTokenizer"]
    _check(crf)
    if any(p.case_sensitive for n in ("RegexFeaturizer", "RegexEntityExtractor") for p in parts[n]):
        raise TrainingDataFault("config.yml: the interpreter wants case_sensitive: false.")
    _write_json(folder / modelfolder.PIPELINE, _pipeline(parts))
    classifier.model.save(folder / modelfolder.INTENTS)
    asked.reader.linear.save(folder / modelfolder.ASKED)
    trained = Path(crf.tagger.modelfile.name).read_bytes()
    (folder / modelfolder.TAGGER).write_bytes(gzip.compress(trained, mtime=0))
    tokenizer.restorer.save(folder / modelfolder.ACCENTS)
    _write_json(folder / modelfolder.MANIFEST, _manifest(state, folder, today))


def _check(crf: Any) -> None:
    if list(crf.entity_taggers) != ["entity"] or crf.component_config["BILOU_flag"]:
        raise TrainingDataFault("The interpreter knows no BILOU tags, no roles and no groups.")
    if crf.split_entities_config != {"split_entities_by_comma": False}:
        raise TrainingDataFault("config.yml: the interpreter wants split_entities_by_comma: false.")


def _pipeline(parts: dict[str, list[Any]]) -> dict[str, Any]:
    (crf,) = parts["SpanExtractor"]
    (classifier,) = parts["LinearClassifier"]
    (asked,) = parts["AskedClassifier"]
    (tokenizer,) = parts["UndertheseaTokenizer"]
    (featurizer,) = parts["RegexFeaturizer"]
    (extractor,) = parts["RegexEntityExtractor"]
    return {
        "segmentation": tokenizer.segmentation,
        "patterns": featurizer.known_patterns,
        "extracted": extractor.patterns,
        "ranking_length": classifier.config["ranking_length"],
        "asked_tagger_share": asked.reader.tagger_share,
        "asked_threshold": asked.reader.threshold,
        "window": [
            [str(getattr(n, "value", n)) for n in names]
            for names in crf.component_config["features"]
        ],
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
