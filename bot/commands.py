"""Commands as they are typed: "/start", "/hoso@motcua_bot H17.15-250710-0012"."""

import re
from dataclasses import dataclass
from typing import Final

from bot.deep_links import choice_of
from bot.messages import Gesture

WORDS: Final = {
    "start": Gesture.START,
    "help": Gesture.HELP,
    "huy": Gesture.CANCEL,
    "hoso": Gesture.DOSSIERS,
    "xoadulieu": Gesture.ERASE,
}
"""What stands behind the slash, without accents, since platforms allow none."""

_WITHOUT_SLASH: Final = frozenset({"hoso", "xoadulieu"})
"""Words that mean nothing else; platforms without a list of commands lead people to type them."""

_COMMAND: Final = re.compile(
    r"\s*/(?P<word>[A-Za-z]{1,32})(?:@\w{1,64})?(?:\s+(?P<payload>.*))?", re.DOTALL
)
_ONE_WORD: Final = re.compile(r"\s*/[^\W\d_][\w-]{0,31}(?:@\w{1,64})?\s*")
"""Nothing but a command, whatever its letters; with more words behind it a question is meant."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. One of the three is set; the names are those of `Arrival`."""

    text: str = ""
    choice: str = ""
    gesture: Gesture | None = None


def read_typed(text: str) -> Typed:
    """Return what `text` is: a command, the choice of a deep link, or words.

    `/start` with a payload that stands for nothing greets; `/hoso` with a code asks for it. A
    word behind a slash that is no command is told so; with more words behind it all stay words.

    >>> read_typed("/start ask_1-004222").choice, read_typed("/start nothing").gesture
    ('ask:1.004222', <Gesture.START: 'start'>)
    >>> read_typed("/HELP@motcua_bot").gesture, read_typed("/etc/passwd").text
    (<Gesture.HELP: 'help'>, '/etc/passwd')
    >>> read_typed("hoso").gesture, read_typed("/abc").gesture
    (<Gesture.DOSSIERS: 'dossiers'>, <Gesture.UNKNOWN_COMMAND: 'unknown_command'>)
    """
    if (word := text.strip().lower()) in _WITHOUT_SLASH:
        return Typed(gesture=WORDS[word])
    match = _COMMAND.fullmatch(text)
    gesture = WORDS.get(match["word"].lower()) if match else None
    if match is None or gesture is None:
        is_command = _ONE_WORD.fullmatch(text)
        return Typed(gesture=Gesture.UNKNOWN_COMMAND) if is_command else Typed(text)
    payload = (match["payload"] or "").strip()
    if gesture is Gesture.START and (choice := choice_of(payload)):
        return Typed(choice=choice)
    if gesture is Gesture.DOSSIERS and payload:
        return Typed(payload)
    return Typed(gesture=gesture)
