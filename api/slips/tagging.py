"""A PDF whose texts are tagged, so that a screen reader tells titles, paragraphs and pictures.

fpdf2 2.8 tags pictures alone, and a file with a part of its content tagged is read out in part. So
every text is tagged here, and what repeats on each page is marked as no content (PDF 32000-1, 14.7
and 14.8).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from fpdf import FPDF
from typing_extensions import override

Kind = Literal["H1", "H2", "P"]


class TaggedPdf(FPDF):
    """Texts written inside `tagged` are content of that kind, on however many pages."""

    _kind: Kind | None = None

    @contextmanager
    def tagged(self, kind: Kind) -> Iterator[None]:
        """Write a title or a paragraph."""
        self._kind = kind
        self._begin(kind)
        yield
        self._out("EMC")
        self._kind = None

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Write or draw what is no content: lines, boxes, what repeats on each page."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    @override
    def _perform_page_break(self) -> None:
        """Go on on the next page: no marked part may lie on two."""
        kind = self._kind
        if kind is not None:
            self._out("EMC")
        super()._perform_page_break()
        if kind is not None:
            self._begin(kind)

    def _begin(self, kind: Kind) -> None:
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{kind}", mcid=number)
        self._out(f"/{kind} <</MCID {number}>> BDC")
