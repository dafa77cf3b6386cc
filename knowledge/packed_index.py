"""An index as bytes: its arrays in one file, its texts as JSON values. Nothing is ever pickled."""

import io
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from knowledge.index import Index
from knowledge.postings import Postings
from knowledge.synonyms import Synonym, Vocabulary

_POSTINGS = ("said_bare", "said_accented", "body_bare", "body_accented", "spoken")
_TEXTS = ("codes", "sayings", "bare", "accented")


def pack_index(index: Index) -> bytes:
    """Return the arrays of `index` as one file."""
    arrays: dict[str, Any] = {}
    for field in fields(Index):
        value = getattr(index, field.name)
        if field.name in _POSTINGS:
            arrays |= {
                f"{field.name}.{part.name}": getattr(value, part.name) for part in fields(value)
            }
        elif field.name not in _TEXTS:
            arrays[field.name] = value
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def texts_of_index(index: Index) -> dict[str, list[str]]:
    """Return the texts of `index` as JSON values."""
    return {name: list(getattr(index, name)) for name in _TEXTS}


def unpack_index(packed: bytes, words: Mapping[str, Any]) -> Index:
    """Return the index that `pack_index` and `texts_of_index` took apart.

    Raises:
        ValueError, KeyError, EOFError: the parts are damaged.
    """
    values: dict[str, Any] = {"codes": tuple(words["codes"]), "sayings": tuple(words["sayings"])}
    for name in ("bare", "accented"):
        values[name] = {term: number for number, term in enumerate(words[name])}
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        for name in _POSTINGS:
            held = {part.name: arrays[f"{name}.{part.name}"] for part in fields(Postings)}
            values[name] = Postings(**held)
        for field in fields(Index):
            if field.name not in values:
                values[field.name] = arrays[field.name]
    return Index(**values)


def unpack_vocabulary(plain: Mapping[str, Any]) -> Vocabulary:
    """Return the vocabulary whose fields `plain` holds.

    Raises:
        KeyError: one is missing.
    """
    synonyms = tuple(Synonym(one["said"], tuple(one["means"])) for one in plain["synonyms"])
    lists = {name: tuple(plain[name]) for name in ("noise", "telling", "light")}
    return Vocabulary(synonyms=synonyms, **lists)
