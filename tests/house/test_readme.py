"""README says what is there: its commands exist, its settings table equals Settings."""

import re
from pathlib import Path

from api.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def settings_table() -> list[str]:
    rows = []
    for name, field in Settings.model_fields.items():
        default = str(field.default) if field.default not in (None, ()) else ""
        shown = f"`{default}`" if default else "(none)"
        rows.append(f"| `{name.upper()}` | {shown} | {field.description} |")
    return rows


def test_the_settings_table_equals_the_settings() -> None:
    listed = [match.group(0) for match in ROW.finditer(README)]
    assert sorted(listed) == sorted(settings_table())


def test_every_make_target_that_readme_names_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))
    named = set(re.findall(r"(?m)(?:`|^)make ([a-z]+)", README))
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_every_folder_of_the_map_exists() -> None:
    folders = re.findall(r"(?m)^\| `([a-z]+)/` \|", README)
    assert {"bot", "nlu", "knowledge", "api", "tests"} <= set(folders)
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_every_file_that_readme_shows_or_links_exists() -> None:
    named = re.findall(
        r"!\[[^\]]*\]\(([^)]+)\)|`(knowledge/[\w./-]+|bot/[\w./-]+|nlu/[\w./-]+)`", README
    )
    paths = [one or other for one, other in named]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_make_help_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"(?m)^\.PHONY: (.+)$", makefile)
    assert phony
    explained = set(re.findall(r"(?m)^([a-z]+):.*## \S", makefile))
    assert set(phony.group(1).split()) == explained


def test_the_readme_of_the_tests_names_files_that_are_there() -> None:
    folder = ROOT / "tests"
    named = re.findall(
        r"`((?:api|bot|support)/[\w/.]+\.py)`", (folder / "README.md").read_text("utf-8")
    )
    assert len(named) > 5
    assert [name for name in named if not (folder / name).exists()] == []
