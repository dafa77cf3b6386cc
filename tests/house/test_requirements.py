"""The locked requirements are complete, hashed, and name no package registry."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKED = [
    ROOT / "requirements" / "uv.txt",
    ROOT / "requirements" / "runtime.txt",
    ROOT / "requirements" / "dev.txt",
    ROOT / "nlu" / "requirements.txt",
]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def pins(file: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall(file.read_text("utf-8")):
        found.setdefault(name.lower(), set()).add(version)
    assert found, f"{file} pins nothing"
    return found


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_locked_requirement_carries_a_hash(file: Path) -> None:
    requirements = re.split(r"(?m)^(?=[A-Za-z0-9])", file.read_text("utf-8"))
    named = [requirement for requirement in requirements if PIN.match(requirement)]
    assert named
    assert [one.splitlines()[0] for one in named if "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_locked_file_names_a_registry(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_direct_requirement_is_locked() -> None:
    for source in [ROOT / "requirements" / "runtime.in", ROOT / "requirements" / "dev.in"]:
        locked = pins(source.with_suffix(".txt"))
        direct = re.findall(r"(?m)^([A-Za-z][A-Za-z0-9._-]*)", source.read_text("utf-8"))
        assert direct
        assert [name for name in direct if name.lower() not in locked] == []


@pytest.mark.parametrize("package", ["underthesea", "underthesea-core", "python-crfsuite"])
def test_both_pythons_run_the_same_version_of_what_tokenises_and_tags(package: str) -> None:
    assert (
        pins(ROOT / "requirements" / "runtime.txt")[package]
        == pins(ROOT / "nlu" / "requirements.txt")[package]
    )
