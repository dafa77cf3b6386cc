"""The print of a slip: A5, or A4 with larger letters, read without glasses.

Imported only when somebody asks for a print: fpdf2 and the fonts cost a third of a second.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from typing_extensions import override

from api.slips.content import Fact, SlipContent, SlipPaper
from api.slips.qr import qr_picture
from api.slips.sheets import Sheet
from api.slips.writing import INK, LACQUER, SOFT, SheetPdf, Style
from bot.messages import FactList, Link, Paragraph
from bot.phrasebook import Phrasebook
from bot.rendering.filing.slips import spaced

_TICK: Final = ((0.18, 0.52), (0.42, 0.78), (0.85, 0.2))
"""Drawn in a box of one by one; the fonts have neither."""

_LITTLE: Final = 0.55
"""Of the last page: what stands on less of it may fit on the page before."""
_TIGHT: Final = 0.4
"""Of the gaps between paragraphs: letters stay as large."""


def slip_pdf(
    book: Phrasebook, content: SlipContent, sheet: Sheet, *, compressed: bool = True
) -> bytes:
    """Return the slip as PDF. Nothing is cut: what does not fit goes to the next page.

    `compressed`: False lets tests read it.
    """
    with ExitStack() as opened:
        pdf = _written(opened, book, content, sheet)
        if pdf.page > 1 and pdf.get_y() < sheet.margin + pdf.eph * _LITTLE:
            tight = _written(opened, book, content, sheet, _TIGHT)
            pdf = min(tight, pdf, key=lambda one: one.page)
        pdf.set_compression(compressed)
        return bytes(pdf.output())


def _written(
    opened: ExitStack, book: Phrasebook, content: SlipContent, sheet: Sheet, air: float = 1
) -> "_SlipPdf":
    pdf = _SlipPdf(book, content, sheet, air)
    opened.callback(pdf.close_fonts)
    pdf.write_all()
    return pdf


class _SlipPdf(SheetPdf):
    def __init__(
        self, book: Phrasebook, content: SlipContent, sheet: Sheet, air: float = 1
    ) -> None:
        super().__init__(sheet, air)
        self._book = book
        self._content = content
        self.set_title(book.say("slips.title", code=content.code, name=content.name))
        self.set_subject(book.say("slips.kind"))

    @override
    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._font(0, "B", SOFT)
        code = f"{self._book.say('slips.code')} {spaced(self._content.code)}"
        with self.artifact():
            self._lines(f"{self._content.name} – {code}")
        self._rule()

    @override
    def footer(self) -> None:
        self.set_y(-self._sheet.margin)
        self._font(0, "", SOFT)
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
        self._steps()
        self._notes()

    def _head(self) -> None:
        book, content, top = self._book, self._content, self.get_y()
        side = self.epw * 0.27
        left = self.epw - side - 4
        alt = book.say("slips.qr", code=content.code)
        right = self.l_margin + self.epw - side
        self.image(qr_picture(content.address), right, top, side, side, alt_text=alt)
        self._font(0, "B", LACQUER)
        self._text(book.say("slips.kind").upper(), left)
        self._font(6, "B")
        self._text(content.name, left, kind="H1")
        self._gap(1.5)
        self._font(0, "", SOFT)
        self._text(book.say("slips.code"), left)
        self._font(15, "B")
        self.set_char_spacing(3)
        self._text(spaced(content.code), left)
        self.set_char_spacing(0)
        self._font(0, "", SOFT)
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
        self._gap(2)

    def _box(self, side: float, *, ticked: bool) -> None:
        """Draw a square to be ticked by pen; the font has none."""
        left, top = self.l_margin, self.get_y() + 0.6
        said = self._book.say("slips.ticked" if ticked else "slips.not_ticked")
        self.set_draw_color(*INK)
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
        self._gap(1.5)

    def _steps(self) -> None:
        """Write the steps, on the next page where the notes below would stand there alone."""
        titles = [one.title for one in self._content.steps]
        self._font(0.5)
        steps = sum(self._height(one, self.epw - 6) for one in titles) + 2 * self._line(2)
        self._font(0)
        notes = sum(self._height(text, self.epw) for text in self._note_texts()) + self._line(2)
        together = steps + notes
        if titles and self.will_page_break(together) and together < self.eph - self._line(4):
            self.add_page()
        self._list(self._book.say("slips.steps"), titles, numbered=True)

    def _note_texts(self) -> tuple[str, ...]:
        printed = self._book.say("slips.printed_on", day=self._content.today)
        return (self._content.source, *self._content.footnotes, printed)

    def _notes(self) -> None:
        texts = self._note_texts()
        self._keep_whole([("", 0, ""), *((text, 0, "") for text in texts)], 0)
        self._rule()
        self._font(0, "", SOFT)
        for text in texts:
            self._text(text)

    def _title(self, text: str) -> None:
        """Write a title, on the next page where nothing of what it is about would fit below."""
        if self.will_page_break(4 * self._line(2)):
            self.add_page()
        self._gap(1)
        self._font(2.5, "B", LACQUER)
        self.start_section(text)
        self._text(text, kind="H2")
        self._gap(0.5)

    def _paragraph(self, text: str, style: Style = "") -> None:
        self._font(0.5, style)
        self._text(text)
        self._gap(1)
