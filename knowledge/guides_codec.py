"""Turns guides into plain JSON values and back, for the compiled library.

Own guides share most steps with the common one, so every step stands once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.guides import (
    ClosedOnline,
    Come,
    Guide,
    Guides,
    GuideStep,
    Need,
    Scan,
    Trouble,
)
from knowledge.procedure import FilingChannel
from knowledge.tables_codec import decode_condition

Json = Mapping[str, Any]


def encode_guides(guides: Guides) -> dict[str, Any]:
    """Return `guides` as JSON values; `decode_guides` gives the same guides back."""
    steps: dict[GuideStep, int] = {}

    def places(of: Iterable[GuideStep]) -> list[int]:
        return [steps.setdefault(one, len(steps)) for one in of]

    return {
        "common": places(guides.common),
        "own": [
            {
                "code": one.code,
                "steps": places(one.steps),
                "closed": [[rule.condition.any_of, rule.why] for rule in one.closed],
                "scans": [[scan.paper, scan.how] for scan in one.scans],
                "come": [[told.condition.any_of, told.say] for told in one.come],
                "results_only": sorted(one.results_only),
                "needs": sorted(one.needs),
            }
            for one in guides.own.values()
        ],
        "troubles": [[one.key, one.label, one.faq, one.signs] for one in guides.troubles.values()],
        "way_labels": dict(guides.way_labels),
        "steps": [_plain(step) for step in steps],
    }


def decode_guides(plain: Json) -> Guides:
    """Return the guides that `encode_guides` wrote.

    Raises:
        KeyError, TypeError, ValueError, IndexError: `plain` is not what `encode_guides` writes.
    """
    steps = [_step(one) for one in plain["steps"]]
    labels = {label: FilingChannel(way) for label, way in plain["way_labels"].items()}
    troubles = [
        Trouble(key, label, faq, tuple(signs)) for key, label, faq, signs in plain["troubles"]
    ]
    own = [_guide(one, steps, labels) for one in plain["own"]]
    return Guides(
        common=tuple(steps[place] for place in plain["common"]),
        own={one.code: one for one in own},
        troubles={one.key: one for one in troubles},
        way_labels=labels,
    )


def _guide(plain: Json, steps: Sequence[GuideStep], labels: Mapping[str, FilingChannel]) -> Guide:
    return Guide(
        code=plain["code"],
        steps=tuple(steps[place] for place in plain["steps"]),
        closed=tuple(
            ClosedOnline(decode_condition({"any_of": any_of}), why)
            for any_of, why in plain["closed"]
        ),
        scans=tuple(Scan(paper, how) for paper, how in plain["scans"]),
        come=tuple(
            Come(say, decode_condition({"any_of": any_of})) for any_of, say in plain["come"]
        ),
        results_only=frozenset(FilingChannel(one) for one in plain["results_only"]),
        needs=frozenset(Need(one) for one in plain["needs"]),
        way_labels=labels,
        written=True,
    )


def _plain(step: GuideStep) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title,
        "text": step.text,
        "ways": sorted(step.ways),
        "needs": sorted(step.needs),
        "troubles": step.troubles,
        "portal": step.portal,
        "papers": step.papers,
        "any_of": step.condition.any_of,
    }


def _step(plain: Json) -> GuideStep:
    return GuideStep(
        key=plain["key"],
        title=plain["title"],
        text=plain["text"],
        ways=frozenset(FilingChannel(one) for one in plain["ways"]),
        needs=frozenset(Need(one) for one in plain["needs"]),
        troubles=tuple(plain["troubles"]),
        portal=plain["portal"],
        papers=plain["papers"],
        condition=decode_condition(plain),
    )
