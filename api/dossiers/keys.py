"""Who may use the routes of machines: a key of the right scope in the header Authorization."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import KeyRefused
from api.limits import Limiter
from api.limits.addresses import address_block
from api.machine_keys import LONGEST_KEY, MachineKey, MachineKeys, Scope
from api.problems import ProblemError

_BEARER: Final = HTTPBearer(
    auto_error=False,
    scheme_name="Khoá máy",
    description="Khoá do motcua keys add tạo ra: Authorization: Bearer mc_…",
)
_MISSING: Final = "Thiếu khoá. Gửi đầu mục Authorization: Bearer mc_…"
_MANY: Final = "Gửi sai khoá quá nhiều lần. Hãy kiểm tra khoá, rồi thử lại sau {seconds} giây."
_CHALLENGE: Final = {"WWW-Authenticate": "Bearer"}

Presented = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
Guard = Callable[[Request, HTTPAuthorizationCredentials | None], Awaitable[MachineKey]]


@dataclass(frozen=True, slots=True)
class Lock:
    """The keys that open something, and what counts the tries with keys that are none.

    They are counted by address; a good key opens however many there were.
    """

    keys: MachineKeys
    limiter: Limiter


def key_guard(lock: Lock, scope: Scope) -> Guard:
    """Return what lets requests pass that have a good key of `scope`, before their body is read."""

    async def guard(request: Request, presented: Presented) -> MachineKey:
        if presented is None:
            raise ProblemError(401, _MISSING, headers=_CHALLENGE)
        return await _recognised(lock, request, presented, scope)

    return guard


def key_if_any(
    lock: Lock | None, scope: Scope
) -> Callable[[Request, HTTPAuthorizationCredentials | None], Awaitable[MachineKey | None]]:
    """Return what lets requests without a key pass, and those with a good key of `scope`."""

    async def guard(request: Request, presented: Presented) -> MachineKey | None:
        if presented is None or lock is None:
            return None
        return await _recognised(lock, request, presented, scope)

    return guard


async def _recognised(
    lock: Lock, request: Request, presented: HTTPAuthorizationCredentials, scope: Scope
) -> MachineKey:
    try:
        key = await lock.keys.recognise(presented.credentials[: 2 * LONGEST_KEY])
    except KeyRefused as error:
        await _count(lock.limiter, request)
        raise ProblemError(401, str(error), headers=_CHALLENGE) from error
    if scope not in key.scopes:
        raise ProblemError(403, f"Khoá này không có quyền {scope}. Hãy xin khoá có quyền đó.")
    return key


async def _count(limiter: Limiter, request: Request) -> None:
    """Count a refused key.

    Raises:
        ProblemError: 429: there were too many from this address.
    """
    host = request.client.host if request.client else ""
    admission = await limiter.admit_refused_key(address_block(host))
    if not admission.admitted:
        seconds = max(1, math.ceil(admission.retry_after))
        headers = {"Retry-After": str(seconds)}
        raise ProblemError(429, _MANY.format(seconds=seconds), headers=headers)
