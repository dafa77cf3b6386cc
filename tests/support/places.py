"""All places, read once."""

from functools import cache

from knowledge.places import Gazetteer, Place
from knowledge.places_file import load_gazetteer


@cache
def a_gazetteer() -> Gazetteer:
    """The places of the installed packages."""
    return load_gazetteer()


def the_place(full_name: str) -> Place:
    """The one place of this full name."""
    (place,) = [one for one in a_gazetteer().places if one.full_name == full_name]
    return place
