"""The folder of an exported model: what is in it, and whether it is whole.

Everything in it is neutral: JSON, two npz, one CRFsuite file (gzip). `manifest.json` holds the
sha256 of each file, of all that it was trained from, and the versions it was trained with.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlu.errors import ModelDamaged, ModelMissing

FORMAT = 2
MANIFEST = "manifest.json"
ACCENTS = "accents.json"
PIPELINE = "pipeline.json"
INTENTS = "intents.npz"
ASKED = "asked.npz"
TAGGER = "tagger.crfsuite.gz"
REPAIR = "Restore it with git checkout nlu/model, or train it with make train."
FILES = (ACCENTS, ASKED, INTENTS, PIPELINE, TAGGER)

TRAINED_FROM = (
    "data/**/*.yml",
    "config.yml",
    "components/*.py",
    "text.py",
    "accents.py",
    "asking.py",
    "features.py",
    "linear.py",
    "tagging.py",
    "training/augment.py",
    "training/examples.py",
    "training/fitting.py",
)
"""What the trained model depends on, relative to the package `nlu`."""


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def trained_from(package: Path) -> str:
    """Return one hash over all that a training in `package` (the folder nlu) depends on."""
    paths = sorted({path for pattern in TRAINED_FROM for path in package.glob(pattern)})
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{path.relative_to(package).as_posix()} {sha256(path)}\n".encode())
    return whole.hexdigest()


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Return the manifest of a model after checking every file against it.

    Raises:
        ModelMissing: the folder or a file is not there.
        ModelDamaged: a file is not what the training wrote.
    """
    manifest = _json(folder / MANIFEST)
    if manifest.get("format") != FORMAT:
        raise ModelDamaged(
            f"{folder / MANIFEST}: format {manifest.get('format')!r}, this program reads {FORMAT}. "
            + REPAIR
        )
    for name in FILES:
        path = folder / name
        if not path.is_file():
            raise ModelMissing(f"The language model lacks {path}. {REPAIR}")
        if sha256(path) != manifest.get("files", {}).get(name):
            raise ModelDamaged(f"{path} is not the file that the training wrote. {REPAIR}")
    return manifest


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Return the content of a JSON file of the model."""
    return _json(folder / name)


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelMissing(f"The language model lacks {path}. {REPAIR}") from error
    except (OSError, ValueError) as error:
        raise ModelDamaged(f"{path} cannot be read: {error}. {REPAIR}") from error
    if not isinstance(content, dict):
        raise ModelDamaged(f"{path} holds no JSON object. {REPAIR}")
    return content
