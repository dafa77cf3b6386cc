"""Places: when a question about one is answered, and when one says which office serves."""

from collections.abc import Sequence
from dataclasses import replace

from bot.deciding.choosing import chosen
from bot.deciding.decisions import Answer, AskCase, AskWhich, Unread, Unreadable
from bot.deciding.found import Found
from bot.deciding.judging import is_about_a_procedure
from bot.deciding.office_asking import asks_of_an_office
from bot.deciding.outcomes import MAX_CHOICES, After, settle
from bot.deciding.place_decisions import AskPlace, Data, NamedPlace, TellPlace
from bot.deciding.place_found import (
    PLACE_MARK,
    PressedPlace,
    asks_of_a_place,
    may_name_a_place,
    place_alone,
    place_question,
    says_more,
)
from bot.dialogue import Dialogue, OpenQuestion, PlaceChoice
from bot.parse import AskedField, Parse
from knowledge.place_finding import find_places
from knowledge.place_mentions import Mention, narrowed, settled
from knowledge.places import Gazetteer, Kind, Place

MOST_REMEMBERED = 60
"""More places bear no name; so many can be told apart by the next message."""

_WHERE = frozenset({AskedField.WHERE, AskedField.AGENCY, AskedField.OVERVIEW})
"""Fields to whose answer a place belongs."""


def decide_place(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Tell what a place is today, or ask which is meant; None: the message asks something else."""
    if (
        dialogue.place
        and dialogue.place.keys
        and (told := _decide_named(dialogue, parse, found)) is not None
    ):
        return told
    text = parse.typed or parse.text
    if not may_name_a_place(text) or (gazetteer := found.gazetteer()) is None:
        return None
    question = place_question(gazetteer, text)
    if question is not None and not says_more(question.rest):
        mention = question.mention
        return _tell(dialogue, mention.places, found, gazetteer, mention.said)
    return _decide_alone(dialogue, parse, found, gazetteer)


def _decide_alone(
    dialogue: Dialogue, parse: Parse, found: Found, gazetteer: Gazetteer
) -> After | None:
    """Tell where to file in a place that is all that is said; without a topic, what it is today."""
    if dialogue.open_question is not None or (dialogue.place and dialogue.place.office):
        return None
    text = parse.typed or parse.text
    alone = None if asks_of_an_office(text) else place_alone(gazetteer, text)
    if alone is None or is_about_a_procedure(parse, found.mentions):
        return None
    if found.topic is not None:
        return settle(found.topic, (AskedField.WHERE,), found.twins.get(found.topic.code, ()))
    return _tell(dialogue, alone.places, found, gazetteer, alone.said)


def decide_pressed_place(dialogue: Dialogue, press: PressedPlace, found: Found) -> After:
    """Answer a button that names a place."""
    gazetteer = found.gazetteer()
    place = gazetteer.get(press.key) if gazetteer else None
    if gazetteer is None or place is None:
        return Unreadable(Unread.BROKEN_BUTTON), dialogue
    return _tell(dialogue, (place,), found, gazetteer)


def _decide_named(dialogue: Dialogue, parse: Parse, found: Found) -> After | None:
    """Go on where the message says which place is meant: by number, or by what it lies in."""
    gazetteer = found.gazetteer()
    if gazetteer is None or dialogue.place is None:
        return None
    places = [one for key in dialogue.place.keys if (one := gazetteer.get(key)) is not None]
    shown = places[:MAX_CHOICES]
    labels = place_labels(shown)
    question = OpenQuestion(tuple(one.key for one in shown), labels, ())
    text = parse.typed or parse.text
    position = chosen(question, text)
    if position is not None and position < len(shown):
        return _tell(dialogue, (shown[position],), found, gazetteer)
    for mention in find_places(gazetteer, text, bare=True):
        meant = tuple(one for one in places if one in mention.places) or narrowed(places, mention)
        if meant and not says_more(text.replace(mention.said, " ")):
            return _tell(dialogue, meant, found, gazetteer)
    return None


def _tell(
    dialogue: Dialogue, places: Sequence[Place], found: Found, gazetteer: Gazetteer, said: str = ""
) -> After:
    """Tell the one place, or ask which of several is meant; the topic stays."""
    if len(places) == 1:
        place = places[0]
        whole = place if place.exists else place.now[0]
        large = place.kind <= Kind.FORMER_PROVINCE
        before = tuple(gazetteer.within(whole)) if place.exists or large else ()
        data = Data(gazetteer.source, gazetteer.as_of)
        after = replace(dialogue, misses=0, open_question=None, place=None)
        return TellPlace(place, before, data, found.topic, said), after
    shown = tuple(places[:MAX_CHOICES])
    keys = tuple(one.key for one in places[:MOST_REMEMBERED])
    after = replace(dialogue, misses=0, open_question=None, place=PlaceChoice(keys))
    return AskPlace(shown, place_labels(shown), len(places), said), after


def beside_places(dialogue: Dialogue, step: After, parse: Parse | None, found: Found) -> After:
    """Return an answer that tells where with the place that the citizen names beside it.

    Asked back which procedure is meant, she need not name the place again.
    """
    decision, after = step
    if isinstance(decision, Answer) and _WHERE & set(decision.fields):
        named = place_named(parse, found) or _remembered(dialogue, found)
        return (replace(decision, place=named) if named else decision), after
    if isinstance(decision, AskWhich | AskCase):
        named = place_named(parse, found) or _remembered(dialogue, found)
        if named is not None and len(named.places) == 1:
            return decision, replace(after, place=PlaceChoice(named=named.places[0].key))
    return step


def _remembered(dialogue: Dialogue, found: Found) -> NamedPlace | None:
    key = dialogue.place.named if dialogue.place else ""
    gazetteer = found.gazetteer() if key else None
    place = gazetteer.get(key) if gazetteer else None
    if gazetteer is None or place is None:
        return None
    return NamedPlace((place,), place.name, Data(gazetteer.source, gazetteer.as_of))


def place_named(parse: Parse | None, found: Found, *, bare: bool = False) -> NamedPlace | None:
    """Return the place in which the citizen lives or files, as far as she names one.

    `bare`: she was asked for it, so that a name alone is one.
    """
    text = (parse.typed or parse.text) if parse else ""
    may = bare or may_name_a_place(text)
    if not may or (gazetteer := found.gazetteer()) is None:
        return None
    question = place_question(gazetteer, text) if asks_of_a_place(text) else None
    mentions = (question.mention,) if question else find_places(gazetteer, text, bare=bare)
    best = min(mentions, key=_vagueness, default=None)
    data = Data(gazetteer.source, gazetteer.as_of)
    return NamedPlace(settled(best.places), best.said, data) if best else None


def _vagueness(mention: Mention) -> tuple[int, bool, int]:
    """Return how little a mention says: small places before large ones, one before several."""
    return (-max(one.kind for one in mention.places), mention.slip, len(mention.places))


def place_value(place: Place) -> str:
    """Return the value of a button that names a place."""
    return f"{PLACE_MARK}{place.key}"


def place_labels(places: Sequence[Place]) -> tuple[str, ...]:
    """Return one label for each place: its name and what it lies in, as short as tells it."""
    return tuple(place_label(one) for one in places)


def place_label(place: Place) -> str:
    """Return a name with what it lies in: "Phường Tân Phú (Quận 7, Hồ Chí Minh)"."""
    if not place.within:
        return place.name if place.exists else f"{place.name} (cũ)"
    within = [*(one.name for one in place.within[:-1]), place.within[-1].short_name]
    return f"{place.name} ({', '.join(within)})"
