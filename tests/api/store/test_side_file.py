"""The side file keeps one text through our death, and shows it to nobody else."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store.side_file import ROOM_BYTES, SideFile
from bot.errors import StoreUnavailable


def test_what_is_written_is_read_by_whoever_starts_next(tmp_path: Path) -> None:
    path = tmp_path / "moi" / "zalo.pending"
    SideFile(path).prepare()
    assert SideFile(path).read() is None
    SideFile(path).write("gAAAA")
    assert SideFile(path).read() == "gAAAA"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@given(st.text("abcXYZ019-_=", min_size=1, max_size=2000), st.data())
def test_a_text_that_was_cut_off_or_altered_on_its_way_to_the_disk_is_none(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("side") / "zalo.pending"
    file = SideFile(path)
    file.prepare()
    file.write(text)
    assert file.read() == text
    written = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, 64 + len(text) - 1))
    written[place] ^= 1
    path.write_bytes(written)
    assert file.read() is None
    path.write_bytes(written[:place])
    assert file.read() is None


def test_a_text_that_is_kept_is_not_made_room_of(tmp_path: Path) -> None:
    file = SideFile(tmp_path / "zalo.pending")
    file.prepare()
    file.prepare()
    file.write("a" * 5000)
    with pytest.raises(StoreUnavailable):
        file.prepare()
    assert file.read() == "a" * 5000


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
