"""What is kept of dossiers comes back as it was, and what cannot be read is said without it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store.dossiers.codec import dump_status, dump_update, load_status, load_update
from bot.dossiers.folding import content_of, fold
from bot.dossiers.status import DossierUpdate, State
from bot.errors import StoreUnavailable
from tests.support.dossier_updates import CODE, MONDAY, updates


@given(updates)
def test_an_update_comes_back_without_its_factors(update: DossierUpdate) -> None:
    back = load_update(dump_update(update))
    assert back == update
    assert not back.factors
    assert content_of(back) == content_of(update)


@given(st.lists(updates, min_size=1, max_size=6))
def test_a_status_comes_back_without_its_history(told: list[DossierUpdate]) -> None:
    status = fold(told)
    assert load_status(dump_status(status)) == dataclasses.replace(status, history=())


def test_what_says_nothing_takes_no_place() -> None:
    text = dump_status(fold([DossierUpdate(CODE, MONDAY, State.PROCESSING)]))
    assert text == (
        '{"as_of":"2026-11-16T01:30:00+00:00","changed_at":"2026-11-16T01:30:00+00:00",'
        '"code":"H17.15-261116-0012","state":4}'
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"code":"bí mật","state":11}', "\x00"])
def test_what_cannot_be_read_is_said_without_showing_it(text: str) -> None:
    for load in (load_update, load_status):
        with pytest.raises(StoreUnavailable) as caught:
            load(text)
        assert "bí mật" not in str(caught.value)
        assert caught.value.__suppress_context__


def test_fields_of_a_later_version_are_passed_over() -> None:
    text = dump_update(DossierUpdate(CODE, MONDAY, State.PROCESSING))
    assert load_update(f'{text[:-1]},"later":{{"x":1}}}}').code == CODE
