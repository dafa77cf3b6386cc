"""Copies of the training sentences as people really type: without accents, in haste.

Seeded: the same sentences give the same copies. Places of entities move with the letters.
"""

import random
from collections.abc import Callable, Mapping, Sequence

from nlu.accents import has_accent, strip_accents
from nlu.training.examples import Example, Span

NEIGHBOURS = {
    "a": "sq", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl",
    "l": "k", "m": "n", "n": "mb", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
"""Keys beside a key on a QWERTY keyboard."""
SHORT_FORMS = {
    "không": "ko", "được": "dc", "gì": "j", "giấy": "giay", "bao nhiêu": "bn", "hồ sơ": "hs",
    "thủ tục": "tt", "vậy": "v", "với": "vs", "cho mình": "cho m", "người": "ng", "rồi": "r",
    "mình": "mk", "nhiêu": "nhiu", "thế nào": "tn",
}  # fmt: skip
"""Short forms that citizens write in chats."""

HALF = 0.5
SLIPS = 0.12
"""Share of words with a slip: about one in a question of eight words."""
SHORTEST = 3
"""Shorter words are not mistyped: they would become other words."""
ASK_PROCEDURE = "ask_procedure"
PROCEDURE = "procedure"
ASKED = "asked_"
JOINTS = (", ", " + ", " và ", " với ", " ")
"""Between two things asked."""
LEAST_ALONE = 2
"""Syllables of a name that says enough alone: "kết hôn" does, "thuế" does not."""
NAMES = (PROCEDURE, "place")
"""Kinds that one sentence can exchange with another without a change of meaning."""


def map_segments(example: Example, edit: Callable[[str], str]) -> Example:
    """Edit the text between and inside the entities, each piece for itself; places follow."""
    text, spans, last = "", [], 0
    for span in example.spans:
        text += edit(example.text[last : span.start])
        start = len(text)
        text += edit(example.text[span.start : span.end])
        spans.append(Span(start, len(text), span.kind))
        last = span.end
    return Example(text + edit(example.text[last:]), example.intent, tuple(spans))


def stripped(example: Example) -> Example:
    """Return the sentence without any accent."""
    return map_segments(example, strip_accents)


def half_stripped(example: Example, chance: random.Random) -> Example:
    """Return the sentence with accents missing on about half of the syllables."""

    def edit(text: str) -> str:
        words = text.split(" ")
        return " ".join(strip_accents(w) if chance.random() < HALF else w for w in words)

    return map_segments(example, edit)


def mistyped(example: Example, chance: random.Random) -> Example:
    """Return the sentence with about one typing slip: a letter lost, swapped, doubled or missed."""

    def edit(text: str) -> str:
        return " ".join(_slip(w, chance) if _may_slip(w, chance) else w for w in text.split(" "))

    return map_segments(example, edit)


def shortened(example: Example) -> Example:
    """Return the sentence with the short forms of chats."""

    def edit(text: str) -> str:
        padded = f" {text} "
        for long, short in SHORT_FORMS.items():
            padded = padded.replace(f" {long} ", f" {short} ")
        return padded[1:-1]

    return map_segments(example, edit)


def with_others(
    example: Example, choices: Mapping[str, Sequence[str]], chance: random.Random
) -> Example:
    """Return the sentence with other phrases for the kinds in `choices`."""
    text, spans, last = "", [], 0
    for span in example.spans:
        others = choices.get(span.kind)
        old = example.text[span.start : span.end]
        new = chance.choice(others) if others else old
        if others and not has_accent(example.text):
            new = strip_accents(new)
        text += example.text[last : span.start]
        spans.append(Span(len(text), len(text) + len(new), span.kind))
        text += new
        last = span.end
    return Example(text + example.text[last:], example.intent, tuple(spans))


def asking_otherwise(
    example: Example, phrases: Sequence[tuple[str, str]], chance: random.Random
) -> Example:
    """Return the sentence asking for something else, or for one thing more.

    Without it a model learns that what follows "đăng ký tạm trú" is a fee because that is how the
    sentence was written; and messages that ask two things are rare in what people write down.

    Args:
        example: a sentence that asks.
        phrases: (kind, asking words) to choose from.
        chance: decides what is asked instead.
    """
    more = chance.random() < HALF
    text, spans, last = "", [], 0
    for span in example.spans:
        text += example.text[last : span.start]
        kept = example.text[span.start : span.end]
        asks = span.kind.startswith(ASKED)
        kind, words = chance.choice(phrases) if asks and not more else (span.kind, kept)
        spans.append(Span(len(text), len(text) + len(words), kind))
        text += words
        if asks and more:
            kind, words = chance.choice(phrases)
            text += chance.choice(JOINTS)
            spans.append(Span(len(text), len(text) + len(words), kind))
            text += words
            more = False
        last = span.end
    return Example(text + example.text[last:], example.intent, tuple(spans))


def augmented(
    examples: Sequence[Example], seed: int = 20261122, *, unaccented: bool = True
) -> list[Example]:
    """Return the sentences and their copies, without repetition, in a fixed order.

    Args:
        examples: the sentences as people wrote them.
        seed: the same seed gives the same copies.
        unaccented: whether sentences with accents have copies without.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret: a fixed seed makes training repeatable
    phrases = accented_phrases(examples)
    names = {kind: phrases[kind] for kind in phrases.keys() & set(NAMES)}
    asking = asking_words(examples)
    found: dict[tuple[str, str], Example] = {}
    for example in examples:
        renamed, mixed = (with_others(example, choices, chance) for choices in (names, phrases))
        copies = [example, stripped(example), renamed, stripped(mixed), shortened(mixed)]
        copies += [mistyped(half_stripped(example, chance), chance)]
        copies += [mistyped(stripped(renamed), chance)]
        if any(span.kind.startswith(ASKED) for span in example.spans):
            otherwise = asking_otherwise(example, asking[has_accent(example.text)], chance)
            copies.append(otherwise if chance.random() < HALF else stripped(otherwise))
        for copy in copies:
            if unaccented or has_accent(copy.text) == has_accent(example.text):
                found.setdefault((copy.text, copy.intent), copy)
    for alone in names_alone(examples):
        if unaccented or has_accent(alone.text):
            found.setdefault((alone.text, alone.intent), alone)
    return list(found.values())


def asking_words(examples: Sequence[Example]) -> dict[bool, list[tuple[str, str]]]:
    """Return (kind, words) of all asking words, with accents (True) and without (False)."""
    found: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for example in examples:
        for span in example.spans:
            if span.kind.startswith(ASKED):
                words = example.text[span.start : span.end]
                found[has_accent(example.text)].append((span.kind, words))
    return found


def names_alone(examples: Sequence[Example]) -> list[Example]:
    """Return each procedure that is asked about as a sentence of its own, with and without accents.

    Citizens often type nothing but the name. A name that is itself a sentence of another intent
    ("khiếu nại") is left to that intent.
    """
    taken = {strip_accents(e.text).lower() for e in examples if e.intent != ASK_PROCEDURE}
    asked = [example for example in examples if example.intent == ASK_PROCEDURE]
    found: dict[str, Example] = {}
    for phrase in (e.text[s.start : s.end] for e in asked for s in e.spans if s.kind == PROCEDURE):
        bare = strip_accents(phrase)
        if len(phrase.split()) < LEAST_ALONE or bare.lower() in taken:
            continue
        for text in (phrase, bare):
            span = Span(0, len(text), PROCEDURE)
            found.setdefault(text, Example(text, ASK_PROCEDURE, (span,)))
    return list(found.values())


def accented_phrases(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return what stands in the sentences for each kind of entity, where it has accents."""
    found: dict[str, list[str]] = {}
    for example in examples:
        for span in example.spans:
            phrase = example.text[span.start : span.end]
            if has_accent(phrase):
                found.setdefault(span.kind, []).append(phrase)
    return found


def _may_slip(word: str, chance: random.Random) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and chance.random() < SLIPS


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    near = chance.choice(NEIGHBOURS.get(letter.lower(), letter))
    lost, doubled, missed = before + after, before + letter + letter + after, before + near + after
    swapped = before[:-1] + letter + before[-1] + after
    return chance.choice((lost, swapped, doubled, missed))
