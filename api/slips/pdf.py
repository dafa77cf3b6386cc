"""The print of a slip: A5, or A4 with larger letters, read without glasses.

Imported only when somebody asks for a print: fpdf2 and the fonts cost a third of a second.
"""

from collections.abc import Sequence
from typing import Final, Literal, cast

from font_roboto import Roboto, RobotoBold
from fpdf import ViewerPreferences
from fpdf.enums import MethodReturnValue
from typing_extensions import override

from api.slips.content import Fact, SlipContent, SlipPaper
from api.slips.qr import qr_picture
from api.slips.sheets import Sheet
from api.slips.tagging import Kind, TaggedPdf
from bot.messages import FactList, Link, Paragraph
from bot.phrasebook import Phrasebook
from bot.rendering.filing.slips import spaced

Style = Literal["", "B"]


_INK: Final = (30, 25, 20)
_SOFT: Final = (85, 75, 66)
"""Seven times darker than paper: still read where it is printed pale."""
_LACQUER: Final = (143, 42, 28)

_MM: Final = 25.4 / 72
"""Of a point."""

_TICK: Final = ((0.18, 0.52), (0.42, 0.78), (0.85, 0.2))
"""Drawn in a box of one by one; the fonts have neither."""

_WIDE: Final = 0.6
"""Of a letter, in its size: more than they take on average."""

_LEADING: Final = 1.32
"""Of a line, in sizes of its letters; less, and the marks of two lines touch (Ễ over ệ)."""


def slip_pdf(
    book: Phrasebook, content: SlipContent, sheet: Sheet, *, compressed: bool = True
) -> bytes:
    """Return the slip as PDF. Nothing is cut: what does not fit goes to the next page.

    `compressed`: False lets tests read it.
    """
    pdf = _SlipPdf(book, content, sheet)
    pdf.set_compression(compressed)
    pdf.write_all()
    return bytes(pdf.output())


