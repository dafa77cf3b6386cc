"""How well a model reads sentences that it was not trained on."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlu.accents import has_accent, strip_accents
from nlu.training.augment import stripped
from nlu.training.examples import Example

Parse = Callable[[str], Mapping[str, Any]]
ASKED = "asked_"
NOT_SYSTEM = frozenset({"ask_procedure", "out_of_scope", "other_language"})
"""All other intents are the system's own: dossiers, people, feedback, greetings, …"""


@dataclass
class Tally:
    """Hits, misses and false alarms of one thing."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 0.0 if it never occurs."""
        whole = 2 * self.right + self.missed + self.wrong
        return 2 * self.right / whole if whole else 0.0

    def count(self, wanted: Iterable[Any], found: Iterable[Any]) -> None:
        """Compare two sets."""
        want, have = set(wanted), set(found)
        self.right += len(want & have)
        self.missed += len(want - have)
        self.wrong += len(have - want)


@dataclass
class Scores:
    """What was counted over one slice of sentences."""

    sentences: int = 0
    intents: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    fields: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    spans: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    asked_exact: list[bool] = field(default_factory=list)
    """Per sentence that asks something: are the fields exactly those?"""
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def intent_accuracy(self) -> float:
        """Return the share of sentences with the right intent."""
        right = sum(tally.right for tally in self.intents.values())
        return right / self.sentences if self.sentences else 0.0

    @property
    def asked_accuracy(self) -> float:
        """Return the share of asking sentences whose fields are all found and no other."""
        return sum(self.asked_exact) / len(self.asked_exact) if self.asked_exact else 0.0

    @property
    def system_accuracy(self) -> float:
        """Return the share of right intents among sentences that are about no procedure."""
        system = [t for name, t in self.intents.items() if name not in NOT_SYSTEM]
        whole = sum(tally.right + tally.missed for tally in system)
        return sum(tally.right for tally in system) / whole if whole else 0.0

    @property
    def asked_f1(self) -> float:
        """Return the micro-F1 of the fields asked for."""
        whole = Tally()
        for tally in self.fields.values():
            whole.right += tally.right
            whole.missed += tally.missed
            whole.wrong += tally.wrong
        return whole.f1

    def add(self, example: Example, answer: Mapping[str, Any]) -> None:
        """Compare one answer with what the sentence means."""
        self.sentences += 1
        intent = str(answer["intent"]["name"])
        for name in {intent, example.intent}:
            wanted = [name] if name == example.intent else []
            self.intents[name].count(wanted, [name] if name == intent else [])
        if intent != example.intent:
            self.confused[example.intent, intent] += 1
        self._add_fields(example, {str(asked["name"]) for asked in answer["asked"]})
        self._add_spans(example, answer["entities"])

    def _add_fields(self, example: Example, heard: set[str]) -> None:
        kinds = {span.kind for span in example.spans}
        asked = {kind.removeprefix(ASKED) for kind in kinds if kind.startswith(ASKED)}
        for name in asked | heard:
            self.fields[name].count(asked & {name}, heard & {name})
        if asked:
            self.asked_exact.append(asked == heard)

    def _add_spans(self, example: Example, entities: Sequence[Mapping[str, Any]]) -> None:
        wanted = {(span.kind, span.start, span.end) for span in example.spans}
        found = {(str(e["entity"]), int(e["start"]), int(e["end"])) for e in entities}
        for name in {kind for kind, _, _ in wanted | found}:
            kind = ASKED + "…" if name.startswith(ASKED) else name
            mine = [{s for s in side if s[0] == name} for side in (wanted, found)]
            self.spans[kind].count(*mine)


def core(example: Example) -> str:
    """Return what a sentence shares with its siblings: no accents, names replaced by their kind.

    Sentences of one core are never on both sides of a split.
    """
    text, last = "", 0
    for span in example.spans:
        named = span.kind in {"procedure", "place", "dossier_code", "procedure_code"}
        inner = f"<{span.kind}>" if named else example.text[span.start : span.end]
        text += example.text[last : span.start] + inner
        last = span.end
    return " ".join(strip_accents(text + example.text[last:]).lower().split())


def folds(examples: Sequence[Example], count: int) -> list[tuple[list[Example], list[Example]]]:
    """Return (train, test) pairs; each core is tested once, each intent spread over all folds."""
    by_core: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_core[core(example)].append(example)
    places: Counter[str] = Counter()
    groups: list[list[Example]] = [[] for _ in range(count)]
    for name in sorted(by_core):
        intent = by_core[name][0].intent
        groups[places[intent] % count] += by_core[name]
        places[intent] += 1
    return [
        ([e for other, group in enumerate(groups) if other != place for e in group], tested)
        for place, tested in enumerate(groups)
    ]


def score(parse: Parse, examples: Sequence[Example], slices: Mapping[str, Scores]) -> None:
    """Add the answers of `parse` to the slices "accented" and "unaccented".

    Each accented sentence is asked twice, as typed and without accents.
    """
    for example in examples:
        if has_accent(example.text):
            slices["accented"].add(example, parse(example.text))
        bare = stripped(example)
        slices["unaccented"].add(bare, parse(bare.text))


def report(slices: Mapping[str, Scores]) -> str:
    """Return the scores as Markdown tables."""
    lines = [
        "| slice | sentences | intent | system intents | asked fields F1 | exact "
        "| procedure spans F1 | asked spans F1 |"
    ]
    lines.append("|---|---|---|---|---|---|---|---|")
    for name, scores in slices.items():
        spans = [scores.spans[kind].f1 for kind in ("procedure", ASKED + "…")]
        lines.append(
            f"| {name} | {scores.sentences} | {scores.intent_accuracy:.3f} | "
            f"{scores.system_accuracy:.3f} | {scores.asked_f1:.3f} | "
            f"{scores.asked_accuracy:.3f} (n={len(scores.asked_exact)}) | "
            f"{spans[0]:.3f} | {spans[1]:.3f} |"
        )
    for title, kind in (("Intent", "intents"), ("Asked field", "fields"), ("Spans", "spans")):
        lines += ["", *_table(title, {name: getattr(s, kind) for name, s in slices.items()})]
    lines += ["", "Most frequent confusions", ""]
    for name, scores in slices.items():
        pairs = [f"{a} → {b} {n}" for (a, b), n in scores.confused.most_common(12)]
        lines.append(f"* {name}: {'; '.join(pairs) or 'none'}")
    return "\n".join(lines) + "\n"


def _table(title: str, tallies: Mapping[str, Mapping[str, Tally]]) -> list[str]:
    names = sorted({name for slice_ in tallies.values() for name in slice_})
    header = [f"{slice_} F1 (n)" for slice_ in tallies]
    lines = [f"| {title} | {' | '.join(header)} |", "|---" * (len(header) + 1) + "|"]
    for name in names:
        cells = []
        for slice_ in tallies.values():
            tally = slice_.get(name, Tally())
            cells.append(f"{tally.f1:.2f} ({tally.right + tally.missed})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines
