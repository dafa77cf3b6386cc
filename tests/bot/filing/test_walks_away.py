"""Walks away from filings in every way: one word finds again what waits."""

from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deciding.filing_found import can_guide
from bot.deciding.form_asking import MOST_ASIDES
from bot.filings.state import FilingStage
from bot.messages import ConversationKey, Gesture
from bot.rendering import render_plain
from knowledge.content import load_procedures
from tests.support.filing_chat import CHANNELS, FilingChat, outcome, shipped

CODES: Final = tuple(
    one.code
    for one in load_procedures()
    if shipped().table(one.code) is not None and can_guide(one)
)
FOUND: Final = frozenset(
    {"guided_checklist", "guided_filing_step", "clarify_circumstance", "answered_held"}
)
SAID: Final = """quay lai|toi khong chac|xong|1 2|bo 1|du roi|con thieu gi|vuong|lay phieu
nhac toi ngay mai|le phi bao nhieu|thoi|khong|co|cam on|nop tung buoc|hả?|mã OTP 123456|?
lệ phí hộ chiếu|tra cứu hồ sơ|mã đâu|để sau|nhắc tôi 30/2|nộp tại quầy|danh sach|alo|tam biet
không hiểu gì cả|quên mật khẩu vneid|12|ok|đổi câu trả lời|tại quầy|căn cước 001203004567"""
STEPS: st.SearchStrategy[tuple[str, int | str]] = st.one_of(
    st.tuples(st.just("button"), st.integers(0, 30)),
    st.tuples(st.just("say"), st.sampled_from(SAID.replace("\n", "|").split("|"))),
    st.tuples(st.just("press"), st.sampled_from(["faq:toan-trinh-la-gi", "faq:vneid-la-gi"])),
    st.tuples(st.just("do"), st.sampled_from([Gesture.START, Gesture.HELP])),
)


def step(chat: FilingChat, kind: str, what: int | str) -> None:
    """Press the button of this number, or of this value; say it, or do it."""
    buttons = chat.last.buttons
    if isinstance(what, int):
        if buttons:
            chat.follows(buttons[what % len(buttons)].value)
    elif isinstance(what, Gesture):
        chat.does(what)
    elif kind == "press":
        chat.follows(what)
    else:
        chat.types(what)


def something_waits(chat: FilingChat) -> bool:
    """Whether a filing is in progress, or a question before its list was asked."""
    filing, form = chat.dialogue.filing, chat.dialogue.form
    if filing is not None and filing.stage is not FilingStage.FILED:
        return True
    table = shipped().table(form.code) if form is not None else None
    if form is None or table is None or form.asides >= MOST_ASIDES:
        return False
    return table.next_question(table.settled(dict(form.answers))) is not None


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds("file:{}{}".format, st.sampled_from(CODES), st.sampled_from(["", ":online"])),
    st.sampled_from(CHANNELS),
    st.lists(STEPS, min_size=4, max_size=14),
)
def test_after_every_walk_one_word_finds_what_waits(
    begun: str, key: ConversationKey, steps: list[tuple[str, int | str]]
) -> None:
    chat = FilingChat(key=key)
    chat.follows(begun)
    for kind, what in steps:
        step(chat, kind, what)
    if not something_waits(chat):
        return
    chat.types("làm tiếp")
    assert outcome(chat.last) in FOUND, render_plain(chat.last)


def test_who_gives_nothing_up_always_has_something_that_waits() -> None:
    assert len(CODES) >= 50
    for code in CODES[::9]:
        chat = FilingChat()
        chat.follows(f"file:{code}")
        for text in ("le phi bao nhieu", "cam on", "mã đâu", "hả?", "tra cuu ho so", "alo", "2"):
            chat.types(text)
            assert something_waits(chat), text
