"""After a card or an alert: short questions, short answers, and which dossier is meant."""

from datetime import timedelta
from typing import Any

import pytest

from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.dossiers.ports import Terms
from bot.dossiers.status import State, Step
from bot.messages import StatusCard
from bot.ports import Nlu
from bot.rendering import render_plain
from bot.rendering.dossiers.brief import _FAQS
from knowledge.faq_yaml import load_faq_content
from tests.support.dossier_chat import ASKS_CODE, DossierChat, outcome, tells
from tests.support.dossiers import CODE, NOW, OPEN, OTHER_CODE, a_dossier
from tests.support.shipped import shipped_library


@pytest.fixture
def chat(trained_nlu: Nlu) -> DossierChat:
    return DossierChat(trained_nlu, library=shipped_library())


def opened(chat: DossierChat, state: State, **changes: Any) -> None:
    chat.desk.put(a_dossier(state, **changes))
    assert tells(chat.types(f"{CODE} 5678"))


@pytest.mark.parametrize(
    ("state", "said", "kind", "told"),
    [
        (State.PAYMENT, "bao nhiêu tiền", "money", "20.000 đồng, chưa nộp"),
        (State.PAYMENT, "lệ phí bao nhiêu", "money", "20.000 đồng, chưa nộp"),
        (State.PAYMENT, "dong tien o dau", "pay", "kho bạc"),
        (State.PAYMENT, "tôi đóng tiền rồi", "paid", "đừng nộp lần nữa"),
        (State.PROCESSING, "bao nhieu tien", "money", "không ghi khoản nào"),
        (State.DONE, "mang theo gì", "bring", "biên lai"),
        (State.DONE, "lấy ở đâu", "collect", "Nhận tại bộ phận một cửa"),
        (State.DONE, "nguoi khac lay ho duoc khong", "proxy", "giấy uỷ quyền"),
        (State.DONE, "hôm nào lấy", "when", "Đã có kết quả"),
        (State.RETURNED, "tôi chưa nhận được", "collect", "hỏi nơi trả"),
        (State.PROCESSING, "lấy kết quả ở đâu", "collect", "Chưa có kết quả"),
        (State.SUPPLEMENT, "bổ sung ở đâu", "supplement_where", "giấy hẹn"),
        (State.SUPPLEMENT, "khi nào hết hạn bổ sung", "supplement_until", "04/12/2026"),
        (State.SUPPLEMENT, "thieu gi", "supplement", "chỗ ở hợp pháp"),
        (State.SUPPLEMENT, "cần giấy tờ gì", "supplement", "chỗ ở hợp pháp"),
        (State.SUPPLEMENT, "tôi bổ sung rồi mà", "supplemented", "vẫn ghi chờ bạn bổ sung"),
        (State.PROCESSING, "đến bước nào rồi", "holder", "UBND phường Ngô Quyền"),
        (State.PROCESSING, "ai dang giu ho so", "holder", "UBND phường Ngô Quyền"),
        (State.PROCESSING, "mấy hôm nữa", "when", "25/11/2026"),
        (State.PROCESSING, "dung hen khong", "when", "25/11/2026"),
        (State.PROCESSING, "bây giờ tôi phải làm gì", "now", "chưa phải làm gì"),
        (State.PROCESSING, "khiếu nại ở đâu", "complain", "Gửi phản ánh"),
        (State.PROCESSING, "số điện thoại nơi đó", "contact", "không ghi số điện thoại"),
        (State.REFUSED, "sao họ không nhận", "why", "văn bản nêu rõ lý do"),
        (State.STOPPED, "hồ sơ trả lại thì sao", "why", "không gửi lý do"),
    ],
)
def test_a_short_question_gets_a_short_answer_from_the_status(
    chat: DossierChat, state: State, said: str, kind: str, told: str
) -> None:
    opened(chat, state)
    reply = chat.types(said)

    assert outcome(reply) == f"looked_up_dossier_{kind}"
    assert told in render_plain(reply)
    assert not [block for block in reply.blocks if isinstance(block, StatusCard)]
    assert reply.afterwards


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("thủ tục này cần giấy gì", "answered_documents"),
        ("lệ phí đăng ký thường trú", "answered_fee"),
        ("lệ phí bao nhiêu", "answered_fee"),
    ],
)
def test_questions_about_the_procedure_stay_such(chat: DossierChat, said: str, kind: str) -> None:
    opened(chat, State.PROCESSING)

    assert outcome(chat.types(said)) == kind


