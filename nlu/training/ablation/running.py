"""Trains one row and measures it. Runs in Rasa's Python 3.10."""

from __future__ import annotations

import gzip
import io
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nlu.accents import Restorer
from nlu.interpreter import Interpreter
from nlu.train import learn_accents
from nlu.training.ablation.lessons import COPIES, sampled
from nlu.training.ablation.messages import Measured, Message, measure
from nlu.training.ablation.results import Result
from nlu.training.ablation.rows import PART, RASA, Row
from nlu.training.examples import Example, read_folder, read_patterns, write_training_file

Trained = tuple[Measured, float, int, int]
"""What was measured, seconds of training, bytes on disk, bytes of the network's weights (DIET)."""


def run(row: Row, package: Path, messages: Sequence[Message], folder: Path, today: str) -> Result:
    """Train the row in `folder` and ask it everything.

    Args:
        row: what is trained.
        package: the folder `nlu`, whose data is taught.
        messages: what is asked.
        folder: where the training may write; made if it is not there.
        today: the date that the result carries, ISO.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = read_folder(package / "data" / "intents")
    sentences = sampled(written) if row.taught == PART else written
    taught = COPIES[row.copies](sentences)
    restorer = learn_accents(sentences)
    train = _by_rasa if row.by == RASA else _by_us
    measured, seconds, size, network = train(row, taught, restorer, (package, folder), messages)
    slices = {name: asdict(tally) for name, tally in measured.slices.items()}
    counts = (len(sentences), len(taught))
    return Result(row.key, today, *counts, seconds, measured.parse_ms, size, network, slices)


def _by_us(
    row: Row,
    taught: Sequence[Example],
    restorer: Restorer,
    places: tuple[Path, Path],
    messages: Sequence[Message],
) -> Trained:
    from nlu.training.quickfit import fit  # noqa: PLC0415 - imports SciPy

    package, folder = places
    before = time.process_time()
    model = fit(taught, read_patterns(package / "data"), restorer, row.pipeline, folder)
    seconds = time.process_time() - before
    return measure(model.parse, messages), seconds, _size(model, restorer, folder), 0


def _size(model: Interpreter, restorer: Restorer, folder: Path) -> int:
    """Return how many bytes the exported model has."""
    files = [folder / name for name in ("intents.npz", "asked.npz", "accents.json")]
    model.intents.save(files[0])
    model.asking.linear.save(files[1])
    restorer.save(files[2])
    return sum(f.stat().st_size for f in files) + len(gzip.compress(model.tagger.content))


def _by_rasa(
    row: Row,
    taught: Sequence[Example],
    restorer: Restorer,
    places: tuple[Path, Path],
    messages: Sequence[Message],
) -> Trained:
    from nlu.training import rasa_side  # noqa: PLC0415 - takes 15 s to import

    package, folder = places
    restorer.save(folder / "accents.json")
    write_training_file(taught, read_patterns(package / "data"), folder / "training.yml")
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump(_config(row, folder), allow_unicode=True), encoding="utf-8")
    before = time.process_time()
    archive = rasa_side.train(folder / "training.yml", config, folder / f"{row.key}.tar.gz")
    seconds = time.process_time() - before
    model = rasa_side.Trained(archive)
    network = _network(model.parts().get("DIETClassifier", []))
    return measure(model.parse, messages), seconds, archive.stat().st_size, network


def _config(row: Row, folder: Path) -> dict[str, Any]:
    pipeline = [dict(component) for component in row.pipeline]
    for component in pipeline:
        if component["name"].endswith("UndertheseaTokenizer"):
            component["restorer"] = str(folder / "accents.json")
    named = {"recipe": "default.v1", "language": "vi", "assistant_id": "ablation"}
    return {**named, "pipeline": pipeline}


def _network(classifiers: Sequence[Any]) -> int:
    """Return how many bytes a network has as a compressed npz, which needs no TensorFlow."""
    size = 0
    for classifier in classifiers:
        file = io.BytesIO()
        np.savez_compressed(file, *_arrays(classifier.model))
        size += file.getbuffer().nbytes
    return size


def _arrays(model: Any) -> list[Any]:
    """Return a network's weights; one matrix and one vector if it is but linear.

    Rasa's DIET without transformer and entities has no activation between the sparse features and
    the embeddings that it compares, so its layers multiply out: features x intents, as of a
    logistic regression. (Compared with Rasa's answers on 2026-11-22: equal to 0.000002.)
    """
    weights = {str(weight.name): weight.numpy() for weight in model.weights}
    if model.config["number_of_transformer_layers"] or model.config["entity_recognition"]:
        return list(weights.values())
    kernel, bias, embed, shift = (
        next(array for name, array in weights.items() if layer in name and name.endswith(part))
        for layer in ("sparse_to_dense.text_sentence", "embed_layer_text")
        for part in ("kernel:0", "bias:0")
    )
    labels = model.all_labels_embed.numpy()
    labels = labels.reshape(-1, labels.shape[-1]).T
    return [kernel @ embed @ labels, (bias @ embed + shift) @ labels]
