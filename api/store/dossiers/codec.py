"""Updates and states of dossiers as JSON text, compact: what says nothing is left out."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.dossiers.factors import KeptFactor
from bot.dossiers.folding import as_json, content_of
from bot.dossiers.status import DossierStatus, DossierUpdate, FactorKind
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


def dump_factors(factors: Iterable[KeptFactor]) -> str:
    """Return factors as text: kind, hash and place with colons between, and blanks between them."""
    return " ".join(f"{one.kind}:{one.hashed}:{one.place}" for one in factors)


def load_factors(text: str) -> tuple[KeptFactor, ...]:
    """Return the factors kept in `text`; what is written in another way proves nothing."""
    return tuple(_factors(text))


def _factors(text: str) -> Iterator[KeptFactor]:
    for one in text.split():
        kind, _, rest = one.partition(":")
        hashed, _, place = rest.partition(":")
        if place and kind in _KINDS:
            yield KeptFactor(FactorKind(kind), hashed, place)


_KINDS: Final = frozenset(map(str, FactorKind))


def _read(kind: Any, text: str) -> Any:
    try:
        return _reader(kind).validate_json(text)
    except ValidationError:
        raise StoreUnavailable(_UNREADABLE) from None  # that error shows what it could not read


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
