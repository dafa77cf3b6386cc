"""What a citizen reads of her slip, her reminder, and of what she filed."""

from dataclasses import replace

from bot.deciding.filing_decisions import (
    AskWhen,
    NoSuchSlip,
    TellFiled,
    TellSlip,
    WillRemind,
)
from bot.filings.ports import FilingTerms, Slip
from bot.filings.state import Checked
from bot.messages import Link
from bot.rendering import render, render_plain
from bot.rendering.filing.notices import render_checked, render_reminder, sent_again
from tests.support.desks import a_desk
from tests.support.filing_replies import (
    AT,
    OPEN,
    SLIP,
    a_shown,
    a_view,
    labels_of,
)


def test_a_slip_shows_its_code_and_leaves_nothing_of_it_in_the_log() -> None:
    shown = a_shown()
    slip = Slip(replace(shown.view.filing, slip=SLIP), AT.timestamp())
    reply = render(TellSlip(shown, slip), a_desk())
    links = [block.url for block in reply.blocks if isinstance(block, Link)]

    assert "K7Q 2MX" in render_plain(reply)
    assert "08:00 ngày 23/11/2026" in render_plain(reply)
    assert links == [f"{OPEN.page}{SLIP}", f"{OPEN.telegram_link}slip_{SLIP}", OPEN.zalo_link]
    assert reply.afterwards
    assert not any(half in reply.afterwards for half in (SLIP[:3], SLIP[3:]))


def test_a_path_of_this_server_is_shown_by_the_page_alone() -> None:
    shown = a_shown(terms=FilingTerms(is_open=True, page="/phieu/"))
    slip = Slip(replace(shown.view.filing, slip=SLIP), AT.timestamp())
    reply = render(TellSlip(shown, slip), a_desk())

    assert any(isinstance(block, Link) for block in reply.blocks)
    assert "/phieu/" not in render_plain(reply)


def test_a_code_that_opens_nothing_is_not_told_apart() -> None:
    text = render_plain(render(NoSuchSlip(), a_desk()))

    assert "gõ nhầm" in text
    assert "hết hạn" in text


def test_when_to_remind_is_asked_with_days_and_answered_with_one() -> None:
    asked = render(AskWhen(a_shown(), None), a_desk())

    assert labels_of(asked)[:3] == ["Ngày mai", "3 ngày nữa", "Một tuần nữa"]
    assert "thứ hai, 23/11/2026" in render_plain(render(WillRemind(a_shown(), AT), a_desk()))
    cannot = render(WillRemind(a_shown(), None, cannot=True), a_desk())
    assert labels_of(cannot) == ["Lấy phiếu", "Danh sách"]


def test_after_filing_the_code_is_asked_for_only_where_it_can_be_looked_up() -> None:
    with_desk = render_plain(render(TellFiled(a_shown(), can_look_up=True), a_desk()))
    without = render_plain(render(TellFiled(a_shown(), can_look_up=False), a_desk()))

    assert "Bạn gửi mã hồ sơ cho tôi" in with_desk
    assert "gửi mã hồ sơ cho tôi" not in without


def test_news_of_a_filing_name_what_is_missing_and_fit_one_message() -> None:
    view, desk = a_view(), a_desk()
    checked = Checked((view.listed[0].key,), AT.timestamp())
    replies = [
        render_reminder(desk, view),
        render_reminder(desk, view, buttons=False),
        render_checked(desk, view, checked),
        sent_again(desk, render_checked(desk, view, checked, buttons=False)),
    ]
    texts = [render_plain(reply) for reply in replies]

    assert all("Còn thiếu" in text and len(text) < 2000 for text in texts)
    assert "Giấy chứng sinh" not in texts[2]
    assert texts[3].startswith("Tôi gửi lại")
    assert [bool(reply.buttons) for reply in replies] == [True, False, True, False]
    assert "Giấy tờ đã đủ" in render_plain(
        render_checked(desk, view, Checked(tuple(one.key for one in view.listed), 0.0))
    )
