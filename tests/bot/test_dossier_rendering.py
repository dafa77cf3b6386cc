"""What citizens read of a dossier: the state, what to do now, their rights when it is late."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.deciding.dossier_decisions import TellHistory
from bot.deciding.dossier_matters import Matter
from bot.dossiers.ports import Found
from bot.dossiers.status import Payment, State, Stay, Step, Supplement
from bot.messages import Link, StatusCard, Tone
from bot.ports import NationalProfile
from bot.rendering import render_plain
from bot.rendering.dossiers import render_dossier
from bot.rendering.dossiers.late import DECREE, DECREE_READ, DECREE_TITLE
from knowledge.faq_yaml import load_faq_content
from knowledge.work_calendar import VIETNAM, WorkCalendar
from tests.support.desks import a_desk
from tests.support.dossier_replies import (
    FRIDAY,
    LATE_DAY,
    card_of,
    pressed,
    reply_to,
    text_of,
    told,
)
from tests.support.dossiers import NOW, a_dossier


def test_what_was_known_last_says_since_when_and_never_that_nothing_was_found() -> None:
    as_of = datetime(2026, 11, 19, 1, 5, tzinfo=VIETNAM)
    text = text_of(told(a_dossier(as_of=as_of), away=True))

    assert "chưa trả lời" in text
    assert "01:05 ngày 19/11/2026" in text
    assert "không tìm thấy" not in text


def test_the_card_counts_the_days_and_tells_the_dates_with_their_weekdays() -> None:
    card = card_of(
        told(a_dossier(received_at=at(2), due_at=at(11), changed_at=at(5))), date(2026, 11, 6)
    )
    facts = {fact.label: fact.value for fact in card.facts}

    assert (card.day, card.of) == (4, 7)
    assert card.progress == "Ngày thứ 4 trên 7 ngày làm việc, còn 3 ngày"
    assert facts["Ngày nhận"] == "thứ hai, 02/11/2026"
    assert facts["Ngày hẹn trả"] == "thứ tư, 11/11/2026"
    assert facts["Chủ hồ sơ"] == "N*** V** A**"
    assert card.tone is Tone.WAITING


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 6), "Thời hạn 3 ngày làm việc, ngày nhận không tính"),
        (date(2026, 11, 11), "Hôm nay là ngày hẹn trả, ngày thứ 3 trên 3"),
        (date(2026, 11, 12), "Quá hẹn 1 ngày làm việc"),
    ],
)
def test_the_first_the_last_and_a_late_day_have_their_words(today: date, said: str) -> None:
    assert card_of(told(a_dossier(received_at=at(6), due_at=at(11))), today).progress == said


def test_a_due_day_before_a_weekend_is_not_late_on_sunday() -> None:
    card = card_of(told(a_dossier(received_at=at(2), due_at=at(6))), date(2026, 11, 8))
    assert card.progress == "Ngày hẹn vừa qua, cơ quan nghỉ và làm việc lại thứ hai, 09/11/2026"
    assert card.tone is Tone.WAITING


def test_a_result_due_on_the_day_of_receipt_has_no_bar() -> None:
    card = card_of(told(a_dossier(received_at=at(6), due_at=at(6, 17))), date(2026, 11, 6))
    assert (card.day, card.of) == (None, None)
    assert card.progress == "Hẹn trả ngay trong ngày nhận"


def test_a_missing_due_day_is_said_to_be_unknown() -> None:
    card = card_of(told(a_dossier(due_at=None)))
    assert ("Ngày hẹn trả", "hệ thống chưa ghi") in [(one.label, one.value) for one in card.facts]
    assert card.progress == ""
    assert "chưa nói được là trễ hay chưa" in text_of(told(a_dossier(due_at=None), Matter.LATE))


def test_a_late_dossier_tells_the_rights_with_their_source_and_where_to_complain() -> None:
    decision = told(a_dossier(received_at=at(2), due_at=at(11)))
    reply = reply_to(decision, date(2026, 11, 16))
    text = render_plain(reply)

    assert card_of(decision, date(2026, 11, 16)).tone is Tone.LATE
    assert "quá ngày hẹn (thứ tư, 11/11/2026) 3 ngày làm việc" in text
    for right in ("xin lỗi", "nói rõ lý do", "hẹn lại ngày trả", "bằng văn bản", "phản ánh"):
        assert right in text
    assert [one for one in reply.blocks if isinstance(one, Link)]
    assert [source.decision for source in reply.sources] == [DECREE]


def test_a_province_with_a_hotline_offers_it_where_a_dossier_is_late() -> None:
    profile = NationalProfile(hotline="1900 0000", hotline_source="UBND tỉnh", sample=True)
    decision = told(a_dossier(received_at=at(2), due_at=at(11)))
    late = render_plain(render_dossier(a_desk(today=LATE_DAY, profile=profile), decision))
    in_time = render_plain(render_dossier(a_desk(today=FRIDAY, profile=profile), told(a_dossier())))

    assert "tổng đài 1900 0000 (UBND tỉnh)" in late
    assert "dữ liệu MẪU" in late
    assert "1900 0000" not in in_time


def test_the_rights_are_those_of_the_sourced_question_about_late_dossiers() -> None:
    (entry,) = (one for one in load_faq_content().faqs if one.key == "ho-so-tre-hen")
    (decree,) = (one for one in entry.sources if one.document == DECREE)

    assert (decree.title, decree.read) == (DECREE_TITLE, DECREE_READ)
    late = text_of(told(a_dossier(received_at=at(2), due_at=at(11))), date(2026, 11, 16))
    assert "Cơ quan trễ hẹn phải xin lỗi, nói rõ lý do và hẹn lại ngày trả." in entry.answer[0]
    assert "Cơ quan trễ hẹn phải xin lỗi, nói rõ lý do và hẹn lại ngày trả." in late


def test_a_dossier_in_time_is_told_so_to_whoever_asks_why_it_is_late() -> None:
    text = text_of(told(a_dossier(), Matter.LATE))
    assert "chưa quá hẹn: ngày hẹn trả là thứ tư, 25/11/2026" in text


def test_after_a_pause_the_due_day_may_have_moved_and_that_is_said() -> None:
    paused = a_dossier(received_at=at(2), due_at=at(11), stays=(Stay(at(4), at(5)),))
    assert "ngày hẹn có thể đã dời" in text_of(told(paused), LATE_DAY)


def test_where_the_calendar_ends_only_the_days_are_told() -> None:
    def ends() -> WorkCalendar:
        return WorkCalendar(2020, 2021, frozenset(), frozenset(), frozenset(), 2021)

    desk = replace(a_desk(today=FRIDAY), calendar=ends)
    (card,) = (
        one for one in render_dossier(desk, told(a_dossier())).blocks if isinstance(one, StatusCard)
    )
    assert card.progress == ""
    assert card.day is None
    assert ("Ngày hẹn trả", "thứ tư, 25/11/2026") in [(one.label, one.value) for one in card.facts]
    over = render_plain(render_dossier(replace(desk, today=LATE_DAY), told(a_dossier())))
    assert "Ngày hẹn trả là thứ tư, 25/11/2026, đã qua rồi." in over


def test_a_supplement_says_which_papers_where_and_until_when() -> None:
    text = text_of(told(a_dossier(State.SUPPLEMENT)))

    assert "Giấy tờ chứng minh chỗ ở hợp pháp" in text
    assert "Bản chụp bị mờ, đề nghị nộp lại." in text
    assert "chậm nhất thứ sáu, 04/12/2026" in text
    assert "trên Cổng" in text
    assert "đến nơi đã nộp" in text
    assert "Đang tạm dừng tính ngày" in text


def test_a_supplement_without_papers_or_a_last_day_says_that_they_are_not_known() -> None:
    text = text_of(told(a_dossier(State.SUPPLEMENT, supplement=None)))
    assert "không ghi rõ cần giấy nào" in text
    assert "không ghi hạn bổ sung" in text


def test_a_supplement_whose_day_is_over_sends_to_the_office() -> None:
    asked = Supplement(("Tờ khai",), until=date(2026, 11, 19))
    assert "nay đã qua" in text_of(told(a_dossier(State.SUPPLEMENT, supplement=asked)))


def test_whoever_asks_what_is_missing_hears_that_nothing_is() -> None:
    assert "không yêu cầu bạn bổ sung gì" in text_of(told(a_dossier(), Matter.SUPPLEMENT))


def test_a_payment_says_how_much_whether_it_is_paid_and_where_it_is_safe() -> None:
    payments = (
        Payment("Lệ phí", 20_000, paid=False),
        Payment("Phí thẩm định", 1_500_000, paid=True),
        Payment("Thuế", None, None),
    )
    text = text_of(told(a_dossier(State.PAYMENT, payments=payments)))

    assert "Lệ phí: 20.000 đồng, chưa nộp" in text
    assert "Phí thẩm định: 1.500.000 đồng, đã nộp" in text
    assert "Thuế: hệ thống không ghi số tiền, không rõ đã nộp chưa" in text
    assert "đừng chuyển vào tài khoản cá nhân" in text


def test_a_result_says_how_it_is_collected_and_what_to_bring() -> None:
    text = text_of(told(a_dossier(State.DONE)))
    assert "Nhận tại bộ phận một cửa" in text
    assert "mang giấy hẹn" in text
    assert "Thông báo kết quả giải quyết" in text


def test_whoever_wants_to_withdraw_hears_how_as_long_as_it_can_be_done() -> None:
    assert "tôi không rút thay bạn được" in text_of(told(a_dossier(), Matter.WITHDRAW))
    assert "hồ sơ này đã có" in text_of(told(a_dossier(State.DONE), Matter.WITHDRAW))
    assert "không cần rút" in text_of(told(a_dossier(State.STOPPED), Matter.WITHDRAW))


def test_buttons_offer_what_can_still_be_done() -> None:
    fresh = reply_to(told(a_dossier()))
    followed = reply_to(told(a_dossier(), found=Found(a_dossier(), followed=True, remembered=True)))
    remembered = reply_to(told(a_dossier(), found=Found(a_dossier(), remembered=True)))
    over = reply_to(told(a_dossier(State.RETURNED)))

    assert pressed(fresh) == {"follow", "history", "remember", "other"}
    assert pressed(followed) == {"stop", "history", "other"}
    assert pressed(remembered) == {"follow", "history", "forget", "other"}
    assert "follow" not in pressed(over)
    assert "follow" not in pressed(reply_to(told(a_dossier(), can_follow=False)))


def test_the_history_tells_each_step_and_the_latest_of_very_many() -> None:
    steps = tuple(
        Step(
            NOW + timedelta(hours=hour), State.PROCESSING, "UBND phường Ngô Quyền", "Chuyển hồ sơ."
        )
        for hour in range(15)
    )
    text = text_of(TellHistory(Found(a_dossier(history=steps))))

    assert text.count("Chuyển hồ sơ.") == 12
    assert "Còn 3 bước cũ hơn" in text
    assert "06:00 ngày 23/11/2026: Đang xử lý, UBND phường Ngô Quyền. Chuyển hồ sơ." not in text
    assert "05:00 ngày 23/11/2026" in text
    assert "UBND" not in text_of(TellHistory(Found(a_dossier(history=steps, terse=True))))
    assert "không ghi các bước" in text_of(TellHistory(Found(a_dossier(history=()))))
