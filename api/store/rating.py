"""What citizens think of answers, kept with the turns."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select, update

from api.store.tables import turns
from bot.messages import RATABLE

UP: Final = 1
DOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Rating:
    """Thumbs up or down."""

    turn: int | None
    """Number of the turn; None: the last one that can be rated."""
    up: bool


def keep_rating(connection: Connection, conversation: int, rating: Rating) -> None:
    """Keep the rating with its turn; nothing where the turn is none of this conversation's."""
    number = select(turns.c.id).where(turns.c.conversation_id == conversation)
    if rating.turn is None:
        ratable = turns.c.outcome_family.in_([family.value for family in RATABLE])
        number = number.where(ratable).order_by(turns.c.id.desc()).limit(1)
    else:
        number = number.where(turns.c.id == rating.turn)
    change = update(turns).where(turns.c.id == number.scalar_subquery())
    connection.execute(change.values(rating=UP if rating.up else DOWN))
