"""From Rasa's JSON to a `Parse`, and from what was typed to what is worth reading.

Everything here is pure. Offsets always point into the cleaned text, which is what the model was
asked and what `Parse.text` holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.dossiers.codes import DossierCode, find_codes
from bot.errors import NluAnswerInvalid
from bot.languages import is_other_language, may_be_other_language
from bot.parse import AskedField, Entity, Parse
from knowledge.text import fold, normalise

MAX_CHARACTERS = 2_000
"""Longer messages are not read: a question has a few dozen words, the rest costs others time."""

ASKED_PREFIX = "asked_"
"""Entity types of the asking words: `asked_fee`, `asked_documents`, …"""

ENTITY_KINDS = frozenset({"procedure", "place", "dossier_code", "procedure_code"})

NEARLY_CODE = "nearly_dossier_code"
"""A mistyped dossier code; the value holds how it may be read, best first, with blanks between."""

OTHER_LANGUAGE = "other_language"
"""The intent of what is not Vietnamese."""
OUT_OF_SCOPE = "out_of_scope"
"""… and of what no office does, in any language."""

CHECK_DOSSIER = "check_dossier"
DOSSIER_INTENTS = frozenset(
    {
        CHECK_DOSSIER,
        "subscribe_dossier",
        "supplement_dossier",
        "withdraw_dossier",
        "forgot_dossier_code",
        "dossier_late",
        "give_feedback",
        "report_scam",
    }
)
"""What a message that holds a dossier code can want; anything else wants to know where it is."""

_FIELDS = frozenset(field.value for field in AskedField)
_ONE = 1.001
"""Rasa's float32 sums may exceed 1 by a hair."""

_COMMAND = re.compile(r"^\s*/+\s*\w+\s*\{.*", re.DOTALL)
"""How Rasa is told an intent with its entities by hand: `/intent{"name": "value"}`."""
_VALUE = re.compile(r'(:\s*)"[^"]*"?')

_NOT_THIS = re.compile(
    r"\b(?:khong|ko|k|hong|hok) (?:phai|hoi)(?: (?:la|ve|hoi|y|cai|muc|toi|minh|em))*"
    r"(?: (?:cac|chi|dieu|giay|ho|ket|le|mau|noi|thoi))?\s*$"
)
"""Folded words before an asking word that is taken back: "không phải phí, hỏi thời gian cơ".

The reader of fields points at the word that tells most, mostly the second one of "lệ phí".
"""

_ONLY_A_CODE = re.compile(
    r"(?:\W|_|\b(?:a|ad|anh|ban|bien|cua|da|day|em|giay|hen|ho|hs|la|ma|mhs|minh|nay|nhan|nhe|so|toi"
    r"|va|vang)\b)*"
)
"""Folded words that say of a code no more than that it is one."""

BESIDE_CODE = 0.9
"""Confidence needed to want anything of a dossier whose code is all that is said."""

_PROCEDURE_CODE = re.compile(r"(?<![\w.])\d\.\d{6}(?![\w-])")
"""As the national database numbers procedures, e.g. 1.004222."""


def clean(raw: str) -> str:
    """Return `raw` in NFC, on one line, without control characters and leading slashes.

    Rasa reads a text that begins with "/" as an intent, so a citizen could set one. At most
    MAX_CHARACTERS are kept.

    >>> clean("/greet  xin chào "), clean('/ask{"procedure": "đăng ký kết hôn"}')
    ('greet xin chào', 'ask{"procedure": ""}')
    """
    raw = normalise(raw)
    if _COMMAND.match(raw):
        raw = _VALUE.sub(r'\1""', raw)
    return " ".join(raw.split()).lstrip("/ ")[:MAX_CHARACTERS].rstrip()


def is_readable(text: str) -> bool:
    """Tell whether `text` holds a letter or a digit at all; emoji alone do not.

    >>> is_readable("👍👍"), is_readable("2")
    (False, True)
    """
    return any(character.isalnum() for character in text)


def to_parse(text: str, answer: Mapping[str, object]) -> Parse:
    """Read the JSON of Rasa's `/model/parse` for the cleaned `text`.

    Entities of unknown types and with impossible offsets are left out; codes that the model
    overlooked are added, since their shape is fixed by law.

    Raises:
        NluAnswerInvalid: intent or entities are missing or of another shape.
    """
    intent = _mapping(answer.get("intent"), "intent")
    ranking = tuple(
        (_text(item, "name"), _share(item, "confidence"))
        for item in _mappings(answer.get("intent_ranking", []), "intent_ranking")
    )
    found = [
        entity
        for item in _mappings(answer.get("entities", []), "entities")
        if (entity := _entity(text, item)) is not None
    ]
    entities = sorted(_with_codes(text, found), key=lambda entity: (entity.start, entity.end))
    name, confidence = _settled(text, _text(intent, "name"), _share(intent, "confidence"), ranking)
    if _asks_where_it_is(text, name, confidence, entities):
        name, confidence = CHECK_DOSSIER, 1.0
    return Parse(
        text=text,
        intent=name,
        confidence=confidence,
        entities=tuple(entities),
        asked=_asked(text, answer, entities),
        intents=ranking,
    )


