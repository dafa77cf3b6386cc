"""Texts on a sheet: their letters, lines and gaps, and what is kept on one page."""

from collections.abc import Sequence
from typing import Final, Literal, cast

from font_roboto import Roboto, RobotoBold
from fpdf import ViewerPreferences
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from api.slips.sheets import Sheet
from api.slips.tagging import Kind, TaggedPdf

Style = Literal["", "B"]

INK: Final = (30, 25, 20)
SOFT: Final = (85, 75, 66)
"""Seven times darker than paper: still read where it is printed pale."""
LACQUER: Final = (143, 42, 28)

_MM: Final = 25.4 / 72
"""Of a point."""

_WIDE: Final = 0.6
"""Of a letter, in its size: more than they take on average."""

_LEADING: Final = 1.32
"""Of a line, in sizes of its letters; less, and the marks of two lines touch (Ễ over ệ)."""


class SheetPdf(TaggedPdf):
    """A document on sheets of one size, in letters that are read without glasses."""

    def __init__(self, sheet: Sheet, air: float = 1) -> None:
        """Begin a document; `air` is the share of the usual gaps between paragraphs."""
        super().__init__(unit="mm", format=(sheet.width, sheet.height))
        self._sheet = sheet
        self._air = air
        self.add_font("Roboto", "", Roboto)
        self.add_font("Roboto", "B", RobotoBold)
        self.set_margin(sheet.margin)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=sheet.margin + self._line(0))
        self.set_lang("vi")
        self.set_creator("motcua")
        self.set_producer("motcua")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def close_fonts(self) -> None:
        """Close the files of the letters, which the library leaves to the collector."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def _text(
        self, text: str, width: float = 0, *, indent: float = 0, sign: str = "", kind: Kind = "P"
    ) -> None:
        """Write a text in lines as wide as given (0: to the margin), a sign before the first."""
        with self.tagged(kind):
            if sign:
                self.cell(indent, self._height_of_line, sign)
            self.set_x(self.l_margin + indent)
            self._lines(text, width)

    def _lines(self, text: str, width: float = 0) -> None:
        height = self._height_of_line
        self.multi_cell(width, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    @property
    def _height_of_line(self) -> float:
        return self.font_size_pt * _MM * _LEADING

    def _keep_whole(self, texts: Sequence[tuple[str, float, Style]], indent: float) -> None:
        """Go to the next page where these texts do not fit on this one, but on a whole one."""
        width = self.epw - indent
        if self.will_page_break(sum(self._at_most(one, width) for one in texts)):
            height = 0.0
            for text, size, style in texts:
                self._font(size, style)
                height += self._height(text, width)
            if self.will_page_break(height) and height < self.eph - 4 * self._line(0):
                self.add_page()

    def _at_most(self, text: tuple[str, float, Style], width: float) -> float:
        """Return a height that a text hardly passes; measuring it exactly takes milliseconds."""
        words, size, _style = text
        lines = 2 + len(words) * (self._sheet.size + size) * _MM * _WIDE // width
        return lines * self._line(size)

    def _height(self, text: str, width: float) -> float:
        line = self._height_of_line
        lines = self.multi_cell(
            width, line, text, align="L", dry_run=True, output=MethodReturnValue.LINES
        )
        return line * len(cast("list[str]", lines))

    def _gap(self, height: float) -> None:
        """Leave so many millimetres free, less where the print is tight."""
        self.ln(height * self._air)

    def _rule(self) -> None:
        self._gap(1.5)
        self.set_draw_color(*SOFT)
        self.set_line_width(0.2)
        with self.artifact():
            self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())
        self._gap(2)

    def _font(self, larger: float, style: Style = "", colour: tuple[int, int, int] = INK) -> None:
        """Write from now on with letters so many points above the smallest ones."""
        self.set_font("Roboto", style, self._sheet.size + larger)
        self.set_text_color(*colour)

    def _line(self, larger: float) -> float:
        """Return the height of a line in letters so many points above the smallest."""
        return (self._sheet.size + larger) * _MM * _LEADING