def test_the_reason_the_office_wrote_is_told_with_the_state(chat: DossierChat) -> None:
    last = Step(NOW - timedelta(days=2), State.STOPPED, "", "Không đủ điều kiện về chỗ ở")
    chat.desk.put(a_dossier(State.STOPPED, history=(last,)))

    assert "Không đủ điều kiện về chỗ ở" in render_plain(chat.types(f"{CODE} 5678"))
    assert "Không đủ điều kiện về chỗ ở" in render_plain(chat.types("tại sao"))


def test_a_day_that_is_over_and_nothing_to_do_are_never_told_together(chat: DossierChat) -> None:
    for state in (State.REGISTERED, State.ACCEPTED, State.PROCESSING):
        due = NOW - timedelta(days=9)
        chat.desk.put(a_dossier(state, received_at=None, due_at=due))
        told = render_plain(chat.types(f"{CODE} 5678"))
        assert "đã qua rồi" in told
        assert "chưa phải làm gì" not in told


def follow(chat: DossierChat, code: str) -> None:
    chat.types(f"{code} 5678")
    chat.types("báo tôi khi có thay đổi")
    chat.types("có")
    assert chat.follows_changes(code)


def test_after_an_alert_short_questions_mean_its_dossier(chat: DossierChat) -> None:
    follow(chat, OTHER_CODE)
    follow(chat, CODE)
    chat.at += timedelta(days=2)
    chat.desk.put(a_dossier(State.DONE, OTHER_CODE))
    chat.types("lệ phí khai sinh")
    chat.at += timedelta(hours=1)
    chat.desk.told_at[OTHER_CODE] = chat.at.timestamp()
    reply = chat.types("lấy ở đâu", after=timedelta(minutes=5))

    assert outcome(reply) == "looked_up_dossier_collect"
    assert OTHER_CODE in render_plain(reply)


def test_without_a_dossier_such_a_question_asks_for_a_procedure(chat: DossierChat) -> None:
    assert not tells(chat.types("lấy ở đâu"))
    assert chat.desk.reopened == []


@pytest.mark.parametrize("said", ["stop", "đừng nhắn nữa", "dừng", "huỷ theo dõi"])
def test_who_wants_no_more_messages_gets_none_of_any_dossier(chat: DossierChat, said: str) -> None:
    follow(chat, OTHER_CODE)
    follow(chat, CODE)
    told = render_plain(chat.types(said))

    assert not chat.follows_changes(CODE)
    assert not chat.follows_changes(OTHER_CODE)
    assert CODE in told
    assert OTHER_CODE in told


def test_one_can_be_stopped_and_the_other_goes_on(chat: DossierChat) -> None:
    follow(chat, OTHER_CODE)
    follow(chat, CODE)
    told = render_plain(chat.types("thôi báo tin hồ sơ này"))

    assert not chat.follows_changes(CODE)
    assert chat.follows_changes(OTHER_CODE)
    assert f"vẫn báo tin: {OTHER_CODE}" in told


def test_stop_is_no_wish_where_nothing_is_followed(chat: DossierChat) -> None:
    assert outcome(chat.types("stop")) == "small_talk_cancel"


def remember_both(chat: DossierChat) -> None:
    for code in (CODE, OTHER_CODE):
        chat.types(f"{code} 5678")
        assert outcome(chat.types("nhớ giùm")) == "clarify_dossier_consent"
        chat.types("có")


