"""The channels that the settings switch on. Each is imported only where it is used."""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from api.logs import log_event
from api.settings import PROJECT_FOLDER, Settings
from api.wiring.build import now
from api.wiring.messaging import Line
from bot.phrasebook import Phrasebook

if TYPE_CHECKING:
    from api.wiring.zalo import ZaloOffice

OFF_HINTS: Final = {
    "telegram": "TELEGRAM_TOKEN",
    "zalo_oa": "ZALO_OA_APP_ID",
    "zalo_bot": "ZALO_BOT_TOKEN",
}
"""The variable that switches a channel on."""

FORM_PICTURE: Final = "phone"
"""Stands above the question for a telephone number: Zalo wants a picture there, PNG or JPEG."""

_PICTURES: Final = PROJECT_FOLDER / "api" / "page" / "static"
"""Served under /static/."""

ZALO_OA_MESSAGES_PER_SECOND: Final = 60.0
"""Zalo takes 4,000 requests a minute from an app (protocols §1.5), from all replicas together."""

ZALO_BOT_MESSAGES_PER_SECOND: Final = 10.0
"""Zalo publishes no figure for its bots; over its quota it answers 429, and the channel rests."""


def open_lines(settings: Settings, office: "ZaloOffice | None", book: Phrasebook) -> list[Line]:
    """Return the channels that are on; what is off is said once, in the log.

    `office` keeps the tokens of the Official Account; None: it is off.

    Raises:
        CannotStart: a channel is set in a way that cannot work.
    """
    made: dict[str, Callable[[], Line]] = {}
    if settings.telegram_token.get_secret_value():
        made["telegram"] = lambda: _telegram(settings)
    if office is not None:
        made["zalo_oa"] = lambda: _zalo_oa(settings, office, book)
    if settings.zalo_bot_token.get_secret_value():
        made["zalo_bot"] = lambda: _zalo_bot(settings, book)
    lines = []
    for name, variable in OFF_HINTS.items():
        if name in made:
            lines.append(made[name]())
        else:
            log_event("channel_off", channel=name, needs=variable)
    return lines


def _telegram(settings: Settings) -> Line:
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415 - half a second

    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        settings.telegram_webhook_secret.get_secret_value(),
        now,
        settings.telegram_api_url,
        _drawn,
    )
    polls = settings.telegram_way == "polling"
    return Line(
        channel,
        settings.telegram_messages_per_second,
        channel if polls else None,
        at_start=channel.introduce,  # its name, by which groups call it
        start_link=lambda: channel.start_link,
    )


def _zalo_oa(settings: Settings, office: "ZaloOffice", book: Phrasebook) -> Line:
    import httpx  # noqa: PLC0415 - only where used

    from api.wiring.zalo import zalo_link  # noqa: PLC0415
    from bot.channels.zalo_oa.channel import ZaloOa  # noqa: PLC0415
    from bot.channels.zalo_oa.signature import Signature  # noqa: PLC0415

    channel = ZaloOa(
        httpx.AsyncClient(base_url=settings.zalo_oa_api_url),
        office.keeper,
        Signature(settings.zalo_oa_app_id, settings.zalo_oa_secret_key.get_secret_value()),
        book,
        time.time,
        jitter=random.random,
        oa_id=lambda: office.keeper.oa_id,
        seal=office.phones.close if office.sends_alerts else None,
        address=lambda name: _address(settings, name),
    )
    return Line(
        channel,
        ZALO_OA_MESSAGES_PER_SECOND,
        delivered=office.note_delivered,
        home_link=lambda: zalo_link(office.keeper.oa_id),
        alert_way=office.alert_way(book, pays=settings.zalo_oa_paid_alerts),
        sharing=office.sharing(book, _address(settings, FORM_PICTURE)),
    )


def _address(settings: Settings, name: str) -> str:
    """Return where the platforms fetch one of our pictures from; empty: nobody could fetch it."""
    public = settings.public_url
    return f"{public}/static/{name}.png" if public.startswith("https://") else ""


def _drawn(name: str) -> bytes:
    """Return one of our pictures as PNG."""
    return (_PICTURES / f"{name}.png").read_bytes()


def _zalo_bot(settings: Settings, book: Phrasebook) -> Line:
    from bot.channels.zalo_bot.channel import ZaloBot  # noqa: PLC0415 - httpx, only where used

    channel = ZaloBot(
        settings.zalo_bot_token.get_secret_value(),
        settings.zalo_bot_webhook_secret.get_secret_value(),
        book,
        now,
        settings.zalo_bot_api_url,
        address=lambda name: _address(settings, name),
    )
    polls = settings.zalo_bot_way == "polling"
    return Line(channel, ZALO_BOT_MESSAGES_PER_SECOND, channel if polls else None)
