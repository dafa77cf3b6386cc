"""`make train`: copies the sentences, trains Rasa, exports, lets Rasa answer, evaluates.

Runs in Rasa's Python 3.10 from the folder of the project: `nlu/.venv/bin/python -m nlu.train`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from nlu import modelfolder
from nlu.accents import Restorer, has_accent
from nlu.interpreter import Interpreter
from nlu.text import normalise, pieces
from nlu.training import evaluate, examples, parity
from nlu.training.augment import augmented
from nlu.training.examples import Example

PACKAGE = Path(__file__).parent
ROOT = PACKAGE.parent
WORK = ROOT / "build" / "nlu"
ARCHIVE = WORK / "motcua.tar.gz"
EXPORTED = WORK / "model"
MODEL = PACKAGE / "model"
ANSWERS = ROOT / "tests" / "nlu" / "parity" / "rasa_answers.jsonl.gz"
FOLDS = 3
TESTED = 1
"""How many of the folds are measured: one holds thousands of sentences, and each takes minutes."""
log = logging.getLogger("nlu.train")


def prepare() -> None:
    """Write what Rasa trains on: the accent restorer and the sentences with their copies."""
    WORK.mkdir(parents=True, exist_ok=True)
    data = examples.read_folder(PACKAGE / "data" / "intents")
    learn_accents(data).save(WORK / modelfolder.ACCENTS)
    copies = augmented(data)
    patterns = examples.read_patterns(PACKAGE / "data")
    examples.write_training_file(copies, patterns, WORK / "training.yml")
    log.info("%d sentences, %d with their copies", len(data), len(copies))


def learn_accents(data: Sequence[Example]) -> Restorer:
    """Return the restorer learnt from the accented sentences."""
    accented = (example.text for example in data if has_accent(example.text))
    return Restorer.learn([normalise(piece) for _, _, piece in pieces(text)] for text in accented)


def archive() -> None:
    """Train the archive that stock Rasa serves, and export it beside for the live tests."""
    from nlu.export import export  # noqa: PLC0415 - with Rasa
    from nlu.training import rasa_side  # noqa: PLC0415 - takes 15 s to import

    state = modelfolder.trained_from(PACKAGE)  # before: somebody may write while Rasa trains
    prepare()
    rasa_side.train(WORK / "training.yml", PACKAGE / "config.yml", ARCHIVE)
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()  # noqa: TID251 - a tool for people
    export(rasa_side.Trained(ARCHIVE).parts(), state, EXPORTED, today)


def publish() -> None:
    """Put the exported model and Rasa's own answers where they are committed."""
    from nlu.training import rasa_side  # noqa: PLC0415 - takes 15 s to import

    texts = parity.sentences(PACKAGE / "evaluation" / "parity.txt", _known_texts())
    trained = rasa_side.Trained(ARCHIVE)
    ANSWERS.parent.mkdir(parents=True, exist_ok=True)
    with ANSWERS.open("wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as file:
        for text in texts:
            answer = {"asked": text, "answer": parity.shortened(trained.parse(text))}
            file.write((json.dumps(answer, ensure_ascii=False) + "\n").encode())
    for name in (*modelfolder.FILES, modelfolder.MANIFEST):
        shutil.copyfile(EXPORTED / name, MODEL / name)
    log.info("model written; Rasa answered %d sentences", len(texts))


def _known_texts() -> set[str]:
    copies = examples.read_folder(WORK)
    return {parity.comparable(example.text) for example in copies}


def evaluation() -> str:
    """Return the report: cross-validation, and the sentences of `evaluation/` if there are any."""
    from nlu.training.quickfit import fit  # noqa: PLC0415 - imports scikit-learn

    data = examples.read_folder(PACKAGE / "data" / "intents")
    patterns = examples.read_patterns(PACKAGE / "data")
    pipeline = yaml.safe_load((PACKAGE / "config.yml").read_text("utf-8"))["pipeline"]
    slices = {"accented": evaluate.Scores(), "unaccented": evaluate.Scores()}
    for known, unknown in evaluate.folds(data, FOLDS)[:TESTED]:
        with tempfile.TemporaryDirectory() as folder:
            accents = learn_accents(known)
            model = fit(augmented(known), patterns, accents, pipeline, Path(folder))
            evaluate.score(model.parse, unknown, slices)
        log.info("%d sentences that were not in training", len(unknown))
    manifest = modelfolder.read_manifest(MODEL)
    parts = [
        "# How well the model reads\n",
        f"Trained on {manifest['trained_on']} from {len(data)} sentences "
        f"with Rasa {manifest['rasa']}, state {manifest['trained_from'][:12]}.\n",
        "## Sentences that were not in training (a third of all, split by sentence core)\n",
        evaluate.report(slices),
    ]
    return "\n".join([*parts, *_held_out()])


def _held_out() -> list[str]:
    model = Interpreter.load(MODEL)
    lines: list[str] = []
    for folder in sorted({file.parent for file in (PACKAGE / "evaluation").rglob("*.yml")}):
        slices = {"accented": evaluate.Scores(), "unaccented": evaluate.Scores()}
        evaluate.score(model.parse, examples.read_files(sorted(folder.glob("*.yml"))), slices)
        name = folder.relative_to(ROOT).as_posix()
        lines += [f"\n## The sentences of {name} (shipped model)\n", evaluate.report(slices)]
    return lines


def main() -> None:
    """Run the steps that are named, all of them if none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="archive|publish|evaluate")
    steps = parser.parse_args().steps or ["archive", "publish", "evaluate"]
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    if "archive" in steps:
        archive()
    if "publish" in steps:
        publish()
    if "evaluate" in steps:
        text = evaluation()
        (MODEL / "REPORT.md").write_text(text, encoding="utf-8")
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
