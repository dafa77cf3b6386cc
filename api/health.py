"""Is the process alive, and can it answer?"""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.problems import ProblemError, problem_docs
from api.wiring.services import Services


class Health(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


class Readiness(Health):
    """Messages are answered and kept."""

    procedures: int


def health_router(services: Services) -> APIRouter:
    """Return the routes that load balancers and operators ask."""
    router = APIRouter(tags=["Hệ thống"])

    @router.get("/healthz", summary="Chương trình đang chạy", responses=problem_docs())
    async def healthz() -> Health:
        """Trả lời ngay, không hỏi đến kho dữ liệu."""
        return Health()

    @router.get("/readyz", summary="Sẵn sàng trả lời", responses=problem_docs())
    async def readyz() -> Readiness:
        """Đã nạp thủ tục và mô hình, kho dữ liệu đọc được và lần ghi gần nhất không lỗi."""
        if not await services.is_ready():
            raise ProblemError(503, "Kho dữ liệu hoặc kho thủ tục chưa dùng được.")
        return Readiness(procedures=len(services.library))

    return router
