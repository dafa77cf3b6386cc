"""Step two of the road: what the library holds for a message, gathered before deciding."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.deciding.act_values import Act, PressedExample, read_act, read_example
from bot.deciding.candidates import Mentions, others, search
from bot.deciding.decisions import Unread
from bot.deciding.dossier_found import DossierSaid, Scene
from bot.deciding.dossier_values import DOSSIER_ACT_MARK, read_dossier_act
from bot.deciding.faq_found import FAQ_MARK, FoundFaq, PressedFaq, find_faqs, known_faqs
from bot.deciding.filing_found import FilingScene, filing_scene
from bot.deciding.filing_values import (
    FILING_MARK,
    SLIP_MARK,
    OpenedSlip,
    PressedFiling,
    read_filing,
)
from bot.deciding.form_found import (
    FORM_MARK,
    FoundForm,
    PressedForm,
    TableOf,
    no_table,
    read_form_press,
)
from bot.deciding.place_found import PLACE_MARK, GazetteerOf, PressedPlace, no_gazetteer
from bot.deciding.service_decisions import ServicesAsked
from bot.deciding.service_found import ServicesOf, no_services, read_services
from bot.dialogue import Dialogue
from bot.dossiers.codes import normal_form
from bot.parse import AskedField, Parse
from bot.ports import Library, Profile
from knowledge.procedure import Procedure
from knowledge.province import Office
from knowledge.siblings import Siblings

_PRESS = re.compile(r"(ask|more|which|list):([\w.\-]{1,24})(?::([a-z_,]+))?")
_FIELDS = frozenset(field.value for field in AskedField)
NONE_VALUE = "none"
"""The value of the button "none of them"."""

_DOSSIER = "dossier:"
"""A button that confirms a dossier code begins so; nothing behind it: none of the codes."""

_WHICH, _LIST = "which", "list"
"""A button that asks for the case among siblings, one that lists their names."""

MAX_VALUE_BYTES = 64
"""What Telegram carries in a button."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button."""

    code: str
    """Empty: none of the procedures offered."""
    fields: tuple[AskedField, ...]
    """Empty: what the open question was about."""
    detail: bool
    group: str = ""
    """Key of the siblings whose question, or whose names, are wanted."""
    listed: bool = False
    """The names are wanted: the citizen cannot tell her case."""


@dataclass(frozen=True, slots=True)
class PressedCode:
    """A pressed button that confirms how a dossier code was read."""

    code: str
    """Empty: it was read wrongly."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the library holds for one message."""

    mentions: Mentions = ()
    """For each procedure that the message names, what fits it, best first."""
    topic: Procedure | None = None
    offered: tuple[Procedure, ...] = ()
    """The procedures of the open question, in its order; those still known."""
    typed_code: str = ""
    by_code: tuple[Procedure, ...] = ()
    """What the typed code (or the pressed button) means today, or what it replaced."""
    twins: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict)
    """The other levels of the topic, the offered and the typed procedures."""
    ranked: tuple[str, ...] = ()
    """Codes in the order of the search, at most ten."""
    siblings: Siblings = field(default_factory=Siblings)
    """The questions that tell procedures of nearly the same name apart."""
    kin: tuple[Procedure, ...] = ()
    """The procedures behind the cases that are asked for, or whose names are wanted; else the
    siblings of the topic."""
    faqs: tuple[FoundFaq, ...] = ()
    """The general questions that fit the message, best first."""
    faqs_offered: tuple[FoundFaq, ...] = ()
    """The one of the pressed button, else those of the open question, in its order."""
    form: FoundForm | None = None
    """Of the pressed button, else the form in progress."""
    table_of: TableOf = no_table
    gazetteer: GazetteerOf = no_gazetteer
    offices: Sequence[Office] = ()
    """Those of the province's profile."""
    province: str = ""
    """The name of that province."""
    hotline: bool = False
    """It publishes a number to call."""
    scene: Scene = field(default_factory=Scene)
    filings: FilingScene = field(default_factory=FilingScene)
    services_of: ServicesOf = no_services


PressedOfFiling = PressedFiling | OpenedSlip
Pressed = (
    Press | PressedCode | PressedFaq | PressedForm | PressedPlace | ServicesAsked | PressedOfFiling
)
Said = Parse | Pressed | Act | DossierSaid | Unread
"""What a message says: typed words, a pressed button, or nothing that can be read."""


def read_press(value: str) -> Said | PressedExample:
    """Read the value of a button.

    >>> read_press("ask:1.004222:fee")
    Press(code='1.004222', fields=(<AskedField.FEE: 'fee'>,), detail=False, group='', listed=False)
    """
    if value == NONE_VALUE:
        return Press("", (), detail=False)
    if value.startswith((_DOSSIER, FAQ_MARK, FORM_MARK, PLACE_MARK)):
        return _read_other(value)
    if value.startswith(DOSSIER_ACT_MARK):
        return read_dossier_act(value) or Unread.BROKEN_BUTTON
    if value.startswith((FILING_MARK, SLIP_MARK)):
        return read_filing(value) or Unread.BROKEN_BUTTON
    return read_act(value) or read_example(value) or read_services(value) or _read_asking(value)


