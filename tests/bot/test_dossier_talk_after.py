"""After a look-up: short questions, consent, remembered dossiers, and an end to messages."""

from datetime import timedelta

import pytest

from bot.deciding.dossier_state import ASKED_SECONDS, PROOF_SECONDS
from bot.deciding.dossier_values import DossierAct, dossier_act_value
from bot.ports import Nlu
from bot.rendering import render_plain
from tests.support.dossier_chat import (
    ASKS_CODE,
    ASKS_FACTOR,
    DossierChat,
    outcome,
    tells,
)
from tests.support.dossiers import CODE, OTHER_CODE
from tests.support.shipped import shipped_library


@pytest.fixture
def chat(trained_nlu: Nlu) -> DossierChat:
    return DossierChat(trained_nlu, library=shipped_library())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("khi nào có", "looked_up_dossier_when"), ("bao giờ xong", "looked_up_dossier_when"),
        ("den dau roi", "looked_up_dossier_status"), ("xong chưa", "looked_up_dossier_status"),
        ("sao lâu thế", "looked_up_dossier_why"), ("sao lau vay", "looked_up_dossier_why"),
        ("cần bổ sung gì", "looked_up_dossier_supplement"),
        ("còn thiếu gì không", "looked_up_dossier_supplement"),
        ("lịch sử", "looked_up_dossier_history"),
        ("đã qua những bước nào", "looked_up_dossier_history"),
        ("báo tôi khi có kết quả", "clarify_dossier_consent"),
        ("bao toi nhe", "clarify_dossier_consent"),
        ("có gì mới thì nhắn tôi", "clarify_dossier_consent"),
        ("khi nào xong thì gọi tôi nhé", "clarify_dossier_consent"),
        ("nhớ hồ sơ này giúp tôi", "clarify_dossier_consent"),
    ],
)  # fmt: skip
def test_right_after_a_look_up_short_questions_mean_that_dossier(
    chat: DossierChat, said: str, kind: str
) -> None:
    chat.types(f"{OTHER_CODE} 5678")

    assert outcome(chat.types(said)) == kind


