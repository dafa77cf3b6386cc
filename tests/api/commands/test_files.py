"""Files that a command writes: known beforehand to be writable, then whole or not at all."""

from pathlib import Path

import pytest

from api.commands.files import check_writable, write_whole
from tests.api.commands.test_commands import motcua
from tests.support.exports import an_export
from tests.support.small_content import a_residence_record, a_small_content


def test_what_can_be_written_is_let_through_and_left_as_it_is(tmp_path: Path) -> None:
    old = tmp_path / "cu.txt"
    write_whole(old, "xưa")
    for path in (old, tmp_path / "moi.txt", Path("/dev/null")):
        check_writable(path)
    assert old.read_text("utf-8") == "xưa"
    assert [one.name for one in tmp_path.iterdir()] == ["cu.txt"]


def test_a_folder_and_a_file_in_no_folder_are_refused_by_their_names(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "khong-co" / "bao-cao.txt"):
        with pytest.raises(OSError, match=path.name) as caught:
            check_writable(path)
        assert caught.value.filename == str(path)


def test_an_import_whose_report_cannot_be_written_stores_nothing(tmp_path: Path) -> None:
    an_export(tmp_path, a_residence_record(), name="thang6.jsonl")
    environment = {"CONTENT_FOLDER": str(a_small_content(tmp_path))}
    order = ("knowledge", "import", "thang6.jsonl", "--report", "khong-co/bao-cao.txt")
    result = motcua(*order, folder=tmp_path, env=environment)
    assert result.returncode == 1
    assert "khong-co/bao-cao.txt" in result.stderr
    told = motcua("knowledge", "revisions", folder=tmp_path, env=environment)
    assert told.stdout == "Chưa có lần nhập nào.\n"
