"""Offices of the province: which one is told, and when the citizen is asked where she lives."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.deciding.decisions import Answer, Missing, NotFound, NotUnderstood, Say
from bot.deciding.filing_days import named_day
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.office_asking import (
    asks_for_the_hotline,
    asks_how_to_reach,
    asks_of_an_office,
    asks_of_hours,
    asks_of_the_ward_itself,
)
from bot.deciding.outcomes import After
from bot.deciding.place_decisions import (
    AskWard,
    NamedPlace,
    OfficeUnknown,
    TellHotline,
    TellOffice,
)
from bot.deciding.places import place_named
from bot.deciding.talking import BELIEVED_IN_TOPIC, FIXED, MIN_CONFIDENCE
from bot.dialogue import Dialogue, PlaceChoice
from bot.parse import AskedField, Parse
from knowledge.procedure import Procedure
from knowledge.province import Office
from knowledge.text import fold, syllables

MOST_TOLD = 4
"""Offices told at once; of more the citizen is asked where she lives."""

_WORD: Final = re.compile(r"[^\W_]+")
_POLICE: Final = re.compile(r"\b(?:cong an|canh sat)\b")
_ASKING_FOR_HELP: Final = frozenset({"request_human", "ask_office_hours"})
_FEW_SYLLABLES: Final = 5
"""Of so few the model knows little: "hotline tỉnh mình"."""


def decide_office(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Tell the office that is asked for, or that none is known; None: none is asked for."""
    text = parse.typed or parse.text
    waited = dialogue.place is not None and dialogue.place.office
    if _wants_hotline(parse, text, found):
        after = replace(dialogue, misses=0, open_question=None, place=None)
        return TellHotline(found.topic), after
    if not found.offices:
        return _unknown(dialogue, parse, text, found)
    named = place_named(parse, found, bare=waited)
    if waited and (named is not None or wards_said(text, found.offices)):
        return _tell(dialogue, parse, found, named)
    if not asks_of_an_office(text) or _about_something(parse, found):
        return None
    return _tell(dialogue, parse, found, named)


def _wants_hotline(parse: Parse, text: str, found: Found) -> bool:
    """Tell whether the number for the whole province is wanted, and there is one."""
    if not found.hotline or not asks_for_the_hotline(text) or wards_said(text, found.offices):
        return False
    believed = parse.intent in _ASKING_FOR_HELP or len(syllables(text)) <= _FEW_SYLLABLES
    if not believed or _about_something(parse, found):
        return False
    named = place_named(parse, found)
    return named is None or _is_province(named)


def _unknown(dialogue: Dialogue, parse: Parse, text: str, found: Found) -> After | None:
    """Say that no telephone and no address is known; of hours the language model knows more."""
    if not asks_how_to_reach(text) or _about_something(parse, found):
        return None
    believed = MIN_CONFIDENCE if found.topic is None else BELIEVED_IN_TOPIC
    if parse.intent in FIXED and parse.confidence >= believed:
        return None
    after = replace(dialogue, misses=0, open_question=None, place=None)
    return OfficeUnknown(place_named(parse, found), found.topic), after


def _about_something(parse: Parse, found: Found) -> bool:
    """Tell whether a procedure is named, other than the topic: its answer tells the office too."""
    return parse.intent != "ask_office_hours" and is_about_a_procedure(parse, found.mentions)


def _tell(dialogue: Dialogue, parse: Parse, found: Found, named: NamedPlace | None) -> After:
    text = parse.typed or parse.text
    named = _here(named, found)
    topic = None if asks_of_the_ward_itself(text) else found.topic
    offices = _near(found, topic, named, text)
    after = replace(dialogue, misses=0, open_question=None, place=None)
    if topic is not None and not offices:
        return OfficeUnknown(named, topic), after
    if _must_ask(offices, named, text):
        return AskWard(len(offices), found.topic), replace(after, place=PlaceChoice(office=True))
    day = named_day(text) if asks_of_hours(text) else None
    return TellOffice(offices, named, found.topic, day), after


