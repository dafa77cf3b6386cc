"""Updates and states of dossiers as JSON text, compact: what says nothing is left out."""

from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.dossiers.folding import as_json, content_of
from bot.dossiers.status import DossierStatus, DossierUpdate
from bot.errors import StoreUnavailable

_UNREADABLE: Final = "Hồ sơ trong kho dữ liệu do bản motcua khác ghi, bản này không đọc được."


def dump_update(update: DossierUpdate) -> str:
    """Return `update` as JSON text that `load_update` reads; its factors are left out."""
    return content_of(update)


def load_update(text: str) -> DossierUpdate:
    """Return the update kept in `text`.

    Raises:
        StoreUnavailable: it is no update of this version.
    """
    update: DossierUpdate = _read(DossierUpdate, text)
    return update


def dump_status(status: DossierStatus) -> str:
    """Return `status` as JSON text that `load_status` reads; its history is left out."""
    return as_json(status, without=("history", "terse"))


def load_status(text: str) -> DossierStatus:
    """Return the status kept in `text`.

    Raises:
        StoreUnavailable: it is no status of this version.
    """
    status: DossierStatus = _read(DossierStatus, text)
    return status


def _read(kind: Any, text: str) -> Any:
    try:
        return _reader(kind).validate_json(text)
    except ValidationError:
        raise StoreUnavailable(_UNREADABLE) from None  # that error shows what it could not read


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
