"""Papers that an agency reads from a database: told at the paper they stand for, else in a list.

A paper that stands in the list and also among those that need not be handed in would be puzzling.
"""

import re
from collections.abc import Iterator
from typing import Final

from bot.guide.filing import FilingView, ListedPaper
from bot.messages import FactList
from bot.rendering.desk import Desk
from bot.rendering.papers import in_case
from bot.rendering.validity import in_force
from bot.rendering.wording import date
from knowledge.procedure import Paper, ReplacedPaper
from knowledge.text import fold

_ANY_PAPER: Final = frozenset(
    re.findall(
        r"\w+", "giấy tờ thẻ bản sao chính chụp trích lục chứng minh nhận của mình có thực văn"
    )
)
"""Words that are in the names of most papers, and tell no two apart."""

_HERS: Final = re.compile(
    r"tờ khai|đơn|phiếu|bản khai|cam đoan|cam kết|ủy quyền|uỷ quyền|đề nghị|biên bản|thỏa thuận|"
    r"hợp đồng|danh sách|ảnh cỡ",
    re.IGNORECASE,
)
"""What a citizen writes herself: no database has it, whatever it is about."""

_TELLING: Final = 2
"""One word alone is in other names too: "tử" in "điện tử"."""


def replaced_notes(desk: Desk, view: FilingView, one: ListedPaper) -> tuple[str, ...]:
    """Return what of a listed paper an agency may read itself, a sentence each."""
    return tuple(
        desk.book.say(
            "filing_list.replaced_here",
            paper=in_case(desk.book, view.procedure, gone),
            database=gone.database,
            resolution=gone.resolution,
            start=date(gone.valid_from),
            end=date(gone.valid_to),
        )
        for gone in _of_hers(desk, view)
        if _listed_as(view, gone) == one
    )


def replaced_beside(desk: Desk, view: FilingView) -> tuple[FactList, ...]:
    """Return those that no paper of the list stands for, what her answers speak of first."""
    others = [gone for gone in _of_hers(desk, view) if _listed_as(view, gone) is None]
    others.sort(key=lambda gone: -_nearness(view, gone))
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for gone in others:
        kind = (gone.database, gone.resolution, gone.valid_from, gone.valid_to)
        alike.setdefault(kind, []).append(in_case(desk.book, view.procedure, gone))
    lines = tuple(
        desk.book.say(
            "papers.replaced",
            paper="; ".join(dict.fromkeys(papers)),
            database=database,
            resolution=resolution,
            start=date(start),
            end=date(end),
        )
        for (database, resolution, start, end), papers in alike.items()
    )
    return (FactList(desk.book.say("papers.replaced_title"), lines),) if lines else ()


def _of_hers(desk: Desk, view: FilingView) -> Iterator[ReplacedPaper]:
    """Yield those in force, but for a case that surely is not hers; who can tell keeps them."""
    given = dict(view.filing.answers)
    cases = view.table.cases if view.table else ()
    not_hers = {fold(one.text) for one in cases if not one.condition.may_hold(given)}
    for gone in view.procedure.replaced_papers:
        if in_force(gone, desk.today) and fold(gone.case or " ") not in not_hers:
            yield gone


def _listed_as(view: FilingView, gone: ReplacedPaper) -> ListedPaper | None:
    """Return the listed paper that names it with the fewest other words; None: none does."""
    naming = (one for one in view.listed if _names(one.paper, gone.paper))
    return min(naming, key=lambda one: len(_words(one.paper.name)), default=None)


def _names(paper: Paper, gone: str) -> bool:
    """Tell whether a paper's name says all of another, beside what is in any name."""
    if paper.form or _HERS.search(paper.name):
        return False
    wanted = _words(gone)
    if len(wanted) < _TELLING:
        return gone.lower() in paper.name.lower()
    return wanted <= _words(paper.name)


def _nearness(view: FilingView, gone: ReplacedPaper) -> int:
    """Count the words that it shares with her answers: it is only put in order by them."""
    labels = [
        option.told or option.label
        for question in (view.table.questions if view.table else ())
        for option in question.options
        if dict(view.filing.answers).get(question.key) == option.key
    ]
    said = {word for label in labels for word in _words(label)}
    return len(said & _words(f"{gone.paper} {gone.case}"))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower())) - _ANY_PAPER
