"""`/v1/online-services`: which procedures are filed online, as JSON and as CSV."""

import hashlib
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.online_services.reading import ANY_ONLINE, MAX_QUERY, groups_of, services_told
from api.online_services.schemas import GroupCounts, OnlineServiceOut, OnlineServicePage
from api.online_services.table import as_csv
from api.online_services.wording import NO_COPYRIGHT
from api.problems import problem_docs
from api.wiring.services import Services
from knowledge.online_services import Counts, OnlineService, OnlineServices, Stated, Wanted
from knowledge.procedure import Level

MOST_AT_ONCE: Final = 1000
FILE_NAME: Final = "dich-vu-cong-truc-tuyen.csv"
CSV_TYPE: Final = "text/csv"

_UNCHANGED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Dữ liệu chưa đổi từ lần trước (If-None-Match)."}
}
_GROUPS: Final = "^(" + "|".join(("", ANY_ONLINE, *(group.value for group in Stated))) + ")$"

Words = Annotated[str, Query(max_length=MAX_QUERY, description="Từ cần tìm, không cần dấu.")]
InField = Annotated[
    str, Query(max_length=200, description="Lĩnh vực: field_key hoặc tên, ví dụ ho-tich.")
]
OfLevel = Annotated[Level | None, Query(description="Cấp giải quyết.")]
OfGroup = Annotated[
    str,
    Query(
        pattern=_GROUPS,
        description="Nhóm, xem mục stated; online: mọi thủ tục nộp trực tuyến được.",
        examples=["full"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE, description="Số thủ tục mỗi lần.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Bỏ qua bấy nhiêu thủ tục.")]


class Filters:
    """The parameters that both forms of the data share."""

    def __init__(
        self, query: Words = "", field: InField = "", level: OfLevel = None, stated: OfGroup = ""
    ) -> None:
        self.words, self.field = query, field
        self.level, self.stated = level, stated

    def select(self, told: OnlineServices) -> tuple[OnlineService, ...]:
        """Return what is asked for; nothing where the field is not known."""
        field = told.fields.named_like(self.field) if self.field else None
        if self.field and field is None:
            return ()
        key = field.key if field else ""
        return told.select(Wanted(self.words, key, self.level, groups_of(self.stated)))


def online_services_router(services: Services) -> APIRouter:
    """Return the routes of the open data, answered by the library of `services`."""
    router = APIRouter(tags=["Dịch vụ trực tuyến"])
    _add_pages(router, services)
    _add_table(router, services)
    return router


def _add_pages(router: APIRouter, services: Services) -> None:
    @router.get(
        "/v1/online-services",
        summary="Thủ tục nào nộp trực tuyến được",
        responses=problem_docs(422) | _UNCHANGED,
        response_model=OnlineServicePage,
    )
    def list_services(
        request: Request,
        response: Response,
        filters: Annotated[Filters, Depends()],
        limit: Limit = 100,
        offset: Offset = 0,
    ) -> Response | OnlineServicePage:
        """Dữ liệu mở: mức độ trực tuyến kèm quyết định nêu mức. Chưa rõ thì ghi là chưa rõ."""
        told = services_told(services)
        tag = _tag(told, request)
        if _has(request, tag):
            return _unchanged(tag)
        response.headers.update(_fresh(tag))
        return _page(filters.select(told), offset, limit)


def _add_table(router: APIRouter, services: Services) -> None:
    @router.get(
        "/v1/online-services.csv",
        summary="Cả danh sách, dạng CSV",
        responses=problem_docs(422)
        | _UNCHANGED
        | {200: {"content": {CSV_TYPE: {"schema": {"type": "string"}}}}},
        response_class=StreamingResponse,
    )
    def download(request: Request, filters: Annotated[Filters, Depends()]) -> Response:
        """UTF-8 có BOM, ngăn bằng dấu phẩy. Các cột: xem docs/online-services.md."""
        told = services_told(services)
        tag = _tag(told, request)
        if _has(request, tag):
            return _unchanged(tag)
        return StreamingResponse(
            as_csv(filters.select(told)),
            media_type=CSV_TYPE,
            headers=_fresh(tag) | {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
        )


def _page(chosen: tuple[OnlineService, ...], offset: int, limit: int) -> OnlineServicePage:
    end = offset + limit
    return OnlineServicePage(
        licence=NO_COPYRIGHT,
        total=len(chosen),
        counts=GroupCounts.of(Counts.of(chosen)),
        offset=offset,
        next_offset=end if end < len(chosen) else None,
        items=[OnlineServiceOut.of(one) for one in chosen[offset:end]],
    )


def _tag(told: OnlineServices, request: Request) -> str:
    """Return what changes whenever the answer to this address would.

    It is weak, for it is the same whether the answer is packed or not.
    """
    asked = hashlib.sha256(f"{told.digest}?{request.url.query}".encode()).hexdigest()
    return f'W/"{asked[:24]}"'


def _has(request: Request, tag: str) -> bool:
    """Tell whether the caller has this already (RFC 9110, 13.1.2)."""
    held = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
    return tag in held or tag.removeprefix("W/") in held


def _fresh(tag: str) -> dict[str, str]:
    """Return the headers that let an answer be kept, and asked for again by its tag."""
    return {"ETag": tag, "Cache-Control": "no-cache"}


def _unchanged(tag: str) -> Response:
    return Response(status_code=304, headers=_fresh(tag))
