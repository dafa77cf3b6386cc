"""`motcua zalo key|authorize|status`: the tokens of the Zalo Official Account."""

import asyncio
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlencode

import typer

from api.commands.terminal import EXIT_FAILED, say, warn
from api.errors import SettingsInvalid
from api.settings import Settings, load_settings
from api.wiring.build import open_database
from knowledge.work_calendar import VIETNAM

if TYPE_CHECKING:
    from api.wiring.zalo import ZaloOffice
    from bot.channels.zalo_oa.consent import Returned
    from bot.channels.zalo_oa.health import TokenHealth

MINUTES: Final = 10
"""How long a link lives: `bot.channels.zalo_oa.consent.LIFETIME_SECONDS`."""

Web = Annotated[
    bool,
    typer.Option("--web", help="Chỉ in liên kết, rồi làm tiếp trên trang web ở PUBLIC_URL."),
]
Callback = Annotated[
    str,
    typer.Option(
        metavar="ĐỊA_CHỈ",
        help="Địa chỉ Zalo đưa trình duyệt về, đúng như ô Official Account Callback Url của ứng "
        "dụng. Bỏ trống: PUBLIC_URL/zalo/authorize/callback.",
    ),
]


def key() -> None:
    """In một khoá mới để đặt vào TOKEN_KEY.

    Muốn thay khoá: đặt khoá mới đứng trước khoá cũ, cách nhau dấu phẩy; sau hai ngày bỏ khoá cũ.
    """
    from bot.channels.zalo_oa.sealing import new_key  # noqa: PLC0415 - only here

    say(new_key())


def authorize(callback: Callback = "", web: Web = False) -> int:  # noqa: FBT002 - an option
    """Cấp quyền cho trợ lý thay mặt Zalo Official Account.

    In liên kết để mở trong trình duyệt. Sau khi bấm Cho phép và thấy trang báo đã được cấp quyền,
    bấm Enter ở đây; trang không mở được thì dán địa chỉ trên trình duyệt vào đây, nên không cần
    máy chủ có địa chỉ công khai.
    """
    return asyncio.run(_authorize(load_settings(), callback, web=web))


def status() -> int:
    """Xem token Zalo Official Account: còn hạn đến khi nào, có lỗi gì và cách xử lý.

    Mã thoát 1 khi có việc phải làm.
    """
    health = asyncio.run(_health(load_settings()))
    faults = health.faults(time.time())
    for line in _described(health):
        say(line)
    for fault in faults:
        warn(fault)
    return EXIT_FAILED if faults else 0


async def _authorize(settings: Settings, callback: str, *, web: bool) -> int:
    from api.wiring.zalo import CALLBACK_PATH, START_PATH, require_zalo, zalo_office  # noqa: PLC0415

    require_zalo(settings)
    public = settings.public_url
    if not public and (web or not callback):
        raise SettingsInvalid(_NO_ADDRESS)
    async with open_database(settings) as database, zalo_office(settings, database) as office:
        state = await office.consents.begin(callback or f"{public}{CALLBACK_PATH}")
        if web:
            say(f"Mở liên kết này trong {MINUTES} phút, một lần, bằng trình duyệt bất kỳ:")
            say(f"{public}{START_PATH}?{urlencode({'state': state})}")
            return 0
        say("1. Mở liên kết này bằng trình duyệt đã đăng nhập Zalo quản trị Official Account:")
        say(await office.consents.address(state))
        say("2. Bấm Cho phép.")
        say("3. Thấy trang báo “Đã được cấp quyền” thì chỉ cần bấm Enter ở đây.")
        say("   Trang không mở được: chép địa chỉ trên trình duyệt, dán vào đây rồi bấm Enter.")
        say(f"   (Liên kết hết hạn sau {MINUTES} phút.)")
        pasted = await asyncio.to_thread(sys.stdin.readline)
        return await _finish(office, pasted, state)


async def _finish(office: "ZaloOffice", pasted: str, state: str) -> int:
    from api.consent.telling import DONE, tell  # noqa: PLC0415
    from bot.channels.zalo_oa.consent import read_returned  # noqa: PLC0415
    from bot.errors import BotError  # noqa: PLC0415

    if not pasted.strip():
        return await _already(office)
    returned = read_returned(pasted)
    if returned is None:
        warn(_NOT_READ)
        return EXIT_FAILED
    try:
        await office.consents.finish(_ours(returned, state))
    except BotError as error:
        told = tell(error)
        warn(f"{told.title}. {told.text}")
        warn(f"Hãy chạy lại: {_COMMAND}")
        return EXIT_FAILED
    say(f"{DONE.title}. {DONE.text}")
    return 0


async def _already(office: "ZaloOffice") -> int:
    health = await office.health()
    now = time.time()
    if health.renewed_at is not None and now - health.renewed_at < MINUTES * 60:
        say("Đã được cấp quyền trên trang web.")
        return 0
    warn(f"Chưa thấy quyền nào được cấp. Hãy chạy lại: {_COMMAND}")
    return EXIT_FAILED


def _ours(returned: "Returned", state: str) -> "Returned":
    """Return what was pasted; a bare code has no state, and the terminal stands in for it."""
    from bot.channels.zalo_oa.consent import Returned  # noqa: PLC0415

    return Returned(returned.code, returned.state or state, returned.oa_id)


async def _health(settings: Settings) -> "TokenHealth":
    from api.wiring.zalo import require_zalo, zalo_office  # noqa: PLC0415
    from bot.channels.zalo_oa.health import TokenHealth  # noqa: PLC0415

    require_zalo(settings)
    if not settings.has_database():
        return TokenHealth()
    async with open_database(settings) as database, zalo_office(settings, database) as office:
        return await office.health()


def _described(health: "TokenHealth") -> list[str]:
    if not health.consented or not health.key_fits:
        return []
    lines = [f"Official Account: {health.oa_id or 'Zalo không cho biết mã'}"]
    for name, moment in (
        ("Token hết hạn lúc", health.expires_at),
        ("Nhận token lúc", health.renewed_at),
        ("Lần gia hạn hỏng gần nhất", health.failed_at),
    ):
        if moment is not None:
            lines.append(f"{name}: {_shown(moment)}")
    lines.append("Token tự gia hạn khi motcua serve đang chạy, 10 phút trước khi hết hạn.")
    if health.unsettled:
        lines.append("Một token mới vừa nhận đang chờ ghi vào kho; máy chủ sẽ tự ghi.")
    return lines


def _shown(moment: float) -> str:
    return datetime.fromtimestamp(moment, VIETNAM).strftime("%H:%M ngày %d/%m/%Y")


_COMMAND: Final = "motcua zalo authorize"
_NO_ADDRESS: Final = (
    "Biến PUBLIC_URL chưa có nên không biết Zalo đưa trình duyệt về đâu. Hãy đặt PUBLIC_URL, hoặc "
    "thêm --callback với đúng địa chỉ ghi ở ô Official Account Callback Url của ứng dụng trên "
    "developers.zalo.me; trang ở địa chỉ đó không cần mở được, chỉ cần chép lại địa chỉ."
)
_NOT_READ: Final = (
    "Không thấy mã cấp quyền (code=…) trong dòng vừa dán. Nếu Zalo báo lỗi hoặc bạn đã bấm huỷ thì "
    f"chưa có gì thay đổi. Hãy chạy lại: {_COMMAND}"
)
