"""What of a message about a filing is heard before the language model reads it."""

import re
from typing import Final

from bot.deciding.dossier_state import waits
from bot.deciding.filing_values import OpenedSlip
from bot.deciding.form_asking import MOST_ASIDES
from bot.dialogue import Dialogue, DossierStage
from bot.filings.codes import LENGTH, read_code
from bot.filings.state import FilingStage
from bot.messages import IncomingMessage
from knowledge.spelling import could_be_syllable
from knowledge.text import fold

_MOST_CHARACTERS: Final = 60
_HALF: Final = LENGTH // 2
_ALONE: Final = re.compile(rf"\W*(?P<code>[A-Za-z0-9]{{{LENGTH}}})\W*")
_IN_HALVES: Final = re.compile(
    rf"\W*(?P<code>[A-Za-z0-9]{{{_HALF}}}[ .\-_]{{1,3}}[A-Za-z0-9]{{{_HALF}}})\W*"
)
_CALLED: Final = re.compile(
    rf"(?:(?:toi|minh|em|co|mo|xem|cho|lay|nhap|day la|day|cai|lam tiep|tiep tuc|voi) )*"
    rf"(?:ma so phieu|ma phieu|so phieu|phieu huong dan|phieu|ma so|ma)"
    rf"(?: (?:cua|toi|minh|em|la|so|huong dan|nay|ho so))*\s?[:=]?\s?"
    rf"(?P<code>[a-z0-9]{{{LENGTH}}}|[a-z0-9]{{{_HALF}}}[ .\-_][a-z0-9]{{{_HALF}}})"
    r"(?: (?:nhe|a|nha|di|giup toi|voi))*\W*"
)
_SECRET: Final = re.compile(r"\s*\d(?:[ .\-]?\d){3,7}\s*")
"""Four to eight digits and nothing else, as one-time codes are sent: in the midst of a step."""
_IN_ONE: Final = re.compile(r"\s*(?:\d{4,8}|\d{3}[ .\-]\d{3,4}|\d{4}[ .\-]\d{4})\s*")
"""Beside a list, where "1 2 3 4" ticks four papers."""
_SIX: Final = re.compile(r"\s*\d{3}[ .\-]?\d{3}\s*")
"""Where something else is asked, or the filing is out of sight: a year or a sum may be meant."""
_LAST: Final = re.compile(
    rf".*?(?P<code>[A-Za-z0-9]{{{LENGTH}}}|[A-Za-z0-9]{{{_HALF}}}[ .\-_][A-Za-z0-9]{{{_HALF}}})"
    r"(?: (?:nhé|nhe|ạ|a|nha|đi|di|giúp tôi|giup toi|với|voi))*\W*"
)
_WORD_AND_NUMBER: Final = re.compile(r"(?P<word>[a-z]+)\d+")


def slip_typed(message: IncomingMessage) -> OpenedSlip | None:
    """Return the slip whose code the whole message is, or names; None: it is no such code.

    What is called the code of a slip and cannot be one has the code "": it was mistyped.

    >>> from datetime import UTC, datetime
    >>> from bot.messages import ConversationKey
    >>> at, key = datetime(2026, 11, 22, tzinfo=UTC), ConversationKey("web", "1")
    >>> slip_typed(IncomingMessage(key, "1", at, "mã phiếu k7q2mx"))
    OpenedSlip(code='K7Q2MX')
    >>> slip_typed(IncomingMessage(key, "1", at, "mã phiếu K7Q2M0"))
    OpenedSlip(code='')
    >>> slip_typed(IncomingMessage(key, "1", at, "thang2")) is None
    True
    """
    text = message.text.strip()
    if message.choice or message.gesture is not None or len(text) > _MOST_CHARACTERS:
        return None
    called = _CALLED.fullmatch(fold(text))
    if called is not None:
        code = read_code(called["code"])
        return OpenedSlip(code) if code or _is_mistyped(text) else None
    match = _ALONE.fullmatch(text) or _IN_HALVES.fullmatch(text)
    if match is None or not (code := read_code(match["code"])):
        return None
    return None if _reads_as_words(match["code"]) else OpenedSlip(code)


def _is_mistyped(text: str) -> bool:
    """Tell whether a message that names a code means a slip's: O and 0, S and 5 look alike."""
    last = _LAST.fullmatch(text)
    if last is None or "phieu" not in fold(text[: last.start("code")]):
        return False
    return not (_reads_as_words(last["code"]) or _is_small_word(last["code"]))


def _is_small_word(typed: str) -> bool:
    return not typed.isupper() and could_be_syllable(typed.lower())


def _reads_as_words(typed: str) -> bool:
    """Tell whether small letters are a syllable and a number, "thang2": people write so too."""
    parts = re.split(r"[ .\-_]+", typed)
    if any(part.isupper() for part in parts):
        return False
    if len(parts) > 1:
        return all(part.isdigit() or could_be_syllable(part) for part in parts)
    match = _WORD_AND_NUMBER.fullmatch(typed)
    return match is not None and could_be_syllable(match["word"])


def secret_typed(message: IncomingMessage, dialogue: Dialogue) -> bool:
    """Tell whether a bare number is most likely a one-time code.

    It is not read, and whoever sent it is warned. A number ticks papers of a list, answers a
    question or proves whose a dossier is; none of those looks like what is asked for here.
    """
    if message.choice or message.gesture is not None:
        return False
    secret = _secret_here(dialogue)
    return secret is not None and secret.fullmatch(message.text) is not None


def _secret_here(dialogue: Dialogue) -> re.Pattern[str] | None:
    """Return what a one-time code looks like here; None: any number may be meant."""
    filing, talk = dialogue.filing, dialogue.dossier_talk
    if talk is not None and talk.stage is DossierStage.FACTOR:
        return None
    if dialogue.form is not None or waits(talk):
        return _SIX
    if filing is None or filing.asides >= MOST_ASIDES:
        return None if filing is None else _SIX
    return _SECRET if filing.stage is FilingStage.STEPS else _IN_ONE
