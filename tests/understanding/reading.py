"""Reads `tests/understanding/*.yaml`, and finds every fault of a file with its line.

An entry says what is said and what is right about it; what it leaves out is not judged:

    {say: "text, or a list of messages whose last is judged", intent: name or [names],
     asked: [fields] or asked_any: [[fields], …], codes: [accepted codes; empty: none fits],
     several: [[codes of one procedure], [codes of the other]], dossier_code: "H17.15-250710-0012",
     nearly: true (a code that stands there is mistyped: it must not be taken), slice: [names]}
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from typing_extensions import override

from bot.deciding.talking import HANDLED
from bot.parse import AskedField
from tests.evaluation.cases import SLICES, Case

FOLDER: Final = Path(__file__).parent
BLIND: Final = "blind"
"""Files whose name begins so are opened by their author and the evaluation only."""
_FIELDS: Final = frozenset(field.value for field in AskedField)
_KEYS: Final = frozenset(
    {"say", "intent", "asked", "asked_any", "codes", "several", "dossier_code", "nearly", "slice"}
)
_JUDGED: Final = frozenset(
    {"intent", "asked", "asked_any", "codes", "several", "dossier_code", "nearly"}
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, and where."""

    file: str
    line: int
    what: str

    @override
    def __str__(self) -> str:
        """Show it as compilers do."""
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One case and the line it stands at."""

    line: int
    case: Case


def files(folder: Path = FOLDER) -> list[Path]:
    """Return the files, blind ones too."""
    return sorted(folder.glob("*.yaml"))


def cases(folder: Path = FOLDER) -> list[Case]:
    """Return every case.

    Raises:
        ValueError: with every fault of every file.
    """
    read = [read_file(file) for file in files(folder)]
    if faults := [str(fault) for _, of_file in read for fault in of_file]:
        raise ValueError("\n".join(faults))
    return [entry.case for entries, _ in read for entry in entries]


def read_file(file: Path) -> tuple[list[Entry], list[Fault]]:
    """Read one file; never raises for what stands in it."""
    try:
        loader = yaml.SafeLoader(file.read_text("utf-8"))
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [Fault(file.name, mark.line + 1 if mark else 0, "this is not YAML")]
    if not isinstance(root, yaml.SequenceNode):
        return [], [Fault(file.name, 1, "a list of entries {say: …} is expected")]
    entries, faults = [], []
    for number, node in enumerate(root.value, start=1):
        line, plain = node.start_mark.line + 1, loader.construct_object(node, deep=True)
        wrong = list(faults_of(plain))
        faults += [Fault(file.name, line, what) for what in wrong]
        if not wrong:
            entries.append(Entry(line, _case(file.stem, number, plain)))
    return entries, faults


def faults_of(entry: Any) -> Iterator[str]:
    """Yield what is wrong with an entry."""
    if not isinstance(entry, dict):
        yield "an entry is {say: …, intent: …}"
        return
    yield from (f"unknown key {key!r}" for key in entry if key not in _KEYS)
    if not _turns(entry) or not all(isinstance(turn, str) and turn for turn in _turns(entry)):
        yield "'say' is a text or a list of texts"
    if not entry.keys() & _JUDGED:
        yield "nothing is judged: tell the intent, what is asked, or the codes"
    yield from _unknown("intent", _names(entry, "intent"), HANDLED)
    yield from _unknown("slice", _names(entry, "slice"), SLICES.keys())
    if "asked" in entry and "asked_any" in entry:
        yield "'asked' or 'asked_any', not both"
    for fields in _asked(entry):
        yield from _unknown("field", fields, _FIELDS)
    if "several" in entry and not (len(_lists(entry, "several")) > 1 and all(entry["several"])):
        yield "'several' has a list of codes for each of two or more procedures"
    yield from (f"code {code!r} is no text" for code in _codes(entry) if not isinstance(code, str))
    if entry.get("nearly") and entry.get("dossier_code"):
        yield "'nearly' says that no code may be taken: leave out 'dossier_code'"


def unknown_codes(file: Path, known: Iterable[str]) -> Iterator[Fault]:
    """Yield accepted codes that no record has."""
    codes = frozenset(known)
    for entry in read_file(file)[0]:
        wanted = entry.case.accepted
        for code in sorted(wanted - codes):
            yield Fault(file.name, entry.line, f"no record has the code {code}")


def _case(stem: str, number: int, entry: Mapping[str, Any]) -> Case:
    return Case(
        id=f"understanding/{stem}-{number}",
        source=f"understanding/{stem}",
        turns=tuple(_turns(entry)),
        intents=frozenset(_names(entry, "intent")),
        asked=tuple(frozenset(fields) for fields in _asked(entry)),
        codes=frozenset(entry["codes"]) if "codes" in entry else None,
        several=tuple(frozenset(codes) for codes in _lists(entry, "several")),
        dossier_code=entry.get("dossier_code", ""),
        nearly=entry.get("nearly", False),
        tags=frozenset(_names(entry, "slice")),
        blind=stem.startswith(BLIND),
    )


def _turns(entry: Mapping[str, Any]) -> list[Any]:
    return _names(entry, "say")


def _names(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key, [])
    return value if isinstance(value, list) else [value]


def _lists(entry: Mapping[str, Any], key: str) -> list[list[Any]]:
    value = _names(entry, key)
    return [one if isinstance(one, list) else [one] for one in value]


def _asked(entry: Mapping[str, Any]) -> list[list[Any]]:
    return [_names(entry, "asked")] if "asked" in entry else _lists(entry, "asked_any")


def _codes(entry: Mapping[str, Any]) -> list[Any]:
    return [*_names(entry, "codes"), *(code for one in _lists(entry, "several") for code in one)]


def _unknown(what: str, names: Iterable[Any], known: Iterable[str]) -> Iterator[str]:
    known = frozenset(known)
    return (f"unknown {what} {name!r}" for name in names if name not in known)
