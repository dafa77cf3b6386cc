"""What the benchmark asks: our own questions, accented and not."""

import yaml

from knowledge.text import strip_accents
from tests.bench.processes import ROOT


def questions(count: int) -> list[str]:
    """Return `count` questions, every second one without accents; repeated when there are fewer."""
    typed = [
        item["ask"]
        for file in sorted((ROOT / "tests" / "retrieval").glob("*.yaml"))
        for item in yaml.safe_load(file.read_text("utf-8"))
    ]
    mixed = [strip_accents(text) if number % 2 else text for number, text in enumerate(typed)]
    return (mixed * (count // len(mixed) + 1))[:count]
