"""`motcua backup` and `motcua restore`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from api.commands.progress import progress
from api.commands.terminal import say
from api.settings import load_settings
from knowledge.work_calendar import VIETNAM

Output = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu ghi ra, ví dụ motcua.zip.")
]
Backup = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp do motcua backup ghi ra.")]
Yes = Annotated[
    bool, typer.Option("--yes", help="Thay hết dữ liệu đang có bằng dữ liệu trong bản sao lưu.")
]


def backup(output: Output) -> None:
    """Sao lưu toàn bộ kho dữ liệu ra một tệp; máy chủ vẫn chạy bình thường.

    Tệp dùng được cho cả SQLite và PostgreSQL. Token Zalo trong đó vẫn được mã hoá, bốn số cuối của
    hồ sơ vẫn được băm: hãy giữ TOKEN_KEY và dossier.key (hoặc DOSSIER_KEY) ở nơi khác.
    """
    from api.wiring.backing_up import back_up, counts  # noqa: PLC0415 - only this command

    with progress() as bar:
        manifest = asyncio.run(back_up(load_settings(), output, bar))
    for name, rows in counts(manifest).items():
        say(f"{name}: {rows} dòng")
    say(f"Đã sao lưu vào {output} (phiên bản bảng {manifest.schema}).")
    say("Không có trong tệp: TOKEN_KEY và dossier.key. Mất khoá nào thì mất những gì khoá đó giữ.")


def restore(backup: Backup, *, yes: Yes = False) -> None:
    """Khôi phục kho dữ liệu từ bản sao lưu, được hết hoặc không thay đổi gì.

    Bản sao lưu được kiểm tra trọn vẹn trước. Dừng motcua serve rồi mới chạy lệnh này.
    """
    from api.wiring.backing_up import bring_back, counts, made_at  # noqa: PLC0415 - as above

    with progress() as bar:
        manifest = asyncio.run(bring_back(load_settings(), backup, bar, overwrite=yes))
    for name, rows in counts(manifest).items():
        say(f"{name}: {rows} dòng")
    made = made_at(manifest).astimezone(VIETNAM)
    say(
        f"Đã khôi phục bản sao lưu lúc {made:%H:%M ngày %d/%m/%Y}. "
        "Ai đã yêu cầu xoá dữ liệu sau lúc đó thì cần xoá lại."
    )
