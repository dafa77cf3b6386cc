"""What speaks for and against a search result: named signals that anybody can look at.

How much each one counts is fitted (`bot/deciding/calibration.py`), never set by hand.
"""

import math
from collections.abc import Mapping, Sequence

from bot.deciding.candidates import Candidate
from bot.deciding.signs import bears_out, is_abroad, is_divorce, is_errand
from bot.deciding.words import naming_words, telling_words, vocabulary
from bot.parse import Parse

QUESTIONS = ("ask_procedure", "submit_online", "correct")
"""Intents of messages about a procedure."""

OUT_OF_SCOPE = ("out_of_scope", "other_language")

_MOST_WORDS = 12
"""From so many words on a message is long."""

_FLOOR = 0.01
"""Keeps logarithms between -4.6 and 4.6; a lead of none tells as much against as odds of none."""

_FIFTH = 4

SIGNALS = (
    "question", "out_of_scope", "system", "score", "lead", "spread", "is_a_name", "words",
    "shared", "heard", "said", "name_said", "marked", "borne_out", "errand", "abroad", "divorce",
)  # fmt: skip


def evidence(parse: Parse, candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """Return the value of each of SIGNALS for the best of `candidates`; at least one is needed."""
    best, scores = candidates[0], [one.score for one in candidates]
    shares = dict(parse.intents) or {parse.intent: parse.confidence}
    question = sum(shares.get(intent, 0.0) for intent in QUESTIONS)
    outside = sum(shares.get(intent, 0.0) for intent in OUT_OF_SCOPE)
    return {
        "question": _log_odds(question),
        "out_of_scope": _log_odds(outside),
        "system": _log_odds(1 - question - outside),
        "score": best.score,
        "lead": math.log(max(best.score - (scores[1] if len(scores) > 1 else 0.0), 0.0) + _FLOOR),
        "spread": scores[1] - scores[_FIFTH] if len(scores) > _FIFTH else 0.0,
        "is_a_name": float(best.named),
        "words": min(len(naming_words(parse.text)), _MOST_WORDS) / _MOST_WORDS,
        "shared": _shared(parse.text, best),
        "heard": best.heard,
        "said": best.said,
        "name_said": best.name_said,
        "marked": float(any(entity.kind == "procedure" for entity in parse.entities)),
        "borne_out": float(bears_out(parse.intent, parse.text)),
        "errand": float(is_errand(parse.text)),
        "abroad": float(is_abroad(parse.text)),
        "divorce": float(is_divorce(parse.text)),
    }


def _log_odds(share: float) -> float:
    kept = min(max(share, 0.0), 1.0)
    return math.log((kept + _FLOOR) / (1 - kept + _FLOOR))


def _shared(text: str, best: Candidate) -> float:
    """Return the share of the telling words of `text` by which the procedure is called."""
    telling = telling_words(text)
    return len(telling & vocabulary(best.procedure)) / max(1, len(telling))
