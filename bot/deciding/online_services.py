"""Which services are filed online: what of them is told."""

from collections import Counter
from dataclasses import replace
from heapq import nsmallest
from typing import Final

from bot.deciding.found import Found
from bot.deciding.judging import best_of, is_about_a_procedure
from bot.deciding.outcomes import After
from bot.deciding.service_decisions import ServicesAsked, TellOnlineServices
from bot.deciding.service_signs import (
    asks_for_list,
    asks_of_a_field,
    level_said,
    may_ask_for_list,
    may_ask_of_a_field,
    stated_said,
)
from bot.deciding.words import says_old_word
from bot.dialogue import Dialogue
from bot.parse import Parse
from knowledge.online_services import (
    ONLINE,
    OnlineService,
    OnlineServices,
    Stated,
    Wanted,
)
from knowledge.procedure import Procedure
from knowledge.service_fields import ServiceField

MOST_SHOWN: Final = 8
"""Buttons of procedures, or of fields."""

MOST_COUNTED: Final = 24
"""Fields that are counted to find those with most services."""

LEAST_OF_A_PROCEDURE: Final = 0.6
"""From this score on a procedure is meant where a field has the same name: "căn cước" has 0.66,
"hộ chiếu" 0.75; "đất đai", "xây dựng" and "hộ tịch", of which so many are, 0.58 and less."""

LIST_ONLINE: Final = "list_online_services"
"""The intent of whoever asks for the list."""


def decide_services(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Tell which services are filed online, where the message asks for them; None: it does not."""
    if found.typed_code or not may_ask_of_a_field(parse.text):
        return None
    fields, words = found.services_of().fields.said_in(parse.text)
    if not may_ask_for_list(parse.text):
        return _of_a_field(dialogue, parse, found, fields, words)
    heard = asks_for_list(parse.text, words)
    if heard is None or (heard.rest and is_about_a_procedure(parse, found.mentions)):
        return None
    return _hear(dialogue, parse, found, fields, heard.unknown_field)


def _of_a_field(
    dialogue: Dialogue, parse: Parse, found: Found, fields: tuple[ServiceField, ...], words: str
) -> After | None:
    """Tell what of a field is filed online, where it is no name of a procedure either."""
    exact = bool(found.faqs) and found.faqs[0].exact
    if exact or not asks_of_a_field(parse.text, words):
        return None
    best = best_of(found.mentions)
    if best and (best[0].named or best[0].score >= LEAST_OF_A_PROCEDURE):
        return None
    return _hear(dialogue, parse, found, fields)


def list_services(dialogue: Dialogue, parse: Parse, found: Found) -> After:
    """Tell the same where the language model is sure that the list is asked for."""
    fields, _ = found.services_of().fields.said_in(parse.text)
    return _hear(dialogue, parse, found, fields)


def show_services(dialogue: Dialogue, asked: ServicesAsked, found: Found) -> After:
    """Tell what a pressed button asks for; a field that is gone shows all fields."""
    services = found.services_of()
    field = services.fields.get(asked.field)
    if asked.field and field is None:
        asked = replace(asked, field="")
        return _tell(dialogue, found, asked, offered=_most_online(services))
    return _tell(dialogue, found, asked)


def _hear(
    dialogue: Dialogue,
    parse: Parse,
    found: Found,
    fields: tuple[ServiceField, ...],
    unknown_field: str = "",
) -> After:
    """Tell of the one field that is named, else let it be chosen."""
    key = fields[0].key if len(fields) == 1 else ""
    asked = ServicesAsked(key, level_said(parse.text), stated_said(parse.text))
    offered: tuple[ServiceField, ...] = fields if len(fields) > 1 else ()
    if unknown_field:
        offered = _most_online(found.services_of())
    decision, after = _tell(dialogue, found, asked, offered=offered)
    old_word = says_old_word(parse.text)
    return replace(decision, said=unknown_field, old_word=old_word), after


def _tell(
    dialogue: Dialogue,
    found: Found,
    asked: ServicesAsked,
    offered: tuple[ServiceField, ...] = (),
) -> tuple[TellOnlineServices, Dialogue]:
    services = found.services_of()
    chosen = services.part(asked.field, asked.level)
    wanted = ONLINE if asked.stated is None else frozenset({asked.stated})
    shown = () if offered else _usual(chosen.services, wanted, found)
    decision = TellOnlineServices(
        asked=asked,
        field=services.fields.get(asked.field),
        counts=chosen.counts,
        popular=shown,
        offered=_counted(services, offered, asked),
        origins=chosen.origins,
    )
    return decision, replace(dialogue, misses=0, open_question=None)


def _usual(
    chosen: tuple[OnlineService, ...], wanted: frozenset[Stated], found: Found
) -> tuple[Procedure, ...]:
    """Return procedures to choose from: those that many need, of many fields.

    Of those needed alike, toàn trình comes first, and what a newer code replaced last.
    """
    of_field: Counter[str] = Counter()
    ranked: list[tuple[int, bool, int, bool, int]] = []
    for place, one in enumerate(chosen):
        if one.stated in wanted:
            turn = of_field[one.field.key]
            of_field[one.field.key] += 1
            whole = one.stated is Stated.FULL
            ranked.append((-one.popularity, bool(one.changed_to), turn, not whole, place))
    first = [chosen[place] for *_, place in nsmallest(MOST_SHOWN, ranked)]
    records = (found.scene.record_of(one.code) for one in first)
    return tuple(record for record in records if record is not None)


def _most_online(services: OnlineServices) -> tuple[ServiceField, ...]:
    return tuple(field for field, counts in services.by_field() if counts.online)


def _counted(
    services: OnlineServices, fields: tuple[ServiceField, ...], asked: ServicesAsked
) -> tuple[tuple[ServiceField, int], ...]:
    """Return the fields with what is filed online of each, most first."""
    wanted = ONLINE if asked.stated is None else frozenset({asked.stated})
    counted = (
        (field, len(services.select(Wanted("", field.key, asked.level, wanted))))
        for field in fields[:MOST_COUNTED]
    )
    found = sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])
    return tuple(found[:MOST_SHOWN])
