"""What is not answered for now: an import changed it, and nobody has confirmed the new value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.parse import AskedField

_NOTHING: Mapping[str, frozenset[AskedField]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Held:
    """Fields of procedures, and entries of the general questions; everything else is live."""

    fields: Mapping[str, frozenset[AskedField]] = field(default_factory=lambda: _NOTHING)
    """By code."""
    entries: frozenset[str] = frozenset()
    """Keys."""

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], entries: Iterable[str] = ()) -> "Held":
        """Hold the given fields of the given codes; names that nobody can ask for are left out.

        >>> Held.of([("1.004222", "fee"), ("1.004222", "name")]).of_code("1.004222")
        frozenset({<AskedField.FEE: 'fee'>})
        """
        known = frozenset(AskedField)
        fields: dict[str, frozenset[AskedField]] = {}
        for code, name in pairs:
            if name in known:
                fields[code] = fields.get(code, frozenset()) | {AskedField(name)}
        return cls(fields, frozenset(entries))

    def of_code(self, code: str) -> frozenset[AskedField]:
        """Return the fields of a procedure that are not answered."""
        return self.fields.get(code, frozenset())

    def holding(self, *fields: AskedField) -> frozenset[str]:
        """Return the codes of which one of these fields is not answered."""
        return frozenset(code for code, held in self.fields.items() if held.intersection(fields))

    def holds_entry(self, key: str) -> bool:
        """Tell whether an entry of the general questions is not answered."""
        return key in self.entries


NOTHING_HELD = Held()
