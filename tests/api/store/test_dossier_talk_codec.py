"""Look-ups in progress as text: read back, missing in older dialogues, unknown in newer ones."""

import json

import pytest

from api.store.codec import dump, load_dialogue
from bot.dialogue import Dialogue, DossierStage, DossierTalk
from tests.api.store.turns import TALKING
from tests.support.dossiers import CODE


@pytest.mark.parametrize("stage", DossierStage)
def test_a_look_up_in_progress_is_read_back(stage: DossierStage) -> None:
    talk = DossierTalk(stage, CODE, "late", follow=True, asides=2, since=1_795_334_400.5)
    kept = Dialogue(topic="1.004222", dossier_talk=talk)

    assert load_dialogue(dump(kept)) == kept


def test_a_dialogue_kept_before_there_were_look_ups_still_loads() -> None:
    kept = json.loads(dump(TALKING))
    assert kept.pop("dossier_talk", None) is None

    assert load_dialogue(json.dumps(kept)) == TALKING


def test_a_stage_of_another_version_starts_afresh() -> None:
    kept = json.loads(dump(Dialogue(dossier_talk=DossierTalk(DossierStage.OPEN, CODE))))
    kept["dossier_talk"]["stage"] = "signed"

    assert load_dialogue(json.dumps(kept)) == Dialogue()
