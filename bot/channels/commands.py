"""Commands, for the channels whose platform has them."""

from bot.commands import WORDS, Typed, read_typed

__all__ = ["WORDS", "Typed", "read_typed"]
