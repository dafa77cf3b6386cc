"""What a row is taught: all sentences or a sample, with which copies."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from nlu.training.augment import augmented, stripped
from nlu.training.examples import Example

SEED = 20261122
SAMPLE = 1500
"""Sentences that DIET can learn on two processors in minutes."""
LEAST = 10
"""Sentences of an intent in the sample, if it has as many."""


def sampled(examples: Sequence[Example], size: int = SAMPLE) -> list[Example]:
    """Return about `size` sentences, each intent with its share and not below `LEAST`.

    Seeded: the same sentences give the same sample, in their own order.
    """
    chance = random.Random(SEED)  # noqa: S311 - no secret: a fixed seed makes rows repeatable
    places: dict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        places[example.intent].append(place)
    chosen: list[int] = []
    for intent in sorted(places):
        share = max(LEAST, round(size * len(places[intent]) / len(examples)))
        chosen += chance.sample(places[intent], min(share, len(places[intent])))
    return [examples[place] for place in sorted(chosen)]


def with_stripped(examples: Sequence[Example]) -> list[Example]:
    """Return each sentence and, where it has accents, its copy without, none of them twice."""
    every = [copy for example in examples for copy in (example, stripped(example))]
    return list({(copy.text, copy.intent): copy for copy in every}.values())


COPIES: Mapping[str, Callable[[Sequence[Example]], list[Example]]] = {
    "all": augmented,
    "accented": lambda examples: augmented(examples, unaccented=False),
    "stripped": with_stripped,
    "none": list,
}
"""all: as shipped. accented: those of them that kept their accents. stripped: without accents."""


def data_hash(folder: Path) -> str:
    """Return one hash over the files of the training text, by their paths in `folder`.

    Raises:
        FileNotFoundError: there is no training text in `folder`.
    """
    files = sorted(folder.rglob("*.yml"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no training text.")
    whole = hashlib.sha256()
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return whole.hexdigest()
