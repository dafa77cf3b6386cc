"""`POST /v1/dossiers/lookup`: portals look up a dossier for a citizen.

The code travels in the body, never in an address: addresses are logged on the way. A portal does
not tell for whom it asks, so attempts are counted for dossier and address; for the dossier alone
where a key says that all citizens of a portal come from one address.
"""

import math
from datetime import datetime
from typing import Annotated, Final, assert_never

from fastapi import APIRouter, Depends, Request

from api.dossiers.keys import Lock, key_if_any
from api.dossiers.schemas import WRONG_CODE, LookUpIn, StatusOut, status_out
from api.limits.addresses import address_block
from api.machine_keys import MachineKey, Scope
from api.problems import FieldProblem, ProblemError, problem_docs
from api.wiring.services import PORTAL_CHANNEL, Services
from bot.dossiers.codes import normal_form
from bot.dossiers.factors import four_digits
from bot.dossiers.ports import Asker, Away, DossierDesk, Found, Locked, LookUpResult, NoMatch
from bot.messages import ConversationKey
from knowledge.work_calendar import VIETNAM

NO_MATCH: Final = (
    "Không có hồ sơ nào khớp cả mã và thông tin thứ hai. Kiểm tra lại cả hai trên giấy tiếp nhận."
)
"""The one answer whether the code or the factor is wrong."""
NOT_OPEN: Final = "Nơi này chưa mở tra cứu hồ sơ."
WRONG_FACTOR: Final = "Phải là đúng bốn chữ số."
AWAY: Final = "Hệ thống hồ sơ đang không trả lời nên chưa biết tình trạng lúc này. Hãy thử lại sau."
AWAY_TITLE: Final = "Hệ thống hồ sơ không trả lời"
AWAY_SECONDS: Final = 60


def look_up_router(services: Services, desk: DossierDesk) -> APIRouter:
    """Return the route with which portals look up dossiers, answered by `desk`."""
    router = APIRouter(prefix="/v1/dossiers", tags=["Hồ sơ"])
    lock = Lock(services.keys, services.limiter) if services.keys is not None else None

    @router.post(
        "/lookup",
        summary="Tra tình trạng một hồ sơ",
        responses=problem_docs(400, 401, 403, 404, 413, 415, 422, 429),
    )
    async def look_up(
        asked: LookUpIn,
        request: Request,
        key: Annotated[MachineKey | None, Depends(key_if_any(lock, Scope.LOOK_UP))],
    ) -> StatusOut:
        """Sai mã hay sai thông tin thứ hai đều cùng một câu trả lời. Sai nhiều lần thì phải chờ.

        Không cần khoá. Cổng gọi từ máy chủ của mình thì gửi khoá có quyền dossiers:lookup, để lần
        sai của người này không đếm chung với người khác.
        """
        block = "" if key else address_block(request.client.host if request.client else "")
        await services.admit_look_up(f"{key.id} {asked.code}" if key else block)
        code, factor = _checked(asked)
        if not desk.terms.is_open:
            raise ProblemError(404, NOT_OPEN)
        who = ConversationKey(PORTAL_CHANNEL, f"{key.id if key else block} {code}")
        result = await desk.look_up(Asker(who, block), code, factor)
        return _answer(result, services.now())

    return router


def _checked(asked: LookUpIn) -> tuple[str, str]:
    """Return code and factor as the desk wants them; how they are written tells nothing of any."""
    code, factor = normal_form(asked.code), asked.factor.strip()
    errors = []
    if code is None:
        errors.append(FieldProblem(field="code", message=WRONG_CODE))
    if factor and four_digits(factor) != factor:
        errors.append(FieldProblem(field="factor", message=WRONG_FACTOR))
    if code is None or errors:
        raise ProblemError(422, errors=errors)
    return code, factor


def _answer(result: LookUpResult, now: datetime) -> StatusOut:
    match result:
        case Found(status=status):
            return status_out(status)
        case NoMatch():
            raise ProblemError(404, NO_MATCH)
        case Locked(until=until):
            seconds = max(1, math.ceil((until - now).total_seconds()))
            raise ProblemError(429, _locked(seconds), headers={"Retry-After": str(seconds)})
        case Away(last=last):
            raise ProblemError(
                503,
                AWAY,
                title=AWAY_TITLE,
                headers={"Retry-After": str(AWAY_SECONDS)},
                last_known_at=last.status.as_of.astimezone(VIETNAM) if last is not None else None,
            )
    assert_never(result)


def _locked(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    wait = f"{minutes} phút" if minutes < 120 else f"{math.ceil(minutes / 60)} giờ"  # noqa: PLR2004
    return f"Đã thử sai nhiều lần nên tạm dừng tra cứu. Hãy thử lại sau {wait}."
