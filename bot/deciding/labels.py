"""Button labels that tell procedures apart."""

import re
from collections import Counter
from collections.abc import Sequence

from knowledge.procedure import Level, Procedure

MAX_LABEL_CHARACTERS = 60
"""Longer labels are cut by Zalo and Telegram on a telephone."""

HEAD_WORDS = 4
"""Kept of a long beginning that two names share."""

_THU_TUC = re.compile(r"^[.\s]*thủ tục\s+", re.IGNORECASE)

_LEVEL_NAMES = {
    Level.COMMUNE: "cấp xã",
    Level.PROVINCE: "cấp tỉnh",
    Level.MINISTRY: "cấp bộ",
    Level.OTHER: "cơ quan khác",
}


def short_name(procedure: Procedure) -> str:
    """Return the label, or the official name cut between two words."""
    return _cut(_name(procedure))


def _name(procedure: Procedure) -> str:
    """Return the label, or the official name without "thủ tục", with which every third begins."""
    return procedure.label or _without_thu_tuc(procedure.name)


def _without_thu_tuc(name: str) -> str:
    """Return an official name as it goes on.

    >>> _without_thu_tuc("Thủ tục đăng ký khai tử")
    'Đăng ký khai tử'
    """
    plain = _THU_TUC.sub("", name)
    return plain[:1].upper() + plain[1:] if plain else name


def _cut(name: str) -> str:
    if len(name) <= MAX_LABEL_CHARACTERS:
        return name
    return name[: MAX_LABEL_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;(") + "…"


def level_name(procedure: Procedure) -> str:
    """Return the level that decides in Vietnamese, empty if the record names none."""
    return ", ".join(_LEVEL_NAMES[level] for level in procedure.levels)


def labels_of(procedures: Sequence[Procedure]) -> tuple[str, ...]:
    """Return one label for each procedure, pairwise different: level and code where needed."""
    labels = _differing([_name(procedure) for procedure in procedures])
    labels = _told_apart(labels, [level_name(procedure) for procedure in procedures])
    return tuple(_told_apart(labels, [procedure.code for procedure in procedures]))


def _differing(names: Sequence[str]) -> list[str]:
    """Return the names cut to what fits a button; of a long beginning that two share, its head.

    >>> beginning = "Đăng ký thay đổi biện pháp bảo đảm bằng tài sản đã ghi vào sổ là tàu"
    >>> _differing([f"{beginning} bay", f"{beginning} biển"])
    ['Đăng ký thay đổi… bay', 'Đăng ký thay đổi… biển']
    """
    words = [name.split() for name in names]
    labels = []
    for at, own in enumerate(words):
        others = (_shared(own, other) for place, other in enumerate(words) if place != at)
        shared = max(others, default=0)
        rest = own[shared:]
        if len(names[at]) <= MAX_LABEL_CHARACTERS or shared <= HEAD_WORDS or not rest:
            labels.append(_cut(names[at]))
        else:
            labels.append(_cut(f"{' '.join(own[:HEAD_WORDS])}… {' '.join(rest)}"))
    return labels


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two names have in common from their beginning."""
    if one == other:
        return 0
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other))
    )


def _told_apart(labels: Sequence[str], additions: Sequence[str]) -> list[str]:
    count = Counter(labels)
    return [
        f"{label} ({addition})" if count[label] > 1 and addition else label
        for label, addition in zip(labels, additions, strict=True)
    ]
