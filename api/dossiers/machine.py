"""`/v1/dossiers` for machines: one-stop systems push updates, others read with a key.

Here the code may stand in the address: our log knows only the template of a route.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response

from api.dossiers.bodies import Row, read_object, read_rows
from api.dossiers.keys import Lock, key_guard
from api.dossiers.schemas import (
    CODE_EXAMPLE,
    UPDATE_EXAMPLE,
    UPDATE_SCHEMA,
    WRONG_CODE,
    BatchOut,
    FaultOut,
    PutOut,
    RowOut,
    StatusOut,
    status_out,
)
from api.machine_keys import MachineKey, Scope
from api.middleware import LINES
from api.problems import FieldProblem, ProblemError, problem_docs
from bot.dossier_sources.fields import Faults, Fields
from bot.dossier_sources.national import read_pushed
from bot.dossiers.codes import normal_form
from bot.dossiers.ports import DossierBook, Kept, UpdateInvalid
from bot.dossiers.status import DossierUpdate

AT_ONCE: Final = 1_000
"""Updates in one transaction."""

OTHER_CODE: Final = "Mã trong nội dung khác mã trên địa chỉ. Gửi cùng một mã."
NO_DOSSIER: Final = "Không có hồ sơ nào mang mã này."

Code = Annotated[str, Path(max_length=100, description="Mã hồ sơ.", examples=[CODE_EXAMPLE])]
Clock = Callable[[], datetime]

_LINE: Final = {"schema": {"type": "string", "description": "Mỗi dòng một cập nhật."}}
_BATCH: Final[dict[str, Any]] = {
    "type": "array",
    "items": UPDATE_SCHEMA,
    "minItems": 1,
    "maxItems": 5000,
    "examples": [[UPDATE_EXAMPLE]],
}


def machine_router(book: DossierBook, lock: Lock, now: Clock) -> APIRouter:
    """Return the routes of machines, which keep and read dossiers in `book`."""
    router = APIRouter(prefix="/v1/dossiers", tags=["Hồ sơ (máy với máy)"])
    _add_writing(router, book, key_guard(lock, Scope.WRITE), now)
    _add_reading(router, book, lock)
    return router


def _add_writing(router: APIRouter, book: DossierBook, guard: Any, now: Clock) -> None:
    @router.put(
        "/{code}",
        summary="Gửi một cập nhật của một hồ sơ",
        responses=problem_docs(400, 401, 403, 413, 415, 422, 429),
        openapi_extra=_takes({"application/json": {"schema": UPDATE_SCHEMA}}),
    )
    async def put_dossier(
        code: Code, request: Request, key: Annotated[MachineKey, Depends(guard)]
    ) -> PutOut:
        """Gửi lại bao nhiêu lần cũng như một. Cập nhật cũ hơn chỉ vào lịch sử, không đè cái mới."""
        update = _read_one(_code(code), read_object(await request.body()), now())
        (kept,) = await book.put([update], _source(key))
        return PutOut(code=update.code, result=kept)

    @router.post(
        "/batch",
        summary="Gửi nhiều cập nhật một lần",
        responses={207: {"model": BatchOut}, **problem_docs(400, 401, 403, 413, 415, 422, 429)},
        openapi_extra=_takes(
            {"application/json": {"schema": _BATCH}, "application/x-ndjson": _LINE}
        ),
    )
    async def put_batch(
        request: Request, response: Response, key: Annotated[MachineKey, Depends(guard)]
    ) -> BatchOut:
        """Nhiều nhất 5.000 dòng, 16 MB. Dòng lỗi được chỉ ra từng mục, các dòng khác vẫn được lưu.

        207: có dòng lỗi. Gửi lại cả lô không làm gì hỏng: điều đã biết thì bỏ qua.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body, moment = await request.body(), now()
        rows = await asyncio.to_thread(read_rows, body, as_lines=kind in LINES)
        read = await asyncio.to_thread(_read_rows, rows, moment)
        told = await _put(book, read, _source(key))
        response.status_code = 207 if told.broken else 200
        return told


def _add_reading(router: APIRouter, book: DossierBook, lock: Lock) -> None:
    @router.get(
        "/{code}",
        summary="Đọc một hồ sơ",
        responses=problem_docs(401, 403, 404, 422, 429),
    )
    async def read_dossier(
        code: Code, key: Annotated[MachineKey, Depends(key_guard(lock, Scope.READ))]
    ) -> StatusOut:
        """Mỗi lần đọc đều được ghi vào nhật ký kiểm tra: khoá nào, lúc nào."""
        form = _code(code)
        await lock.keys.note_reading(key, form)
        status = await book.get(form)
        if status is None:
            raise ProblemError(404, NO_DOSSIER)
        return status_out(status)


def _takes(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": content}}


def _source(key: MachineKey) -> str:
    return f"push:{key.id}"


def _code(written: str) -> str:
    code = normal_form(written)
    if code is None:
        raise ProblemError(422, errors=[FieldProblem(field="code", message=WRONG_CODE)])
    return code


def _read_one(code: str, record: Mapping[str, object], now: datetime) -> DossierUpdate:
    told = Fields(record, Faults()).has("MaHoSo", "SoHoSo")
    whole = record if told else {**record, "MaHoSo": code}
    try:
        update = read_pushed(whole, now)
    except UpdateInvalid as error:
        faults = [FieldProblem(field=name, message=why) for name, why in error.faults]
        raise ProblemError(422, errors=faults) from error
    if update.code != code:
        raise ProblemError(422, errors=[FieldProblem(field="MaHoSo", message=OTHER_CODE)])
    return update


_Read = tuple[int, DossierUpdate | list[FaultOut]]


def _read_rows(rows: Sequence[Row], now: datetime) -> list[_Read]:
    """Read every row; of rows that tell no moment, a later one is newer."""
    read: list[_Read] = []
    for place, row in enumerate(rows):
        if row.record is None:
            read.append((row.number, [FaultOut(field="", message=row.fault)]))
            continue
        try:
            untold = now + timedelta(microseconds=place)
            read.append((row.number, read_pushed(row.record, now, untold=untold)))
        except UpdateInvalid as error:
            faults = [FaultOut(field=name, message=why) for name, why in error.faults]
            read.append((row.number, faults))
    return read


async def _put(book: DossierBook, read: Sequence[_Read], source: str) -> BatchOut:
    updates = [one for _, one in read if isinstance(one, DossierUpdate)]
    kept: list[Kept] = []
    for start in range(0, len(updates), AT_ONCE):
        kept += await book.put(updates[start : start + AT_ONCE], source)
    outcomes = iter(kept)
    results = [
        RowOut(row=number, code=one.code, result=next(outcomes), errors=[])
        if isinstance(one, DossierUpdate)
        else RowOut(row=number, code=None, result=None, errors=one)
        for number, one in read
    ]
    return BatchOut(
        rows=len(read),
        stored=len(updates),
        broken=len(read) - len(updates),
        counts={outcome: kept.count(outcome) for outcome in Kept},
        results=results,
    )
