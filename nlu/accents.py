"""Accents that were not typed: "lam giay khai sinh" is read as "làm giấy khai sinh".

A bigram model over syllables, learnt from our own sentences and procedure names, and the Viterbi
algorithm. The result is used for words and features only; what was typed stays what it is.
"""

import itertools
import json
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

BIGRAM_SHARE = 0.9
"""How much a pair that was seen counts beside the syllable alone."""
KEEP_AS_TYPED = 8.0
"""Bonus (a log probability) for a bare syllable amid accented ones: who types accents means it."""
UNSEEN = 1e-7


def strip_accents(text: str) -> str:
    """Return `text` in bare Latin letters.

    >>> strip_accents("Đăng ký hộ khẩu")
    'Dang ky ho khau'
    """
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def has_accent(text: str) -> bool:
    """Return whether any letter carries a Vietnamese mark.

    >>> has_accent("phí"), has_accent("phi"), has_accent("đ")
    (True, False, True)
    """
    return not text.isascii() and strip_accents(text) != text


class Restorer:
    """Restores accents; `Restorer({}, {})` changes nothing."""

    def __init__(self, single: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        """Take counts of syllables and of "syllable syllable" pairs."""
        self._single = dict(single)
        self._pairs = dict(pairs)
        self._total = sum(single.values()) or 1
        forms: dict[str, list[str]] = defaultdict(list)
        for syllable in sorted(single):
            forms[strip_accents(syllable)].append(syllable)
        self._forms = dict(forms)

    @classmethod
    def learn(cls, sentences: Iterable[Sequence[str]]) -> "Restorer":
        """Count syllables and pairs of accented, normalised sentences."""
        single: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for sentence in sentences:
            single.update(sentence)
            pairs.update(f"{a} {b}" for a, b in itertools.pairwise(sentence))
        return cls(single, pairs)

    @classmethod
    def load(cls, path: Path) -> "Restorer":
        """Read what `save` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["single"], content["pairs"])

    def save(self, path: Path) -> None:
        """Write the counts as JSON."""
        content = {"single": self._single, "pairs": self._pairs}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        path.write_text(text + "\n", encoding="utf-8")

    def restore(self, syllables: Sequence[str]) -> list[str]:
        """Return `syllables` (normalised) with the accents that were probably meant.

        A syllable typed with an accent is never changed.
        """
        options = [self._options(syllable) for syllable in syllables]
        if all(len(option) == 1 for option in options):
            return list(syllables)
        bonus = KEEP_AS_TYPED * _accented_share(syllables)
        best: list[tuple[float, str]] = [(0.0, "")]
        trail: list[dict[str, str]] = []
        for typed, option in zip(syllables, options, strict=True):
            step: dict[str, str] = {}
            scored = []
            for form in option:
                score, before = max((s + self._log(b, form), b) for s, b in best)
                step[form] = before
                scored.append((score + (bonus if form == typed else 0.0), form))
            trail.append(step)
            best = scored
        form = max(best)[1]
        path = []
        for step in reversed(trail):
            path.append(form)
            form = step[form]
        return path[::-1]

    def _options(self, syllable: str) -> list[str]:
        known = self._forms.get(syllable, []) if syllable.isascii() else []
        return known if syllable in known else [*known, syllable]

    def _log(self, before: str, form: str) -> float:
        alone = self._single.get(form, 0) / self._total
        follows = self._pairs.get(f"{before} {form}", 0) / self._single.get(before, 1)
        return math.log(BIGRAM_SHARE * follows + (1 - BIGRAM_SHARE) * alone + UNSEEN)


def _accented_share(syllables: Sequence[str]) -> float:
    letters = [syllable for syllable in syllables if syllable.isalpha()]
    return sum(not s.isascii() for s in letters) / len(letters) if letters else 0.0
