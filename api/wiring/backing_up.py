"""From settings to a backup, and from a backup to a database."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.errors import BackupUnusable, RestoreRefused
from api.settings import Settings
from api.wiring.build import now, open_database
from api.wiring.imports import Progress

if TYPE_CHECKING:
    from api.store.archive import Manifest

OWNER_ONLY: Final = 0o600
"""A backup names people by the numbers of their platforms."""

LABELS: Final[Mapping[str, str]] = {
    "audit": "Nhật ký xoá dữ liệu",
    "chat_sessions": "Phiên của trang web",
    "contacts": "Người đã nhắn tin",
    "conversations": "Cuộc trò chuyện",
    "dossier_alerts": "Tin báo hồ sơ",
    "dossier_follows": "Người theo dõi hồ sơ",
    "dossier_tries": "Lượt tra hồ sơ sai",
    "dossier_updates": "Cập nhật hồ sơ",
    "dossier_words": "Mã mở hồ sơ ở kênh khác",
    "dossiers": "Hồ sơ",
    "filing_counts": "Số lượt hướng dẫn nộp hồ sơ",
    "guided_dossiers": "Hồ sơ nộp theo hướng dẫn",
    "inbox": "Tin đến",
    "knowledge_holds": "Thủ tục đang tạm giữ",
    "knowledge_records": "Bản ghi thủ tục",
    "knowledge_revisions": "Lần nạp thủ tục",
    "knowledge_state": "Bản thủ tục đang dùng",
    "factor_keys": "Dấu của khoá băm bốn số",
    "machine_keys": "Khoá của hệ thống khác",
    "notices": "Lời nhắc và kết quả xem phiếu",
    "outbox": "Tin gửi đi",
    "sealed_phones": "Số điện thoại đã mã hoá",
    "sealed_tokens": "Token đã mã hoá",
    "slip_holders": "Người giữ phiếu",
    "slips": "Phiếu hướng dẫn",
    "staff": "Tài khoản cán bộ",
    "staff_sessions": "Phiên đăng nhập của cán bộ",
    "turns": "Lượt hỏi đáp",
    "zalo_consents": "Liên kết cấp quyền Zalo",
    "zns_messages": "Tin theo mẫu của Zalo",
}
"""What an operator reads instead of the names of the tables."""


def counts(manifest: "Manifest") -> Mapping[str, int]:
    """Return how many rows there are, by what they are."""
    return {label(table.name): table.rows for table in manifest.tables}


def label(table: str) -> str:
    """Return what a table holds, in Vietnamese; its name where it is one that was dropped."""
    return LABELS.get(table, table)


def made_at(manifest: "Manifest") -> datetime:
    """Return when the backup was made."""
    return datetime.fromisoformat(manifest.made_at)


async def back_up(settings: Settings, output: Path, progress: Progress) -> "Manifest":
    """Write one moment of the database to `output`; a server goes on meanwhile.

    Raises:
        BackupUnusable: there is nothing to back up.
        StoreUnavailable: the database cannot be read.
        OSError: the file cannot be written; nothing is left of it.
    """
    from api.store.backup import write_backup  # noqa: PLC0415 - SQL costs half a second
    from api.store.database import Database  # noqa: PLC0415

    if not settings.has_database():
        raise BackupUnusable("Chưa có kho dữ liệu nào, nên chưa có gì để sao lưu.")
    database = Database(settings.database_address)  # as it is: a backup comes before an upgrade
    try:
        with _appearing(output) as part:
            return await write_backup(database, part, now(), progress)
    finally:
        await database.close()


async def bring_back(
    settings: Settings, backup: Path, progress: Progress, *, overwrite: bool
) -> "Manifest":
    """Replace everything in the database by the backup.

    Raises:
        BackupUnusable: the file is no backup, damaged, or of a newer motcua; nothing changed.
        RestoreRefused: there is something that `overwrite` does not allow to lose, or somebody
            else uses the database; nothing changed.
        CannotStart: the database cannot be opened.
        StoreUnavailable: it cannot be written; nothing changed.
    """
    from api.store.archive import opened  # noqa: PLC0415 - as above
    from api.store.restore import contents, restore  # noqa: PLC0415
    from api.store.staging import stage  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        staged = Path(folder) / "staged.db"
        with opened(backup) as (archive, manifest):
            await asyncio.to_thread(stage, archive, manifest, staged, progress)
        async with open_database(settings) as database:
            there = await contents(database)
            if there and not overwrite:
                raise RestoreRefused(_would_be_lost(there))
            await restore(database, staged, time.time(), progress)
    return manifest


def _would_be_lost(there: Mapping[str, int]) -> str:
    rows = ", ".join(f"{label(name)}: {count}" for name, count in there.items())
    return (
        f"Kho dữ liệu đang có dữ liệu ({rows} dòng), khôi phục sẽ thay hết. Chưa có gì thay đổi. "
        "Hãy sao lưu trước, rồi chạy lại với --yes nếu đúng là muốn thay."
    )


@contextmanager
def _appearing(output: Path) -> Iterator[Path]:
    """Lend the name of a file that takes the place of `output` when the block ends well.

    Raises:
        OSError: it cannot be written; names the file that was asked for.
    """
    part = output.with_name(f".{output.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(OWNER_ONLY, exist_ok=False)
        yield part
        with part.open("rb") as whole:
            os.fsync(whole.fileno())
        part.replace(output)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(output)) from error
    finally:
        part.unlink(missing_ok=True)
