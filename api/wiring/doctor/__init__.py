"""Looks at everything an operator can get wrong, and says what to do; changes nothing."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from api.logs import log_failure
from api.settings import Settings
from api.wiring.doctor.dossiers import look_at_dossiers
from api.wiring.doctor.findings import Area, Clock, Finding, Look, Mark
from api.wiring.doctor.knowing import look_at_content, look_at_model
from api.wiring.doctor.limits import look_at_limits
from api.wiring.doctor.machine import look_at_disk, look_at_files, look_at_settings
from api.wiring.doctor.platforms import TELEGRAM, ZALO_BOT, look_at_telegram, look_at_zalo_bot
from api.wiring.doctor.stored import look_at_database
from api.wiring.doctor.zalo_oa import ZALO_OA, look_at_zalo_oa

__all__ = ["Finding", "Mark", "examine"]

DOCTOR: Final = Area("Kiểm tra")


async def examine(settings: Settings, clock: Clock, *, offline: bool) -> Sequence[Finding]:
    """Return everything that was found, area by area.

    Args:
        settings: what the server would run with.
        clock: this machine's; read whenever another is, for some looks take seconds.
        offline: platforms and other systems are not asked.
    """
    findings = [*look_at_settings(settings), *look_at_disk(settings), *look_at_files(clock())]
    looks: list[Look] = [
        partial(look_at_database, settings, clock),
        partial(look_at_limits, settings),
        partial(look_at_model, settings),
        partial(look_at_content, settings),
        partial(look_at_dossiers, settings, offline=offline),
        *_channels(settings, clock, offline=offline),
    ]
    for look in looks:
        findings += await _safely(look)
    return findings


def _channels(settings: Settings, clock: Clock, *, offline: bool) -> Iterator[Look]:
    for area, variable, look, asks in (
        (TELEGRAM, "telegram_token", look_at_telegram, True),
        (ZALO_OA, "zalo_oa_app_id", partial(look_at_zalo_oa, offline=offline), False),
        (ZALO_BOT, "zalo_bot_token", look_at_zalo_bot, True),
    ):
        secret = getattr(settings, variable)
        if not (secret if isinstance(secret, str) else secret.get_secret_value()):
            yield partial(_told, area.off(f"tắt (chưa có {variable.upper()})."))
        elif offline and asks:
            yield partial(_told, area.off("bật, nhưng không hỏi nền tảng vì có --offline."))
        else:
            yield partial(look, settings, clock)


async def _told(finding: Finding) -> Sequence[Finding]:
    return [finding]


async def _safely(look: Look) -> Sequence[Finding]:
    """Let one look that breaks not hide the others; its words may hold a secret."""
    try:
        return await look()
    except Exception as error:  # noqa: BLE001 - as above
        log_failure(error, "doctor")
        return [
            DOCTOR.wrong(
                f"một phần kiểm tra bị lỗi ({type(error).__name__}).",
                "Gửi dòng “failure” ở trên cho nhóm phát triển.",
            )
        ]
