"""Whether the search or the intent says what a message means: one rule for all intents.

Terse statements ("mở công ty tnhh một thành viên") look like anything to a classifier, while the
search finds them; weather and football it does not find. So a search that finds enough is
believed over an intent that is no question about a procedure, unless the message itself bears
that intent out ("rút *hồ sơ*"). Measured in November 2026 on 926 questions and 270 messages that
nothing answers (`tests/retrieval` and dev.jsonl).
"""

from bot.deciding.candidates import SURE, Candidate
from bot.deciding.found import Found
from bot.deciding.signs import bears_out, has_signs, is_abroad, is_divorce, is_errand
from bot.deciding.words import shares_words, tells_enough
from bot.parse import Parse

ENOUGH = 0.44
PER_CONFIDENCE = 0.06
"""Needed to be believed over an intent: ENOUGH and so much for its confidence, 0.5 at most.
Of the 80 questions whose intent was misread 56 reach it, of 214 messages that nothing answers and
whose intent is not a question none does; divorces and other countries' papers aside."""

STRONG = 0.6
"""From here on 97 of 100 results were right on 622 questions: no shared word is asked for."""

FOUND = 0.45
"""Below this score a search result shares a few words with the question, no more."""

WORTH_ASKING = 0.3
"""A question about a procedure gets choices from here on: of 83 such finds 72 held the
right one among five."""

CLEAR_MARGIN = 0.08
CLEAR_MARGIN_WELL_FOUND = 0.05
"""The best is answered without asking back when it leads the next by so much; less is enough from
WELL_FOUND on: of 63 such results 57 were right."""
WELL_FOUND = 0.55


def best_of(found: Found) -> Candidate | None:
    """Return what fits the message best."""
    tops = [candidates[0] for candidates in found.mentions if candidates]
    return max(tops, key=lambda one: (one.named, one.score), default=None)


def is_foreign(parse: Parse, best: Candidate | None) -> bool:
    """Tell whether courts or other countries do what is asked, and nothing here clearly fits."""
    if best is not None and best.named:
        return False
    score = best.score if best else 0.0
    if is_divorce(parse.text):
        return score < STRONG  # what is left without the words for divorce
    return is_abroad(parse.text) and score < SURE


def overrules(parse: Parse, best: Candidate | None) -> bool:
    """Tell whether `best` is believed over an intent that asks for no procedure."""
    if best is None or is_foreign(parse, best):
        return False
    if best.named:
        return True
    if bears_out(parse.intent, parse.text) or is_errand(parse.text):
        return best.score >= SURE
    needed = FOUND if has_signs(parse.intent) else ENOUGH + PER_CONFIDENCE * parse.confidence
    if best.score >= STRONG:
        return tells_enough(parse.text)
    return best.score >= needed and shares_words(best.procedure, parse.text)


def is_clear(candidates: tuple[Candidate, ...]) -> bool:
    """Tell whether the best is answered without asking back."""
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    needed = CLEAR_MARGIN_WELL_FOUND if best.score >= WELL_FOUND else CLEAR_MARGIN
    return best.named or best.score - second >= needed
