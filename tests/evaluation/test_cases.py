"""Which slices of the table a message counts in."""

import pytest

from tests.evaluation.cases import SLICES, Case

LONG = "chuyện là " * 13


@pytest.mark.parametrize(
    ("case", "slices"),
    [
        (Case("1", "x", ("đăng ký tạm trú",)), {"accented"}),
        (Case("1", "x", ("dang ky tam tru",)), {"unaccented"}),
        (Case("1", "x", ("cho toi hoi dang ký tam trú",)), {"half"}),
        (Case("1", "x", ("gplx hết hạn",)), {"accented"}),
        (Case("1", "x", (LONG,)), {"accented", "long"}),
        (Case("1", "x", ("tạm trú", "bao lâu")), {"accented", "follow_up"}),
        (
            Case("1", "x", ("phí và hạn?",), asked=(frozenset({"fee", "time"}),)),
            {"accented", "two_questions"},
        ),
        (Case("1", "x", ("chào",), intents=frozenset({"greet"})), {"accented", "system"}),
        (Case("1", "x", ("mưa không",), codes=frozenset()), {"accented", "out_of_scope"}),
        (
            Case("1", "x", ("mở phòng khám",), frozenset({"ask_procedure"}), codes=frozenset()),
            {"accented", "no_record"},
        ),
        (
            Case("1", "x", ("tam trú k",), tags=frozenset({"half", "teencode"})),
            {"half", "teencode", "typed"},
        ),
    ],
)
def test_a_message_counts_in_its_slices(case: Case, slices: set[str]) -> None:
    assert case.slices == slices
    assert slices <= SLICES.keys()
