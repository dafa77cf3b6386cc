"""The table as Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.training.ablation.differences import cells
from nlu.training.ablation.messages import Message
from nlu.training.ablation.results import Result
from nlu.training.ablation.rows import FULL, PART, Row

TITLES = {
    FULL: "All sentences",
    PART: "A sample that DIET can learn here",
}
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Subject:
    """What all rows have in common."""

    data_hash: str
    sentences: int
    """In the training text, without copies."""
    messages: Sequence[Message]
    today: str
    """ISO date."""

    @property
    def slices(self) -> list[str]:
        """The names of the slices, in the order of the messages."""
        return list(dict.fromkeys(message.slice for message in self.messages))


def markdown(
    rows: Sequence[Row], results: Mapping[str, Result], subject: Subject, reading: str
) -> str:
    """Return the page.

    Args:
        rows: what is shown, also what was not measured.
        results: by key of the row.
        subject: what was taught and asked.
        reading: what people conclude; it stands below the tables.
    """
    parts = [_head(subject)]
    for taught, title in TITLES.items():
        mine = [row for row in rows if row.taught == taught]
        if mine:
            parts += [f"## {title}", _table(mine, results, subject.slices)]
        if taught == FULL:
            parts += _compared(mine, results, subject.slices)
    return "\n\n".join([*parts, reading.strip()]) + "\n"


def _head(subject: Subject) -> str:
    counts = []
    for name in subject.slices:
        mine = [message for message in subject.messages if message.slice == name]
        asking = sum(bool(message.asked) for message in mine)
        counts.append(f"{name} {len(mine)} ({asking})")
    return (
        "# What each part of the language model is worth\n\n"
        "<!-- Written by `make ablation`; the part below the tables is "
        "nlu/training/ablation/reading.md. -->\n\n"
        f"Printed {subject.today}. Training text: {subject.sentences} sentences, "
        f"hash {subject.data_hash[:16]}. No message asked is in it.\n\n"
        f"Messages (of these with judged fields): {'; '.join(counts)}.\n\n"
        'A cell is "right intent / exactly the fields asked", of the model alone, before the '
        "assistant's own rules. Stripped, half stripped and typed with noise are the accented "
        "messages once more. Times are processor time of all threads; parse is the median."
    )


def _table(rows: Sequence[Row], results: Mapping[str, Result], slices: Sequence[str]) -> str:
    columns = ["", "taught", *slices, "parse", "training", "size"]
    lines = [_line(columns), "|---" * len(columns) + "|"]
    for row in rows:
        result = results.get(row.key)
        says = f"{row.says} `{row.key}`"
        if result is None:
            lines.append(_line([says, "not measured", *[""] * (len(columns) - 2)]))
        else:
            numbers = _cells(result, slices, fields=row.reads_fields)
            lines.append(_line([says, str(result.taught), *numbers]))
    return "\n".join(lines)


def _compared(
    rows: Sequence[Row], results: Mapping[str, Result], slices: Sequence[str]
) -> list[str]:
    """Return the differences to the first row."""
    lines = []
    shipped = results.get(rows[0].key) if rows else None
    for row in rows[1:]:
        other = results.get(row.key)
        if not shipped or not other:
            continue
        found = cells(shipped, other, slices, fields=row.reads_fields)
        if any(found):
            lines.append(_line([row.says, *found]))
    if not lines:
        return []
    head = [_line(["", *slices]), "|---" * (len(slices) + 1) + "|"]
    says = (
        "Points above or below the first row, intent / fields, 95 % (bootstrap over the messages); "
        "bold: 0 is not in the interval."
    )
    return [says, "\n".join([*head, *lines])]


def _cells(result: Result, slices: Sequence[str], *, fields: bool) -> list[str]:
    shares = []
    for name in slices:
        tally = result.slices[name]
        judged = tally["judged"] if fields else 0
        intent = share(tally["intents_right"], tally["messages"])
        shares.append(f"{intent} / {share(tally['fields_right'], judged)}")
    size = f"{result.size / MEGABYTE:.1f} MB"
    if result.network:
        size += f" (weights {result.network / MEGABYTE:.1f})"
    return [*shares, f"{result.parse_ms:.2f} ms", f"{result.train_seconds:.0f} s", size]


def share(right: int, whole: int) -> str:
    """Return a share as the table shows it.

    >>> share(7, 8), share(8, 8), share(0, 0)
    ('.875', '1.000', '–')
    """
    return f"{right / whole:.3f}".removeprefix("0") if whole else "–"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
