"""How another system writes moments, turned into how they are read here."""

from datetime import UTC, datetime
from typing import Final

from pydantic_core import PydanticCustomError

from knowledge.work_calendar import VIETNAM

SECONDS: Final = "epoch_seconds"
MILLISECONDS: Final = "epoch_milliseconds"
"""Since 1970, as numbers or digits."""

DATES: Final = frozenset(
    {
        *("NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayBoSung", "HanBoSung"),
        *("ThoiDiemCapNhat", "ThoiDiemXuLy"),
    }
)
"""Fields that are moments."""

_PROBE: Final = datetime(2026, 11, 23, 14, 5, 6, tzinfo=VIETNAM)
_LONGEST: Final = 60


class NoDate(ValueError):
    """What is written has none of the forms."""


def a_date_form(form: str) -> str:
    """Return the form if days can be read by it.

    Raises:
        PydanticCustomError: in Vietnamese, why not.
    """
    if form in {SECONDS, MILLISECONDS}:
        return form
    try:
        read = datetime.strptime(_PROBE.strftime(form), form)  # noqa: DTZ007 - its day is compared
    except ValueError:
        read = datetime.min  # noqa: DTZ901 - no day of ours
    if read.date() != _PROBE.date():
        words = f"phải có ngày, tháng, năm như %d/%m/%Y %H:%M:%S, hoặc là {SECONDS}, {MILLISECONDS}"
        raise PydanticCustomError("motcua", "{words}", {"words": words})
    return form


def as_national(value: object, forms: tuple[str, ...]) -> str:
    """Return a moment as the national fields have it: yyyyMMddHHmmss in Vietnam.

    Args:
        value: as it came.
        forms: tried in their order; one at least.

    Raises:
        NoDate: it has none of them.

    >>> as_national("22/11/2026", ("%d/%m/%Y",)), as_national(1795311015000, (MILLISECONDS,))
    ('20261122000000', '20261122083015')
    """
    written = str(value).strip() if isinstance(value, str | int) else ""
    if not written or len(written) > _LONGEST or isinstance(value, bool):
        raise NoDate
    for form in forms:
        if (moment := _read(written, form)) is not None:
            return f"{moment:%Y%m%d%H%M%S}".rjust(14, "0")
    raise NoDate


def _read(written: str, form: str) -> datetime | None:
    try:
        if form in {SECONDS, MILLISECONDS}:
            number = int(written) / (1000 if form == MILLISECONDS else 1)
            return datetime.fromtimestamp(number, UTC).astimezone(VIETNAM)
        moment = datetime.strptime(written, form)  # noqa: DTZ007 - the next line says where
        return moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError, OSError):
        return None