@pytest.mark.parametrize("other", ["hồ sơ kia", "cái còn lại", "hồ sơ 2", "ho so thu hai"])
def test_several_are_chosen_by_words(chat: DossierChat, other: str) -> None:
    remember_both(chat)

    assert CODE in render_plain(chat.types(other))
    assert outcome(chat.types("hồ sơ của tôi đến đâu rồi")) == ASKS_CODE


@pytest.mark.parametrize("said", ["quên hết hồ sơ đi", "đừng nhớ hồ sơ nào nữa"])
def test_all_are_forgotten_at_once_and_counted(chat: DossierChat, said: str) -> None:
    remember_both(chat)

    assert "cả 2 hồ sơ" in render_plain(chat.types(said))
    assert not chat.remembers(CODE)
    assert not chat.remembers(OTHER_CODE)


def test_a_question_for_consent_waits_while_something_else_is_asked(chat: DossierChat) -> None:
    opened(chat, State.PROCESSING)
    chat.types("báo tôi khi có kết quả")
    answered = chat.types("lệ phí khai sinh")

    assert outcome(answered).startswith("answered")
    assert "chưa giữ gì" in render_plain(answered)
    assert outcome(chat.types("ừ")) == "clarify_dossier_consent"
    assert not chat.remembers(CODE)
    chat.types("có")
    assert chat.follows_changes(CODE)


def test_an_old_button_does_not_answer_a_newer_question(chat: DossierChat) -> None:
    opened(chat, State.PROCESSING)
    chat.presses("Nhớ hồ sơ này")
    old = {act: dossier_act_value(act, CODE, DossierAct.REMEMBER) for act in _ANSWERS}
    assert {one.value for one in chat.last.buttons} == set(old.values()) if chat.last else False
    chat.types("báo tôi khi có thay đổi")

    assert outcome(chat.follows(old[DossierAct.REFUSE])) == "clarify_dossier_consent"
    assert outcome(chat.follows(old[DossierAct.AGREE])) == "clarify_dossier_consent"
    assert not chat.remembers(CODE)
    chat.presses("Đồng ý")
    assert chat.remembers(CODE)
    assert not chat.follows_changes(CODE)


_ANSWERS = (DossierAct.AGREE, DossierAct.REFUSE)


def test_the_general_questions_that_say_more_are_there() -> None:
    known = {one.key for one in load_faq_content().faqs}
    assert _FAQS
    assert {key for key, _ in _FAQS.values()} <= known


def test_what_is_erased_names_the_dossiers(chat: DossierChat) -> None:
    assert "hồ sơ" in render_plain(chat.types("xoá dữ liệu của tôi"))


def test_what_a_code_alone_opened_proves_nothing_once_digits_are_asked(chat: DossierChat) -> None:
    chat.desk.terms = Terms(is_open=True)
    assert tells(chat.types(CODE))
    chat.desk.terms = OPEN
    for value in (
        dossier_act_value(DossierAct.HISTORY, CODE),
        dossier_act_value(DossierAct.REMEMBER, CODE),
        dossier_act_value(DossierAct.AGREE, CODE, DossierAct.REMEMBER),
    ):
        assert not tells(chat.follows(value))
    assert not tells(chat.types("đến đâu rồi"))
    assert not chat.remembers(CODE)
    assert tells(chat.types(f"{CODE} 5678"))


def test_what_a_code_alone_does_not_tell_is_not_said_to_be_missing(trained_nlu: Nlu) -> None:
    chat = DossierChat(trained_nlu, terms=Terms(is_open=True), library=shipped_library())
    chat.types(CODE)
    for said in ("bao nhiêu tiền", "ai đang giữ hồ sơ"):
        assert "chỉ xem được trạng thái" in render_plain(chat.types(said))
