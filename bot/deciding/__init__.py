"""What to do with a message: pure, with no clock, no log and nothing to wait for."""

from bot.deciding.choosing import decide_pressed
from bot.deciding.decisions import Decision, Unread, Unreadable
from bot.deciding.found import Found, Press, look_up, read_press
from bot.deciding.questions import decide_typed
from bot.dialogue import Dialogue
from bot.parse import Parse

__all__ = ["Decision", "Found", "Press", "Said", "Unread", "decide", "look_up", "read_press"]

Said = Parse | Press | Unread
"""What a message says: typed words, a pressed button, or nothing that can be read."""


def decide(dialogue: Dialogue, said: Said, found: Found) -> tuple[Decision, Dialogue]:
    """Return what to answer, and what the conversation remembers afterwards."""
    match said:
        case Unread():
            return Unreadable(said), dialogue
        case Press():
            return decide_pressed(dialogue, said, found)
        case Parse():
            return decide_typed(dialogue, said, found)
