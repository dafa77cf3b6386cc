"""Errors over HTTP: problem details by RFC 9457, in Vietnamese, in one shape everywhere."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.errors import TooMany
from api.logs import log_failure
from bot.errors import StoreUnavailable

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = 30
CURSOR_PATTERN: Final = "^[0-9]{0,6}$"
"""What a page of a list gives as `next_cursor`."""

_TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("Yêu cầu không đọc được", "Nội dung gửi lên không phải là JSON hợp lệ."),
    401: ("Chưa được phép", "Yêu cầu này cần mã bí mật đúng."),
    403: ("Không được phép", "Máy chủ không nhận yêu cầu này."),
    404: ("Không tìm thấy", "Địa chỉ này không có. Danh sách địa chỉ có tại /docs."),
    405: ("Không dùng được cách gọi này", "Hãy gọi bằng phương thức nêu trong đầu mục Allow."),
    408: ("Gửi quá lâu", "Nội dung chưa đến hết nên máy chủ thôi chờ. Vui lòng gửi lại."),
    413: ("Nội dung quá lớn", "Nội dung gửi lên vượt quá kích thước cho phép. Hãy rút ngắn lại."),
    415: ("Sai kiểu nội dung", "Hãy gửi JSON với đầu mục Content-Type: application/json."),
    422: ("Nội dung chưa đúng", "Một số mục gửi lên chưa đúng; xem danh sách errors."),
    429: ("Gửi nhanh quá", "Hãy chờ số giây nêu trong đầu mục Retry-After rồi gửi lại."),
    500: ("Có lỗi trong hệ thống", "Yêu cầu chưa được thực hiện. Vui lòng thử lại sau ít phút."),
    503: (
        "Hệ thống tạm thời không lưu được",
        "Tin nhắn này chưa được lưu và chưa được trả lời. Vui lòng gửi lại sau ít phút.",
    ),
}


class FieldProblem(BaseModel):
    """One part of the request that is wrong."""

    field: str = Field(examples=["text"])
    message: str = Field(examples=["Hãy ghi câu hỏi vào mục này."])


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(examples=["/docs#loi-404"])
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Không có thủ tục nào mang mã 9.999999."])
    errors: list[FieldProblem] | None = None
    last_known_at: datetime | None = Field(
        None, description="Chỉ khi nguồn hồ sơ không trả lời: lần cuối biết được tình trạng."
    )


class ProblemError(Exception):
    """A request that cannot be answered, with what the caller is told."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Sequence[FieldProblem] = (),
        *,
        headers: Mapping[str, str] | None = None,
        last_known_at: datetime | None = None,
        title: str = "",
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors) or None
        self.headers = headers
        self.last_known_at = last_known_at
        self.title = title


def problem_response(
    status: int,
    detail: str = "",
    *,
    errors: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
    last_known_at: datetime | None = None,
    title: str = "",
) -> JSONResponse:
    """Return the response for `status`; an empty `detail` or `title` becomes the usual one."""
    usual_title, usual_detail = _TITLES.get(status, ("Không thực hiện được", "Vui lòng thử lại."))
    problem = Problem(
        type=f"/docs#loi-{status}",
        title=title or usual_title,
        status=status,
        detail=detail or usual_detail,
        errors=errors,
        last_known_at=last_known_at,
    )
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def retry_after(error: TooMany) -> dict[str, str]:
    """Return the header that says when to come back, in whole seconds."""
    return {"Retry-After": str(math.ceil(error.retry_after))}


def problem_docs(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe these errors for OpenAPI; 500 and 503 can happen everywhere."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": _TITLES[status][0],
            "content": {
                MEDIA_TYPE: {
                    "schema": schema,
                    "example": {
                        "type": f"/docs#loi-{status}",
                        "title": _TITLES[status][0],
                        "status": status,
                        "detail": _TITLES[status][1],
                    },
                }
            },
        }
        for status in sorted({*statuses, 500, 503})
    }


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the app a problem; what nobody expected is caught by the middleware."""

    @app.exception_handler(ProblemError)
    async def _known(_request: Request, error: ProblemError) -> JSONResponse:
        return problem_response(
            error.status,
            error.detail,
            errors=error.errors,
            headers=error.headers,
            last_known_at=error.last_known_at,
            title=error.title,
        )

    @app.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(error.status_code, headers=error.headers)

    @app.exception_handler(StoreUnavailable)
    async def _store(request: Request, error: StoreUnavailable) -> JSONResponse:
        log_failure(error, getattr(request.scope.get("route"), "path", ""))
        return problem_response(503, str(error), headers={"Retry-After": str(RETRY_AFTER_SECONDS)})

    @app.exception_handler(TooMany)
    async def _too_many(_request: Request, error: TooMany) -> JSONResponse:
        return problem_response(429, str(error), headers=retry_after(error))

    @app.exception_handler(Exception)  # raised again after this answer: the middleware logs it
    async def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
        return problem_response(500)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return problem_response(400)
        return problem_response(422, errors=[_explain(fault) for fault in faults])


def _explain(fault: Mapping[str, Any]) -> FieldProblem:
    place = [str(part) for part in fault["loc"][1:]]  # the first tells body, query or path
    return FieldProblem(field=".".join(place) or "body", message=_message(fault))


def _message(fault: Mapping[str, Any]) -> str:
    limits = fault.get("ctx", {})
    if fault["type"] == "value_error":  # worded by our own validators
        return str(limits.get("error", ""))
    wordings = {
        "missing": "Thiếu mục này.",
        "extra_forbidden": "Không có mục nào tên như vậy.",
        "string_pattern_mismatch": _pattern_message(str(limits.get("pattern"))),
        "string_type": "Phải là chữ, đặt trong dấu ngoặc kép.",
        "string_too_long": f"Dài quá, tối đa {limits.get('max_length')} ký tự.",
        "string_too_short": f"Ngắn quá, ít nhất {limits.get('min_length')} ký tự.",
        "int_parsing": "Phải là số nguyên.",
        "greater_than_equal": f"Phải từ {limits.get('ge')} trở lên.",
        "less_than_equal": f"Chỉ được đến {limits.get('le')}.",
        "enum": f"Chỉ nhận: {str(limits.get('expected')).replace(' or ', ', ')}.",
        "model_attributes_type": "Phải là một đối tượng JSON.",
    }
    return wordings.get(fault["type"], "Giá trị chưa đúng; xem mẫu tại /docs.")


def _pattern_message(pattern: str) -> str:
    if pattern == CURSOR_PATTERN:
        return "Hãy gửi lại nguyên giá trị next_cursor của trang trước."
    return "Chỉ dùng 1 đến 100 chữ cái, chữ số và các dấu . _ : -"


def usual_problems() -> list[tuple[int, str, str]]:
    """Return status, title and detail of every problem, as `/docs` explains them."""
    return [(status, *words) for status, words in _TITLES.items()]
