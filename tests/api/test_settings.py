"""Settings come from the environment, and a wrong value is told in words an operator can use."""

from pathlib import Path

import pytest

from api.errors import SettingsInvalid
from api.settings import PROJECT_FOLDER, Settings, load_settings


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", None)


def test_without_any_variable_everything_stays_in_one_sqlite_file() -> None:
    settings = load_settings()
    assert settings.database_address == f"sqlite+aiosqlite:///{PROJECT_FOLDER}/var/motcua.db"
    assert (settings.port, settings.rasa_url, settings.knowledge_paths) == (8000, "", ())


def test_paths_start_at_the_project_whatever_the_current_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTENT_FOLDER", "knowledge/content")
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    settings = load_settings()
    assert settings.model_folder == PROJECT_FOLDER / "nlu/model"
    assert settings.content_folder == PROJECT_FOLDER / "knowledge/content"
    assert settings.data_folder == tmp_path


def test_knowledge_paths_are_split_at_colons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_PATHS", "/data/a.jsonl.gz:b.jsonl")
    expected = (Path("/data/a.jsonl.gz"), PROJECT_FOLDER / "b.jsonl")
    assert load_settings().knowledge_paths == expected


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("PROVINCE_PROFILE", "")
    assert (load_settings().port, load_settings().province_profile) == (8000, None)


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("PORT", "tám nghìn", "PORT=8000"),
        ("PORT", "99999", "PORT=8000"),
        ("LOG_LEVEL", "ồn", "LOG_LEVEL=info"),
        ("RASA_TIMEOUT_SECONDS", "0", "RASA_TIMEOUT_SECONDS=3"),
        ("RASA_URL", "rasa:5005", "RASA_URL=http://rasa:5005"),
        ("MESSAGE_MAX_CHARACTERS", "-1", "MESSAGE_MAX_CHARACTERS=2000"),
    ],
)
def test_a_wrong_value_names_the_variable_and_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=f"{name} đang là '{value}'") as told:
        load_settings()
    assert hint in str(told.value)


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "y")
    with pytest.raises(SettingsInvalid) as told:
        load_settings()
    assert len(str(told.value).splitlines()) == 2


def test_a_wrong_database_address_is_told_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://motcua:matkhau123@db/motcua")
    with pytest.raises(SettingsInvalid) as told:
        load_settings()
    assert "matkhau123" not in str(told.value)


def test_every_variable_has_a_description_and_an_example() -> None:
    assert Settings.model_fields
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.examples, name


def test_the_level_of_logs_may_be_written_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    assert load_settings().log_level == "info"