def test_other_questions_after_a_look_up_are_about_its_procedure(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    reply = chat.types("lệ phí bao nhiêu")

    assert outcome(reply) == "answered_fee"
    assert reply.procedure == "1.004222"
    assert outcome(chat.types("hồ sơ của tôi xong chưa")) == "looked_up_dossier_status"


def test_a_proof_ends_after_half_an_hour(chat: DossierChat) -> None:
    late = timedelta(seconds=PROOF_SECONDS + 1)
    chat.types(f"{CODE} 5678")
    chat.types("khi nào có", after=timedelta(seconds=PROOF_SECONDS - 60))
    history = dossier_act_value(DossierAct.HISTORY, CODE)

    assert outcome(chat.follows(history)) == "looked_up_dossier_history"
    chat.at += timedelta(seconds=61)
    assert outcome(chat.follows(history)) == ASKS_FACTOR
    chat.types("5678")
    assert outcome(chat.types("hồ sơ của tôi đến đâu rồi", after=late)) == ASKS_CODE


def test_a_question_for_digits_is_forgotten_after_a_day(chat: DossierChat) -> None:
    chat.types(CODE)

    assert not tells(chat.types("5678", after=timedelta(seconds=ASKED_SECONDS + 1)))


@pytest.mark.parametrize("yes", ["có", "co", "ok", "đồng ý", "dong y", "vâng ạ", "ừ báo tôi nhé"])
def test_a_clear_yes_is_kept_and_a_dossier_is_followed_once(chat: DossierChat, yes: str) -> None:
    chat.types(f"{CODE} 5678")
    chat.types("báo tôi khi có kết quả")
    assert not chat.follows_changes(CODE)
    chat.types(yes)

    assert chat.follows_changes(CODE)
    again = chat.types("báo tôi khi có kết quả")
    assert outcome(again) != "clarify_dossier_consent"
    assert chat.desk.followers(CODE) == [chat.key]


@pytest.mark.parametrize(
    "no", ["không", "ko", "thôi", "để tôi nghĩ đã", "lệ phí khai sinh", "dung"]
)
def test_anything_but_a_yes_keeps_nothing(chat: DossierChat, no: str) -> None:
    chat.types(f"{CODE} 5678")
    chat.types("báo tôi khi có kết quả")
    chat.types(no)
    chat.types("lệ phí kết hôn bao nhiêu")
    chat.types("có")

    assert not chat.remembers(CODE)


def test_a_polite_word_alone_is_asked_again_once(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    chat.types("báo tôi khi có kết quả")

    assert outcome(chat.types("dạ")) == "clarify_dossier_consent"
    assert not chat.follows_changes(CODE)
    chat.types("vâng")
    assert chat.follows_changes(CODE)


def test_a_button_agrees_only_to_what_was_asked_last(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    agree = dossier_act_value(DossierAct.AGREE, CODE)

    assert outcome(chat.follows(agree)) == "clarify_dossier_consent"  # nothing was asked
    assert not chat.remembers(CODE)
    chat.follows(dossier_act_value(DossierAct.AGREE, OTHER_CODE))  # never proved
    assert not chat.remembers(OTHER_CODE)


def test_remembering_and_following_are_asked_apart(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    chat.presses("Nhớ hồ sơ này")
    chat.presses("Đồng ý")

    assert chat.remembers(CODE)
    assert not chat.follows_changes(CODE)


def test_the_only_remembered_dossier_is_opened_without_asking(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    chat.presses("Nhớ hồ sơ này")
    chat.presses("Đồng ý")
    later = chat.types("hồ sơ của tôi đến đâu rồi", after=timedelta(days=3))

    assert tells(later)
    assert CODE in render_plain(later)


def _remember_both(chat: DossierChat) -> None:
    for code in (CODE, OTHER_CODE):
        chat.types(f"{code} 5678")
        chat.presses("Nhớ hồ sơ này")
        chat.types("có")


@pytest.mark.parametrize("said", ["2", "cái thứ hai", "0012"])
def test_several_remembered_dossiers_are_listed(chat: DossierChat, said: str) -> None:
    _remember_both(chat)
    listed = chat.types("hồ sơ của tôi đến đâu rồi", after=timedelta(days=3))

    assert outcome(listed) == ASKS_CODE
    assert len([one for one in listed.buttons if one.value.startswith("dossier:")]) == 2
    opened = chat.types(said)
    assert tells(opened)
    assert CODE in render_plain(opened)


@pytest.mark.parametrize(
    "said",
    [
        "dừng báo tin", "dung bao tin", "đừng báo tôi nữa", "thôi khỏi báo nữa", "huỷ theo dõi",
        "tắt thông báo hồ sơ này đi", "đừng nhắn báo tiến độ cho tôi nữa", "tat bao tin ho so",
        "dung gui thong bao nua", f"bỏ theo dõi mã {CODE}",
    ],
)  # fmt: skip
def test_who_wants_no_more_messages_gets_none(chat: DossierChat, said: str) -> None:
    chat.types(f"{CODE} 5678")
    chat.types("báo tôi khi có kết quả")
    chat.types("có")
    assert chat.follows_changes(CODE)

    assert outcome(chat.types(said)) == "small_talk_dossier_forgotten"
    assert not chat.follows_changes(CODE)
    assert not chat.remembers(CODE)  # that was never asked for


def test_stopping_works_days_later_and_without_any_proof(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    chat.types("báo tôi khi có kết quả")
    chat.types("có")
    chat.at += timedelta(days=9)
    chat.follows(dossier_act_value(DossierAct.STOP, CODE))

    assert not chat.follows_changes(CODE)


def test_a_dossier_can_be_forgotten(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")
    chat.presses("Nhớ hồ sơ này")
    chat.types("có")
    chat.types("quên hồ sơ này đi")

    assert not chat.remembers(CODE)
    assert outcome(chat.types("hồ sơ của tôi đến đâu rồi")) == ASKS_CODE


def test_another_dossier_can_be_asked_for(chat: DossierChat) -> None:
    chat.types(f"{CODE} 5678")

    assert outcome(chat.types("hồ sơ khác")) == ASKS_CODE
    chat.types(OTHER_CODE)
    assert tells(chat.types("5678"))
