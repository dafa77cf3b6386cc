"""Two changes of one filing, made at once: neither undoes the other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.filings.merging import merged
from bot.filings.state import Filing, FilingStage, Milestone
from knowledge.procedure import FilingChannel

KEYS = ("0a1b2c3d", "11223344", "55667788", "99aabbcc")
BASE = Filing("1.001193", answers=(("nop", "mang"),), ticked=("11223344",), version=3)


def test_a_tick_on_the_page_and_another_in_the_chat_are_both_kept() -> None:
    chat = replace(BASE, ticked=("11223344", "55667788"))
    page = replace(BASE, ticked=("0a1b2c3d", "11223344"))
    assert merged(chat, page, BASE).ticked == ("0a1b2c3d", "11223344", "55667788")


def test_a_tick_that_was_taken_away_does_not_come_back() -> None:
    chat = replace(BASE, ticked=("11223344", "55667788"))
    page = replace(BASE, ticked=())
    assert merged(chat, page, BASE).ticked == ("55667788",)
    assert merged(page, chat, BASE).ticked == ("55667788",)


def test_answers_that_only_one_side_changed_are_hers() -> None:
    chat = replace(BASE, answers=(("nop", "quay"),), way=FilingChannel.COUNTER)
    page = replace(BASE, ticked=KEYS)
    for mine, theirs in ((chat, page), (page, chat)):
        both = merged(mine, theirs, BASE)
        assert (both.answers, both.way, both.ticked) == (chat.answers, chat.way, KEYS)


def test_of_two_places_in_the_steps_the_later_one_counts() -> None:
    one = replace(BASE, stage=FilingStage.STEPS, step="dang-nhap")
    other = replace(BASE, stage=FilingStage.FILED)
    both = merged(one, other, BASE)
    assert (both.stage, both.step) == (FilingStage.STEPS, "dang-nhap")


def test_what_was_counted_stays_counted_on_both_sides() -> None:
    one = replace(BASE, reached=(Milestone.GUIDED, Milestone.FILED))
    other = replace(BASE, reached=(Milestone.GUIDED, Milestone.STEPPED))
    assert set(merged(one, other, None).reached) == {
        Milestone.GUIDED,
        Milestone.STEPPED,
        Milestone.FILED,
    }


def test_where_nobody_knows_what_it_was_made_from_the_newer_one_stays() -> None:
    old, newer = replace(BASE, ticked=KEYS), replace(BASE, ticked=(), version=9)
    assert merged(old, newer, None) == newer


TICKS = st.sets(st.sampled_from(KEYS)).map(lambda keys: tuple(sorted(keys)))


@given(TICKS, TICKS, TICKS)
def test_every_paper_is_as_whoever_changed_it_left_it(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    one, other, before = (replace(BASE, ticked=keys) for keys in (mine, theirs, base))
    both = merged(one, other, before)
    assert both == merged(other, one, before)
    for key in KEYS:
        sides = {key in mine, key in theirs}
        wanted = key not in base if len(sides) > 1 else key in mine
        assert (key in both.ticked) is wanted