def _read_asking(value: str) -> Said:
    """Read the value of a button that asks about a procedure or a group of siblings."""
    match = _PRESS.fullmatch(value)
    names = match[3].split(",") if match and match[3] else []
    if match is None or any(name not in _FIELDS for name in names):
        return Unread.BROKEN_BUTTON
    fields = tuple(AskedField(name) for name in names)
    if match[1] in {_WHICH, _LIST}:
        return Press("", fields, detail=False, group=match[2], listed=match[1] == _LIST)
    return Press(match[2], fields, match[1] == "more")


def _read_other(value: str) -> Said:
    """Read the value of a button that asks no field of a procedure."""
    if value.startswith(FORM_MARK):
        return read_form_press(value) or Unread.BROKEN_BUTTON
    if value.startswith(PLACE_MARK):
        return PressedPlace(value.removeprefix(PLACE_MARK))
    if value.startswith(FAQ_MARK):
        return PressedFaq(value.removeprefix(FAQ_MARK))
    typed = value.removeprefix(_DOSSIER)
    code = normal_form(typed) if typed else ""
    return Unread.BROKEN_BUTTON if code is None else PressedCode(code)


def press_value(code: str, fields: Sequence[AskedField], *, detail: bool = False) -> str:
    """Return the value of a button that asks `fields` of the procedure `code`.

    As many fields as fit into MAX_VALUE_BYTES, in their order.
    """
    return _value("more" if detail else "ask", code, fields)


def group_value(key: str, fields: Sequence[AskedField], *, listed: bool = False) -> str:
    """Return the value of a button that asks for the case among siblings, or lists their names."""
    return _value(_LIST if listed else _WHICH, key, fields)


def _value(action: str, key: str, fields: Sequence[AskedField]) -> str:
    value = f"{action}:{key}"
    for position, name in enumerate(fields):
        longer = f"{value}{',' if position else ':'}{name}"
        if len(longer.encode()) > MAX_VALUE_BYTES:
            break
        value = longer
    return value


def dossier_value(code: str) -> str:
    """Return the value of a button that confirms the dossier code; empty: none of those shown."""
    return f"{_DOSSIER}{code}"


def look_up(
    library: Library,
    dialogue: Dialogue,
    said: Said,
    today: date | None = None,
    gazetteer: GazetteerOf = no_gazetteer,
    profile: Profile | None = None,
) -> Found:
    """Gather everything the library holds for this message and this conversation.

    General questions that may not be answered on `today` are not found; None: all may.
    """
    offered = _known(library, dialogue.open_question.codes if dialogue.open_question else ())
    topic = library.get(dialogue.topic) if dialogue.topic else None
    typed = _typed_code(said)
    mentions, ranked = _searched(library, said, topic)
    by_code = tuple(library.resolve(typed) or library.predecessors(typed)) if typed else ()
    kin = _known(library, _kin(library.siblings, dialogue, said))
    known = (*offered, *by_code, *filter(None, (topic,)), *kin)
    return Found(
        mentions=mentions,
        topic=topic,
        offered=offered,
        typed_code=typed,
        by_code=by_code,
        twins={known_one.code: others(library, known_one) for known_one in known},
        ranked=ranked,
        siblings=library.siblings,
        kin=kin,
        faqs=find_faqs(library, said.text, today) if isinstance(said, Parse) else (),
        faqs_offered=known_faqs(library, _faq_keys(dialogue, said), today),
        form=_form(library, dialogue, said),
        table_of=library.table,
        gazetteer=gazetteer,
        offices=profile.offices if profile else (),
        province=profile.name if profile else "",
        hotline=bool(profile and profile.hotline),
        filings=filing_scene(library, today),
    )


def _searched(
    library: Library, said: Said, topic: Procedure | None
) -> tuple[Mentions, tuple[str, ...]]:
    return search(library, said, alone=topic is None) if isinstance(said, Parse) else ((), ())


def _form(library: Library, dialogue: Dialogue, said: Said) -> FoundForm | None:
    progress = dialogue.form.code if dialogue.form else ""
    code = said.code if isinstance(said, PressedForm) else progress
    procedure, table = library.get(code), library.table(code)
    return FoundForm(procedure, table) if procedure and table else None


def _faq_keys(dialogue: Dialogue, said: Said) -> tuple[str, ...]:
    if isinstance(said, PressedFaq):
        return (said.key,)
    codes = dialogue.open_question.codes if dialogue.open_question else ()
    return tuple(code.removeprefix(FAQ_MARK) for code in codes if code.startswith(FAQ_MARK))


def _kin(siblings: Siblings, dialogue: Dialogue, said: Said) -> tuple[str, ...]:
    """Return the codes among which the citizen is choosing by her case, or could."""
    question = dialogue.open_question
    pressed = said.group if isinstance(said, Press) else ""
    if question is not None and question.group and pressed in {"", question.group}:
        asked = siblings.get(question.group)
        rest = [case.target for case in asked.cases] if asked else []
        targets: Sequence[str] = [*question.codes, *rest]
    else:
        beside = () if pressed or not dialogue.topic else siblings.holding(dialogue.topic)
        group = siblings.get(pressed)
        groups = (group,) if group else beside
        targets = [case.target for one in groups for case in one.cases]
    return tuple(dict.fromkeys(code for one in targets for code in siblings.behind(one)))


def _typed_code(said: Said) -> str:
    if isinstance(said, Press):
        return said.code
    if not isinstance(said, Parse):
        return ""
    return next((entity.text for entity in said.entities if entity.kind == "procedure_code"), "")


def _known(library: Library, codes: Iterable[str]) -> tuple[Procedure, ...]:
    return tuple(procedure for code in codes if (procedure := library.get(code)) is not None)
