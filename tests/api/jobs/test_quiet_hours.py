"""At quiet hours nobody is written to of ourselves, whatever hours an operator sets."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from api.jobs.quiet_hours import QuietHours
from tests.support.dossiers import VIETNAM


@given(begin=st.integers(0, 23), end=st.integers(0, 23), hour=st.integers(0, 23))
def test_quiet_hours_begin_and_end_when_they_say_across_midnight_too(
    begin: int, end: int, hour: int
) -> None:
    quiet = QuietHours.read(f"{begin}-{end}")
    length = (end - begin) % 24
    within = (hour - begin) % 24 < length
    for minute in (0, 59):
        moment = datetime(2026, 11, 23, hour, minute, 59, tzinfo=VIETNAM)
        assert quiet.holds(moment.timestamp()) == within


@given(hour=st.integers(0, 23))
def test_without_quiet_hours_no_hour_is_quiet(hour: int) -> None:
    assert not QuietHours.read("").holds(datetime(2026, 11, 23, hour, tzinfo=VIETNAM).timestamp())
