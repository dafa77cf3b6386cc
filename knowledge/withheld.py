"""A record without the facts that wait to be confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from knowledge.procedure import Procedure

_ATTRIBUTES: Final[Mapping[str, tuple[str, ...]]] = {
    "overview": ("summary",),
    "documents": ("circumstances", "replaced_papers"),
    "fee": ("methods",),
    "time": ("methods",),
    "methods": ("methods",),
    "steps": ("steps",),
    "conditions": ("conditions",),
    "agency": ("agency",),
    "where": ("where",),
    "online": ("methods", "online_level", "online_level_source", "online_levels"),
    "result": ("results",),
    "forms": ("forms",),
    "who": ("who",),
    "legal_basis": ("legal_basis",),
}
"""What of a record tells a field; a fee stands inside a filing method, so the methods go whole."""

_EMPTY: Final[Mapping[str, Any]] = {
    one.name: one.default for one in fields(Procedure) if one.name not in {"code", "name"}
}


def withheld(procedure: Procedure, held: Collection[str]) -> Procedure:
    """Return the procedure with the facts of the `held` fields left out.

    >>> from knowledge.procedure import Source, Step
    >>> one = Procedure("1.0", "A", "", (), Source("", "", ""), steps=(Step("Nộp"),), who=("Ai",))
    >>> withheld(one, ["steps"]).steps, withheld(one, ["steps"]).who
    ((), ('Ai',))
    """
    names = {name for field in held for name in _ATTRIBUTES.get(field, ())}
    return replace(procedure, **{name: _EMPTY[name] for name in names}) if names else procedure
