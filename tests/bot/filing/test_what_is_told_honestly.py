"""What a list leaves open, and what it leaves out, is said."""

from dataclasses import replace

import pytest

from bot.deciding.filing_decisions import TellList
from bot.deciding.form_found import answer_value
from bot.messages import Checklist
from bot.rendering import render, render_plain
from bot.rendering.filing.facts import MOST_CONDITIONS
from knowledge.content import load_procedures
from knowledge.tables import UNSURE
from tests.support.desks import a_desk
from tests.support.filing_chat import FilingChat, outcome, shipped
from tests.support.filing_replies import a_shown, a_view

KEPT = "Giấy nào có thể cần tôi đều kể"


def unexplained() -> list[tuple[str, str]]:
    """Tables that ship, each with its first question, where that has nothing to explain it."""
    tables = [table for one in load_procedures() if (table := shipped().table(one.code))]
    return [(one.code, one.questions[0].key) for one in tables if not one.questions[0].explain]


def test_who_is_not_sure_hears_that_no_paper_falls_away_by_it() -> None:
    tried = unexplained()[:6]
    assert tried
    for code, question in tried:
        chat = FilingChat()
        chat.follows(f"file:{code}")
        assert KEPT not in render_plain(chat.last)
        reply = chat.follows(answer_value(code, question, UNSURE))
        assert KEPT in render_plain(reply), (code, outcome(reply))
        assert KEPT not in render_plain(chat.follows(f"form:{code}:go"))


def test_the_last_question_not_sure_of_says_it_with_the_list() -> None:
    told = []
    for code, _ in unexplained()[:6]:
        chat = FilingChat()
        chat.follows(f"file:{code}")
        last = chat.last
        while not any(isinstance(block, Checklist) for block in chat.last.blocks):
            last = chat.last
            value = next(one.value for one in last.buttons if one.value.endswith(f"={UNSURE}"))
            chat.follows(value)
        explained = "Vẫn chưa chắc" in render_plain(last)
        assert (KEPT in render_plain(chat.last)) is not explained, code
        told.append(explained)
    assert not all(told)


@pytest.mark.parametrize("many", [9, MOST_CONDITIONS, MOST_CONDITIONS + 5])
def test_every_condition_is_told_or_how_many_are_left_and_where(many: int) -> None:
    view = a_view()
    texts = tuple(f"Điều kiện thứ {number} phải có" for number in range(1, many + 1))
    view = replace(view, procedure=replace(view.procedure, conditions=texts))
    reply = render(TellList(a_shown(view), (), first=True), a_desk())
    text = render_plain(reply)
    assert all(one in text for one in texts[:MOST_CONDITIONS])
    left = max(0, many - MOST_CONDITIONS)
    assert (f"Còn {left} điều kiện nữa" in text) is (left > 0)
    assert reply.sources[0].url
