"""The buttons that tell procedures of nearly the same name apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A case offered as a button."""

    label: str
    target: str
    """The code, or the key of the group whose question follows, marked by "@"."""
    codes: tuple[str, ...]
    """What it can lead to."""
