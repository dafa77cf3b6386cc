"""The print of a slip: nothing is lost, every letter can be read, the QR code is the right one."""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.slips.content import SlipContent, slip_content
from api.slips.pdf import slip_pdf
from api.slips.sheets import A4, A5, Sheet
from bot.filings.ports import Slip
from bot.filings.state import Checked, Filing
from bot.messages import FactList, Link, Paragraph
from knowledge.tables import Table
from tests.support.desks import a_desk, load_phrasebook
from tests.support.pdf_text import pages_of, squeezed, words_of
from tests.support.shipped import shipped_library
from tests.support.slip_pages import BIRTH, CODE, DAYS, NOW, PUBLIC, a_filing, the_view

ADDRESS = f"{PUBLIC}/slip/{CODE}"
EXPIRES = NOW.timestamp() + DAYS * 86_400

MOST_BYTES = 60_000
LEAST_POINTS = 10

CHUNK = 60
"""Slips in a file."""


def a_content(filing: Filing | None = None, checked: Checked | None = None) -> SlipContent:
    filing = filing or a_filing()
    view = the_view(shipped_library(), filing)
    return slip_content(a_desk(), view, Slip(filing, EXPIRES, checked), ADDRESS)


def printed(content: SlipContent, sheet: Sheet = A5) -> bytes:
    return slip_pdf(load_phrasebook(), content, sheet, compressed=False)


def texts_of(content: SlipContent) -> Iterator[str]:
    """Every text of a slip that belongs on paper."""
    yield from (content.name, content.expires, content.source, content.instead, content.today)
    yield from (*content.warnings, *content.where, *content.footnotes)
    for paper in (*content.papers, *content.may_need):
        yield from (paper.name, paper.quantity, *paper.notes)
    for fact in content.facts:
        match fact:
            case Paragraph(text):
                yield text
            case FactList(title, items):
                yield from (title, *items)
            case Link(label, url):
                yield from (label, url)
    yield from (step.title for step in content.steps)


def as_text(words: str) -> bytes:
    """Words as they stand in the dictionaries of a PDF."""
    return f"<feff{words.encode('utf-16-be').hex()}>".encode()


def lost(content: SlipContent, pdf: bytes) -> list[str]:
    """Texts of which a word is not printed; a page may end between two of them."""
    found = words_of(pdf)
    return [text for text in texts_of(content) for word in text.split() if word not in found]


def own_codes() -> list[str]:
    library = shipped_library()
    return [code for code in library.codes() if (one := library.get(code)) is not None and one.ours]


def combinations(table: Table) -> Iterator[dict[str, str]]:
    """Sets of answers: the first of each question, and the last."""
    yield table.settled({one.key: one.options[0].key for one in table.questions})
    yield table.settled({one.key: one.options[-1].key for one in table.questions})


@cache
def own_contents() -> tuple[SlipContent, ...]:
    """The slips of all our procedures, with the first answers of their tables, or the last."""
    library, contents = shipped_library(), []
    for number, code in enumerate(own_codes()):
        table = library.table(code)
        answers = list(combinations(table))[number % 2] if table else {}
        contents.append(a_content(a_filing(code, answers)))
    return tuple(contents)


def joined(contents: Sequence[SlipContent]) -> SlipContent:
    """One slip with the papers of several, and all the rest of some: a page takes 50 ms."""
    return replace(
        contents[0],
        papers=tuple(one for content in contents for one in content.papers),
        may_need=tuple(one for content in contents for one in content.may_need),
        facts=tuple(one for content in contents[::3] for one in content.facts),
        steps=tuple(one for content in contents for one in content.steps),
        footnotes=tuple(text for one in contents for text in (one.name, one.source)),
    )


def test_every_list_of_ours_is_printed_whole() -> None:
    contents = own_contents()
    assert len(contents) > 200
    for at in range(0, len(contents), CHUNK):
        content = joined(contents[at : at + CHUNK])
        assert lost(content, printed(content)) == []


