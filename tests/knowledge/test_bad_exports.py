"""Exports that are none: told with what to do, and nothing of them is taken over."""

import os
from pathlib import Path

import pytest

from knowledge.errors import ExportUnreadable
from knowledge.importer import import_export, read_export


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "ong"
    os.mkfifo(path)
    with pytest.raises(ExportUnreadable, match="không phải tệp thường"):
        list(read_export(path))


@pytest.mark.parametrize(
    "content",
    [
        '{"code": "1.004222", "name": "Khai tử ở đâu"}'.encode("utf-16"),
        b'{"name": "th\xfd t\xf4c\xe3"}',
    ],
    ids=["utf-16", "windows-1258"],
)
def test_another_encoding_is_told_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "xuat.jsonl"
    path.write_bytes(content)
    with pytest.raises(ExportUnreadable, match="lưu tệp lại với bảng mã UTF-8"):
        import_export(path, {})
