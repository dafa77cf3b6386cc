"""Files of the content folder as nobody should write them: each is told with place and remedy."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from knowledge.check import check
from knowledge.content_paths import led_outside
from knowledge.synonyms_file import read_entries
from knowledge.yaml_sections import Notebook, read_section
from tests.support.small_content import a_small_content

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def told(folder: Path, content: bytes | str) -> list[str]:
    path = folder / "tep.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    notebook = Notebook("tep.yaml")
    read_section(path, notebook)
    return [str(fault) for fault in notebook.faults]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "tep.yaml: Dấu & và * làm tệp phình ra quá lớn."),
        ("a: &a [*a]\n", "tep.yaml: Dấu & và * làm tệp phình ra quá lớn."),
        ("a: " + "[" * 5_000, "tep.yaml: YAML lồng quá sâu."),
        ("b: 1\na: !!python/object:os.system {x: y}\n", "tep.yaml: Dòng 2 có thẻ kiểu"),
        ("a: !!binary aGk=\n", "tep.yaml: Dòng 1 có thẻ kiểu"),
        ("a:\n\tb: c\n", "tep.yaml:2: Có dấu tab."),
        ("a: một\na: hai\n", "tep.yaml:2: Khoá 'a' đã có ở dòng 1. Xoá bớt một chỗ."),
        ("a: 'x\n", "tep.yaml:2: YAML sai cú pháp"),
        (b"a: \x00\n", "tep.yaml: Không đọc được như YAML: có ký tự lạ."),
        ("a: thủ tục\n".encode("utf-16"), "tep.yaml: Tệp không phải văn bản UTF-8."),
        (b"a: th\xfd t\xf4c\xe3", "tep.yaml: Tệp không phải văn bản UTF-8."),  # windows-1258
        (normalize("NFD", "a: thủ tục\n"), "tep.yaml:1: Dấu tiếng Việt ở dạng tách rời (NFD)."),
        ("", "tep.yaml: Tệp trống"),
        ("- a\n- b\n", "tep.yaml: Tệp trống hoặc không phải"),
        ("a: " + "x" * 1_000_001, "tep.yaml: Tệp lớn hơn 1 MB"),
    ],
)  # fmt: skip
def test_a_file_that_nobody_should_write_is_told(
    tmp_path: Path, content: bytes | str, message: str
) -> None:
    faults = told(tmp_path, content)
    assert [one for one in faults if one.startswith(message)], faults


def test_a_few_anchors_are_welcome(tmp_path: Path) -> None:
    assert told(tmp_path, "a: &phi {x: y}\nb: *phi\nc: [*phi, *phi]\n") == []


@pytest.mark.parametrize("kind", ["pipe", "folder", "missing"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "tep.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    if kind == "folder":
        path.mkdir()
    notebook = Notebook("tep.yaml")
    assert read_section(path, notebook) is None
    assert len(notebook.faults) == 1


def synonyms(folder: Path, content: str) -> list[str]:
    path = folder / "synonyms.yaml"
    path.write_text(content, "utf-8")
    return [str(fault) for fault in read_entries(path)[2]]


def test_synonyms_are_guarded_too(tmp_path: Path) -> None:
    pattern = " ".join(["[a|b]"] * 40)
    rest = "noise: [ạ]\ntelling: [lại]\nlight: [giấy]\n"
    (many,) = synonyms(
        tmp_path, f"synonyms:\n  - {{say: ['{pattern}'], means: [căn cước]}}\n{rest}"
    )
    assert "sinh ra quá 50000 cụm từ" in many
    (twice,) = synonyms(
        tmp_path, f"synonyms:\n  - {{say: [cc], means: [căn cước]}}\n{rest}light: [x]\n"
    )
    assert twice == "synonyms.yaml:6: Khoá 'light' có hai lần. Xoá bớt một chỗ."
    assert "phình ra quá lớn" in synonyms(tmp_path, BOMB)[0]


def test_links_out_of_the_content_are_faults(tmp_path: Path) -> None:
    content = a_small_content(tmp_path)
    inside, outside = content / "faq" / "phi", tmp_path / "ngoai.yaml"
    outside.write_text("a: b\n", "utf-8")
    (content / "sayings").mkdir()
    (content / "sayings" / "la.yaml").symlink_to(outside)
    (content / "procedures" / "ngoai").symlink_to(tmp_path)
    (inside / "trong.md").symlink_to(content / "synonyms.yaml")
    assert sorted(fault.file for fault in led_outside(content)) == [
        "content/procedures/ngoai",
        "content/sayings/la.yaml",
    ]
    told = [fault for fault in check(content) if fault.file == "content/sayings/la.yaml"]
    assert "Liên kết dẫn ra ngoài" in told[0].message
