"""What stands on a slip, and what its QR code says."""

import io
from dataclasses import replace

import pytest
import segno
from PIL import Image
from starlette.requests import Request

from api.slips.card import WIDTH, slip_card
from api.slips.content import SlipContent, slip_content
from api.slips.door import counter_address
from api.slips.qr import qr_drawing, qr_picture
from bot.filings.ports import Slip
from bot.filings.state import Checked, Filing
from knowledge.procedure import FilingChannel
from tests.support.desks import a_desk, load_phrasebook
from tests.support.shipped import shipped_library
from tests.support.slip_pages import CODE, DAYS, NOW, PUBLIC, a_filing, the_view

ADDRESS = f"{PUBLIC}/slip/{CODE}"
BORDER = 4


def of(filing: Filing, checked: Checked | None = None) -> SlipContent:
    view = the_view(shipped_library(), filing)
    slip = Slip(filing, NOW.timestamp() + DAYS * 86_400, checked)
    return slip_content(a_desk(), view, slip, ADDRESS)


def a_request(host: str = "localhost:8000", scheme: str = "http") -> Request:
    headers = [(b"host", host.encode())]
    return Request(
        {"type": "http", "method": "GET", "path": "/", "scheme": scheme, "headers": headers}
    )


def test_ticks_and_what_was_seen_stand_apart() -> None:
    listed = the_view(shipped_library(), a_filing()).listed
    first, second = (one.key for one in listed[:2])
    content = of(replace(a_filing(), ticked=(first,)), Checked((second,), NOW.timestamp()))
    told = {one.key: (one.ticked, one.seen) for one in (*content.papers, *content.may_need)}
    assert told[first] == (True, False)
    assert told[second] == (False, True)
    assert content.ticked == 1
    assert content.seen is not None
    assert content.papers[0].name in content.seen.missing


def test_only_papers_that_are_needed_are_missing_at_the_counter() -> None:
    content = of(a_filing(), Checked((), NOW.timestamp()))
    assert content.may_need
    assert content.seen is not None
    assert content.seen.missing == tuple(one.name for one in content.papers)


def test_the_steps_are_those_of_the_way_that_was_chosen() -> None:
    online = of(replace(a_filing(), way=FilingChannel.ONLINE))
    counter = of(replace(a_filing(), way=FilingChannel.COUNTER))
    assert online.steps
    assert counter.steps
    assert online.steps != counter.steps
    assert any(step.portal for step in online.steps)


def test_the_answers_stand_on_the_slip_so_that_a_mistake_is_found() -> None:
    table = shipped_library().table("1.004222")
    assert table is not None
    question = table.questions[0]
    content = of(a_filing("1.004222", {question.key: question.options[0].key}))
    assert question.text in str(content.facts)


def test_what_nobody_answered_is_not_told_as_an_answer() -> None:
    titles = [getattr(fact, "title", "") for fact in of(a_filing()).facts]
    assert titles
    assert "Bạn đã trả lời" not in titles


@pytest.mark.parametrize("dots", [1, 10])
def test_the_picture_holds_the_code_of_the_address(dots: int) -> None:
    picture = Image.open(qr_picture(ADDRESS, dots)).convert("1")
    matrix = [list(row) for row in segno.make_qr(ADDRESS, error="m").matrix]
    side = len(matrix) + 2 * BORDER
    assert picture.size == (side * dots, side * dots)
    found = [
        [
            int(picture.getpixel(((x + BORDER) * dots, (y + BORDER) * dots)) == 0)
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert found == matrix


def test_the_drawing_holds_the_same_code_and_says_what_it_is() -> None:
    drawing = qr_drawing(ADDRESS, "Mã QR của phiếu K7Q 2MX")
    again = segno.make_qr(ADDRESS, error="m").svg_inline(border=BORDER, omitsize=True)
    path = again[again.index(' d="') : again.index('"', again.index(' d="') + 4)]
    assert path in drawing
    assert "<title>Mã QR của phiếu K7Q 2MX</title>" in drawing


@pytest.mark.parametrize(
    ("page", "host", "scheme", "address"),
    [
        (f"{PUBLIC}/phieu/", "10.0.0.7:8000", "http", ADDRESS),
        ("/phieu/", "localhost:8000", "http", f"http://localhost:8000/slip/{CODE}"),
        ("/phieu/", "127.0.0.1", "http", f"http://127.0.0.1/slip/{CODE}"),
        ("/phieu/", "[::1]:8000", "http", f"http://[::1]:8000/slip/{CODE}"),
    ],
)
def test_the_code_leads_to_the_counter_under_the_name_that_is_known(
    page: str, host: str, scheme: str, address: str
) -> None:
    assert counter_address(a_request(host, scheme), page, CODE) == address


@pytest.mark.parametrize(
    "host",
    [
        "",
        "kesau.example",
        "10.0.0.7:8000",
        "localhost.kesau.example",
        "localhost:80@kesau.example",
        "[::1",
        "localhost:８０",
        "127.0.0.1\n",
    ],
)
def test_a_name_that_the_asker_made_up_stands_in_no_code(host: str) -> None:
    assert counter_address(a_request(host), "/phieu/", CODE) == CODE


def test_the_card_holds_the_code_whole_however_long_the_name_is() -> None:
    content = of(a_filing())
    short = Image.open(io.BytesIO(slip_card(load_phrasebook(), content)))
    long = Image.open(
        io.BytesIO(slip_card(load_phrasebook(), replace(content, name=content.name * 8)))
    )
    assert (short.width, long.width) == (WIDTH, WIDTH)
    assert long.height > short.height


def test_no_link_of_a_record_runs_a_script() -> None:
    view = the_view(shipped_library(), a_filing())
    bad = replace(view, procedure=replace(view.procedure, url="javascript:alert(1)"))
    content = slip_content(a_desk(), bad, Slip(a_filing(), NOW.timestamp()), ADDRESS)
    assert content.portal == "https://dichvucong.gov.vn"
