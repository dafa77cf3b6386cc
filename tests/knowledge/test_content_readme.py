"""Every example of the content's README files is read by the reader that reads the real thing."""

import re
import shutil
from pathlib import Path

import pytest

from knowledge.code_changes import read_code_changes
from knowledge.content import SHIPPED, read_files
from knowledge.errors import Fault
from knowledge.faq_yaml import read_faqs
from knowledge.guides_yaml import read_guides
from knowledge.profile import read_profile
from knowledge.sayings import read_sayings
from knowledge.siblings_file import read_siblings
from knowledge.synonyms_file import read_entries
from knowledge.tables_yaml import read_tables
from knowledge.work_calendar_file import read_calendar

_BLOCK = re.compile(r"(?ms)^```yaml\n(.*?)^```")
PLACES = {
    "README.md": ["procedures/cu-tru/1.004222.yaml"],
    "faq/README.md": ["faq/vneid/quen-mat-khau-vneid.yaml"],
    "sayings/README.md": ["sayings/ho-tich.yaml", "synonyms.yaml"],
    "tables/README.md": ["tables/ho-tich/1.001193.yaml"],
    "guides/README.md": [
        "guides/ho-tich/1.001193.yaml",
        "guides/chung.yaml",
        "guides/vuong-mac.yaml",
    ],
    "siblings/README.md": ["siblings/nhom-mau.yaml"],
    "profiles/README.md": ["profiles/tinh.yaml", "calendar.yaml", "code_changes.yaml"],
}
"""Each README, and the files that its examples would be, in their order."""

_SECOND = """\
question: Bằng lái của bạn thế nào?
choices:
  - {label: Hết hạn, code: "3.000346"}
  - {label: Bị mất, code: "3.000347"}
"""


def examples(readme: str) -> list[str]:
    return _BLOCK.findall((SHIPPED / readme).read_text("utf-8"))


def faults(content: Path, file: str) -> list[Fault]:
    """Return what the reader of its kind says of a file; `read_profile` names it by its name."""
    path = content / file
    readers = {
        "procedures": lambda: read_files([path], content.parent).faults,
        "faq": lambda: read_faqs(content)[1],
        "sayings": lambda: read_sayings(content)[1],
        "tables": lambda: read_tables(content)[1],
        "guides": lambda: read_guides(content)[1],
        "siblings": lambda: read_siblings(content)[1],
        "profiles": lambda: read_profile(path)[1],
        "synonyms.yaml": lambda: read_entries(path)[2],
        "calendar.yaml": lambda: read_calendar(content)[1],
        "code_changes.yaml": lambda: read_code_changes(content)[1],
    }
    return list(readers[file.split("/", maxsplit=1)[0]]())


def test_every_readme_is_tested_with_every_example() -> None:
    there = {path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("README.md")}
    assert there == set(PLACES)
    assert {name: len(examples(name)) for name in PLACES} == {
        name: len(files) for name, files in PLACES.items()
    }


@pytest.mark.parametrize(
    ("readme", "number", "file"),
    [(name, n, file) for name, files in PLACES.items() for n, file in enumerate(files)],
)
def test_an_example_is_what_the_program_reads(
    tmp_path: Path, readme: str, number: int, file: str
) -> None:
    content = tmp_path / "content"
    path = content / file
    path.parent.mkdir(parents=True)
    if readme.startswith("guides/"):  # a guide leans on the common steps and on troubles
        for name in ("chung.yaml", "vuong-mac.yaml"):
            shutil.copy(SHIPPED / "guides" / name, content / "guides" / name)
    path.write_text(examples(readme)[number], "utf-8")
    if file.startswith("siblings/"):  # the second question that the example leads to
        path.with_name("doi-bang-khac.yaml").write_text(_SECOND, "utf-8")
    assert [one for one in faults(content, file) if one.file.endswith(path.name)] == []


def test_readmes_are_vietnamese_and_link_to_what_is_there() -> None:
    text = (SHIPPED / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) >= 5
    assert [link for link in links if not (SHIPPED / link).is_file()] == []
