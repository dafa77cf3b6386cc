"""Is the process alive, and can it answer?"""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(tags=["Hệ thống"])


class Health(BaseModel):
    """The process runs."""

    status: Literal["ok"] = "ok"


@router.get("/healthz", summary="Chương trình đang chạy")
async def healthz() -> Health:
    """Trả lời ngay, không hỏi đến kho dữ liệu."""
    return Health()
