"""Walks over the tables that ship, on every channel: each ends, none breaks, no tick is lost."""

import unicodedata
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding.filing_found import can_guide
from bot.dialogue import Dialogue
from bot.filings.state import Filing, FilingStage
from bot.messages import ConversationKey, Gesture, Outcome, OutcomeFamily, Paragraph, Reply
from bot.ports import Nlu
from bot.rendering import render_plain
from knowledge.content import load_procedures
from tests.support.channel_doings import Doing
from tests.support.filing_chat import (
    BIRTH,
    CHANNELS,
    TELEGRAM,
    WEB,
    ZALO_BOT,
    FilingChat,
    outcome,
    shipped,
)
from tests.support.walking import Walker, is_end, is_list, is_sound

CODES = tuple(
    one.code
    for one in load_procedures()
    if shipped().table(one.code) is not None and can_guide(one)
)
PRESSES = 9
KEEP = frozenset(
    {"toi khong chac", "1 2", "du roi", "doi cau tra loi", "lam tiep", "cam on", "hả?"}
)
"""Words that take no tick away."""


def bare(text: str) -> str:
    """The text as it is typed without accents."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(one for one in apart if not unicodedata.combining(one))


SAID = """quay lai|toi khong chac|xong|1 2|bo 1|du roi|con thieu gi|vuong|doi cau tra loi|lay phieu
nhac toi ngay mai|le phi bao nhieu|lam tiep|thoi|khong|co|cam on|nop tung buoc|hả?
mã OTP 123456|?"""
Walk = tuple[str, int | str]
STEPS: st.SearchStrategy[Walk] = st.one_of(
    st.tuples(st.just("seen"), st.integers(0, 30)),
    st.tuples(st.just("seen"), st.integers(0, 30)),
    st.tuples(st.just("label"), st.integers(0, 30)),
    st.tuples(st.just("say"), st.sampled_from(SAID.replace("\n", "|").split("|"))),
    st.tuples(st.just("press"), st.just("faq:toan-trinh-la-gi")),
    st.tuples(st.just("do"), st.just("start")),
)
"""What is done: what the channel shows, by its place; a label or words typed; an old button."""
ALIVE: dict[str, set[tuple[Dialogue, str]]] = {key.channel: set() for key in CHANNELS}
"""By channel; what was proved once need not be proved again."""


def walker(key: ConversationKey) -> Walker:
    return Walker(FilingChat(key=key), ALIVE[key.channel])


def walked(one: Walker, kind: str, what: int | str) -> str:
    """Take one step, and return what was pressed; empty: something was typed or done."""
    chat = one.chat
    if kind == "do":
        chat.does(Gesture(str(what)))
        return ""
    if isinstance(what, str):
        (chat.follows if kind == "press" else chat.types)(what)
        return what if kind == "press" else ""
    if kind == "label":
        buttons = chat.last.buttons
        chat.types(bare(buttons[what % len(buttons)].label) if buttons else "xong")
        return ""
    offered = one.offered() or (Doing(value="faq:vneid-la-gi"),)
    doing = offered[what % len(offered)]
    one.does(doing)
    return doing.value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds("file:{}{}".format, st.sampled_from(CODES), st.sampled_from(["", ":online"])),
    st.sampled_from(CHANNELS),
    st.lists(STEPS, min_size=4, max_size=14),
)
def test_every_walk_stays_sound_and_ends_by_what_the_channel_shows(
    begun: str, key: ConversationKey, steps: list[Walk]
) -> None:
    one = walker(key)
    is_sound(one.chat.follows(begun))
    for kind, what in steps:
        before = one.chat.dialogue.filing
        pressed = walked(one, kind, what)
        is_sound(one.chat.last)
        if pressed or what in KEEP:
            ticks_are_kept(one.chat, before, pressed)
    filing = one.chat.dialogue.filing
    waits = filing is not None and filing.stage is not FilingStage.FILED
    if not has_left(one.chat.last):
        one.chat.types("lam tiep") if waits else one.chat.follows(begun)
    one.can_end()


@pytest.mark.parametrize("key", CHANNELS, ids=lambda key: key.channel)
def test_every_state_of_every_table_that_is_come_to_can_be_ended(key: ConversationKey) -> None:
    """Each table is walked through by a way of its own, and every state on it is left."""
    assert len(CODES) >= 50
    for code in CODES:
        one, at = walker(key), crc32(f"{code} {key.channel}".encode())
        is_sound(one.chat.follows(f"file:{code}"))
        for turn in range(PRESSES):
            one.can_end()
            if has_left(one.chat.last):
                one.chat.follows(f"file:{code}")
            offered = one.offered()
            one.does(offered[(at >> 3 * turn) % len(offered)])
        one.can_end()


def has_left(reply: Reply) -> bool:
    """Tell whether the filing is over: what is offered there leads anywhere."""
    return is_end(reply) and not is_list(reply)


def test_a_dead_end_is_found() -> None:
    one = Walker(FilingChat(key=ZALO_BOT))
    one.chat.follows(f"file:{BIRTH}")
    dead = Reply((Paragraph("Hết."),), Outcome(OutcomeFamily.CLARIFY, "circumstance"))
    one.chat.replies.append(dead)
    with pytest.raises(AssertionError, match="no way on"):
        one.can_end()


def ticks_are_kept(chat: FilingChat, before: Filing | None, pressed: str) -> None:
    """A tick goes when it is taken away, or with the whole filing."""
    after = chat.dialogue.filing
    if before is None or after is None or before.code != after.code or ":off:" in pressed:
        return
    gone = set(before.ticked) - set(after.ticked)
    assert not gone or before.stage is FilingStage.FILED, (pressed, outcome(chat.last))


@pytest.mark.parametrize("key", CHANNELS, ids=lambda key: key.channel)
def test_the_first_answers_lead_every_table_to_its_list_in_few_turns(
    key: ConversationKey,
) -> None:
    assert len(CODES) >= 50
    for code in CODES:
        chat = FilingChat(key=key)
        chat.to_the_list(code)
        assert chat.filing.code == code
        assert chat.filing.stage is FilingStage.LIST


def test_who_only_types_without_accents_gets_from_the_wish_to_filed(trained_nlu: Nlu) -> None:
    chat = FilingChat(key=WEB, nlu=trained_nlu)
    assert outcome(chat.types("toi muon dang ky khai sinh qua mang")) == "guided_online_filing"
    chat.types("bat dau chuan bi ho so")
    for text in ("cha hoac me cua be", "khong thuoc truong hop nao", "co"):
        assert outcome(chat.last) == "clarify_circumstance", render_plain(chat.last)
        chat.types(text)
    assert is_list(chat.last), render_plain(chat.last)
    chat.types("1")
    assert chat.ticks[0]
    chat.types("co het roi")
    chat.types("tiep")
    assert outcome(chat.last) == "guided_filing_step"
    chat.types("le phi bao nhieu")
    assert "Lệ phí" in render_plain(chat.last)
    chat.types("lam tiep")
    for _ in range(3):
        assert outcome(chat.types("xong")) == "guided_filing_step"
    assert outcome(chat.types("da nop roi")) == "guided_filed"


def test_the_same_message_twice_ticks_once() -> None:
    chat = FilingChat(key=TELEGRAM)
    chat.to_the_list()
    chat.types("1")
    kept = chat.filing
    chat.again()
    assert chat.filing == kept
