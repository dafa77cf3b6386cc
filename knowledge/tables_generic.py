"""The form of a record for which nobody wrote a table: derived from its cases and conditions.

Titles of national records are of four kinds, told apart by how they begin. A heading ("Giấy tờ
phải nộp") is for everybody. Alternatives ("Trường hợp cấp lại") are one choice. What comes on top
of any of them ("Trường hợp ủy quyền") is asked by itself. Anything else is left open: shown with
its title, decided by nobody. So a wrong guess may ask too much, but hides no paper unasked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from knowledge.personal import content_of, personal_list
from knowledge.procedure import Circumstance, Procedure
from knowledge.tables import ALWAYS, Condition, Option, Question, Rule, Table
from knowledge.tables_proof import prove
from knowledge.text import fold

MAX_ASKED = 6
"""More questions than this are no short form."""
MAX_ALTERNATIVES = 7
"""As many as letters. With "none of them" eight buttons, as in a table that somebody wrote."""
LONGEST_TITLE = 240
"""A longer title is no answer to a question: it stays open. Three lines on a telephone."""
LONGEST_LABEL = 40

CASE = "truong-hop"
NONE, YES, NO = "khong-co", "co", "khong"

# The words of derived forms. They stand here since they are asked of no particular record.
_WHICH = "Trường hợp nào đúng với bạn?"
_IS_IT = "Bạn có thuộc trường hợp này không?"
_IS_IT_SO = "Điều này có đúng với bạn không?"
_LETTERED = "Trường hợp {}"
_LETTERS = "ABCDEFG"
_NONE_OF_THEM = Option(NONE, "Không thuộc trường hợp nào")
_YES_OR_NO = (Option(YES, "Có"), Option(NO, "Không"))

_SIGN = r"(?:\W|\d+(?:\.\d+)*\b|[ivx]{1,4}\b(?=[).])|[a-zđ](?:\.\d+)*(?=[).]))*"
_HEADING = re.compile(
    _SIGN
    + r"(?:thanh phan|so luong|cac|nhung|va|ho so|giay to|loai|tai lieu|can|phai|nop|xuat trinh"
    r"|ke khai|bao|gom|co|sau|day|nhu|sau day|theo|quy dinh|chung|hoac|gui|ban|chinh|sao|goc|thuc"
    r"|duoc|tu|dien|kem|de|luu|giu|doi|chieu|kiem|tra|cua|gia tri phap ly|cap tu so goc|cang vu"
    r"|(?:tai )?co quan dang ky phuong tien|\W)+"
)
"""How papers are handed in ("xuất trình bản chính", "nộp để lưu giữ") is no circumstance either."""

_ON_TOP = re.compile(
    r"\buy quyen\b|\b(?:nguoi khac|nguoi dai dien) (?:di |nop |lam )?(?:thay|ho)\b"
    r"|\bmoi truong dien tu\b|\btruc tuyen\b|\bqua mang\b|\bbuu (?:chinh|dien)\b"
    r"|\bmien (?:giam|le phi)\b"
)
_ALTERNATIVE = re.compile(
    _SIGN
    + r"(?:truong hop|doi voi|neu|khi|(?:ho so |ve )?(?:cap|gia han|dieu chinh|dang ky|de nghi)"
    r"|ho so (?:doi voi|khai|thanh lap|mien thue)|hoan thue|thong bao|khai)\b"
)
_UNKNOWABLE = re.compile(
    r"(?:chi )?(?:khi |neu |truong hop |trong truong hop )?"
    r"(?:du lieu|co so du lieu|co quan|can bo|he thong|cong an (?:xa )?(?:khong|chua)|xa khong"
    r"|xa chua|(?:khong|chua) (?:tra|khai thac))\b"
)
"""Whether the agency finds something in its data is for the agency to say."""
_VAGUE = re.compile(
    r"(?:neu )?(?:ban )?(?:da |con )?(?:co|giu)(?: san)?|(?:neu|khi) (?:can|duoc yeu cau)\b.*"
    r"|(?:tuy|tru|theo yeu cau|phap luat|luat)\b.*|.*\b(?:noi|neu) tren|giay con gia tri"
)
"""Conditions that ask nothing by themselves: "nếu có", "tùy trường hợp", "trừ bằng hạng A1"."""


_SPEAKABLE = re.compile(r"(?:Bạn|Nộp|Nhờ|Xin|Ủy quyền|Từng|Chưa có) [^.;:,?]{3,60}")
"""Own words that become a question when "bạn" stands before them."""


class _Kind(Enum):
    HEADING = auto()
    ALTERNATIVE = auto()
    ON_TOP = auto()
    OPEN = auto()


@dataclass(slots=True)
class _Form:
    """A form while it grows."""

    questions: list[Question] = field(default_factory=list)
    cases: dict[str, Condition] = field(default_factory=dict)
    whens: dict[str, Condition] = field(default_factory=dict)


def derive(procedure: Procedure) -> Table | None:
    """Return the form of a record; None: it has nothing to ask, every citizen brings the same."""
    if procedure.suspect or not any(one.papers for one in procedure.circumstances):
        return None
    form = _Form()
    _ask_cases(form, procedure)
    _ask_whens(form, procedure)
    if not form.questions:
        return None
    table = Table(
        procedure.code,
        tuple(form.questions),
        cases=tuple(Rule(text, condition) for text, condition in form.cases.items()),
        whens=tuple(Rule(text, condition) for text, condition in form.whens.items()),
        generic=True,
    )
    return _without_idle(procedure, table)


def unasked(procedure: Procedure) -> Table:
    """Return what places the papers of a record without questions: headings are for everybody."""
    form = _Form()
    _ask_cases(form, procedure)
    if form.questions:
        return Table(procedure.code, ())
    rules = tuple(Rule(text, condition) for text, condition in form.cases.items())
    return Table(procedure.code, (), cases=rules)


def _without_idle(procedure: Procedure, table: Table) -> Table | None:
    """Take the questions out whose answers all lead to the same: cases may repeat each other."""
    idle = {answer.partition(" ")[0] for answer in prove(procedure, table, personal_list).in_vain()}
    question = next((one for one in table.questions if one.key in idle), None)
    if question is None:
        return table if table.questions else None
    key, answer = question.key, question.options[0].key
    left = replace(
        table,
        questions=tuple(
            replace(one, only_if=one.only_if.given(key, answer))
            for one in table.questions
            if one is not question
        ),
        cases=tuple(Rule(one.text, one.condition.given(key, answer)) for one in table.cases),
        whens=tuple(Rule(one.text, one.condition.given(key, answer)) for one in table.whens),
    )
    return _without_idle(procedure, left)


def _ask_cases(form: _Form, procedure: Procedure) -> None:
    titled = [one for one in procedure.circumstances if one.title]
    alone = len(procedure.circumstances) == 1
    kinds = {one.title: _Kind.HEADING if alone else _kind(one, procedure) for one in titled}
    form.cases |= {title: ALWAYS for title, kind in kinds.items() if kind is _Kind.HEADING}
    everybody = [one for one in procedure.circumstances if not one.title or one.title in form.cases]
    alternatives = [one for one in titled if kinds[one.title] is _Kind.ALTERNATIVE]
    if 1 < len(alternatives) <= MAX_ALTERNATIVES:
        _choose(form, alternatives, everybody)
    alone_asked = {_Kind.ON_TOP, _Kind.ALTERNATIVE} if len(alternatives) == 1 else {_Kind.ON_TOP}
    for one in titled:
        if kinds[one.title] in alone_asked and len(form.questions) < MAX_ASKED:
            _ask_whether(form, one, everybody)


def _ask_whether(form: _Form, one: Circumstance, everybody: Sequence[Circumstance]) -> None:
    if _adds(one, everybody):
        _ask(form, _IS_IT, one.title, ALWAYS, form.cases)


def _kind(one: Circumstance, procedure: Procedure) -> _Kind:
    plain = fold(one.title)
    if len(one.title) > LONGEST_TITLE:
        return _Kind.OPEN
    common = any(not one.title and one.papers for one in procedure.circumstances)
    if _ON_TOP.search(plain) and (common or not procedure.ours):
        return _Kind.ON_TOP
    if procedure.ours:
        return _Kind.ALTERNATIVE
    if _HEADING.fullmatch(plain):
        return _Kind.HEADING
    return _Kind.ALTERNATIVE if _ALTERNATIVE.match(plain) else _Kind.OPEN


def _choose(
    form: _Form, alternatives: Sequence[Circumstance], everybody: Sequence[Circumstance]
) -> None:
    """Ask which alternative it is; those that ask for the same papers are all for everybody."""
    offers_none = any(one.papers for one in everybody)
    if len({_content(one) for one in alternatives}) == 1 and not offers_none:
        form.cases |= dict.fromkeys((one.title for one in alternatives), ALWAYS)
        return
    if not any(_adds(one, everybody) for one in alternatives):
        return
    fit = all(len(one.title) <= LONGEST_LABEL and one.title[0].isalpha() for one in alternatives)
    options = [
        Option(f"{CASE}-{number}", one.title)
        if fit
        else Option(f"{CASE}-{number}", _LETTERED.format(_LETTERS[number - 1]), one.title)
        for number, one in enumerate(alternatives, start=1)
    ]
    for option, one in zip(options, alternatives, strict=True):
        form.cases[one.title] = _answered(CASE, option.key)
    if offers_none:
        options.append(_NONE_OF_THEM)
    form.questions.append(Question(CASE, _WHICH, tuple(options)))


def _ask_whens(form: _Form, procedure: Procedure) -> None:
    """Ask each `when` that a citizen can answer, where a case with it applies."""
    for when in dict.fromkeys(_whens(procedure.circumstances)):
        if _UNKNOWABLE.match(fold(when)) or _VAGUE.fullmatch(fold(when)):
            continue
        holders = [
            one for one in procedure.circumstances if any(p.when == when for p in one.papers)
        ]
        conditions = [ALWAYS if not one.title else form.cases.get(one.title) for one in holders]
        only_if = _any_of(conditions)
        if any(conditions) and len(form.questions) < MAX_ASKED:
            _ask(form, _IS_IT_SO, when, only_if, form.whens)


def _whens(circumstances: Iterable[Circumstance]) -> Iterator[str]:
    return (paper.when for one in circumstances for paper in one.papers if paper.when)


def _any_of(conditions: Sequence[Condition | None]) -> Condition:
    """Return when one of the cases may apply; an open one always may."""
    if None in conditions or ALWAYS in conditions:
        return ALWAYS
    return Condition(tuple(every for one in conditions if one for every in one.any_of))


def _ask(
    form: _Form, text: str, about: str, only_if: Condition, rules: dict[str, Condition]
) -> None:
    key = f"c{len(form.questions) + 1}"
    spoken = _spoken(about)
    form.questions.append(
        Question(key, spoken or text, _YES_OR_NO, only_if, "" if spoken else about)
    )
    rules[about] = _answered(key, YES)


def _spoken(about: str) -> str:
    """Return a condition as a question of its own; "" where it must be quoted.

    >>> _spoken("Nộp tại quầy"), _spoken("Bạn là người nước ngoài"), _spoken("Đất nông nghiệp")
    ('Bạn nộp tại quầy, đúng không?', 'Bạn là người nước ngoài, đúng không?', '')
    """
    if not _SPEAKABLE.fullmatch(about):
        return ""
    said = about if about.startswith("Bạn ") else f"Bạn {about[:1].lower()}{about[1:]}"
    return f"{said}, đúng không?"


def _answered(question: str, answer: str) -> Condition:
    return Condition((((question, (answer,)),),))


def _adds(one: Circumstance, everybody: Sequence[Circumstance]) -> bool:
    """Tell whether a case brings a paper or a note that not everybody has."""
    papers = {content_of(paper) for common in everybody for paper in common.papers}
    notes = {note for common in everybody for note in common.notes}
    return any(content_of(paper) not in papers for paper in one.papers) or bool(
        set(one.notes) - notes
    )


def _content(one: Circumstance) -> tuple[object, ...]:
    return (tuple((content_of(paper), paper.when) for paper in one.papers), one.notes)
