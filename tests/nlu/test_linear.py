from pathlib import Path

import numpy as np
import pytest

from nlu.linear import Linear, ranking
from nlu.training.fitting import SETTINGS, fit_fields, fit_intents

SENTENCES = [{"w phí"}, {"w phí", "w tiền"}, {"w giấy"}, {"w giấy", "w tờ"}, {"w chào"}]
SMALL = {**SETTINGS, "min_words": 1, "C": 100.0}


@pytest.fixture
def intents() -> Linear:
    return fit_intents(SENTENCES, ["fee", "fee", "documents", "documents", "greet"], SMALL)


def test_the_classifier_knows_what_it_was_taught(intents: Linear) -> None:
    best = [ranking(intents.scores(grams), intents.labels)[0][0] for grams in SENTENCES]
    assert best == ["fee", "fee", "documents", "documents", "greet"]


def test_the_shares_of_all_intents_are_one(intents: Linear) -> None:
    ranked = ranking(intents.scores({"w phí", "w giấy"}), intents.labels)
    assert sum(share for _, share in ranked) == pytest.approx(1)
    assert [share for _, share in ranked] == sorted((s for _, s in ranked), reverse=True)


def test_unknown_words_leave_the_intercept(intents: Linear) -> None:
    assert intents.scores({"w lạ"}) == pytest.approx(intents.intercept)
    assert intents.scores(set()) == pytest.approx(intents.intercept)


def test_several_fields_can_be_asked_and_none() -> None:
    fields = fit_fields(
        [*SENTENCES, {"w phí", "w giấy"}],
        [{"fee"}, {"fee"}, {"documents"}, {"documents"}, set(), {"fee", "documents"}],
        SMALL,
    )
    assert fields.labels == ("documents", "fee")
    assert (fields.scores({"w phí", "w giấy"}) > 0).all()
    assert (fields.scores({"w chào"}) < 0).all()


def test_a_saved_model_answers_the_same_and_has_the_same_bytes(
    intents: Linear, tmp_path: Path
) -> None:
    intents.save(tmp_path / "first.npz")
    read = Linear.load(tmp_path / "first.npz")
    read.save(tmp_path / "second.npz")
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()
    for grams in SENTENCES:
        assert read.scores(grams) == pytest.approx(intents.scores(grams), abs=1e-12)


def test_weights_in_bytes_are_near_those_that_were_learnt() -> None:
    learnt = np.array([[1.0, -3.0], [0.25, 2.0], [0.001, 0.001]])
    model = Linear.rounded(
        ("a", "b"), ("w x", "w y", "w z"), np.ones(3, dtype=np.float32), learnt, np.zeros(2)
    )
    assert list(model.vocabulary) == ["w x", "w y"]
    assert model.weights * model.scale == pytest.approx(learnt[:2], abs=0.02)


def test_a_rare_word_is_no_feature() -> None:
    model = fit_intents(SENTENCES, ["a", "a", "b", "b", "c"], {**SMALL, "min_words": 2})
    assert set(model.vocabulary) == {"w phí", "w giấy"}
