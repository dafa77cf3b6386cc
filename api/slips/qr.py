"""The QR code of a slip: as a drawing for the page, as a picture for the print."""

import io
from typing import Final

import segno

_BORDER: Final = 4
"""Light modules around it, without which scanners do not find it (ISO/IEC 18004)."""

PRINT_DOTS: Final = 10
"""Of the picture, for each module: sharp on paper at every size that is used."""


def qr_of(text: str) -> segno.QRCode:
    """Return the QR code of a text; a sixth of it may be dirty and it is read all the same."""
    return segno.make_qr(text, error="m")


def qr_drawing(text: str, alt: str) -> str:
    """Return it as SVG to stand in HTML: dark on light, whatever the colours of the page.

    `alt` says what it is.
    """
    return qr_of(text).svg_inline(
        border=_BORDER, dark="#000", light="#fff", omitsize=True, title=alt, svgclass="qr"
    )


def qr_picture(text: str, dots: int = PRINT_DOTS) -> io.BytesIO:
    """Return it as PNG, each module so many dots wide and high."""
    picture = io.BytesIO()
    qr_of(text).save(picture, kind="png", scale=dots, border=_BORDER)
    picture.seek(0)
    return picture
