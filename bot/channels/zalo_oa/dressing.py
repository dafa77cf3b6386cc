"""How a reply looks in Zalo: plain text of at most 2,000 characters, at most five buttons.

Zalo's messages know no markup (protocols §1.4). What does not fit on buttons is a numbered menu in
the text, so that nothing is lost; addresses stand in the text, where Zalo makes links of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.channels.base import Part
from bot.channels.markup import (
    plain_text,
    split_reply,
    split_text,
    utf16_units,
    with_last_words,
)
from bot.channels.pictures import PictureAddress, no_address, picture_of
from bot.channels.zalo_oa.buttons import payload
from bot.deciding.act_values import rating_value
from bot.messages import Checklist, Choice, Picture, Reply, is_ratable
from bot.phrasebook import Phrasebook

LONGEST_TEXT: Final = 2000
"""Zalo says “characters”, and not whether an emoji is one or two. Counted as UTF-16 counts, it fits
either way."""

MOST_BUTTONS: Final = 5
LONGEST_TITLE: Final = 100
"""Third-party figures, both: the programs that send through Zalo keep to them."""

_CUT: Final = "…"
_BETWEEN: Final = "\n\n"


def dress(
    reply: Reply, turn: int | None, book: Phrasebook, address: PictureAddress = no_address
) -> Sequence[Part]:
    """Return the messages of a reply in their order; the last one carries the buttons.

    Args:
        reply: what is answered.
        turn: what 👍 and 👎 rate; None: nothing.
        book: says how to choose from a menu, and how to rate by typing.
        address: of pictures; one that Zalo can fetch goes before the texts, in place of its words.
    """
    url, alt = picture_of(reply, address)
    if url:
        blocks = tuple(block for block in reply.blocks if not isinstance(block, Picture))
        return [_image(url, alt), *dress(replace(reply, blocks=blocks), turn, book)]
    ticks = sum(len(one.items) for one in reply.blocks if isinstance(one, Checklist))
    choices, rating = reply.buttons[ticks:], _rating(reply, turn)
    # The papers have the first numbers, and are ticked by typing them; so all choices have one.
    numbered = bool(ticks) or len(choices) > MOST_BUTTONS or any(map(_is_long, choices))
    buttons = _choosing(choices[:MOST_BUTTONS], ticks + 1 if numbered else 0)
    roomy = len(buttons) + len(rating) <= MOST_BUTTONS
    spare = _in_words(() if numbered else choices, book, rating=roomy and bool(rating))
    if roomy:
        buttons = [*buttons, *rating]
    text = plain_text(reply, book, menu=numbered)
    if not text:  # nothing but choices
        text, spare = spare, ""
    rate = "" if roomy else book.say("menu.rate")
    texts = _texts(split_reply(reply, text, LONGEST_TEXT, utf16_units), spare, rate)
    return [
        *(Part({"text": one}) for one in texts[:-1]),
        *(_last(one, buttons, spare) for one in texts[-1:]),
    ]


def _image(url: str, alt: str) -> Part:
    """Return a picture with its words; where Zalo refuses it, the words (protocols §1.4)."""
    element = {"media_type": "image", "url": url}
    content = {"template_type": "media", "elements": [element]}
    return Part(
        {"text": alt, "attachment": {"type": "template", "payload": content}}, {"text": alt}
    )


def _is_long(choice: Choice) -> bool:
    return utf16_units(choice.label) > LONGEST_TITLE


def _in_words(choices: Sequence[Choice], book: Phrasebook, *, rating: bool) -> str:
    """Return what stands in for the buttons where Zalo refuses them."""
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1)]
    menu = "\n".join((book.say("menu.further"), *lines)) if lines else ""
    return _BETWEEN.join(filter(None, (menu, book.say("menu.rate") if rating else "")))


def _texts(texts: list[str], spare: str, ending: str) -> Sequence[str]:
    """Return the parts of a text, `ending` under the last, which leaves room for `spare`."""
    room = LONGEST_TEXT - (utf16_units(_BETWEEN + spare) if spare else 0)
    if ending:
        return with_last_words(texts, ending, room, utf16_units)
    if texts and utf16_units(texts[-1]) > room:
        texts[-1:] = split_text(texts[-1], room, utf16_units)
    return texts


def _last(text: str, buttons: Sequence[Mapping[str, object]], spare: str) -> Part:
    if not buttons:
        return Part({"text": text})
    attachment = {"type": "template", "payload": {"buttons": list(buttons)}}
    plain = {"text": _BETWEEN.join(filter(None, (text, spare)))}
    return Part({"text": text, "attachment": attachment}, plain)


def _choosing(choices: Sequence[Choice], first: int) -> Sequence[Mapping[str, object]]:
    """Return the buttons, numbered from `first`; 0: they show no numbers."""
    labels = (
        f"{number}. {choice.label}" if first else choice.label
        for number, choice in enumerate(choices, start=first)
    )
    return [_button(label, choice.value) for label, choice in zip(labels, choices, strict=True)]


def _rating(reply: Reply, turn: int | None) -> Sequence[Mapping[str, object]]:
    if turn is None or not is_ratable(reply):
        return ()
    up, down = rating_value(turn, up=True), rating_value(turn, up=False)
    return _button("👍", up), _button("👎", down)


def _button(label: str, value: str) -> Mapping[str, object]:
    """Return a button whose press comes back without being shown in the chat."""
    return {"title": _title(label), "type": "oa.query.hide", "payload": payload(value)}


def _title(label: str) -> str:
    one_line = " ".join(label.split())
    if utf16_units(one_line) <= LONGEST_TITLE:
        return one_line
    return split_text(one_line, LONGEST_TITLE - len(_CUT), utf16_units)[0] + _CUT
