"""Which language a message is written in, where it is not Vietnamese.

The script settles most languages. Among those with Latin letters the short words decide that
grammar needs in every sentence ("is", "est", "ist"). Vietnamese people type without accents and
mix in "passport", "visa online", "check hs": a word that can be a Vietnamese syllable, an
abbreviation or such a loan speaks against no language, and never for English.

A library was not worth its weight: py3langid 0.4 takes 1.1 s and 120 MB to load (November 2026).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge.spelling import could_be_syllable
from knowledge.text import strip_accents


class Language(StrEnum):
    """The languages the assistant can apologise in; the value is the phrase key."""

    ENGLISH = "other_language.en"
    CHINESE_SIMPLIFIED = "other_language.zh_hans"
    CHINESE_TRADITIONAL = "other_language.zh_hant"
    JAPANESE = "other_language.ja"
    KOREAN = "other_language.ko"
    KHMER = "other_language.km"
    LAO = "other_language.lo"
    THAI = "other_language.th"
    FRENCH = "other_language.fr"
    RUSSIAN = "other_language.ru"
    GERMAN = "other_language.de"
    SPANISH = "other_language.es"


_SCRIPTS: Mapping[Language, re.Pattern[str]] = {
    Language.JAPANESE: re.compile(r"[\u3040-\u30ff\uff66-\uff9f]"),  # before Han: Japanese has both
    Language.KOREAN: re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    Language.CHINESE_SIMPLIFIED: re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    Language.KHMER: re.compile(r"[\u1780-\u17ff\u19e0-\u19ff]"),
    Language.LAO: re.compile(r"[\u0e80-\u0eff]"),
    Language.THAI: re.compile(r"[\u0e00-\u0e7f]"),
    Language.RUSSIAN: re.compile(r"[\u0400-\u04ff]"),
}
"""Unicode blocks of the scripts."""
_NOT_RUSSIAN = re.compile(r"[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491\u040e\u045e]")
"""Cyrillic letters of Ukrainian and Belarusian."""
_TRADITIONAL = frozenset(
    "們個這來時說請問嗎國會學對沒還過後關開電話應該辦證結婚戶護簽長門馬給幫嗎費類續請領"
)
_SIMPLIFIED = frozenset(
    "们个这来时说请问吗国会学对没还过后关开电话应该办证结婚户护签长门马给帮吗费类续请领"
)
_JAPANESE_ONLY = frozenset("転駅県込働発変売読検続済帰届証")
"""Characters that the others write differently."""

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")

_GRAMMAR_TEXT: Sequence[tuple[Language, str]] = (
    (
        Language.ENGLISH,
        """
        the a an i you he she it we they my your his her our their is are am was were be been do
        does did have has had can could will would should may must not to of in on at for from with
        by about and or but if when where what which who how why this that these those there here
        me him them us please thank thanks want need help get know much many long hello hi don
        doesn didn isn t s m re ve""",
    ),
    (
        Language.FRENCH,
        """
        le la les l un une des du de d et je j tu il elle nous vous ils est suis sont ai avez avons
        pour dans sur avec sans par que qu qui quoi quel quels quelle quelles ou comment combien
        quand mon ma mes votre vos bonjour merci s plait ne n pas plus etre avoir faire veux
        voudrais puis peut besoin cherche ca c ce cette aux au m""",
    ),
    (
        Language.GERMAN,
        """
        ich du er sie wir ihr mein meine meinen ist sind bin war haben habe hat der die das den dem
        ein eine einen und oder aber nicht fur mit von zu im auf wie was wo wann warum kann konnen
        mochte will brauche bitte danke guten tag hallo wer welche welches mir mich""",
    ),
    (
        Language.SPANISH,
        """
        el la los las un una unos de del y yo tu usted es son soy esta estoy para por con sin en
        que como donde cuando cuanto cuesta mi mis su quiero necesito puedo hola gracias favor no
        me lo se al tengo""",
    ),
    # Portuguese, Italian, Indonesian and Malay, which are answered in English.
    (
        Language.ENGLISH,
        """
        o os a as um uma de do da dos das e eu voce ele ela nos para por com sem em que como onde
        quando quanto meu minha quero preciso posso ola bom boa dia obrigado obrigada nao sim""",
    ),
    (
        Language.ENGLISH,
        """
        il lo la gli le un una di del della e io tu lui lei noi per con senza in che come dove
        quando quanto mio mia voglio vorrei posso ciao grazie buongiorno non sono ho sei""",
    ),
    (
        Language.ENGLISH,
        """
        saya aku kamu anda kami ini itu yang di ke dari untuk dengan dan atau tidak bukan apa siapa
        bagaimana berapa kapan mana mau ingin bisa boleh tolong terima kasih selamat pagi""",
    ),
)
"""Words of the grammar, without accents; some are Vietnamese syllables as well ("can", "de")."""
_GRAMMARS = tuple((language, frozenset(text.split())) for language, text in _GRAMMAR_TEXT)

_LOANS_TEXT = """
    acc bar bus gas tax box tips chef sofa trust usa core room data team
    passport visa online offline check checkin app web website link file form email mail gmail
    facebook zalo tiktok youtube google otp sms vneid vnid scan photo photocopy copy karaoke
    homestay hotel spa taxi grab ship shop shipper code qr pass password login logout wifi internet
    card thank thanks tks ok oke okay hi hello alo bye ad admin test list menu game laptop iphone
    smartphone robot chat chatbot bot fax pro vip sale marketing start startup freelancer container
    flycam camera drone bar pub gym yoga nail sim deadline hotline inbox ib rep cmt share like post
    live stream video clip full free fee update up upload download load loading error fail reset
    hack hacker spam scam apply job cv team leader manager size quiz tour guide resort villa
    bungalow studio show giesu dna adn ielts toeic apostille"""
LOANS = frozenset(_LOANS_TEXT.split())
"""English words that Vietnamese people use in Vietnamese sentences."""

_FEWEST_STRICT = 2
"""So many words of one grammar that no Vietnamese syllable is spelled like tell a language …"""
_FEWEST_WORDS = 3
"""… and so do so many words in all, when one of them is such a word."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the words of a text speak for."""

    language: Language
    """Whose grammar most words belong to; English where none does."""
    strict: int
    """Words of its grammar that no Vietnamese syllable is spelled like."""
    grammar: int
    """Words of its grammar, those strict ones included."""
    unknown: int
    """Words that are neither grammar nor Vietnamese syllables nor loans nor abbreviations."""
    vietnamese: int
    """Words that can be Vietnamese syllables and are none of its grammar; twice with its marks."""


