"""The dossiers as the routes fill them: whoever pushes the first one can look it up at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.dossier_desk.board import Board
from bot.dossiers.factors import KeptFactor
from bot.dossiers.ports import DossierBook, Kept
from bot.dossiers.status import DossierStatus, DossierUpdate


@dataclass(frozen=True, slots=True)
class NoticedBook:
    """A book of which the board of the same process sees every change."""

    book: DossierBook
    board: Board

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        """Keep updates; see the port."""
        kept = await self.book.put(updates, source)
        await self.board.notice()
        return kept

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        """Return what proves whose dossier it is; see the port."""
        return await self.book.factors(code)

    async def get(self, code: str) -> DossierStatus | None:
        """Return how a dossier stands; see the port."""
        return await self.book.get(code)
