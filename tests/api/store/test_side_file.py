"""The side file keeps one text through our death, and shows it to nobody else."""

import stat
from pathlib import Path

import pytest

from api.store.side_file import ROOM_BYTES, SideFile
from bot.errors import StoreUnavailable


def test_what_is_written_is_read_by_whoever_starts_next(tmp_path: Path) -> None:
    path = tmp_path / "moi" / "zalo.pending"
    SideFile(path).prepare()
    SideFile(path).write("gAAAA")
    assert SideFile(path).read() == "gAAAA"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_longer_text_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = SideFile(tmp_path / "zalo.pending")
    file.write("a" * 5000)
    file.prepare()
    assert file.read() == "a" * 5000
    file.write("b" * 10)
    assert file.read() == "b" * 10


def test_nothing_is_left_when_it_is_cleared(tmp_path: Path) -> None:
    file = SideFile(tmp_path / "zalo.pending")
    file.prepare()
    file.write("gAAAA")
    file.clear()
    assert file.read() is None
    assert list(tmp_path.iterdir()) == []
    file.clear()


def test_preparing_reserves_room_for_the_longest_answer(tmp_path: Path) -> None:
    SideFile(tmp_path / "zalo.pending").prepare()
    (reserved,) = tmp_path.iterdir()
    assert reserved.stat().st_size == ROOM_BYTES


def test_a_folder_that_cannot_be_made_is_told_before_a_token_is_spent(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("không phải thư mục")
    file = SideFile(tmp_path / "var" / "zalo.pending")
    with pytest.raises(StoreUnavailable, match="DATA_FOLDER"):
        file.prepare()
