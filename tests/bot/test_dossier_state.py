"""How long a look-up waits, and what older or odd states lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import Found, after_errand, decide, plan
from bot.deciding.decisions import Unread, Unreadable
from bot.deciding.dossier_asides import CANNOT
from bot.deciding.dossier_decisions import (
    AskDossierCode,
    ListDossiers,
    LookUpDossier,
    RedeemWord,
    RememberDossier,
    ReopenDossier,
)
from bot.deciding.dossier_found import GivenFactor, Scene
from bot.deciding.dossier_matters import Matter
from bot.deciding.dossier_state import ASKED_SECONDS, PROOF_SECONDS, is_proved, still
from bot.deciding.dossier_values import DossierAct, OpenedWord, PressedDossier
from bot.dialogue import Dialogue, DossierStage, DossierTalk, Form, OpenQuestion
from bot.messages import ConversationKey, Gesture
from knowledge.faq_yaml import load_faq_content
from tests.support.dossiers import CODE, FACTOR, OPEN

AT = 1_795_334_400.0
SCENE = Scene(terms=OPEN, at=AT, can_be_told_later=True)
ASKED = Dialogue(dossier_talk=DossierTalk(DossierStage.FACTOR, CODE, "late", since=AT))
PROVED = Dialogue(dossier_talk=DossierTalk(DossierStage.OPEN, CODE, since=AT))


@given(st.sampled_from(DossierStage), st.floats(0, 3 * ASKED_SECONDS))
def test_a_proof_holds_half_an_hour_and_a_question_a_day(stage: DossierStage, past: float) -> None:
    dialogue = Dialogue(topic="1.004222", dossier_talk=DossierTalk(stage, CODE, since=AT))
    asked = stage in {DossierStage.CODE, DossierStage.FACTOR}
    kept = past <= (ASKED_SECONDS if asked else PROOF_SECONDS)

    assert (still(dialogue, AT + past).dossier_talk is not None) == kept
    assert still(dialogue, AT + past).topic == "1.004222"


@pytest.mark.parametrize("stage", DossierStage)
def test_only_the_dossier_that_was_proved_is_proved(stage: DossierStage) -> None:
    talk = DossierTalk(stage, CODE)
    proved = stage in {DossierStage.OPEN, DossierStage.CONSENT}

    assert is_proved(talk, CODE) == is_proved(talk) == proved
    assert not is_proved(talk, "H17.15-261116-0013")
    assert not is_proved(None)


def test_digits_look_up_what_they_were_asked_for() -> None:
    step, _ = plan(ASKED, GivenFactor(FACTOR), Found(scene=SCENE))

    assert step == LookUpDossier(CODE, FACTOR, Matter.LATE)


def test_what_is_wanted_by_a_word_of_another_version_is_where_it_is() -> None:
    odd = Dialogue(dossier_talk=DossierTalk(DossierStage.FACTOR, CODE, "sell it", since=AT))
    step, _ = plan(odd, GivenFactor(FACTOR), Found(scene=SCENE))

    assert step == LookUpDossier(CODE, FACTOR, Matter.STATUS)


@pytest.mark.parametrize(
    "said", [GivenFactor(FACTOR), OpenedWord("K7QM2XWA"), PressedDossier(DossierAct.HISTORY)]
)
def test_what_a_closed_desk_cannot_do_is_a_button_of_old(
    said: GivenFactor | OpenedWord | PressedDossier,
) -> None:
    assert plan(ASKED, said, Found())[0] == Unreadable(Unread.BROKEN_BUTTON)
    assert decide(ASKED, said, Found())[0] == Unreadable(Unread.BROKEN_BUTTON)


def test_a_button_with_an_impossible_code_asks_no_desk() -> None:
    press = PressedDossier(DossierAct.HISTORY, "H17.15-251310-0012")

    assert plan(PROVED, press, Found(scene=SCENE))[0] == Unreadable(Unread.BROKEN_BUTTON)


def test_a_step_of_a_look_up_closes_other_questions_and_lets_the_form_wait() -> None:
    busy = Dialogue(
        topic="1.001193",
        open_question=OpenQuestion(("1.004222",), ("Một",), ()),
        form=Form("1.001193"),
        erasing=True,
    )
    step, dialogue = plan(busy, Gesture.DOSSIERS, Found(scene=SCENE))
    assert step == ListDossiers(Matter.STATUS)
    asked, after = after_errand(dialogue, ListDossiers(Matter.STATUS), (), SCENE)

    assert isinstance(asked, AskDossierCode)
    assert after.open_question is None
    assert not after.erasing
    assert after.form == Form("1.001193", asides=1)


def test_an_answer_of_the_wrong_kind_is_a_fault_of_the_desk() -> None:
    for errand in (
        LookUpDossier(CODE, FACTOR, Matter.STATUS),
        ReopenDossier(CODE, Matter.STATUS),
        RedeemWord("K7QM2XWA"),
        ListDossiers(Matter.STATUS),
    ):
        with pytest.raises(TypeError, match=type(errand).__name__):
            after_errand(Dialogue(), errand, "K7QM2XWA", SCENE)


def test_consent_is_asked_of_nobody_whose_proof_ended() -> None:
    agree = PressedDossier(DossierAct.AGREE, CODE)
    asking = Dialogue(dossier_talk=DossierTalk(DossierStage.CONSENT, CODE, follow=True, since=AT))

    errand = plan(asking, agree, Found(scene=SCENE))[0]
    assert errand == RememberDossier(CODE, follow=True)
    assert isinstance(errand, RememberDossier)
    assert asking.dossier_talk is not None
    assert errand.seen_at == asking.dossier_talk.since > 0
    late = still(asking, AT + PROOF_SECONDS + 1)
    assert plan(late, agree, Found(scene=SCENE))[0] == ListDossiers(Matter.FOLLOW, CODE)


@pytest.mark.parametrize(
    ("channel", "user_id", "later", "group"),
    [
        ("telegram", "9007199254740993", True, False),
        ("telegram", "-1001234567890", False, True),
        ("zalo_oa", "8f2a", True, False),
        ("zalo_bot", "6ede9afa66b88fe6d6a9", True, False),
        ("web", "-x9Kq", False, False),
        ("understand", "alone 1", False, False),
    ],
)
def test_who_can_be_told_later_is_known_by_the_channel(
    channel: str, user_id: str, *, later: bool, group: bool
) -> None:
    key = ConversationKey(channel, user_id)

    assert (key.can_be_told_later, key.is_group) == (later, group)


def test_no_general_question_says_that_dossiers_cannot_be_seen_where_they_can() -> None:
    faqs = load_faq_content().faqs
    assert faqs
    denying = {one.key for one in faqs if "chưa xem được hồ sơ" in " ".join(one.answer)}

    assert denying == CANNOT
