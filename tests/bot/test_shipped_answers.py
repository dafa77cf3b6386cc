"""Every answer about every procedure that ships, in every field, short and in full."""

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from bot.deciding.decisions import Answer
from bot.messages import FactList, Paragraph, Reply
from bot.parse import AskedField
from bot.rendering import render, render_plain
from knowledge.content import load_procedures
from knowledge.procedure import FeeStatus, Procedure
from tests.support.desks import a_desk

PROCEDURES = load_procedures()
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


def replies(procedure: Procedure) -> Iterator[Reply]:
    for field in AskedField:
        for detail in (False, True):
            decision = Answer(procedure, (field,), detail=detail)
            yield render(decision, a_desk())


def numbers(text: str) -> set[str]:
    return {number.lstrip("0") or "0" for number in _NUMBER.findall(text)}


def of_the_record(procedure: Procedure) -> set[str]:
    """Return the numbers of the record, its sums and dates as they are written in Vietnam."""
    sums = [amount.value for method in procedure.methods for amount in method.fee.amounts]
    grouped = " ".join(f"{value:,}".replace(",", ".") for value in sums)
    isos = re.findall(r"\d{4}-\d{2}(?:-\d{2})?", repr(asdict(procedure)))
    dates = " ".join("/".join(str(int(part)) for part in reversed(iso.split("-"))) for iso in isos)
    counted = max(30, sum(len(one.papers) for one in procedure.circumstances))
    return numbers(f"{asdict(procedure)!r} {grouped} {dates}") | {str(n) for n in range(counted)}


def told(reply: Reply) -> Iterator[str]:
    for block in reply.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        if isinstance(block, FactList):
            yield block.title
            yield from block.items


def test_there_are_sixty_procedures_to_answer_about() -> None:
    assert len(PROCEDURES) >= 60


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.code)
def test_every_number_is_of_the_record_and_free_is_said_of_free_fees_only(
    procedure: Procedure,
) -> None:
    known = of_the_record(procedure)
    may_be_free = "miễn phí" in repr(asdict(procedure)).lower() or any(
        method.fee.status is FeeStatus.FREE for method in procedure.methods
    )
    for reply in replies(procedure):
        text = render_plain(reply)
        shown = re.sub(r"https?://\S+|^\d+\. ", "", text, flags=re.MULTILINE)
        assert numbers(shown) <= known, text
        assert may_be_free or "miễn phí" not in text.lower()


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.code)
def test_no_line_is_ragged(procedure: Procedure) -> None:
    ragged = re.compile(
        r"^[-+•a-zđ] ?[).]|^bước \d|[.,;:]{2}(?!\.)|\s[,;:]|\(\)|mẫu mẫu|^\s|\s$", re.IGNORECASE
    )
    lines = [line for reply in replies(procedure) for line in told(reply)]

    assert lines
    assert [line for line in lines if ragged.search(line)] == []
