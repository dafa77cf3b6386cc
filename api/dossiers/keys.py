"""Who may use the routes of machines: a key of the right scope in the header Authorization."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.errors import KeyRefused
from api.machine_keys import LONGEST_KEY, MachineKey, MachineKeys, Scope
from api.problems import ProblemError

_BEARER: Final = HTTPBearer(
    auto_error=False,
    scheme_name="Khoá máy",
    description="Khoá do motcua keys add tạo ra: Authorization: Bearer mc_…",
)
_MISSING: Final = "Thiếu khoá. Gửi đầu mục Authorization: Bearer mc_…"
_CHALLENGE: Final = {"WWW-Authenticate": "Bearer"}

Presented = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
Guard = Callable[[HTTPAuthorizationCredentials | None], Awaitable[MachineKey]]


def key_guard(keys: MachineKeys, scope: Scope) -> Guard:
    """Return what lets requests pass that have a good key of `scope`, before their body is read."""

    async def guard(presented: Presented) -> MachineKey:
        if presented is None:
            raise ProblemError(401, _MISSING, headers=_CHALLENGE)
        return await _recognised(keys, presented, scope)

    return guard


def key_if_any(
    keys: MachineKeys | None, scope: Scope
) -> Callable[[HTTPAuthorizationCredentials | None], Awaitable[MachineKey | None]]:
    """Return what lets requests without a key pass, and those with a good key of `scope`."""

    async def guard(presented: Presented) -> MachineKey | None:
        if presented is None or keys is None:
            return None
        return await _recognised(keys, presented, scope)

    return guard


async def _recognised(
    keys: MachineKeys, presented: HTTPAuthorizationCredentials, scope: Scope
) -> MachineKey:
    try:
        key = await keys.recognise(presented.credentials[: 2 * LONGEST_KEY])
    except KeyRefused as error:
        raise ProblemError(401, str(error), headers=_CHALLENGE) from error
    if scope not in key.scopes:
        raise ProblemError(403, f"Khoá này không có quyền {scope}. Hãy xin khoá có quyền đó.")
    return key
