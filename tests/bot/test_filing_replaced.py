"""Papers that an agency reads itself: told once, where they concern her; no guess hides one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.filing_decisions import TellList
from bot.filings.state import Filing
from bot.guide.filing import FilingView, view_of
from bot.messages import Checklist, FactList, Reply
from bot.rendering import render, render_plain
from knowledge.guides import Guide
from knowledge.procedure import Paper, ReplacedPaper
from knowledge.tables import UNSURE, Condition, Option, Question, Rule, Table
from tests.support.builders import a_circumstance, a_paper, a_procedure, a_replaced_paper
from tests.support.desks import a_desk
from tests.support.filing_replies import a_shown, a_view

OWN, RENTED = "Về nhà của mình", "Ở nhà thuê, mượn, ở nhờ"
TABLE = Table(
    "1.004222",
    (Question("nha", "Nhà nào?", (Option("minh", "Nhà của mình"), Option("thue", "Nhà thuê"))),),
    cases=(
        Rule(OWN, Condition(((("nha", ("minh",)),),))),
        Rule(RENTED, Condition(((("nha", ("thue",)),),))),
    ),
)


def a_list(
    *gone: ReplacedPaper, papers: tuple[Paper | str, ...] = ("Tờ khai",), answer: str = "minh"
) -> FilingView:
    procedure = a_procedure(
        "Đăng ký thường trú",
        circumstances=(
            a_circumstance(*papers),
            a_circumstance("Hợp đồng thuê nhà", title=RENTED),
            a_circumstance("Giấy tờ chỗ ở", title=OWN),
        ),
        replaced_papers=gone,
    )
    filing = Filing(procedure.code, (("nha", answer),))
    return view_of(procedure, TABLE, Guide(procedure.code, ()), filing)


def told(view: FilingView) -> Reply:
    return render(TellList(a_shown(view), (), first=True), a_desk())


def notes_of(reply: Reply) -> dict[str, str]:
    (found,) = [block for block in reply.blocks if isinstance(block, Checklist)]
    return {item.text.split(":")[0]: " ".join(item.notes) for item in found.items}


def beside(reply: Reply) -> tuple[str, ...]:
    lists = [block for block in reply.blocks if isinstance(block, FactList)]
    return next((one.items for one in lists if "không phải nộp nữa" in one.title), ())


def test_what_an_agency_reads_is_told_at_the_paper_and_not_beside_the_list_too() -> None:
    identity = "Giấy tờ tùy thân có ảnh (căn cước, hộ chiếu…)"
    reply = told(a_list(a_replaced_paper("Thẻ căn cước"), papers=(identity, "Tờ khai")))

    assert "Thẻ căn cước: cơ quan tự tra được" in notes_of(reply)[identity]
    assert "Thẻ căn cước" not in notes_of(reply)["Tờ khai"]
    assert beside(reply) == ()


@pytest.mark.parametrize(
    ("gone", "paper"),
    [
        ("Giấy khai sinh", a_paper("Tờ khai đăng ký khai sinh")),
        ("Giấy khai sinh", a_paper("Văn bản ủy quyền đăng ký khai sinh")),
        ("Giấy chứng tử", a_paper("Căn cước điện tử")),
        ("Giấy khai sinh", a_paper("Khai sinh", form="TP/HT-2026")),
    ],
)
def test_what_she_writes_herself_or_is_called_alike_is_no_such_paper(
    gone: str, paper: Paper
) -> None:
    reply = told(a_list(a_replaced_paper(gone), papers=(paper,)))

    assert not any("tự tra" in note for note in notes_of(reply).values())
    assert any(gone in line for line in beside(reply))


def test_papers_of_one_database_share_a_line() -> None:
    gone = [a_replaced_paper(one) for one in ("Giấy chứng nhận kết hôn", "Giấy chứng tử")]
    (line,) = beside(told(a_list(*gone)))

    assert line.startswith("Giấy chứng nhận kết hôn; Giấy chứng tử: cơ quan tự tra")
    assert line.count("66.7/2025/NQ-CP") == 1


def test_what_her_answers_speak_of_stands_first() -> None:
    gone = (
        a_replaced_paper("Giấy chứng nhận kết hôn"),
        a_replaced_paper("Giấy tờ đủ diện tích khi thuê", database="Cơ sở dữ liệu đất đai"),
    )

    assert "diện tích" in beside(told(a_list(*gone, answer="thue")))[0]
    assert "kết hôn" in beside(told(a_list(*gone, answer="minh")))[0]


def test_only_a_case_that_surely_is_not_hers_is_left_out() -> None:
    gone = a_replaced_paper("Giấy tờ đất của chủ nhà", case=RENTED)

    assert beside(told(a_list(gone, answer="minh"))) == ()
    assert beside(told(a_list(gone, answer="thue")))
    assert beside(told(a_list(gone, answer=UNSURE)))


@given(
    st.sampled_from(["Thẻ căn cước", "Giấy khai sinh", "Sổ đỏ", "Văn bằng"]),
    st.sampled_from(["minh", "thue", UNSURE]),
)
def test_one_without_a_case_is_always_told_somewhere(name: str, answer: str) -> None:
    view = a_list(a_replaced_paper(name), papers=("Căn cước", "Sổ đỏ"), answer=answer)

    assert f"{name}: cơ quan tự tra" in render_plain(told(view))


def test_of_a_paper_that_is_there_a_later_list_says_nothing_more() -> None:
    view = a_view(ticked=1)
    first, later = (
        render(TellList(a_shown(view), (), first=first), a_desk()) for first in (True, False)
    )
    ticked = next(one for one in view.listed if one.ticked).paper.name

    assert notes_of(first)[ticked]
    assert notes_of(later)[ticked] == ""
    assert any(notes_of(later).values())