def is_other_language(text: str) -> bool:
    """Tell whether `text` is clearly no Vietnamese, whatever else is thought of it.

    >>> [is_other_language(text) for text in ("how can I pay the fee", "visa online", "서류")]
    [True, False, True]
    """
    if _script(text) is not None:
        return True
    words = _WORD.findall(text.lower())
    if all(map(_is_native, words)):  # most messages: nothing tells another language
        return False
    reading = _read(words)
    if not reading.vietnamese:
        told = reading.strict + reading.unknown > 0 and reading.grammar > 0
        return told and reading.grammar + reading.unknown >= _FEWEST_WORDS
    grammar = reading.strict >= _FEWEST_STRICT or (
        reading.strict > 0 and reading.grammar >= _FEWEST_WORDS
    )
    return grammar and reading.grammar + reading.unknown > reading.vietnamese


def may_be_other_language(text: str) -> bool:
    """Tell whether a language model may be believed that says `text` is no Vietnamese.

    >>> [may_be_other_language(text) for text in ("birth certificate", "check hs", "gia han visa")]
    [True, False, False]
    """
    if _script(text) is not None:
        return True
    reading = _read(_WORD.findall(text.lower()))
    if not reading.vietnamese and reading.grammar >= _FEWEST_STRICT:
        return True
    foreign = reading.grammar + reading.unknown
    return reading.strict + reading.unknown > 0 and foreign > reading.vietnamese


def language_of(text: str) -> Language:
    """Return the language of a text that is no Vietnamese; English where it cannot be told.

    >>> [str(language_of(text)) for text in ("je voudrais un visa", "結婚證明怎麼辦")]
    ['other_language.fr', 'other_language.zh_hant']
    """
    return _script(text) or _read(_WORD.findall(text.lower())).language


def _script(text: str) -> Language | None:
    """Return the language that the letters tell; None: most letters are Latin."""
    letters = sum(sign.isalpha() for sign in text)
    latin = len(_LATIN.findall(text))
    if letters == 0 or 2 * latin >= letters:
        return None
    counts = {language: len(block.findall(text)) for language, block in _SCRIPTS.items()}
    if counts[Language.JAPANESE] or counts[Language.CHINESE_SIMPLIFIED]:
        return _east_asian(text, counts)
    best = max(counts, key=lambda language: counts[language])
    if not counts[best] or (best is Language.RUSSIAN and _NOT_RUSSIAN.search(text)):
        return Language.ENGLISH
    return best


def _east_asian(text: str, counts: Mapping[Language, int]) -> Language:
    han = counts[Language.CHINESE_SIMPLIFIED]
    if counts[Language.KOREAN] > han:
        return Language.KOREAN
    if counts[Language.JAPANESE] or any(sign in _JAPANESE_ONLY for sign in text):
        return Language.JAPANESE
    traditional = sum(sign in _TRADITIONAL - _SIMPLIFIED for sign in text)
    simplified = sum(sign in _SIMPLIFIED - _TRADITIONAL for sign in text)
    if traditional > simplified:
        return Language.CHINESE_TRADITIONAL
    return Language.CHINESE_SIMPLIFIED


def _read(words: Sequence[str]) -> _Reading:
    bare = [strip_accents(word) for word in words]
    native = [_is_native(word) for word in words]
    marked = sum(any(sign > "\u00ff" and sign != "œ" for sign in word) for word in words)
    return max(
        (_count(one, bare, native, marked) for one in _GRAMMARS),
        key=lambda reading: (reading.strict, reading.grammar),
    )


def _count(
    of: tuple[Language, frozenset[str]], bare: Sequence[str], native: Sequence[bool], marked: int
) -> _Reading:
    language, grammar = of
    pairs = list(zip(bare, native, strict=True))
    return _Reading(
        language=language,
        strict=sum(word in grammar and _tells(word, own=own) for word, own in pairs),
        grammar=sum(word in grammar for word in bare),
        unknown=sum(word not in grammar and _tells(word, own=own) for word, own in pairs),
        vietnamese=sum(own and word not in grammar for word, own in pairs) + marked,
    )


@lru_cache(maxsize=4096)
def _is_native(word: str) -> bool:
    return could_be_syllable(word)


def _tells(word: str, *, own: bool) -> bool:
    """Tell whether `word` speaks against Vietnamese: no syllable, loan or abbreviation."""
    return not own and word not in LOANS and len(word) > 1 and _has_vowel(word)


def _has_vowel(word: str) -> bool:
    return any(sign in "aeiou" for sign in word)  # "bhyt" is an abbreviation
