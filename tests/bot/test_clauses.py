"""Several things in one message: where a clause ends, and what is asked in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.clauses import clauses_of, covers, shared
from bot.parse import AskedField, Entity, Parse
from tests.support.builders import a_procedure

FEE, TIME, PAPERS = AskedField.FEE, AskedField.TIME, AskedField.DOCUMENTS


def _said(text: str, **asked: str) -> Parse:
    entities = tuple(
        Entity("asked", text.index(words), text.index(words) + len(words), words, field, 0.9)
        for field, words in asked.items()
    )
    return Parse(text, "ask_procedure", 0.9, tuple(sorted(entities, key=lambda one: one.start)))


@pytest.mark.parametrize(
    ("parse", "clauses"),
    [
        (
            _said(
                "làm hộ chiếu hết bao nhiêu, còn đổi bằng lái mấy ngày",
                fee="hết bao nhiêu",
                time="mấy ngày",
            ),
            [("làm hộ chiếu", (FEE,)), ("đổi bằng lái", (TIME,))],
        ),
        (
            _said(
                "lam ho chieu het bao nhieu con doi bang lai may ngay",
                fee="het bao nhieu con",
                time="may ngay",
            ),
            [("lam ho chieu", (FEE,)), ("doi bang lai", (TIME,))],
        ),
        (
            _said("đăng ký tạm trú cần gì, mất bao lâu", documents="cần gì", time="mất bao lâu"),
            [("đăng ký tạm trú", (PAPERS, TIME))],
        ),
        (
            _said("chứng thực bản sao và chữ ký hết bao nhiêu", fee="hết bao nhiêu"),
            [("chứng thực bản sao", ()), ("chứng thực chữ ký", (FEE,))],
        ),
        (
            _said("lệ phí bao nhiêu nếu khai tử rồi xoá thường trú", fee="lệ phí bao nhiêu"),
            [("nếu khai tử", (FEE,)), ("xoá thường trú", ())],
        ),
        (_said("đăng ký kết hôn với người Nhật"), [("đăng ký kết hôn với người Nhật", ())]),
        (_said("xin chào ạ"), []),
    ],
)
def test_a_clause_has_its_own_asking_words(
    parse: Parse, clauses: list[tuple[str, tuple[AskedField, ...]]]
) -> None:
    assert [(one.words, one.asked) for one in clauses_of(parse)] == clauses


def test_one_official_name_may_hold_all_clauses() -> None:
    parse = _said("khai sinh kết hợp nhận cha, giám hộ")
    both = a_procedure("Đăng ký khai sinh kết hợp đăng ký nhận cha, giám hộ")

    assert len(clauses_of(parse)) == 2
    assert covers(both, clauses_of(parse))
    assert not covers(a_procedure("Đăng ký khai sinh"), clauses_of(parse))


def test_one_clause_that_asks_asks_for_all() -> None:
    assert shared([(), (FEE,)]) == ((), ())
    assert shared([(PAPERS,), (FEE,)]) == ((PAPERS,), (FEE,))
    assert shared([(), (PAPERS,), (FEE,)]) == ((PAPERS,), (PAPERS,), (FEE,))
    assert shared([(PAPERS,), (FEE,), ()]) == ((PAPERS,), (FEE,), (FEE,))


@given(st.text(alphabet="aăbcđeêgiklmnoơ ,;?và", max_size=60))
def test_clauses_hold_nothing_that_was_not_said(text: str) -> None:
    said = set(text.split())

    for clause in clauses_of(Parse(text, "ask_procedure", 0.9)):
        assert {word.strip(",;?") for word in clause.words.split()} <= {
            part for word in said for part in word.replace(";", ",").replace("?", ",").split(",")
        }
