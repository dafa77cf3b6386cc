"""`motcua dossiers new-key`: go on after the key that hashes factors was lost."""

import asyncio
from typing import Annotated

import typer

from api.commands.terminal import EXIT_FAILED, say, warn
from api.settings import load_settings
from api.wiring.build import open_database
from api.wiring.dossiers.key import exchange_key

Yes = Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")]

_ASK = (
    "Mọi nhóm 4 số cuối đã băm bằng khoá cũ sẽ bị bỏ: hồ sơ nào cũng phải được đẩy hay nhập lại "
    "rồi mới tra được. Tiếp tục?"
)


def new_key(yes: Yes = False) -> int:  # noqa: FBT002 - an option
    """Dùng khoá băm đang có thay cho khoá đã mất; 4 số cuối trong kho phải nạp lại."""
    if not yes and not typer.confirm(_ASK):
        warn("Không đổi gì.")
        return EXIT_FAILED
    count = asyncio.run(_exchange())
    say(f"Đã đổi khoá. Số hồ sơ phải đẩy hoặc nhập lại: {count}.")
    return 0


async def _exchange() -> int:
    settings = load_settings()
    async with open_database(settings) as database:
        return await exchange_key(settings, database)
