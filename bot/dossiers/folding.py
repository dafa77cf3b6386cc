"""From the updates of a dossier to how it stands: the same, whatever their order of arrival.

The order of updates is that of their moments, then of the numbers of their states, then of their
content; the last one says in which state the dossier is, and each other field is the newest that
was told.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache, reduce
from typing import Any, Final

from bot.dossiers.status import SETTLED, DossierStatus, DossierUpdate, State, Stay, Step, Supplement
from knowledge.work_calendar import VIETNAM

MOST_STEPS: Final = 200
"""Of one history, the newest: more than any office takes, and no more than a person can read."""

_DAY_SECONDS: Final = 86_400.0

_encode: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_NEWEST: Final = (
    *("procedure_code", "procedure_name", "unit", "received_at", "due_at", "returned_at"),
    *("applicant", "payments", "results", "collect"),
)
"""Fields of a status that are the newest ones told."""


def content_of(update: DossierUpdate) -> str:
    """Return what an update tells of its dossier, as JSON; equal updates give equal texts.

    What is not told is left out: a field that is added to the type changes no text there is.
    """
    return as_json(update, without=("factors", "tells_moment"))


def as_json(value: DossierUpdate | DossierStatus, without: Iterable[str] = ()) -> str:
    """Return a value as compact JSON, moments in UTC, without fields that say nothing."""
    tree = {name: _plain(one) for name, one in _filled(value).items() if name not in without}
    # half a character can be kept nowhere
    return _encode(tree).encode("utf-8", "replace").decode()


def digest_of(content: str) -> str:
    """Return the name of a content, 32 hex digits: two updates with one name are one update."""
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def place_of(update: DossierUpdate, digest: str) -> str:
    """Return where an update stands in the order of updates, as a text that sorts; ≤ 100 letters.

    Args:
        update: its moment and state come first.
        digest: the name of its content.
    """
    moment = update.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{moment}Z|{update.state:02}|{digest}"


def says_again(update: DossierUpdate, place: str) -> bool:
    """Tell whether an update is the one at `place` in the order but for its moment."""
    moment, state, digest = place.split("|")
    if int(state) != update.state:
        return False
    then = dataclasses.replace(update, at=datetime.fromisoformat(moment))
    return digest_of(content_of(then)) == digest


def fold(updates: Iterable[DossierUpdate]) -> DossierStatus:
    """Return how a dossier stands after all of its updates, with its history.

    Raises:
        ValueError: there is no update.
    """
    places = {place_of(one, digest_of(content_of(one))): one for one in updates}
    if not places:
        raise ValueError("A dossier without updates stands nowhere")
    first, *others = (places[place] for place in sorted(places))
    status = reduce(advance, others, begin(first))
    return dataclasses.replace(status, history=history_of((first, *others)))


def begin(update: DossierUpdate) -> DossierStatus:
    """Return how a dossier stands after its first update; no history."""
    nothing = DossierStatus(update.code, update.state, update.at, update.at)
    return advance(nothing, update)


def advance(status: DossierStatus, update: DossierUpdate) -> DossierStatus:
    """Return how a dossier stands after an update that is newer than all before; no history."""
    told = {name: getattr(update, name) for name in _NEWEST}
    return dataclasses.replace(
        status,
        state=update.state,
        changed_at=status.changed_at if update.state == status.state else update.at,
        as_of=update.at,
        supplement=_supplement(status, update),
        stays=_stays(status, update),
        history=(),
        **{name: value for name, value in told.items() if value not in (None, "", ())},
    )


def history_of(ordered: Iterable[DossierUpdate]) -> tuple[Step, ...]:
    """Return the steps, oldest first; an update that repeats the step before adds none.

    Args:
        ordered: updates, the oldest first.
    """
    steps: list[Step] = []
    for one in ordered:
        last = steps[-1] if steps else None
        if last is None or not _repeats(one, last):
            steps.append(Step(one.at, one.state, one.unit, one.note))
    return tuple(steps[-MOST_STEPS:])


def is_news(before: DossierStatus | None, after: DossierStatus) -> bool:
    """Tell whether followers are told: another state, due day, or demand on the citizen."""
    if before is None or before.state != after.state:
        return True
    if after.state not in SETTLED and _due_day(before) != _due_day(after):
        return True
    demand = _demand(after)
    return any(demand) and demand != _demand(before)


def lapses_at(status: DossierStatus) -> float | None:
    """Return the end of the last day for a supplement, in seconds since 1970; None: none runs."""
    until = status.supplement.until if status.supplement else None
    if until is None:
        return None
    return datetime.combine(until, time(), VIETNAM).timestamp() + _DAY_SECONDS


def _repeats(update: DossierUpdate, step: Step) -> bool:
    return (
        update.state == step.state
        and update.note in ("", step.note)
        and update.unit in ("", step.unit)
    )


def _supplement(status: DossierStatus, update: DossierUpdate) -> Supplement | None:
    """Return what is asked for now: of one demand, the newest that was told of each thing."""
    if update.state is not State.SUPPLEMENT:
        return None
    asked = status.supplement if status.state is State.SUPPLEMENT else None
    if asked is None or update.supplement is None:
        return update.supplement or asked
    return dataclasses.replace(asked, **_filled(update.supplement))


def _stays(status: DossierStatus, update: DossierUpdate) -> tuple[Stay, ...]:
    waits = bool(status.stays) and status.stays[-1].answered_at is None
    if waits == (update.state is State.SUPPLEMENT):
        return status.stays
    if not waits:
        return (*status.stays, Stay(update.at))
    *before, last = status.stays
    return (*before, Stay(last.asked_at, update.at))


def _due_day(status: DossierStatus) -> date | None:
    return status.due_at.astimezone(VIETNAM).date() if status.due_at else None


def _demand(status: DossierStatus) -> tuple[object, ...]:
    """Return what the citizen is to do; only empty values: nothing."""
    if status.state is State.PAYMENT:
        return tuple((one.name, one.amount) for one in status.payments if not one.paid)
    asked = status.supplement
    return (asked.papers, asked.note, asked.until) if asked else ()


def _filled(value: Any) -> Mapping[str, Any]:
    """Return the fields of a dataclass that say something."""
    kind: Any = type(value)
    return {
        name: one for name in _names(kind) if (one := getattr(value, name)) not in (None, "", ())
    }


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(kind))


def _plain(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in _filled(value).items()}
