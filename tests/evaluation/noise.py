"""The same messages as they are typed in other ways. The same text always changes the same way."""

import random
import zlib
from collections.abc import Callable, Iterable
from typing import Final

from nom.text.noise import (  # type: ignore[import-untyped]
    NoiseGenerator,
    light_noise,
    mobile_noise,
    telex_grammar_noise,
)

from knowledge.text import strip_accents
from tests.evaluation.cases import Case

SEED: Final = 20261122
_HALF: Final = 0.5
_WAYS: Final = (light_noise, telex_grammar_noise, mobile_noise)
"""A hasty typist, a Telex keyboard, two thumbs on a telephone; scanning is no way of asking."""


def stripped(text: str) -> str:
    """Return the text without any accent."""
    return strip_accents(text)


def half_stripped(text: str) -> str:
    """Return the text with the accents of about half of its words.

    >>> half_stripped("tôi muốn đăng ký tạm trú") == half_stripped("tôi muốn đăng ký tạm trú")
    True
    """
    chance = random.Random(_seed(text))  # noqa: S311 - no secret
    words = text.split(" ")
    return " ".join(strip_accents(w) if chance.random() < _HALF else w for w in words)


def typed(text: str) -> str:
    """Return the text with slips of typing: keys, Telex, short forms, lost and added spaces."""
    seed = _seed(text)
    return str(NoiseGenerator(_WAYS[seed % len(_WAYS)](), seed=seed).noisify(text))


VARIANTS: Final[dict[str, Callable[[str], str]]] = {
    "stripped": stripped,
    "half stripped": half_stripped,
    "typed with noise": typed,
}
"""How the table calls each way."""


def variants(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return the accented cases, each typed in every other way; what has no accents loses none.

    Dossier codes are left out: one slip makes another code of them.
    """
    coded = (case for case in cases if not (case.dossier_code or case.nearly))
    accented = [case for case in coded if case.accented]
    return {
        name: [case.retyped(name, tuple(change(turn) for turn in case.turns)) for case in accented]
        for name, change in VARIANTS.items()
    }


def _seed(text: str) -> int:
    return SEED + zlib.crc32(text.encode("utf-8"))
