"""The card of a slip as a picture: kept on a telephone, sent to who goes in one's place.

Imported only when somebody asks for it.
"""

import io
from collections.abc import Iterator
from typing import Final

from font_roboto import Roboto, RobotoBold
from PIL import Image, ImageDraw, ImageFont

from api.slips.content import SlipContent
from api.slips.qr import qr_picture
from bot.phrasebook import Phrasebook
from bot.rendering.filing.slips import spaced

WIDTH: Final = 1080
"""Pixels: as wide as telephones show without blurring."""
MARGIN: Final = 72
QR_DOTS: Final = 16
"""For each module: a code with an address has 33 or 37, and their border of 8."""
COLOURS: Final = 32
"""Enough for letters with soft edges; a photo would want more."""

_PAPER: Final = "#fffdf9"
_INK: Final = "#2a211b"
_SOFT: Final = "#5a4c40"
_LACQUER: Final = "#8f2a1c"
_ON_LACQUER: Final = "#fff7ec"
_BAND: Final = 132
_LEADING: Final = 1.3


def slip_card(book: Phrasebook, content: SlipContent) -> bytes:
    """Return the card as PNG: procedure, code, QR code, and until when it opens."""
    name = ImageFont.truetype(RobotoBold, 64)
    lines = list(_wrapped(content.name, name))
    qr = Image.open(qr_picture(content.address, QR_DOTS)).convert("RGB")
    height = _BAND + int(len(lines) * 64 * _LEADING) + qr.height + 480
    card = Image.new("RGB", (WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, _BAND), _LACQUER)
    kind = ImageFont.truetype(RobotoBold, 46)
    draw.text((MARGIN, _BAND / 2), book.say("slips.kind"), _ON_LACQUER, kind, anchor="lm")
    y = _BAND + 56.0
    for line in lines:
        draw.text((MARGIN, y), line, _INK, name)
        y += 64 * _LEADING
    y = _code(draw, book, content, y + 24)
    card.paste(qr, ((WIDTH - qr.width) // 2, int(y)))
    small = ImageFont.truetype(Roboto, 38)
    expires = book.say("slips.expires", day=content.expires)
    draw.text((WIDTH / 2, y + qr.height + 16), expires, _SOFT, small, anchor="ma")
    draw.text((WIDTH / 2, y + qr.height + 72), book.say("slips.private"), _SOFT, small, anchor="ma")
    return _png(card)


def _code(draw: ImageDraw.ImageDraw, book: Phrasebook, content: SlipContent, y: float) -> float:
    label = ImageFont.truetype(Roboto, 42)
    code = ImageFont.truetype(RobotoBold, 150)
    draw.text((WIDTH / 2, y), book.say("slips.code"), _SOFT, label, anchor="ma")
    draw.text((WIDTH / 2, y + 50), spaced(content.code), _LACQUER, code, anchor="ma")
    return y + 236


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > WIDTH - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _png(card: Image.Image) -> bytes:
    picture = io.BytesIO()
    card.quantize(COLOURS, dither=Image.Dither.NONE).save(picture, "PNG", optimize=True)
    return picture.getvalue()
