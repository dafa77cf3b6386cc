"""Dialogues as text: what was kept by an older version, and what a form in progress keeps."""

import json

from api.store.codec import dump, load_dialogue
from bot.dialogue import Dialogue, Form
from tests.api.store.turns import TALKING


def test_a_dialogue_with_a_form_in_progress_is_read_back() -> None:
    assert TALKING.form is not None
    assert load_dialogue(dump(TALKING)) == TALKING


def test_a_dialogue_kept_before_there_were_forms_still_loads() -> None:
    kept = json.loads(dump(TALKING))
    del kept["form"]
    assert load_dialogue(json.dumps(kept)) == Dialogue(
        TALKING.topic, TALKING.asked, TALKING.open_question, TALKING.misses
    )


def test_a_form_of_an_older_version_starts_afresh() -> None:
    kept = json.loads(dump(Dialogue(topic="1.001193", form=Form("1.001193"))))
    kept["form"] = {"step": 3}
    assert load_dialogue(json.dumps(kept)) == Dialogue()
