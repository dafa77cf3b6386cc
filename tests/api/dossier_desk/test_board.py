"""Demonstration dossiers: there for newcomers, gone for good with the first real one."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from api.dossier_desk.board import Board
from api.dossier_desk.noticing import NoticedBook
from bot.dossiers.factors import KeptFactor
from bot.dossiers.ports import Kept, Sample
from bot.dossiers.status import DossierStatus, DossierUpdate, FactorKind, State
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.anyio

MORNING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SAMPLE = "H00.01-261116-0001"
REAL = "H17.15-250710-0012"


def an_update(code: str) -> DossierUpdate:
    return DossierUpdate(code, MORNING, State.PROCESSING)


class ShelfOfCodes:
    """Keeps codes alone."""

    def __init__(self, *codes: str) -> None:
        self.codes = list(codes)
        self.is_full = False

    async def put(self, updates: Sequence[DossierUpdate], source: str) -> Sequence[Kept]:
        self.codes += [update.code for update in updates]
        return [Kept.NEW for _ in updates]

    async def factors(self, code: str) -> Sequence[KeptFactor]:
        return ()

    async def get(self, code: str) -> DossierStatus | None:
        return None

    async def any_real(self) -> bool:
        if self.is_full:
            raise StoreUnavailable("Hết chỗ.")
        return any(not code.startswith("H00") for code in self.codes)

    async def samples(self) -> Sequence[str]:
        return [code for code in self.codes if code.startswith("H00")]

    async def remove_samples(self) -> int:
        kept = [code for code in self.codes if not code.startswith("H00")]
        removed, self.codes = len(self.codes) - len(kept), kept
        return removed


def a_board(book: ShelfOfCodes, *, remote: bool = False, wanted: bool = True) -> Board:
    def samples() -> Sequence[DossierUpdate]:
        return [an_update(SAMPLE), an_update(SAMPLE)]

    return Board(book, (FactorKind.PHONE,), remote, samples if wanted else None)


async def test_a_newcomer_is_told_which_samples_there_are() -> None:
    board = a_board(ShelfOfCodes())
    await board.open()
    assert board.terms().is_open
    assert board.terms().samples == (Sample(SAMPLE, "1234"),)


async def test_a_terminal_shows_the_samples_of_a_server_and_leaves_them() -> None:
    book = ShelfOfCodes(SAMPLE)
    board = a_board(book, wanted=False)
    await board.read()
    assert board.terms().samples == (Sample(SAMPLE, "1234"),)
    assert book.codes == [SAMPLE]


async def test_samples_go_with_the_first_real_dossier() -> None:
    book = ShelfOfCodes()
    board = a_board(book)
    await board.open()
    book.codes.append(REAL)
    await board.look()
    assert book.codes == [REAL]
    assert board.terms().is_open
    assert board.terms().samples == ()


@pytest.mark.parametrize("remote", [False, True])
async def test_samples_never_stand_beside_real_dossiers(*, remote: bool) -> None:
    book = ShelfOfCodes(SAMPLE) if remote else ShelfOfCodes(REAL, SAMPLE)
    board = a_board(book, remote=remote)
    await board.open()
    assert SAMPLE not in book.codes
    assert board.terms().samples == ()
    assert board.terms().is_open


async def test_without_dossiers_none_can_be_looked_up_until_one_arrives() -> None:
    book = ShelfOfCodes(SAMPLE)
    board = a_board(book, wanted=False)
    await board.open()
    assert book.codes == []
    assert not board.terms().is_open
    book.codes.append(REAL)
    await board.look()
    assert board.terms().is_open


async def test_whoever_stores_the_first_dossier_can_look_it_up_at_once() -> None:
    book = ShelfOfCodes()
    board = a_board(book)
    await board.open()
    told = NoticedBook(book, board)
    assert await told.put([an_update(REAL)], "một cửa") == [Kept.NEW]
    assert board.terms().is_open
    assert board.terms().samples == ()
    assert book.codes == [REAL]


async def test_what_is_stored_is_said_to_be_stored_though_nobody_could_look() -> None:
    book = ShelfOfCodes()
    board = a_board(book, wanted=False)
    book.is_full = True
    assert await NoticedBook(book, board).put([an_update(REAL)], "một cửa") == [Kept.NEW]
    book.is_full = False
    await board.look()
    assert board.terms().is_open
