"""The committed model is the one that the present sentences give."""

from nlu import modelfolder
from tests.support.rasa import MODEL, ROOT

MEGABYTES_5 = 5_000_000


def test_the_model_was_trained_from_the_present_sentences_and_settings() -> None:
    manifest = modelfolder.read_manifest(MODEL)
    assert manifest["trained_from"] == modelfolder.trained_from(ROOT / "nlu"), (
        "nlu/data, nlu/config.yml or the code of the training changed. Run make train and commit "
        "nlu/model and tests/nlu/parity."
    )


def test_the_model_stays_small() -> None:
    files = [path for path in MODEL.iterdir() if path.is_file()]
    assert len(files) > len(modelfolder.FILES)
    assert sum(path.stat().st_size for path in files) < MEGABYTES_5


def test_the_report_belongs_to_the_model() -> None:
    manifest = modelfolder.read_manifest(MODEL)
    report = (MODEL / "REPORT.md").read_text(encoding="utf-8")
    assert f"Trained on {manifest['trained_on']}" in report
    assert manifest["trained_from"][:12] in report