def _here(named: NamedPlace | None, found: Found) -> NamedPlace | None:
    """Return of several places of one name those of the province whose profile this is."""
    places = named.places if named else ()
    here = tuple(
        one for one in places if found.province in {province.name for province in one.provinces}
    )
    return replace(named, places=here) if named and here else named


def beside_offices(step: After, parse: Parse | None, found: Found) -> After:
    """Return an answer on where with the offices, or the words that none is known."""
    decision, after = step
    text = (parse.typed or parse.text) if parse else ""
    if isinstance(decision, Answer) and found.offices:
        return _with_offices(decision, after, text, found)
    said = isinstance(decision, Say) and decision.what is Missing.OFFICE_HOURS
    lost = isinstance(decision, NotFound | NotUnderstood) and asks_of_an_office(text)
    if parse is None or not (said or lost):
        return step
    if found.offices:
        return _tell(after, parse, found, place_named(parse, found))
    return OfficeUnknown(place_named(parse, found), found.topic), replace(after, misses=0)


def _with_offices(answer: Answer, after: Dialogue, text: str, found: Found) -> After:
    asked = asks_of_an_office(text)
    if not asked and AskedField.WHERE not in answer.fields:
        return answer, after
    offices = _near(found, answer.procedure, answer.place, text)
    day = named_day(text) if asked else None
    if _must_ask(offices, answer.place, text):
        tell = AskWard(len(offices), answer.procedure)
        return replace(answer, office=tell), replace(after, place=PlaceChoice(office=True))
    if not offices:
        return answer, after
    return replace(answer, office=TellOffice(offices, answer.place, answer.procedure, day)), after


def _must_ask(offices: Sequence[Office], named: NamedPlace | None, text: str) -> bool:
    """Tell whether it depends on where she lives which of the offices serves.

    Of a former district that was split, the offices of all its parts are told.
    """
    if len(offices) > MOST_TOLD:
        return True
    said = wards_said(text, offices) or (named is not None and not _is_province(named))
    return not said and len({office.wards for office in offices}) > 1


def _near(
    found: Found, procedure: Procedure | None, named: NamedPlace | None, text: str
) -> tuple[Office, ...]:
    """Return the offices that fit; none for who lives in another province."""
    if named is not None and not wards_said(text, found.offices):
        provinces = {province.name for place in named.places for province in place.provinces}
        if found.province not in provinces:
            return ()
    return offices_for(found.offices, procedure, named, text)


def offices_for(
    offices: Sequence[Office], procedure: Procedure | None, named: NamedPlace | None, text: str
) -> tuple[Office, ...]:
    """Return the offices that take in `procedure` from people of the place named.

    Without a procedure offices of the commune are meant, where there are any: they are nearest.
    """
    fitting = [one for one in offices if _takes(one, procedure, text)]
    wards = wards_said(text, offices)
    if named is not None:
        wards |= {place.name for one in named.places for place in one.now}
    if wards and (near := [one for one in fitting if wards & set(one.wards)]):
        fitting = near
    elif wards and named is not None and not _is_province(named):
        # Asked for the office of a ward, that of the province is no answer.
        fitting = [one for one in fitting if not one.wards] if procedure else []
    return tuple(fitting)


def _takes(office: Office, procedure: Procedure | None, text: str) -> bool:
    """Tell whether an office takes in a procedure, or is of the kind that is asked for.

    What the police do is taken in by the police, or where the profile says so of the field.
    """
    said = procedure.agency if procedure else text
    by_police, of_police = (bool(_POLICE.search(fold(one))) for one in (said, office.name))
    if procedure is None:
        return of_police or not by_police
    if not office.takes(procedure.levels, procedure.field):
        return False
    return bool(office.fields) or by_police == of_police


def _is_province(named: NamedPlace) -> bool:
    return all(one.parent is None for one in named.places)


def wards_said(text: str, offices: Sequence[Office]) -> set[str]:
    """Return the wards served that `text` names in full."""
    said = f" {' '.join(_WORD.findall(fold(text)))} "
    wards = {ward for office in offices for ward in office.wards}
    return {ward for ward in wards if f" {' '.join(fold(ward).split())} " in said}
