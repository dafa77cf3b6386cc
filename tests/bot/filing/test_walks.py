"""Walks over the tables that ship, on every channel: each ends, none breaks, no tick is lost."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding.filing_found import can_guide
from bot.deciding.form_asking import MOST_ASIDES
from bot.deciding.found import MAX_VALUE_BYTES
from bot.filings.state import Filing, FilingStage
from bot.messages import Checklist, Choice, ConversationKey, Gesture, Reply
from bot.ports import Nlu
from bot.rendering import render_plain
from knowledge.content import load_procedures
from tests.support.filing_chat import CHANNELS, TELEGRAM, WEB, FilingChat, outcome, shipped

CODES = tuple(
    one.code
    for one in load_procedures()
    if shipped().table(one.code) is not None and can_guide(one)
)
MOST_QUESTIONS = 12
KEEP = frozenset(
    {"toi khong chac", "1 2", "du roi", "doi cau tra loi", "lam tiep", "cam on", "hả?"}
)
"""Words that take no tick away."""
_ENDED = frozenset({"small_talk_form_stopped", "small_talk_filing_ended", "answered_held"})


def bare(text: str) -> str:
    """The text as it is typed without accents."""
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(one for one in apart if not unicodedata.combining(one))


def is_list(reply: Reply) -> bool:
    return any(isinstance(block, Checklist) for block in reply.blocks)


SAID = """quay lai|toi khong chac|xong|1 2|bo 1|du roi|con thieu gi|vuong|doi cau tra loi|lay phieu
nhac toi ngay mai|le phi bao nhieu|lam tiep|thoi|khong|co|cam on|nop tung buoc|hả?
mã OTP 123456|?"""
Walk = tuple[str, int | str]
STEPS: st.SearchStrategy[Walk] = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 30)),
    st.tuples(st.just("label"), st.integers(0, 30)),
    st.tuples(st.just("number"), st.integers(0, 12)),
    st.tuples(st.just("say"), st.sampled_from(SAID.replace("\n", "|").split("|"))),
    st.tuples(st.just("press"), st.just("faq:toan-trinh-la-gi")),
    st.tuples(st.just("do"), st.just("start")),
)
"""What is done, and which button, which number, which words, which value."""


AWAY = """lệ phí hộ chiếu|tra cứu hồ sơ|mã đâu|để sau|nhắc tôi 30/2|nộp tại quầy|danh sach|cam on
alo|tam biet|nhắc tôi hôm qua|không hiểu gì cả|quên mật khẩu vneid|xong|nop tung buoc|12|ok"""
WALK_AWAY: st.SearchStrategy[Walk] = st.one_of(
    STEPS,
    st.tuples(st.just("say"), st.sampled_from(AWAY.replace("\n", "|").split("|"))),
    st.tuples(st.just("press"), st.sampled_from(["faq:vneid-la-gi", "dossier:status"])),
)
"""The same, and what leads far away."""
FOUND = frozenset({"guided_checklist", "guided_filing_step", "clarify_circumstance"}) | {
    "answered_held"
}


def walked(chat: FilingChat, kind: str, what: int | str) -> str:
    """Take one step, and return what was pressed; empty: something was typed or done."""
    if kind == "do":
        chat.does(Gesture(str(what)))
        return ""
    if isinstance(what, int) and kind != "number":
        buttons = chat.last.buttons
        button = buttons[what % len(buttons)] if buttons else Choice("xong", "faq:vneid-la-gi")
        what = button.value if kind == "press" else bare(button.label)
    if kind != "press":
        chat.types(str(what))
        return ""
    chat.follows(str(what))
    return str(what)


def is_sound(reply: Reply) -> None:
    values = [one.value for one in reply.buttons]
    assert reply.blocks
    assert render_plain(reply).strip()
    assert all(0 < len(one.encode()) <= MAX_VALUE_BYTES for one in values)
    assert outcome(reply) != "unanswered_broken_button"
    assert sum(isinstance(block, Checklist) for block in reply.blocks) <= 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds("file:{}{}".format, st.sampled_from(CODES), st.sampled_from(["", ":online"])),
    st.sampled_from(CHANNELS),
    st.lists(STEPS, min_size=4, max_size=14),
)
def test_every_walk_stays_sound_and_can_be_led_to_the_list(
    begun: str, key: ConversationKey, steps: list[Walk]
) -> None:
    chat = FilingChat(key=key)
    is_sound(chat.follows(begun))
    for kind, what in steps:
        before = chat.dialogue.filing
        pressed = walked(chat, kind, what)
        is_sound(chat.last)
        if pressed or what in KEEP:
            ticks_are_kept(chat, before, pressed)
    chat.follows(begun.removesuffix(":online"))
    for _ in range(MOST_QUESTIONS):
        if is_list(chat.last) or outcome(chat.last) != "clarify_circumstance":
            break
        is_sound(chat.follows(chat.last.buttons[0].value))
    assert outcome(chat.last).startswith(("guided", "clarify_stop_filing")) or (
        outcome(chat.last) in _ENDED
    ), render_plain(chat.last)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds("file:{}{}".format, st.sampled_from(CODES), st.sampled_from(["", ":online"])),
    st.sampled_from(CHANNELS),
    st.lists(WALK_AWAY, min_size=4, max_size=16),
)
def test_after_every_walk_lam_tiep_finds_what_waits(
    begun: str, key: ConversationKey, steps: list[Walk]
) -> None:
    chat = FilingChat(key=key)
    chat.follows(begun)
    for kind, what in steps:
        walked(chat, kind, what)
    if not something_waits(chat):
        return
    chat.types("làm tiếp")
    assert outcome(chat.last) in FOUND, render_plain(chat.last)


def something_waits(chat: FilingChat) -> bool:
    """Whether a filing is in progress, or a question before its list was asked."""
    filing, form = chat.dialogue.filing, chat.dialogue.form
    if filing is not None and filing.stage is not FilingStage.FILED:
        return True
    table = shipped().table(form.code) if form is not None else None
    if form is None or table is None or form.asides >= MOST_ASIDES:
        return False
    return table.next_question(table.settled(dict(form.answers))) is not None


def test_who_gives_nothing_up_always_has_something_that_waits() -> None:
    for code in CODES[::9]:
        chat = FilingChat()
        chat.follows(f"file:{code}")
        for text in ("le phi bao nhieu", "cam on", "mã đâu", "hả?", "tra cuu ho so", "alo", "2"):
            chat.types(text)
            assert something_waits(chat), text


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
