"""docker-compose.yml obeys the compose specification and sets only what Settings knows."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
COMPOSE = Path(sys.executable).parent / "docker-compose"


def compose() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def config(
    *arguments: str, env: dict[str, str], file: Path = ROOT / "docker-compose.yml"
) -> subprocess.CompletedProcess[str]:
    """Run the real docker-compose; it tells faults on stderr, whatever its status."""
    command = [str(COMPOSE), "--file", str(file), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("profile", [(), ("--profile", "rasa")])
def test_the_compose_file_is_accepted_by_docker_compose(profile: tuple[str, ...]) -> None:
    result = config(
        *profile, "config", "--quiet", env={"POSTGRES_PASSWORD": "x", "HOME": "/nonexistent"}
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_a_key_that_the_specification_does_not_know_would_be_told(tmp_path: Path) -> None:
    mistyped = (ROOT / "docker-compose.yml").read_text("utf-8").replace("restart:", "restrat:")
    file = tmp_path / "docker-compose.yml"
    file.write_text(mistyped, "utf-8")
    result = config("config", "--quiet", env={"POSTGRES_PASSWORD": "x"}, file=file)
    assert "'restrat' not allowed" in result.stderr


def test_compose_refuses_to_start_without_a_database_password() -> None:
    result = config("config", "--quiet", env={"HOME": "/nonexistent"})
    assert "required variable POSTGRES_PASSWORD is missing" in result.stderr


def test_the_api_service_sets_only_variables_that_settings_reads() -> None:
    known = {name.upper() for name in Settings.model_fields}
    environment = compose()["services"]["api"]["environment"]
    assert environment
    assert set(environment) <= known


OF_THE_IMAGE = {"DATA_FOLDER", "MODEL_FOLDER", "CONTENT_FOLDER", "HOST", "PORT"}
"""What the image and the compose file decide themselves."""


def test_every_setting_can_be_set_from_the_file_env() -> None:
    known = {name.upper() for name in Settings.model_fields}
    environment = compose()["services"]["api"]["environment"]
    assert known - set(environment) == OF_THE_IMAGE
    passed = {name for name, value in environment.items() if value == f"${{{name}:-}}"}
    assert {"TELEGRAM_TOKEN", "TOKEN_KEY", "METRICS_TOKEN", "TRUSTED_PROXIES"} <= passed


def test_what_compose_sets_makes_valid_settings() -> None:
    result = config(
        "config", "--format", "json", env={"POSTGRES_PASSWORD": "x", "HOME": "/nonexistent"}
    )
    environment = yaml.safe_load(result.stdout)["services"]["api"]["environment"]
    given = {name.lower(): value for name, value in environment.items() if value}
    assert load_settings(**given).database_url.startswith("postgresql+psycopg://")


def test_rasa_starts_only_when_its_profile_is_asked_for() -> None:
    services = compose()["services"]
    assert services["rasa"]["profiles"] == ["rasa"]
    assert "ports" not in services["rasa"], "a Rasa server has no log-in: never publish its port"


@pytest.mark.parametrize("dockerfile", ["Dockerfile", "nlu/Dockerfile"])
def test_every_path_that_a_dockerfile_copies_exists(dockerfile: str) -> None:
    copied = [
        source
        for line in (ROOT / dockerfile).read_text("utf-8").splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]
    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
