"""What is told of a dossier's lateness: how late, what the citizen may ask for, where to turn."""

from collections.abc import Iterator
from typing import Final

from bot.dossiers.status import DossierStatus, State
from bot.guide.dossier_days import READY, local_day
from bot.messages import Block, Link, Paragraph, SourceNote
from bot.phrasebook import Phrasebook
from bot.rendering.desk import Desk
from bot.rendering.dossiers.card import Pace
from bot.rendering.dossiers.words import day_words
from bot.rendering.sources import PORTAL_HOME
from bot.rendering.talk import hotline
from bot.rendering.wording import date

DECREE: Final = "118/2025/NĐ-CP"
DECREE_TITLE: Final = (
    "Nghị định về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông "
    "(sửa đổi bởi 367/2025/NĐ-CP)"
)
DECREE_READ: Final = "2026-11"
"""As the general question ho-so-tre-hen names its source, whose answer is told here."""


def late_blocks(desk: Desk, status: DossierStatus, pace: Pace) -> Iterator[Block]:
    """Yield how late a dossier is, the right to an apology and a new day, and where to complain."""
    book = desk.book
    if status.due_at is None or pace.days is None:
        return
    day = day_words(book, local_day(status.due_at))
    yield Paragraph(book.say("dossier_late.late", day=day, count=pace.days.late))
    if pace.days.paused:
        yield Paragraph(book.say("dossier_late.paused"))
    yield Paragraph(book.say("dossier_late.rights"))
    if desk.profile.hotline and desk.profile.sample:
        yield Paragraph(book.say("office.sample"))
    yield from hotline(desk)
    yield feedback_link(book)


def why_blocks(
    desk: Desk, status: DossierStatus, pace: Pace, *, asked: bool = True
) -> Iterator[Block]:
    """Yield what is said to whoever finds that it takes long, before the rest of the answer.

    Args:
        desk: of the day.
        status: of the dossier.
        pace: how it keeps its time.
        asked: it was asked why, so that it is said that the reason is unknown.
    """
    if pace.is_late or _came_late(status, pace):
        if asked:
            yield Paragraph(desk.book.say("dossier_late.no_reason"))
        return
    if said := not_late_words(desk, status):
        yield Paragraph(said)


def late_sources(book: Phrasebook, pace: Pace) -> tuple[SourceNote, ...]:
    """Return the decree, where something is told of late dossiers."""
    return decree_note(book) if pace.is_late else ()


def decree_note(book: Phrasebook) -> tuple[SourceNote, ...]:
    """Return the decree about how dossiers are received, and results handed over."""
    text = book.say(
        "dossier_late.source", document=DECREE, title=DECREE_TITLE, month=date(DECREE_READ)
    )
    return (SourceNote("", DECREE_TITLE, DECREE, DECREE_READ, "", text),)


def feedback_link(book: Phrasebook) -> Link:
    """Return where complaints are taken."""
    return Link(book.say("dossier_button.feedback"), PORTAL_HOME)


def _came_late(status: DossierStatus, pace: Pace) -> bool:
    return status.state in READY and pace.days is not None and pace.days.late > 0


def past_words(desk: Desk, status: DossierStatus) -> str:
    """Return that the due day is over, where no more can be told; empty: it is not."""
    if status.due_at is None or local_day(status.due_at) >= desk.today:
        return ""
    return desk.book.say("dossier_late.past", day=day_words(desk.book, local_day(status.due_at)))


def not_late_words(desk: Desk, status: DossierStatus) -> str:
    """Return that a dossier is not late, as far as that is known."""
    book = desk.book
    match status.state:
        case State.SUPPLEMENT:
            return book.say("dossier_late.waits")
        case State.PAYMENT:
            return book.say("dossier_late.payment")
        case State.REGISTERED | State.ACCEPTED | State.PROCESSING:
            if status.due_at is None:
                return book.say("dossier_late.due_unknown")
            day = day_words(book, local_day(status.due_at))
            return past_words(desk, status) or book.say("dossier_late.in_time", day=day)
        case _:
            return book.say("dossier_late.over")
