"""Several codes, groups, other channels, published states, samples, and a closed desk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deciding.found import dossier_value
from bot.dialogue import DossierStage
from bot.dossiers.ports import Sample, Terms
from bot.dossiers.status import FactorKind, State
from bot.errors import StoreUnavailable
from bot.messages import ConversationKey, Gesture
from bot.ports import Nlu
from bot.rendering import render_plain
from tests.support.dossier_chat import (
    ASKS_CODE,
    ASKS_FACTOR,
    GROUP,
    WEB,
    DossierChat,
    outcome,
    tells,
)
from tests.support.dossiers import CODE, OPEN, OTHER_CODE, a_dossier
from tests.support.shipped import shipped_library


@pytest.fixture
def chat(trained_nlu: Nlu) -> DossierChat:
    return DossierChat(trained_nlu, library=shipped_library())


def test_of_several_codes_the_first_is_taken_and_the_others_are_offered(chat: DossierChat) -> None:
    reply = chat.types(f"{CODE} và {OTHER_CODE} 5678")

    assert tells(reply)
    assert "nhiều mã hồ sơ" in render_plain(reply)
    assert OTHER_CODE not in reply.afterwards
    assert reply.afterwards
    assert outcome(chat.presses(OTHER_CODE)) == ASKS_FACTOR


def test_in_a_group_nothing_is_looked_up(trained_nlu: Nlu) -> None:
    group = DossierChat(trained_nlu, key=GROUP, library=shipped_library())
    asked = (CODE, f"{CODE} 5678", "hồ sơ của tôi đến đâu rồi", "hs h17.15-26lll6-0012")
    for said in asked:
        assert outcome(group.types(said)) == "refused_dossier_in_group", said
        assert group.talk is None
    assert outcome(group.does(Gesture.DOSSIERS)) == "refused_dossier_in_group"
    assert outcome(group.follows("hs:word:K7QM2XWA")) == "refused_dossier_in_group"
    assert outcome(group.types("lệ phí khai sinh bao nhiêu")) == "answered_fee"


def test_a_group_whose_id_does_not_tell_it_is_one_all_the_same(trained_nlu: Nlu) -> None:
    key = ConversationKey("zalo_bot", "a5f1c3d2e4b6978800ff")
    group = DossierChat(trained_nlu, key=key, library=shipped_library())
    group.in_group = True

    assert outcome(group.types(f"{CODE} 5678")) == "refused_dossier_in_group"
    assert outcome(group.types("báo tôi khi có kết quả")) == "refused_dossier_in_group"


ELSEWHERE = replace(OPEN, telegram_link="https://t.me/motcua_bot?start=", zalo=True)


def test_a_page_hands_over_to_a_channel_that_can_tell(trained_nlu: Nlu) -> None:
    page = DossierChat(trained_nlu, key=WEB, terms=ELSEWHERE, library=shipped_library())
    page.types(f"{CODE} 5678")
    offered = page.presses("Báo tôi")
    word = next(iter(page.desk._words))
    assert outcome(offered) == "handed_over_dossier_elsewhere"
    assert f"start=word_{word}" in render_plain(offered)

    phone = DossierChat(trained_nlu, desk=page.desk, library=shipped_library())
    assert outcome(phone.types(f"/start word_{word}")) == "clarify_dossier_consent"
    phone.types("có")
    assert phone.follows_changes(CODE)
    assert tells(phone.types("khi nào có"))
    assert outcome(phone.types(word)) == "unanswered_dossier_word"


def test_a_word_opens_the_dossier_on_a_page_as_well(trained_nlu: Nlu) -> None:
    page = DossierChat(trained_nlu, key=WEB, library=shipped_library())
    page.desk._words["K7QM2XWA"] = (CODE, page.at + timedelta(minutes=15))

    assert tells(page.types("K7QM2XWA"))
    assert tells(page.types("khi nào có"))


@pytest.mark.parametrize("channel", ["zalo_oa", "zalo_bot"])
@pytest.mark.parametrize("spelled", ["{0}{1}", "{0} {1}"])
def test_a_word_can_be_typed_on_zalo(trained_nlu: Nlu, channel: str, spelled: str) -> None:
    zalo = DossierChat(trained_nlu, key=ConversationKey(channel, "8f2a"), library=shipped_library())
    zalo.desk._words["K7QM2XWA"] = (CODE, zalo.at + timedelta(minutes=15))

    reply = zalo.types(spelled.format("k7qm", "2xwa"))
    assert outcome(reply) == "clarify_dossier_consent"
    zalo.types("1")
    assert zalo.follows_changes(CODE)


def test_a_word_is_too_old_after_a_quarter_of_an_hour(chat: DossierChat) -> None:
    chat.desk._words["K7QM2XWA"] = (CODE, chat.at + timedelta(minutes=15))

    assert not tells(chat.types("K7QM2XWA", after=timedelta(minutes=16)))


def test_where_no_channel_can_tell_it_is_said_honestly(trained_nlu: Nlu) -> None:
    page = DossierChat(trained_nlu, key=WEB, library=shipped_library())
    told = page.types(f"{CODE} 5678")

    assert not [one for one in told.buttons if one.label.startswith("Báo tôi")]
    reply = page.types("báo tôi khi có kết quả")
    assert outcome(reply) == "looked_up_dossier_follow"
    assert "Bạn cứ quay lại hỏi bất cứ lúc nào" in render_plain(reply)
    assert outcome(page.presses("Nhớ hồ sơ này")) == "clarify_dossier_consent"


@pytest.mark.parametrize("said", ["báo tôi khi có kết quả", "bao toi qua zalo", "báo tin khi xong"])
def test_where_no_channel_can_tell_it_is_said_before_a_look_up_too(
    trained_nlu: Nlu, said: str
) -> None:
    page = DossierChat(trained_nlu, key=WEB, library=shipped_library())
    reply = page.types(said)

    assert outcome(reply) == ASKS_CODE
    assert "chưa tự nhắn cho bạn được" in render_plain(reply)
    page.types(CODE)
    assert outcome(page.types("5678")) == "looked_up_dossier_follow"


def test_where_states_are_published_the_code_alone_is_enough(trained_nlu: Nlu) -> None:
    published = Terms(is_open=True)
    chat = DossierChat(trained_nlu, terms=published, library=shipped_library())
    told = chat.types(f"hồ sơ {CODE} đến đâu rồi")

    assert str(told.outcome) == "looked_up_dossier_status"
    assert "N*** V** A**" not in render_plain(told)
    assert outcome(chat.types("H17.15-261116-9999")) == "unanswered_no_dossier"


def test_samples_can_be_pressed_and_tell_their_digits(trained_nlu: Nlu) -> None:
    code = "H00.01-261116-0001"
    terms = replace(OPEN, samples=(Sample(code, "2468"),))
    chat = DossierChat(trained_nlu, terms=terms, library=shipped_library())
    chat.desk.put(a_dossier(State.PROCESSING, code), "2468")
    asked = chat.types("hồ sơ của tôi đến đâu rồi")

    assert code in [one.label for one in asked.buttons]
    assert "2468" in render_plain(chat.presses(code))
    assert tells(chat.types("2468"))


def test_years_of_birth_are_accepted_where_they_prove(trained_nlu: Nlu) -> None:
    terms = replace(OPEN, factors=(FactorKind.BIRTH_YEAR,))
    for said in ("năm sinh 1990", "sinh ngày 12/05/1990", "1990"):
        chat = DossierChat(trained_nlu, terms=terms, library=shipped_library())
        chat.desk.put(a_dossier(), "1990")
        chat.types(CODE)
        assert tells(chat.types(said)), said


def test_a_closed_desk_says_what_it_always_said(trained_nlu: Nlu) -> None:
    closed = DossierChat(trained_nlu, terms=Terms(), library=shipped_library())
    said = {
        f"hồ sơ {CODE} 5678 đến đâu rồi": "unanswered_dossier_status",
        "có gì mới thì báo tôi nhé": "unanswered_dossier_subscription",
    }
    for text, kind in said.items():
        assert outcome(closed.types(text)) == kind
    assert outcome(closed.does(Gesture.DOSSIERS)) == "unanswered_dossier_status"
    assert outcome(closed.follows("hs:history")) == "unanswered_broken_button"
    assert outcome(closed.follows(dossier_value(CODE))) == "unanswered_dossier_status"


def test_orders_to_the_machine_look_up_nothing(chat: DossierChat) -> None:
    reply = chat.types(f"{CODE} 5678 or 1=1; drop table dossiers")

    assert outcome(reply) == "unanswered_out_of_scope"


def test_a_photo_keeps_the_question_open(chat: DossierChat) -> None:
    chat.types(CODE)
    chat.does(Gesture.PHOTO)

    assert chat.talk is not None
    assert chat.talk.stage is DossierStage.FACTOR
    assert tells(chat.types("5678"))


def test_a_store_that_fails_keeps_nothing_of_the_turn(trained_nlu: Nlu) -> None:
    chat = DossierChat(trained_nlu, library=shipped_library())
    chat.types(CODE)
    before = chat.dialogue
    chat.desk.broken = True
    with pytest.raises(StoreUnavailable):
        chat.types("5678")
    chat.desk.broken = False

    assert chat.dialogue == before
    assert tells(chat.types("5678"))
