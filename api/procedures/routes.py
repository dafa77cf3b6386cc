"""`/v1/procedures`: find procedures by words, list them, read one."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from api.problems import CURSOR_PATTERN, ProblemError, problem_docs
from api.procedures.schemas import (
    ProcedureAnswer,
    ProcedurePage,
    ProcedureSummary,
    summary_of,
)
from api.wiring.services import Services
from knowledge.library import Library
from knowledge.procedure import Level, Procedure
from knowledge.text import fold
from knowledge.withheld import withheld

MAX_FOUND: Final = 200
"""A search is not read further: what fits worse than this fits by chance."""

Words = Annotated[str, Query(max_length=500, description="Câu tìm, có dấu hay không dấu.")]
Field = Annotated[str, Query(max_length=200, description="Lĩnh vực, ví dụ Hộ tịch.")]
OfLevel = Annotated[Level | None, Query(description="Cấp thực hiện.")]
Cursor = Annotated[
    str, Query(pattern=CURSOR_PATTERN, description="Giá trị next_cursor của trang trước.")
]
Limit = Annotated[int, Query(ge=1, le=100, description="Số thủ tục mỗi trang.")]
Code = Annotated[str, Path(max_length=40, examples=["1.001193"])]


def procedures_router(services: Services) -> APIRouter:
    """Return the routes of `/v1/procedures`, answered by the library of `services`."""
    router = APIRouter(prefix="/v1/procedures", tags=["Thủ tục"])

    @router.get("", summary="Tìm hoặc liệt kê thủ tục", responses=problem_docs(422))
    async def find_procedures(
        query: Words = "",
        field: Field = "",
        level: OfLevel = None,
        cursor: Cursor = "",
        limit: Limit = 20,
    ) -> ProcedurePage:
        """Có `query`: xếp theo mức khớp. Không có: xếp theo mã. Lọc được theo lĩnh vực và cấp."""
        start = int(cursor or 0)
        wanted = (
            summary_of(withheld(procedure, services.held.of_code(procedure.code)), score)
            for procedure, score in _all(services.library, query)
            if _fits(procedure, fold(field), level)
        )
        items: list[ProcedureSummary] = list(islice(wanted, start, start + limit + 1))
        more = str(start + limit) if len(items) > limit else None
        return ProcedurePage(items=items[:limit], next_cursor=more)

    @router.get("/{code}", summary="Xem một thủ tục", responses=problem_docs(404, 422))
    async def read_procedure(code: Code) -> ProcedureAnswer:
        """Mã cũ đã đổi thì trả về thủ tục mang mã mới."""
        found = services.library.resolve(code)
        if not found:
            raise ProblemError(404, f"Không có thủ tục nào mang mã {code}.")
        held = services.held.of_code(found[0].code)
        return ProcedureAnswer(
            requested_code=code,
            procedure=withheld(found[0], held),
            held=sorted(held),
            other_successors=[other.code for other in found[1:]],
        )

    return router


def _all(library: Library, query: str) -> Iterator[tuple[Procedure, float | None]]:
    if query.strip():
        for match in library.search(query, MAX_FOUND):
            yield match.procedure, match.score
        return
    for code in library.codes():
        if (procedure := library.get(code)) and not procedure.suspect:
            yield procedure, None


def _fits(procedure: Procedure, field: str, level: Level | None) -> bool:
    return (not field or fold(procedure.field) == field) and (
        level is None or level in procedure.levels
    )
