"""The same updates tell the same, whatever their order and however often they come."""

import dataclasses
import itertools
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.dossiers.folding import (
    MOST_STEPS,
    advance,
    begin,
    content_of,
    digest_of,
    fold,
    is_news,
    lapses_at,
    place_of,
)
from bot.dossiers.status import DossierUpdate, FactorKind, Payment, State, Stay, Step, Supplement
from tests.support.dossier_updates import MONDAY, an_update, updates

several = st.lists(updates, min_size=1, max_size=7)
VIETNAM = timezone(timedelta(hours=7))


def place(update: DossierUpdate) -> str:
    return place_of(update, digest_of(content_of(update)))


def later(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


@given(several.flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_any_order_tells_the_same(both: tuple[list[DossierUpdate], list[DossierUpdate]]) -> None:
    told, shuffled = both
    assert fold(told) == fold(shuffled)


@given(several, st.data())
def test_any_repetition_tells_the_same(told: list[DossierUpdate], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(told)))
    assert fold([*again, *told, *again]) == fold(told)


@given(several, updates)
def test_an_older_update_never_changes_what_a_newer_one_told(
    told: list[DossierUpdate], other: DossierUpdate
) -> None:
    newest = max([*told, other], key=place)
    assume(newest != other)
    before, after = fold(told), fold([*told, other])
    assert (after.state, after.as_of) == (before.state, before.as_of) == (newest.state, newest.at)
    for field in dataclasses.fields(newest):
        said = getattr(newest, field.name)
        if said not in (None, "", ()) and field.name in _TOLD:
            assert getattr(after, field.name) == said


_TOLD = (
    *("procedure_code", "procedure_name", "unit", "received_at", "due_at", "returned_at"),
    *("applicant", "payments", "results", "collect"),
)


@given(st.lists(updates, min_size=1, max_size=7, unique_by=place))
def test_one_newer_update_after_another_tells_what_all_of_them_tell(
    told: list[DossierUpdate],
) -> None:
    first, *others = sorted(told, key=place)
    status = begin(first)
    for number, one in enumerate(others, 2):
        status = advance(status, one)
        every = fold(sorted(told, key=place)[:number])
        assert status == dataclasses.replace(every, history=())


@given(updates, updates)
def test_equal_contents_have_one_name_and_others_another(
    one: DossierUpdate, other: DossierUpdate
) -> None:
    assert (content_of(one) == content_of(other)) is (one == other)
    assert (place(one) == place(other)) is (one == other)


@given(updates)
def test_the_clock_face_of_the_source_does_not_matter(update: DossierUpdate) -> None:
    elsewhere = dataclasses.replace(update, at=update.at.astimezone(VIETNAM))
    assert content_of(elsewhere) == content_of(update)
    assert place(elsewhere) == place(update)


def test_factors_are_no_part_of_the_content() -> None:
    with_one = an_update(factors={FactorKind.PHONE: "5678"})
    assert content_of(with_one) == content_of(an_update())
    assert "5678" not in content_of(with_one)


def test_the_content_of_an_update_stays_what_it_is() -> None:
    told = an_update(
        State.SUPPLEMENT,
        note="Thiếu tờ khai",
        supplement=Supplement(("Tờ khai",), until=date(2026, 12, 4)),
        payments=(Payment("Lệ phí", 0, paid=False),),
    )
    assert content_of(told) == (
        '{"at":"2026-11-16T01:30:00+00:00","code":"H17.15-261116-0012","note":"Thiếu tờ khai",'
        '"payments":[{"amount":0,"name":"Lệ phí","paid":false}],"state":5,'
        '"supplement":{"papers":["Tờ khai"],"until":"2026-12-04"}}'
    )
    assert digest_of(content_of(told)) == "49b78f1770e102c1e9afcbb5e60a2cf3"
    assert place(told) == "2026-11-16T01:30:00.000000Z|05|49b78f1770e102c1e9afcbb5e60a2cf3"


def test_half_a_character_does_not_stop_anything() -> None:
    assert "?" in content_of(an_update(note="\ud83d"))


@given(updates, updates)
def test_places_sort_by_moment_then_state(one: DossierUpdate, other: DossierUpdate) -> None:
    if (one.at, one.state) < (other.at, other.state):
        assert place(one) < place(other)


def test_a_dossier_without_updates_stands_nowhere() -> None:
    with pytest.raises(ValueError, match="without updates"):
        fold([])


def test_a_state_lasts_since_it_was_told_first() -> None:
    told = [
        an_update(State.PROCESSING, hours=1),
        an_update(State.PROCESSING, hours=2, note="Chờ ký"),
        an_update(State.ACCEPTED),
    ]
    status = fold(told)
    assert (status.changed_at, status.as_of) == (later(1), later(2))


def test_a_state_that_comes_back_begins_anew() -> None:
    told = [
        an_update(State.PROCESSING, hours=1),
        an_update(State.SUPPLEMENT, hours=2),
        an_update(State.SUPPLEMENT, hours=3),
        an_update(State.PROCESSING, hours=4),
        an_update(State.SUPPLEMENT, hours=5),
    ]
    status = fold(told)
    assert status.changed_at == later(5)
    assert status.stays == (Stay(later(2), later(4)), Stay(later(5)))


def test_of_one_demand_the_newest_of_each_thing_is_asked_and_of_an_earlier_one_nothing() -> None:
    told = [
        an_update(State.SUPPLEMENT, supplement=Supplement(("Giấy khai sinh",))),
        an_update(State.PROCESSING, hours=1),
        an_update(State.SUPPLEMENT, hours=2, supplement=Supplement(("Tờ khai",))),
        an_update(State.SUPPLEMENT, hours=3, supplement=Supplement(note="Bản chụp mờ")),
        an_update(State.SUPPLEMENT, hours=4),
    ]
    assert fold(told[:2]).supplement is None
    assert fold(told).supplement == Supplement(("Tờ khai",), "Bản chụp mờ")
    assert fold([told[0], told[1], told[4]]).supplement is None


def test_steps_that_repeat_the_one_before_are_told_once() -> None:
    ward = "UBND phường Ngô Quyền"
    told = [
        an_update(State.ACCEPTED, unit=ward, note="Đã nhận"),
        an_update(State.ACCEPTED, hours=1),
        an_update(State.ACCEPTED, hours=2, unit=ward, note="Đã nhận", collect="Tại một cửa"),
        an_update(State.ACCEPTED, hours=3, note="Đã chuyển"),
        an_update(State.PROCESSING, hours=4, note="Đã chuyển"),
    ]
    assert fold(told).history == (
        Step(MONDAY, State.ACCEPTED, ward, "Đã nhận"),
        Step(later(3), State.ACCEPTED, "", "Đã chuyển"),
        Step(later(4), State.PROCESSING, "", "Đã chuyển"),
    )


def test_a_history_without_end_is_told_from_its_newest_steps() -> None:
    states = itertools.cycle([State.ACCEPTED, State.PROCESSING])
    told = [an_update(next(states), hours=number) for number in range(MOST_STEPS + 9)]
    history = fold(told).history
    assert len(history) == MOST_STEPS
    assert history[-1].at == told[-1].at


def test_the_last_day_of_a_supplement_ends_at_midnight_in_vietnam() -> None:
    asked = begin(an_update(State.SUPPLEMENT, supplement=Supplement(until=date(2026, 12, 4))))
    assert lapses_at(asked) == datetime(2026, 12, 5, tzinfo=VIETNAM).timestamp()
    assert lapses_at(begin(an_update(State.SUPPLEMENT))) is None
    far = begin(an_update(State.SUPPLEMENT, supplement=Supplement(until=date.max)))
    assert lapses_at(far) is not None


DUE = later(24 * 9)


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, "no"),
        ({"state": State.DONE}, "yes"),
        ({"due_at": DUE + timedelta(days=1)}, "yes"),
        ({"due_at": DUE + timedelta(hours=1)}, "no"),
        ({"unit": "Chi cục Thuế"}, "no"),
        ({"payments": (Payment("Phí", 9, paid=False),)}, "no"),
    ],
)
def test_followers_hear_what_concerns_them(changes: dict[str, object], is_told: str) -> None:
    before = begin(an_update(due_at=DUE))
    after = dataclasses.replace(before, **changes)  # type: ignore[arg-type]
    assert is_news(before, after) is (is_told == "yes")
    assert is_news(None, after)


def test_a_new_day_means_nothing_when_the_office_has_decided() -> None:
    before = begin(an_update(State.DONE, due_at=DUE))
    assert not is_news(before, dataclasses.replace(before, due_at=DUE + timedelta(days=9)))


def test_another_last_day_for_the_same_papers_is_told() -> None:
    papers = Supplement(("Tờ khai",), until=date(2026, 12, 4))
    before = begin(an_update(State.SUPPLEMENT, supplement=papers))
    longer = dataclasses.replace(papers, until=date(2026, 12, 11))
    asked = dataclasses.replace(papers, asked_at=later(5))
    assert is_news(before, dataclasses.replace(before, supplement=longer))
    assert not is_news(before, dataclasses.replace(before, supplement=asked))
