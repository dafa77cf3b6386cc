"""What an operator does once: looks whose token it is, and sets the webhook or deletes it."""

from dataclasses import dataclass
from http import HTTPStatus

from bot.channels.untrusted import NOTHING, Payload, part, words
from bot.channels.zalo_bot.failures import Refusal
from bot.channels.zalo_bot.line import Line


@dataclass(frozen=True, slots=True)
class Bot:
    """Who the token belongs to."""

    id: str
    name: str
    """As people see it, and as groups call it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """How the platform fared when it tried the webhook at once."""

    reached: bool
    status: str = ""
    """What our side answered, e.g. `403`; empty: nothing."""
    hint: str = ""
    """In the platform's words."""


async def who(line: Line) -> Bot:
    """Return the bot of the token.

    Raises:
        Refusal: the token is not accepted.
        LineBroken: there is no answer.
    """
    me = _object(await line.call("getMe"))
    return Bot(words(me, "id"), words(me, "display_name") or words(me, "account_name"))


async def webhook_url(line: Line) -> str:
    """Return the address that events are sent to; empty: none, and they can be asked for.

    Raises:
        Refusal: the token is not accepted.
        LineBroken: there is no answer.
    """
    try:
        return words(_object(await line.call("getWebhookInfo")), "url")
    except Refusal as error:
        if error.code == HTTPStatus.NOT_FOUND:  # so it answers where none is set (protocols §2)
            return ""
        raise


async def set_webhook(line: Line, url: str, secret: str) -> Verification | None:
    """Let events be sent to `url`; it stays set even where trying it fails.

    None: the platform does not say how trying it went.

    Raises:
        Refusal: it takes no such address, or the token is not accepted.
        LineBroken: there is no answer.
    """
    result = _object(await line.call("setWebhook", {"url": url, "secret_token": secret}))
    tried = part(result, "verification")
    if "ok" not in tried:
        return None
    hint = words(tried, "hint") or words(tried, "outcome")
    return Verification(tried["ok"] is True, words(tried, "status_code"), hint)


async def delete_webhook(line: Line) -> None:
    """Let events be asked for.

    Raises:
        Refusal: the token is not accepted.
        LineBroken: there is no answer.
    """
    await line.call("deleteWebhook")


def _object(result: object) -> Payload:
    return result if isinstance(result, dict) else NOTHING