class _SlipPdf(TaggedPdf):
    def __init__(self, book: Phrasebook, content: SlipContent, sheet: Sheet) -> None:
        super().__init__(unit="mm", format=(sheet.width, sheet.height))
        self._book = book
        self._content = content
        self._sheet = sheet
        self.add_font("Roboto", "", Roboto)
        self.add_font("Roboto", "B", RobotoBold)
        self.set_margin(sheet.margin)
        self.c_margin = 0
        self.set_auto_page_break(auto=True, margin=sheet.margin + self._line(0))
        self.set_lang("vi")
        self.set_title(book.say("slips.title", code=content.code, name=content.name))
        self.set_subject(book.say("slips.kind"))
        self.set_creator("motcua")
        self.set_producer("motcua")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    @override
    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._font(0, "B", _SOFT)
        code = f"{self._book.say('slips.code')} {spaced(self._content.code)}"
        with self.artifact():
            self._lines(f"{self._content.name} – {code}")
        self._rule()

    @override
    def footer(self) -> None:
        self.set_y(-self._sheet.margin)
        self._font(0, "", _SOFT)
        pages = self.str_alias_nb_pages or ""  # put in at the end, when they are counted
        said = self._book.say("slips.page", number=self.page_no(), pages=pages)
        width = self.get_string_width(said.replace(pages, "0"))
        with self.artifact():
            self.cell(0, self._line(0), self._book.say("slips.private"))
            self.set_x(self._sheet.width - self.r_margin - width)
            self.cell(width, self._line(0), said)

    def write_all(self) -> None:
        """Write everything, in the order in which it is needed at the counter."""
        book, content = self._book, self._content
        self.add_page()
        self._head()
        for warning in content.warnings:
            self._paragraph(warning, "B")
        self._where()
        self._seen()
        self._papers(book.say("slips.papers"), content.papers)
        if content.instead:
            self._paragraph(content.instead)
        self._papers(book.say("slips.may_need"), content.may_need)
        for fact in content.facts:
            self._fact(fact)
        self._list(book.say("slips.steps"), [one.title for one in content.steps], numbered=True)
        self._notes()

    def _head(self) -> None:
        book, content, top = self._book, self._content, self.get_y()
        side = self.epw * 0.27
        left = self.epw - side - 4
        alt = book.say("slips.qr", code=content.code)
        right = self.l_margin + self.epw - side
        self.image(qr_picture(content.address), right, top, side, side, alt_text=alt)
        self._font(0, "B", _LACQUER)
        self._text(book.say("slips.kind").upper(), left)
        self._font(6, "B")
        self._text(content.name, left, kind="H1")
        self.ln(1.5)
        self._font(0, "", _SOFT)
        self._text(book.say("slips.code"), left)
        self._font(15, "B")
        self.set_char_spacing(3)
        self._text(spaced(content.code), left)
        self.set_char_spacing(0)
        self._font(0, "", _SOFT)
        self._text(book.say("slips.expires", day=content.expires), left)
        self.set_y(max(self.get_y(), top + side))
        self._rule()

    def _where(self) -> None:
        for line in self._content.where:
            self._paragraph(line)

    def _seen(self) -> None:
        book, seen = self._book, self._content.seen
        if seen is None:
            return
        self._title(book.say("slips.seen_title"))
        self._paragraph(book.say("slips.seen_when", when=seen.when))
        if not seen.missing:
            self._paragraph(book.say("slips.seen_all"), "B")
            return
        self._paragraph(book.say("slips.seen_missing", count=len(seen.missing)), "B")
        self._points(seen.missing)

    def _papers(self, title: str, papers: Sequence[SlipPaper]) -> None:
        if papers:
            self._title(title)
        for paper in papers:
            self._paper(paper)

    def _paper(self, paper: SlipPaper) -> None:
        box = self._line(1) * 0.8
        texts: list[tuple[str, float, Style]] = [
            (paper.name, 1.5, "B"),
            *((line, 0.5, "") for line in (paper.quantity, *paper.notes)),
        ]
        self._keep_whole(texts, box + 3)
        self._box(box, ticked=paper.ticked)
        for text, size, style in texts:
            self._font(size, style)
            self._text(text, self.epw - box - 3, indent=box + 3)
        self.ln(2)

    def _box(self, side: float, *, ticked: bool) -> None:
        """Draw a square to be ticked by pen; the font has none."""
        left, top = self.l_margin, self.get_y() + 0.6
        said = self._book.say("slips.ticked" if ticked else "slips.not_ticked")
        self.set_draw_color(*_INK)
        with self._marked_sequence(alt_text=said):
            self.set_line_width(0.4)
            self.rect(left, top, side, side)
            if ticked:
                self.set_line_width(0.8)
                self.polyline([(left + x * side, top + y * side) for x, y in _TICK])

    def _fact(self, fact: Fact) -> None:
        match fact:
            case Paragraph(text):
                self._paragraph(text)
            case FactList(title, items, ordered):
                self._list(title, items, numbered=ordered)
            case Link(label, url):
                self._paragraph(f"{label}: {url}")

    def _list(self, title: str, lines: Sequence[str], *, numbered: bool = False) -> None:
        if lines:
            self._title(title)
            self._points(lines, numbered=numbered)

    def _points(self, lines: Sequence[str], *, numbered: bool = False) -> None:
        for number, line in enumerate(lines, 1):
            sign = f"{number}." if numbered else "•"
            self._keep_whole([(line, 0.5, "")], 6)
            self._font(0.5)
            self._text(line, self.epw - 6, indent=6, sign=sign)
        self.ln(1.5)

    def _notes(self) -> None:
        book, content = self._book, self._content
        printed = book.say("slips.printed_on", day=content.today)
        texts = (content.source, *content.footnotes, printed)
        self._keep_whole([("", 0, ""), *((text, 0, "") for text in texts)], 0)
        self._rule()
        self._font(0, "", _SOFT)
        for text in texts:
            self._text(text)

    def _title(self, text: str) -> None:
        """Write a title, on the next page where nothing of what it is about would fit below."""
        if self.will_page_break(4 * self._line(2)):
            self.add_page()
        self.ln(1)
        self._font(2.5, "B", _LACQUER)
        self.start_section(text)
        self._text(text, kind="H2")
        self.ln(0.5)

    def _paragraph(self, text: str, style: Style = "") -> None:
        self._font(0.5, style)
        self._text(text)
        self.ln(1)

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

    def _rule(self) -> None:
        self.ln(1.5)
        self.set_draw_color(*_SOFT)
        self.set_line_width(0.2)
        with self.artifact():
            self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())
        self.ln(2)

    def _font(self, larger: float, style: Style = "", colour: tuple[int, int, int] = _INK) -> None:
        """Write from now on with letters so many points above the smallest ones."""
        self.set_font("Roboto", style, self._sheet.size + larger)
        self.set_text_color(*colour)

    def _line(self, larger: float) -> float:
        """Return the height of a line in letters so many points above the smallest."""
        return (self._sheet.size + larger) * _MM * _LEADING
