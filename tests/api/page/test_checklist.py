"""How a list to be ticked reads as HTML, and as JSON."""

from api.chat.schemas import ChecklistOut, reply_out
from api.page.view import PageView, safe_link
from api.wiring.services import Told
from bot.messages import CheckItem, Checklist, Choice, Choices, Outcome, OutcomeFamily, Reply

ITEMS = (
    CheckItem("Giấy chứng sinh: <1> bản", ticked=True, value="file:1:off:a", seen=True),
    CheckItem("Tờ khai", ticked=False, value="file:1:on:b", notes=("Chỉ khi nhờ người khác.",)),
)
REPLY = Reply(
    (Checklist("Đã có 1, còn thiếu 1", ITEMS), Choices((Choice("Lấy phiếu", "file:1:slip"),))),
    Outcome(OutcomeFamily.GUIDED, "checklist"),
    in_place=True,
)


def html_of(reply: Reply) -> str:
    view = PageView(300, "", lambda: False)
    return view.turn("Danh sách", Told(reply, None))


def test_each_paper_is_a_button_of_its_own_form() -> None:
    html = html_of(REPLY)

    assert html.count('action="/chat"') == 3
    assert 'value="file:1:off:a" aria-pressed="true"' in html
    assert 'value="file:1:on:b" aria-pressed="false"' in html
    assert "Giấy chứng sinh: &lt;1&gt; bản" in html
    assert "Chỉ khi nhờ người khác." in html
    assert '<li class="seen">' in html


def test_what_takes_anothers_place_says_so_and_repeats_no_question() -> None:
    anew = Reply(REPLY.blocks, REPLY.outcome)

    assert "data-in-place" in html_of(REPLY)
    assert "Bạn hỏi" not in html_of(REPLY)
    assert "data-in-place" not in html_of(anew)
    assert "Bạn hỏi" in html_of(anew)


def test_json_tells_what_is_ticked_seen_and_replaced() -> None:
    out = reply_out(REPLY)
    (listed, _) = out.blocks

    assert out.in_place
    assert isinstance(listed, ChecklistOut)
    assert [(one.ticked, one.seen) for one in listed.items] == [(True, True), (False, False)]
    assert "1. ☑ Giấy chứng sinh" in out.text


def test_a_link_leads_to_our_own_pages_or_to_the_web() -> None:
    bad = ("javascript:alert(1)", "//xau.vn", "/\\xau.vn", "data:text/html,x", "/")

    assert safe_link("/phieu/K7Q2MX") == "/phieu/K7Q2MX"
    assert [safe_link(one) for one in bad] == [""] * len(bad)
