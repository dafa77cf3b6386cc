"""How sure the assistant may be: one judgement on the search and the intent together.

Terse statements ("mở công ty tnhh một thành viên") look like anything to a classifier, while the
search finds them; weather and football share words with procedures, while the classifier knows
them. So both give evidence, and a fitted logistic model weighs it. Its two shares are calibrated:
of the messages that get 0.8, eight in ten are what it says (`make eval` shows how well that holds).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.deciding.calibration import (
    ABOUT,
    ABOUT_SIGNALS,
    ABOUT_START,
    FIRST,
    FIRST_SIGNALS,
    FIRST_START,
)
from bot.deciding.candidates import Candidate, Mentions
from bot.deciding.evidence import evidence
from bot.parse import Parse


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be believed of a message and what was found for it."""

    about: float = 0.0
    """Probability that the message asks about a procedure that is known here, 0 to 1."""
    first: float = 0.0
    """Probability that the best candidate is the right one, if there is a right one, 0 to 1."""


def judge(parse: Parse, candidates: Sequence[Candidate]) -> Judgement:
    """Return the judgement on a message and what fits it, best first; nothing fits: 0 and 0."""
    if not candidates:
        return Judgement()
    signals = evidence(parse, candidates)
    return Judgement(
        about=_probability(ABOUT_START, ABOUT_SIGNALS, signals),
        first=_probability(FIRST_START, FIRST_SIGNALS, signals),
    )


def best_of(mentions: Mentions) -> tuple[Candidate, ...]:
    """Return what fits the procedure that was found best; nothing where nothing fits."""
    return max(mentions, key=lambda one: (one[0].named, one[0].score), default=())


def is_about_a_procedure(parse: Parse, mentions: Mentions) -> bool:
    """Tell whether what was found is believed, whatever the intent; a typed name always is."""
    best = best_of(mentions)
    return bool(best) and (best[0].named or judge(parse, best).about >= ABOUT)


def is_clear(parse: Parse, candidates: Sequence[Candidate]) -> bool:
    """Tell whether the best is answered without asking back; a typed name always is."""
    return candidates[0].named or judge(parse, candidates).first >= FIRST


def _probability(start: float, weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    odds = start + sum(weight * signals[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-odds))
