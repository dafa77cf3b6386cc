"""Conversations as tables: read from `tests/conversations/*.yaml` and played through the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from typing_extensions import override

from bot.deciding.place_found import without_places
from bot.engine import Engine
from bot.legible import legible
from bot.messages import (
    FILING_STEP,
    CheckItem,
    Checklist,
    Choice,
    Choices,
    ConversationKey,
    Gesture,
    IncomingMessage,
    Reply,
)
from bot.personal_data import mask
from bot.ports import Library, NationalProfile, Nlu, Profile
from bot.rendering import render_plain
from bot.understanding import clean, is_readable
from knowledge.content import SHIPPED
from knowledge.profile import load_profile
from tests.support.desks import A_DAY, a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore
from tests.support.places import a_gazetteer

FOLDER = Path(__file__).parents[1] / "conversations"

_CONVERSATION_KEYS = frozenset({"name", "today", "profile", "kept_days", "turns"})
_TURN_KEYS = frozenset({"say", "press", "do", "means", "until", "expect"})
_MEANING_KEYS = frozenset({"intent", "confidence", "asked", "mention"})
_EXPECTED_KEYS = frozenset(
    {"outcome", "procedure", "candidates", "contains", "not_contains", "choices", "faq"}
    | {"papers", "ticked"}
)

_ON_THE_WAY = frozenset({FILING_STEP, "if_filed"})
"""From step to step; after the last it is asked whether it is filed."""

MOST_STEPS = 20
"""So often a message is sent again at most: no guide has more steps."""


@dataclass(frozen=True)
class Turn:
    """One message and what must come back."""

    say: str = ""
    press: str = ""
    """The label of a button of the reply before."""
    do: Gesture | None = None
    """What is done instead of typing: a photo is sent, a command given."""
    means: Mapping[str, Any] = field(default_factory=dict)
    until: str = ""
    """The message is sent again, from step to step of a filing, until the reply says this."""
    expect: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class GoldenConversation:
    """A named conversation of several turns."""

    kind: str
    name: str
    turns: tuple[Turn, ...]
    today: date = A_DAY
    profile: Profile = NationalProfile()  # noqa: RUF009 - frozen
    kept_days: int | None = None

    @override
    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def golden_conversations() -> tuple[GoldenConversation, ...]:
    """Read all conversations; an unknown key is an error, not a check that never runs."""
    return tuple(
        _conversation(path.stem, item)
        for path in sorted(FOLDER.glob("*.yaml"))
        for item in yaml.safe_load(path.read_text("utf-8"))
    )


def _conversation(kind: str, item: Mapping[str, Any]) -> GoldenConversation:
    if unknown := item.keys() - _CONVERSATION_KEYS:
        raise ValueError(f"Unknown keys {sorted(unknown)} in conversation {item['name']}")
    turns = tuple(map(_turn, item["turns"]))
    name = item.get("profile")
    profile = load_profile(SHIPPED / "profiles" / f"{name}.yaml") if name else NationalProfile()
    kept_days = item.get("kept_days")
    day = item.get("today", A_DAY)
    return GoldenConversation(kind, item["name"], turns, day, profile, kept_days)


def _turn(item: Mapping[str, Any]) -> Turn:
    for keys, allowed in (
        (item.keys(), _TURN_KEYS),
        (item.get("means", {}).keys(), _MEANING_KEYS),
        (item.get("expect", {}).keys(), _EXPECTED_KEYS),
    ):
        if unknown := keys - allowed:
            raise ValueError(f"Unknown keys {sorted(unknown)} in turn {item}")
    if not item.get("expect"):
        raise ValueError(f"Nothing is expected of turn {item}")
    done = {"do": Gesture(item["do"])} if "do" in item else {}
    return Turn(**{**item, **done})


def scripted(conversation: GoldenConversation) -> FakeNlu:
    """Return an understanding that reads each turn as its `means` says."""
    nlu = FakeNlu()
    for turn in conversation.turns:
        text = without_places(a_gazetteer, legible(clean(mask(turn.say).rest)))
        if is_readable(text):
            nlu.expect(text, **_parts(turn.means))
        elif turn.press and turn.means:  # an example is asked as it is written
            nlu.expect(turn.press, **_parts(turn.means))
    return nlu


def _parts(means: Mapping[str, Any]) -> dict[str, Any]:
    parts = {key: means[key] for key in ("intent", "confidence", "asked") if key in means}
    return parts | {"mentions": tuple(means.get("mention", ()))}


async def play(conversation: GoldenConversation, nlu: Nlu, library: Library) -> None:
    """Play the conversation and check each reply."""
    desk = a_desk(today=conversation.today, profile=conversation.profile)
    desk = replace(desk, kept_days=conversation.kept_days)
    engine = Engine(nlu, library, MemoryDialogueStore(), lambda: desk)
    reply: Reply | None = None
    for number, turn in enumerate(conversation.turns, start=1):
        reply = await _answer(engine, conversation, turn, number, reply)
        faults = _faults(turn.expect, reply)
        assert not faults, (
            f"turn {number}, {turn.say or turn.press or turn.do!r}: {faults}\n\n"
            + render_plain(reply)
        )


async def _answer(
    engine: Engine, conversation: GoldenConversation, turn: Turn, number: int, before: Reply | None
) -> Reply:
    """Return the reply to a turn; a turn with `until` is sent again until the reply says that."""
    for time in range(MOST_STEPS if turn.until else 1):
        message = IncomingMessage(
            conversation=ConversationKey("test", conversation.name),
            event_id=f"{number}.{time}",
            sent_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
            text=turn.say,
            choice=_button(before, turn.press).value if turn.press else "",
            gesture=turn.do,
        )
        before = await engine.answer(message)
        if turn.until in render_plain(before) or before.outcome.kind not in _ON_THE_WAY:
            break
    if before is None:
        raise ValueError("Nothing was sent.")
    return before


def _button(reply: Reply | None, label: str) -> Choice:
    choices = _choices(reply) if reply else ()
    return next(choice for choice in choices if choice.label == label)


def _choices(reply: Reply) -> tuple[Choice, ...]:
    return tuple(
        choice for block in reply.blocks if isinstance(block, Choices) for choice in block.items
    )


def _items(reply: Reply) -> tuple[CheckItem, ...]:
    return tuple(
        item for block in reply.blocks if isinstance(block, Checklist) for item in block.items
    )


def _one_or_more(outcome: str | list[str]) -> list[str]:
    return [outcome] if isinstance(outcome, str) else outcome


def _faults(expect: Mapping[str, Any], reply: Reply) -> list[str]:
    text = render_plain(reply)
    labels = [choice.label for choice in _choices(reply)]
    faults = []
    if "outcome" in expect and str(reply.outcome) not in _one_or_more(expect["outcome"]):
        faults.append(f"outcome {reply.outcome} instead of {expect['outcome']}")
    if "procedure" in expect and reply.procedure != expect["procedure"]:
        faults.append(f"procedure {reply.procedure} instead of {expect['procedure']}")
    if "faq" in expect and reply.faq != expect["faq"]:
        faults.append(f"faq {reply.faq!r} instead of {expect['faq']!r}")
    faults += [f"no {part!r}" for part in expect.get("contains", ()) if part not in text]
    faults += [f"says {part!r}" for part in expect.get("not_contains", ()) if part in text]
    faults += [f"no button {part!r}" for part in expect.get("choices", ()) if part not in labels]
    faults += _list_faults(expect, _items(reply))
    codes = expect.get("candidates", ())
    faults += [f"no candidate {code}" for code in codes if code not in reply.candidates]
    return faults


def _list_faults(expect: Mapping[str, Any], items: tuple[CheckItem, ...]) -> list[str]:
    """Return what is wrong in a list of papers: it must hold those named, and no other."""
    faults = []
    named = expect.get("papers")
    listed = [one.text for one in items]
    if named is not None:
        faults += [f"no paper {name!r}" for name in named if not _lists(listed, name)]
        faults += [f"lists {len(listed)}: {listed}"] if len(listed) != len(named) else []
    ticked = sum(one.ticked for one in items)
    if expect.get("ticked", ticked) != ticked:
        faults.append(f"{ticked} ticked instead of {expect['ticked']}")
    return faults


def _lists(listed: list[str], name: str) -> bool:
    """Tell whether a paper is listed; behind its name stand its form and how many of it."""
    return any(text.startswith((f"{name}: ", f"{name} (mẫu ")) for text in listed)
