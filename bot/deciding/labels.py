"""Button labels that tell procedures apart."""

from collections import Counter
from collections.abc import Sequence

from knowledge.procedure import Level, Procedure

MAX_LABEL_CHARACTERS = 60
"""Longer labels are cut by Zalo and Telegram on a telephone."""

_LEVEL_NAMES = {
    Level.COMMUNE: "cấp xã",
    Level.PROVINCE: "cấp tỉnh",
    Level.MINISTRY: "cấp bộ",
    Level.OTHER: "cơ quan khác",
}


def short_name(procedure: Procedure) -> str:
    """Return the label, or the official name cut between two words."""
    name = procedure.label or procedure.name
    if len(name) <= MAX_LABEL_CHARACTERS:
        return name
    return name[: MAX_LABEL_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"


def level_name(procedure: Procedure) -> str:
    """Return the level that decides in Vietnamese, empty if the record names none."""
    return ", ".join(_LEVEL_NAMES[level] for level in procedure.levels)


def labels_of(procedures: Sequence[Procedure]) -> tuple[str, ...]:
    """Return one label for each procedure, pairwise different: level and code where needed."""
    labels = [short_name(procedure) for procedure in procedures]
    labels = _told_apart(labels, [level_name(procedure) for procedure in procedures])
    return tuple(_told_apart(labels, [procedure.code for procedure in procedures]))


def _told_apart(labels: Sequence[str], additions: Sequence[str]) -> list[str]:
    count = Counter(labels)
    return [
        f"{label} ({addition})" if count[label] > 1 and addition else label
        for label, addition in zip(labels, additions, strict=True)
    ]