def test_the_longest_and_the_shortest_list_are_printed_whole_each_on_its_own() -> None:
    by_length = sorted(own_contents(), key=lambda one: len("".join(texts_of(one))))
    for content in (by_length[0], by_length[len(by_length) // 2], by_length[-1]):
        pdf = printed(content)
        assert lost(content, pdf) == []
        assert len(pages_of(pdf)) <= 8


def test_no_sign_of_our_texts_is_missing_in_the_font(caplog: pytest.LogCaptureFixture) -> None:
    texts = sorted({sign for one in own_contents() for text in texts_of(one) for sign in text})
    assert len(texts) > 130
    long = replace(a_content(), warnings=(" ".join(texts),))
    with caplog.at_level(logging.WARNING):
        slip_pdf(load_phrasebook(), long, A5)
    assert caplog.messages == []


@pytest.mark.parametrize("sheet", [A5, A4])
def test_every_letter_is_large_enough_and_inside_the_margins(sheet: Sheet) -> None:
    content = a_content(a_filing("1.004222"))
    runs = [run for page in pages_of(printed(content, sheet)) for run in page]
    margin = sheet.margin / 25.4 * 72
    assert len(runs) > 40
    assert min(run.size for run in runs) >= LEAST_POINTS
    assert all(run.x >= margin - 1 for run in runs)
    assert all(margin / 2 < run.y < sheet.height / 25.4 * 72 - margin / 2 for run in runs)


@pytest.mark.parametrize("sheet", [A5, A4])
def test_the_source_never_stands_alone_on_a_page(sheet: Sheet) -> None:
    contents = [a_content(a_filing(code)) for code in own_codes()[::30]]
    several = 0
    for content in contents:
        pages = pages_of(printed(content, sheet))
        if len(pages) > 1 and content.steps:
            several += 1
            words = squeezed("".join(run.text for run in pages[-1]))
            assert squeezed(content.steps[-1].title) in words, content.name
    assert several > 3


def test_a_few_lines_on_the_last_page_are_brought_to_the_one_before() -> None:
    assert len(pages_of(printed(a_content(a_filing("1.004222")), A5))) == 2


def test_a_long_list_flows_on_with_its_head_repeated_and_pages_counted() -> None:
    content = a_content()
    many = replace(content, papers=content.papers * 30)
    pages = pages_of(printed(many))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        words = squeezed("".join(run.text for run in page))
        assert squeezed(f"Trang {number}/{len(pages)}") in words
        assert squeezed("Phiếu không có thông tin cá nhân.") in words
        assert squeezed(content.name) in words
        assert "K7Q2MX" in words
    assert lost(many, printed(many)) == []


def test_a_text_longer_than_a_page_is_not_cut() -> None:
    note = " ".join(f"điều {number}" for number in range(2_000))
    content = a_content()
    long = replace(content, papers=(replace(content.papers[0], notes=(note,)),))
    pdf = printed(long)
    assert squeezed("điều 1999") in words_of(pdf)
    assert lost(long, pdf) == []
    assert re.search(rb"/Marked\s+true", pdf)


@settings(max_examples=10, deadline=None)
@given(
    name=st.text(
        st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), min_size=1
    ).filter(lambda text: text.strip() != ""),
    repeated=st.integers(1, 80),
)
def test_nothing_that_a_record_can_hold_stops_the_print(name: str, repeated: int) -> None:
    content = a_content()
    logging.disable(logging.WARNING)  # signs that the font does not have
    try:
        paper = replace(content.papers[0], name=name * repeated, notes=(name,))
        assert printed(replace(content, papers=(paper,))).startswith(b"%PDF")
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("sheet", [A5, A4])
@pytest.mark.parametrize("code", [BIRTH, "1.004222"])
def test_the_file_is_small_enough_to_be_sent(code: str, sheet: Sheet) -> None:
    content = a_content(a_filing(code))
    assert len(slip_pdf(load_phrasebook(), content, sheet)) <= MOST_BYTES


def test_the_file_says_its_title_and_its_language_and_is_tagged() -> None:
    pdf = printed(a_content())
    assert b"/Lang (vi)" in pdf
    assert b"/Title " + as_text("Phiếu K7Q2MX – Đăng ký khai sinh") in pdf
    assert re.search(rb"/Marked\s+true", pdf)
    assert pdf.count(b"/S /H1") == 1
    assert pdf.count(b"/S /H2") > 2
    marked, ended = pdf.count(b" BDC") + pdf.count(b" BMC"), pdf.count(b"\nEMC")
    assert marked == ended


def test_a_box_is_drawn_for_each_paper_and_a_tick_in_those_at_hand() -> None:
    content = a_content()
    papers = (*content.papers, *content.may_need)
    ticked = replace(content, papers=(replace(content.papers[0], ticked=True), *content.papers[1:]))
    empty, one = printed(content), printed(ticked)
    assert len(papers) > 1
    assert empty.count(b" re S") == one.count(b" re S") == len(papers)
    said, unsaid = (b"/Alt " + as_text(words) for words in ("đã có", "chưa có"))
    assert (empty.count(said), empty.count(unsaid)) == (0, len(papers))
    assert (one.count(said), one.count(unsaid)) == (1, len(papers) - 1)


def test_what_the_counter_saw_is_printed() -> None:
    content = a_content()
    checked = a_content(checked=Checked((content.papers[0].key,), NOW.timestamp()))
    words = words_of(printed(checked))
    assert squeezed("Còn thiếu 1 giấy tờ:") in words
    assert squeezed("10:00 ngày 22/11/2026") in words
