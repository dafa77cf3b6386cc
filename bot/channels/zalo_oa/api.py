"""One call of Zalo's OA API: what goes over the wire, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import httpx

from bot.channels.errors import ChannelBroken, DeliveryFailed, FateUnknown, PartRefused, TryLater
from bot.channels.lines import broken_line
from bot.channels.untrusted import Payload, load, part, words
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.ids import an_id

TIMEOUT: Final = httpx.Timeout(15.0, connect=5.0)
"""Seconds. Nobody waits for it: the outbox sends beside others."""

GET_OA: Final = "/v2.0/oa/getoa"
LONGEST_NAME: Final = 100
ZNS_QUOTA: Final = "/message/quota"
"""Beside the address that takes template messages; `{data:{dailyQuota, remainingQuota}}`."""
_DIGITS: Final = 12

MAX_ANSWER_BYTES: Final = 65_536
"""An answer has some hundred bytes; a longer one is somebody else's."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Zalo said; HTTP is 200 for failures too."""

    code: int
    """0: taken."""
    message_id: str
    free: bool
    """Zalo tells which quota paid for it; it does not for a message that costs money."""


@dataclass(frozen=True, slots=True)
class Account:
    """What Zalo said of the Official Account that a token is of."""

    code: int
    """0: the token is accepted."""
    oa_id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many template messages may be sent in a day."""

    code: int
    """0: Zalo told it."""
    daily: int | None = None
    remaining: int | None = None
    """None, both: it did not."""


class Api:
    """Posts messages, and asks what an operator wants to know."""

    def __init__(
        self, client: httpx.AsyncClient, brake: Brake, setting: str = "ZALO_OA_API_URL"
    ) -> None:
        """Take a client whose `base_url` is the server; the caller closes it.

        `setting` is the variable that names the server, to be told where it is wrong.
        """
        self._client = client
        self._brake = brake
        self._setting = setting

    async def post(self, path: str, token: str, message: Mapping[str, object]) -> Answer:
        """Send one request.

        Raises:
            TryLater: Zalo cannot be reached or is overloaded; nothing was done.
            FateUnknown: the request had left, and no answer came that can be read.
            PartRefused: the request is too long for Zalo's gateway.
            ChannelBroken: whoever answers is not Zalo's API.
        """
        return _read(await self._ask("POST", path, token, message))

    async def account(self, token: str) -> Account:
        """Ask which Official Account `token` is of (protocols §1.4).

        Raises:
            DeliveryFailed: as `post`.
        """
        return _read_account(await self._ask("GET", GET_OA, token))

    async def quota(self, token: str) -> Quota:
        """Ask how many template messages may be sent today; of the server that sends them.

        Raises:
            DeliveryFailed: as `post`.
        """
        answer = await self._ask("GET", ZNS_QUOTA, token)
        data = part(answer, "data")
        return Quota(_code(answer), _count(data, "dailyQuota"), _count(data, "remainingQuota"))

    async def _ask(
        self, method: str, path: str, token: str, message: Mapping[str, object] | None = None
    ) -> Payload:
        # No error is chained: httpx's hold the request, and the request the token and the message.
        try:
            async with self._client.stream(
                method, path, json=message, headers={"access_token": token}, timeout=TIMEOUT
            ) as response:
                self._brake.note(response.headers)
                if response.status_code != httpx.codes.OK:
                    raise _by_status(response.status_code, response.headers, self._setting)
                return _answered(await _limited(response))
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ChannelBroken(f"{self._setting}: địa chỉ không gọi được.") from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise broken_line(type(error).__name__) from None


def _by_status(status: int, headers: Mapping[str, str], setting: str) -> DeliveryFailed:
    """Return what an HTTP status means that Zalo's API itself never answers."""
    reason = f"HTTP {status}"
    if status == httpx.codes.GATEWAY_TIMEOUT:  # it was passed on, and may have been done
        return FateUnknown(reason)
    if status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return PartRefused(reason)
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        after = headers.get("retry-after", "")
        known = after.isascii() and after.isdigit()
        return TryLater(reason, min(float(after), 3600.0) if known else None, everybody=True)
    return ChannelBroken(f"{reason}: máy chủ trả lời không phải API của Zalo ({setting}).")


def _answered(body: bytes) -> Payload:
    answer = load(body)
    if answer is None or "error" not in answer:
        raise FateUnknown("unreadable answer")
    return answer


def _read_account(answer: Payload) -> Account:
    data = part(answer, "data")
    oa_id = an_id(data, "oaid") or an_id(data, "oa_id")  # mirrors of the documentation differ
    return Account(_code(answer), oa_id, words(data, "name").strip()[:LONGEST_NAME])


def _read(answer: Payload) -> Answer:
    data = part(answer, "data")
    message_id = an_id(data, "message_id") or an_id(data, "msg_id")  # ZNS has a name of its own
    return Answer(_code(answer), message_id, bool(part(data, "quota")))


def _count(data: Payload, name: str) -> int | None:
    value = data.get(name)
    known = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DIGITS
    return int(str(value)) if known else None


def _code(answer: Payload) -> int:
    try:
        return int(str(answer["error"]))
    except ValueError as error:
        raise FateUnknown("unreadable answer") from error


async def _limited(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise FateUnknown("answer too long")
    return bytes(body)
