"""The system that is asked about dossiers, built from the settings; none where it is not set."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.errors import CannotStart
from api.jobs.following import Following
from api.logs import log_alarm, log_event
from api.settings import PROJECT_FOLDER, Settings
from api.wiring.build import now

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.dossiers.book import SqlDossierBook
    from bot.dossier_sources.rest import RestSource
    from bot.dossier_sources.tracuuhoso import TraCuuHoSo
    from bot.dossiers.ports import DossierSource
    from bot.dossiers.status import DossierStatus

    Known = Callable[[str], Awaitable[DossierStatus | None]]

_NEEDED: Final = (
    "tracuuhoso_url",
    "tracuuhoso_username",
    "tracuuhoso_password",
    "tracuuhoso_dstcode",
    "tracuuhoso_unit",
)


def build_source(settings: Settings, known: "Known | None" = None) -> "DossierSource | None":
    """Return what asks the system of dossiers, left alone while it is down; None: none is set.

    Args:
        settings: which system.
        known: how a dossier stands here, `DossierBook.get`: a system that tells no moments is
            compared with it.

    Raises:
        CannotStart: with everything that is missing or wrong.
    """
    if settings.dossier_source == "store":
        return None
    from bot.dossier_sources.breaker import GuardedSource  # noqa: PLC0415 - only where one is set

    is_rest = settings.dossier_source == "rest"
    source = rest(settings, known) if is_rest else tracuuhoso(settings, known)
    return GuardedSource(source, tell=_tell)


def tracuuhoso(settings: Settings, known: "Known | None" = None) -> "TraCuuHoSo":
    """Return the client of TraCuuHoSo.

    Raises:
        CannotStart: with every setting that is missing.
    """
    from bot.dossier_sources import reading, wire  # noqa: PLC0415 - as above
    from bot.dossier_sources.tracuuhoso import Access, TraCuuHoSo  # noqa: PLC0415

    if missing := missing_settings(settings):
        raise CannotStart(
            f"DOSSIER_SOURCE=tracuuhoso còn thiếu {', '.join(missing)}. Hãy ghi đủ các biến này "
            "theo tài khoản mà đơn vị quản lý trục cấp, rồi chạy lại."
        )
    access = Access(
        url=settings.tracuuhoso_url,
        username=settings.tracuuhoso_username,
        password=settings.tracuuhoso_password.get_secret_value(),
        dstcode=settings.tracuuhoso_dstcode,
        unit=settings.tracuuhoso_unit,
    )
    reader = reading.RowReader(now, known) if known else reading.RowReader(now)
    seconds = settings.dossier_timeout_seconds
    return TraCuuHoSo(wire.a_client(seconds), access, reader, seconds)


def missing_settings(settings: Settings) -> list[str]:
    """Return what TraCuuHoSo needs and is not set, as the environment has it."""
    values = {name: getattr(settings, name) for name in _NEEDED}
    texts = {
        name: one if isinstance(one, str) else one.get_secret_value()
        for name, one in values.items()
    }
    return [name.upper() for name, text in texts.items() if not text.strip()]


def rest(settings: Settings, known: "Known | None" = None) -> "RestSource":
    """Return the client of the system that DOSSIER_REST_FILE describes.

    Raises:
        CannotStart: with every fault of the file and of the secrets it names.
    """
    from bot.dossier_sources import reading, wire  # noqa: PLC0415 - as above
    from bot.dossier_sources.rest import RestSource  # noqa: PLC0415
    from bot.dossier_sources.rest_file import SourceFileInvalid, read_rest_file  # noqa: PLC0415

    if settings.dossier_rest_file is None:
        raise CannotStart(
            "DOSSIER_SOURCE=rest còn thiếu DOSSIER_REST_FILE. Hãy chép "
            "docs/dossier-source.sample.yaml, sửa theo hệ thống của bạn, và ghi đường dẫn vào biến."
        )
    seconds = settings.dossier_timeout_seconds
    reader = reading.RowReader(now, known) if known else reading.RowReader(now)
    try:
        plan = read_rest_file(_from_project(settings.dossier_rest_file))
        return RestSource(wire.a_client(seconds), plan, reader, seconds)
    except SourceFileInvalid as error:
        raise CannotStart(str(error)) from error


def follow_source(
    settings: Settings, database: "Database", book: "SqlDossierBook", source: "DossierSource"
) -> Following:
    """Return what asks the system about followed dossiers again and again; run it beside."""
    from api.store.dossiers.polling import PollingTurn  # noqa: PLC0415 - SQL costs half a second

    return Following(
        source=source,
        book=book,
        codes=book,
        turn=PollingTurn(database),
        name=settings.dossier_source,
        every_seconds=settings.dossier_poll_minutes * 60.0,
        clock=time.monotonic,
    )


def _from_project(file: Path) -> Path:
    return PROJECT_FOLDER / file.expanduser()


def _tell(works: bool) -> None:  # noqa: FBT001 - a listener takes what it is told
    if works:
        log_event("dossier_source_works_again")
    else:
        log_alarm("dossier_source_down", "no answer", remedy="motcua doctor")
