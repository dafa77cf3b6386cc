"""The day on which a citizen says that she files, and the due day she is told."""

from datetime import date

import pytest

from bot.deciding.decisions import Answer
from bot.deciding.filing_days import filing_day
from bot.parse import AskedField
from bot.rendering import render, render_plain
from knowledge.procedure import FilingChannel, TimeUnit
from tests.support.builders import a_method, a_procedure, a_time
from tests.support.desks import a_desk

A_SUNDAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nộp hôm nay thì bao giờ có", "2026-11-01"),
        ("nop ho so hom nay bao gio lay", "2026-11-01"),
        ("mai tôi nộp thì hôm nào lấy được", "2026-11-02"),
        ("em gửi hôm qua, khi nào có kết quả", "2026-10-31"),
        ("nộp ngày 20/11 thì mấy hôm xong", "2026-11-20"),
        ("nộp ngày 5 tháng 1 năm 2027 thì bao giờ có", "2027-01-05"),
        ("nộp hôm 30/12 thì bao giờ có", "2026-12-30"),
        ("thứ 6 nộp thì bao giờ có", "2026-11-06"),
        ("nộp thứ ba tuần sau thì khi nào xong", "2026-11-03"),
        ("thế chiều 3/11 nộp thì khi nào xong", "2026-11-03"),
        ("chiều mai em nộp thì bao giờ được", "2026-11-02"),
    ],
)
def test_a_named_filing_day_is_understood(text: str, expected: str) -> None:
    found = filing_day(text)
    assert found is not None
    assert str(found.resolve(A_SUNDAY)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký khai sinh mất mấy ngày",
        "nộp ở đâu",
        "con sinh ngày 20/10 thì làm khai sinh mất bao lâu",
        "nộp trong 60 ngày có được không",
        "chị Mai làm giấy tờ",
    ],
)
def test_other_days_are_no_filing_day(text: str) -> None:
    assert filing_day(text) is None


def test_a_day_that_does_not_exist_or_lies_far_away_is_none() -> None:
    for text in ("nộp ngày 31/2 thì bao giờ có", "nộp ngày 20/11/2039 thì bao giờ có"):
        found = filing_day(text)
        assert found is not None
        assert found.resolve(A_SUNDAY) is None


def told(text: str, today: date, *methods: object) -> str:
    answer = Answer(a_procedure(methods=methods), (AskedField.TIME,), filed=filing_day(text))
    return render_plain(render(answer, a_desk(today=today)))


def test_the_due_day_is_told_for_each_filing_method() -> None:
    reply = told(
        "nộp hôm nay thì bao giờ có",
        date(2026, 11, 2),
        a_method(FilingChannel.ONLINE, time=a_time("3")),
        a_method(FilingChannel.COUNTER, time=a_time("7")),
    )
    assert "Nếu cơ quan nhận đủ hồ sơ thứ hai, 2/11/2026" in reply
    assert "Nộp trực tuyến: chậm nhất thứ năm, 5/11/2026" in reply
    assert "Nộp trực tiếp: chậm nhất thứ tư, 11/11/2026" in reply
    assert "giấy hẹn" in reply
    assert "dự kiến" not in reply


def test_what_is_filed_on_a_day_off_counts_as_received_on_the_next_working_day() -> None:
    reply = told("nộp hôm nay thì bao giờ có", A_SUNDAY, a_method(time=a_time("1")))
    assert "Cơ quan nghỉ chủ nhật, 1/11/2026, nên hồ sơ tính là nhận từ thứ hai" in reply
    assert "chậm nhất thứ ba, 3/11/2026" in reply


def test_a_limit_in_hours_ends_at_an_hour() -> None:
    method = a_method(time=a_time("4", TimeUnit.HOUR))
    reply = told("chiều nay nộp thì mấy giờ xong", date(2026, 11, 2), method)
    assert "chậm nhất 9 giờ 00, thứ ba, 3/11/2026" in reply


def test_a_count_over_an_unsure_day_is_told_as_expected() -> None:
    reply = told("nộp hôm nay thì bao giờ có", date(2026, 11, 23), a_method(time=a_time("3")))
    assert "dự kiến" in reply


def test_without_a_unit_no_due_day_is_guessed() -> None:
    method = a_method(time=a_time("1", None))
    reply = told("nộp hôm nay thì bao giờ có", date(2026, 11, 2), method)
    assert "không tính được ngày trả" in reply
    assert "chậm nhất" not in reply
