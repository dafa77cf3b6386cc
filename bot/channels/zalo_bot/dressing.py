"""A reply as texts: the platform has no buttons, so every choice is numbered."""

from collections.abc import Sequence
from typing import Final

from bot.channels.base import Part
from bot.channels.markup import plain_text, split_reply, utf16_units, with_last_words
from bot.channels.pictures import PictureAddress, no_address, picture_of
from bot.messages import Reply, is_ratable
from bot.phrasebook import Phrasebook

LONGEST_TEXT: Final = 2000
"""Zalo says “characters”, and its positions count UTF-16 units: so counted a text always fits."""


def dress(
    reply: Reply, turn: int | None, book: Phrasebook, address: PictureAddress = no_address
) -> Sequence[Part]:
    """Return `reply` in the texts that are sent one after the other, none of them empty.

    Plain text: the platform's Markdown knows no links, and names of procedures hold its signs.

    Args:
        reply: what is answered.
        turn: what 👍 and 👎 rate; None: nothing.
        book: says how to choose, and how to rate.
        address: of pictures; a reply that is one text goes out as the caption of its picture.
    """
    text = plain_text(reply, book, menu=True)
    texts = split_reply(reply, text, LONGEST_TEXT, utf16_units)
    if turn is not None and is_ratable(reply):
        texts = with_last_words(texts, book.say("menu.rate"), LONGEST_TEXT, utf16_units)
    url, _ = picture_of(reply, address)
    if url and len(texts) == 1:
        return [Part({"photo": url, "caption": texts[0]}, {"text": texts[0]})]
    return [Part({"text": text}) for text in texts]
