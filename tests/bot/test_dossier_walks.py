"""Random walks over messages and buttons: nothing is told without proof, and nobody gets stuck."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.dialogue import Dialogue
from bot.dossiers.ports import Terms
from bot.messages import ConversationKey, Gesture, Reply
from bot.rendering import render_plain
from tests.support.dossier_chat import GROUP, TELEGRAM, WEB, DossierChat, PlainNlu, tells
from tests.support.dossiers import CODE, FACTOR, OPEN, OTHER_CODE

Step = Callable[[DossierChat], Reply]

INTENTS = {
    "hồ sơ của tôi đến đâu rồi": "check_dossier",
    "bao toi khi co ket qua": "subscribe_dossier",
    "rút hồ sơ": "withdraw_dossier",
    "thôi": "cancel",
    "lệ phí khai sinh": "ask_procedure",
    "không": "deny",
    "có": "affirm",
}
WORDS = (
    *INTENTS, "khi nào có", "lịch sử", "dừng báo tin", "quên hồ sơ này đi", "quên mã hồ sơ",
    "hồ sơ khác", "nhớ hồ sơ này", "dạ", "1", "2", "12", "abc", "0912345678", "tiếp tục",
    "h17.15-26lll6-0012", "K7QM 2XWA", "", "😀", "xoá dữ liệu của tôi", "1.004222", "/hoso",
)  # fmt: skip
CODES = (CODE, OTHER_CODE, "H17.15-261116-9999")


def types(text: str) -> Step:
    return lambda chat: chat.types(text)


def presses(which: int) -> Step:
    def press(chat: DossierChat) -> Reply:
        buttons = chat.last.buttons if chat.last else ()
        return chat.follows(buttons[which % len(buttons)].value) if buttons else chat.types("?")

    return press


def waits(minutes: int) -> Step:
    return lambda chat: chat.types("xin chào", after=timedelta(minutes=minutes))


WITHOUT_PROOF = st.one_of(
    st.sampled_from(WORDS).map(types),
    st.sampled_from(CODES).map(types),
    st.sampled_from(CODES).map(lambda code: types(f"hs {code} số cuối 0000")),
    st.sampled_from(["0000", "số cuối 1234", "9999"]).map(types),
    st.integers(0, 9).map(presses),
    st.builds(
        lambda act, code: lambda chat: chat.follows(dossier_act_value(act, code)),
        st.sampled_from(DossierAct),
        st.sampled_from(["", *CODES]),
    ),
    st.sampled_from(Gesture).map(lambda gesture: lambda chat: chat.does(gesture)),
    st.sampled_from([1, 31, 1500]).map(waits),
    st.text(max_size=40).map(types),
    st.text(max_size=20).map(lambda value: lambda chat: chat.follows(f"hs:{value}")),
)
WITH_PROOF = WITHOUT_PROOF | st.sampled_from(
    [types(FACTOR), types(f"{CODE} {FACTOR}"), types(f"{OTHER_CODE} đuôi {FACTOR}"), types("có")]
)
KEYS = st.sampled_from([TELEGRAM, WEB, ConversationKey("zalo_bot", "6ede9afa66b88fe6d6a9")])


def a_chat(key: ConversationKey = TELEGRAM, terms: Terms = OPEN) -> DossierChat:
    return DossierChat(PlainNlu(**INTENTS), key=key, terms=terms)


@settings(max_examples=150, deadline=None)
@given(KEYS, st.lists(WITHOUT_PROOF, max_size=10))
def test_without_the_right_digits_nothing_is_told(key: ConversationKey, steps: list[Step]) -> None:
    chat = a_chat(key)
    for step in steps:
        assert not tells(step(chat))
    assert chat.desk.reopened == []
    assert not chat.desk.followers(CODE)
    assert not chat.remembers(CODE)


@settings(max_examples=150, deadline=None)
@given(KEYS, st.lists(WITH_PROOF, max_size=12))
@example(TELEGRAM, [types(f"{CODE} {FACTOR}"), types("bao toi khi co ket qua"), types("có")])
def test_nobody_is_vouched_for_who_did_not_prove_it(
    key: ConversationKey, steps: list[Step]
) -> None:
    chat = a_chat(key)  # its desk refuses whom nobody may vouch for
    for step in steps:
        reply = step(chat)
        assert reply.blocks
        assert FACTOR not in repr(chat.dialogue)
        if CODE in render_plain(reply) or OTHER_CODE in render_plain(reply):
            assert reply.afterwards


@settings(max_examples=100, deadline=None)
@given(KEYS, st.lists(WITH_PROOF, max_size=10))
def test_from_everywhere_a_code_and_its_digits_lead_on(
    key: ConversationKey, steps: list[Step]
) -> None:
    chat = a_chat(key)
    for step in steps:
        step(chat)
    chat.at += timedelta(minutes=16)  # no lock lasts longer

    assert tells(chat.types(f"hồ sơ {CODE} đến đâu rồi, số cuối {FACTOR}"))


@settings(max_examples=100, deadline=None)
@given(st.lists(WITH_PROOF, max_size=10))
def test_in_a_group_nothing_is_ever_told(steps: list[Step]) -> None:
    group = a_chat(GROUP)
    for step in steps:
        reply = step(group)
        assert not tells(reply)
        assert group.dialogue.dossier_talk is None
    assert not group.remembers(CODE)


@settings(max_examples=100, deadline=None)
@given(st.lists(WITH_PROOF, max_size=10))
def test_a_closed_desk_is_never_asked(steps: list[Step]) -> None:
    closed = a_chat(terms=Terms())
    for step in steps:
        assert not tells(step(closed))
        assert closed.dialogue.dossier_talk is None
    assert closed.desk.reopened == []


@pytest.mark.parametrize("steps", [[types("có")], [types("đồng ý")], [presses(0)]])
def test_only_who_was_asked_can_agree(steps: list[Step]) -> None:
    chat = a_chat()
    for step in steps:
        step(chat)

    assert chat.dialogue != Dialogue()
    assert not chat.desk.followers(CODE)