def _settled(
    text: str, name: str, confidence: float, ranking: Sequence[tuple[str, float]]
) -> tuple[str, float]:
    """Return intent and confidence, once it is settled whether `text` is Vietnamese at all.

    The model knows words of thirty intents, not of other languages; "check hs" looks foreign to
    it, and a question in Korean like nothing.
    """
    if name != OUT_OF_SCOPE and is_other_language(text):
        return OTHER_LANGUAGE, 1.0
    if name == OTHER_LANGUAGE and not may_be_other_language(text):
        return next((one for one in ranking if one[0] != OTHER_LANGUAGE), ("", 0.0))
    return name, confidence


def _asks_where_it_is(text: str, name: str, confidence: float, entities: Sequence[Entity]) -> bool:
    """Tell whether a dossier code wants to know where the dossier is, whatever the model says.

    The model knows no code: one that stands alone looks to it a little like anything.
    """
    codes = [one for one in entities if one.kind in {"dossier_code", NEARLY_CODE}]
    if name not in DOSSIER_INTENTS and any(one.kind == "dossier_code" for one in codes):
        return True
    rest = list(text)
    for one in codes:
        rest[one.start : one.end] = " " * (one.end - one.start)
    said = fold("".join(rest))
    return bool(codes) and confidence < BESIDE_CODE and bool(_ONLY_A_CODE.fullmatch(said))


def _asked(
    text: str, answer: Mapping[str, object], entities: Sequence[Entity]
) -> tuple[AskedField, ...]:
    """Return the fields in the order of the message, without those that it takes back.

    A Rasa whose pipeline has no reader of fields sends no `asked`; then the asking words tell.
    "Hỏi về khai sinh cần giấy gì" asks for the papers only: overview stands alone.
    """
    if "asked" in answer:
        read = _mappings(answer["asked"], "asked")
        named = sorted((_offset(item, "start"), _text(item, "name")) for item in read)
    else:
        named = [(entity.start, entity.value) for entity in entities if entity.kind == "asked"]
    meant = [name for start, name in named if not _NOT_THIS.search(fold(text[:start]))]
    names = meant or [name for _, name in named]
    fields = tuple(dict.fromkeys(AskedField(name) for name in names if name in _FIELDS))
    return tuple(field for field in fields if field is not AskedField.OVERVIEW) or fields


def _entity(text: str, item: Mapping[str, object]) -> Entity | None:
    kind, start, end = _text(item, "entity"), _offset(item, "start"), _offset(item, "end")
    if not 0 <= start < end <= len(text):
        return None
    span = text[start:end]
    confidence = _share(item, "confidence_entity") if "confidence_entity" in item else 1.0
    if kind.startswith(ASKED_PREFIX):
        field = kind.removeprefix(ASKED_PREFIX)
        if field not in _FIELDS:
            return None
        return Entity("asked", start, end, span, field, confidence)
    if kind not in ENTITY_KINDS:
        return None
    return Entity(kind, start, end, span, str(item.get("value") or span), confidence)


def _with_codes(text: str, entities: list[Entity]) -> Iterator[Entity]:
    codes = [
        Entity("dossier_code", one.start, one.end, one.raw, one.value, 1.0)
        if isinstance(one, DossierCode)
        else Entity(NEARLY_CODE, one.start, one.end, one.raw, " ".join(one.readings), 0.0)
        for one in find_codes(text)
    ]
    codes += [
        Entity("procedure_code", match.start(), match.end(), match.group(), match.group(), 1.0)
        for match in _PROCEDURE_CODE.finditer(text)
        if not any(match.start() < one.end and one.start < match.end() for one in codes)
    ]
    for entity in entities:
        apart = all(entity.end <= one.start or one.end <= entity.start for one in codes)
        if apart and entity.kind not in {"procedure_code", "dossier_code"}:
            yield entity
    yield from codes


def _mapping(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise NluAnswerInvalid(f"The language model's answer has no object {key!r}: {value!r:.80}")
    return value


def _mappings(value: object, key: str) -> Iterator[Mapping[str, object]]:
    if not isinstance(value, list | tuple):
        raise NluAnswerInvalid(f"The language model's answer has no list {key!r}: {value!r:.80}")
    return (_mapping(item, key) for item in value)


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    if value is None and key == "name":  # Rasa answers null for a text without known features
        return ""
    if not isinstance(value, str):
        raise NluAnswerInvalid(f"{key!r} is no text in the language model's answer: {value!r:.80}")
    return value


def _share(item: Mapping[str, object], key: str) -> float:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _ONE:
        raise NluAnswerInvalid(f"{key!r} is no share of 0 to 1 in the answer: {value!r:.80}")
    return min(float(value), 1.0)


def _offset(item: Mapping[str, object], key: str) -> int:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise NluAnswerInvalid(
            f"{key!r} is no offset in the language model's answer: {value!r:.80}"
        )
    return value
