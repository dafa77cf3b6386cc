"""One-stop systems push what they know; it is kept once, and never in the place of newer things."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from api.dossiers import bodies
from bot.dossiers.status import State
from tests.api.dossiers.conftest import CODE, Town
from tests.api.store.broken import read_only
from tests.support.one_stop import PROGRESS, SYNCED

pytestmark = pytest.mark.anyio

DEEP = b'{"MaHoSo": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def at(moment: str, state: int, **more: Any) -> dict[str, Any]:
    return {"MaHoSo": CODE, "TrangThai": state, "ThoiDiemXuLy": moment, **more}


async def put(town: Town, record: Any, code: str = CODE, status: int = 200) -> Any:
    response = await town.client.put(f"/v1/dossiers/{code}", json=record, headers=town.writer)
    assert response.status_code == status, response.text
    return response.json()


async def batch(town: Town, content: Any, kind: str = "application/json") -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {**town.writer, "Content-Type": kind}
    return await town.client.post("/v1/dossiers/batch", content=body, headers=headers)


async def state_of(town: Town, code: str = CODE) -> State | None:
    status = await town.book.get(code)
    return status.state if status else None


async def test_a_dossier_is_kept_as_it_is_sent(town: Town) -> None:
    record = {**SYNCED, "ThoiDiemCapNhat": "20261120093000"}
    assert await put(town, record) == {"code": CODE, "result": "new"}
    status = await town.book.get(CODE)
    assert status
    assert (status.state, status.applicant) == (State.PROCESSING, "N*** V*** A***")
    assert len(await town.book.factors(CODE)) == 2


async def test_sending_it_again_changes_nothing(town: Town) -> None:
    results = [(await put(town, PROGRESS))["result"] for _ in range(3)]
    assert results == ["new", "known", "known"]
    status = await town.book.get(CODE)
    assert status
    assert len(status.history) == 1


async def test_an_older_update_goes_into_the_history_only(town: Town) -> None:
    await put(town, at("20261118090000", 9))
    assert (await put(town, at("20261112090000", 4)))["result"] == "older"
    status = await town.book.get(CODE)
    assert status
    assert status.state is State.DONE
    assert [step.state for step in status.history] == [State.PROCESSING, State.DONE]


async def test_the_code_may_stand_in_the_address_alone(town: Town) -> None:
    await put(town, {"TrangThai": 4}, code="h17.15-261110-0012")
    assert await state_of(town) is State.PROCESSING


async def test_another_code_in_the_body_is_refused(town: Town) -> None:
    told = await put(town, {**PROGRESS, "MaHoSo": "H17.15-261110-0013"}, status=422)
    assert told["errors"][0]["field"] == "MaHoSo"
    assert await state_of(town) is None


@pytest.mark.parametrize(
    "code", ["ABC", "1" * 99, "H17.15-261310-0012", "' OR 1=1 --", "Н17.15-261110-0012"]
)
async def test_what_is_no_code_is_told_and_not_repeated(town: Town, code: str) -> None:
    response = await town.client.put(
        f"/v1/dossiers/{code}", json={"TrangThai": 4}, headers=town.writer
    )
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "code"
    assert code not in response.text


async def test_every_fault_is_told_at_once(town: Town) -> None:
    record = {**SYNCED, "TrangThaiHoSo": "đang bay", "NgayTiepNhan": "31/02/2026", "NgayTra": "x"}
    told = await put(town, record, status=422)
    assert {one["field"] for one in told["errors"]} == {"TrangThaiHoSo", "NgayTiepNhan", "NgayTra"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (DEEP, 400),
        (b'{"TrangThai": ' + b"1" * 10_000 + b"}", 400),
        (b"\xff\xfe\x00", 400),
        (b"[]", 422),
        (b"4", 422),
        (b'"; DROP TABLE dossiers"', 422),
        (b'{"TrangThai": "' + b"1" * 19_000 + b'"}', 422),
        (b"1" * 1_000_000, 413),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_is_stored(
    town: Town, body: bytes, status: int
) -> None:
    town_limit = 20_000 if status == 413 else 10_000_000
    town.services.body_max_bytes = town_limit
    headers = {**town.writer, "Content-Type": "application/json"}
    async with town.client_with(town.desk()) as client:
        response = await client.put(f"/v1/dossiers/{CODE}", content=body, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert await state_of(town) is None


async def test_other_kinds_of_content_are_refused(town: Town) -> None:
    for kind in ("text/csv", "application/xml", "application/x-ndjson"):
        headers = {**town.writer, "Content-Type": kind}
        response = await town.client.put(f"/v1/dossiers/{CODE}", content=b"{}", headers=headers)
        assert response.status_code == 415


def many(count: int) -> list[dict[str, Any]]:
    return [
        {"MaHoSo": f"H17.15-261110-{number:04}", "TrangThai": 4, "ThoiDiemXuLy": "20261118"}
        for number in range(count)
    ]


async def test_broken_rows_are_named_and_the_rest_is_stored(town: Town) -> None:
    rows: list[Any] = many(40)
    rows[3] = {**rows[3], "TrangThai": "?", "ThoiDiemXuLy": "20269999"}
    rows[10] = "hồ sơ"
    rows[39] = {"TrangThai": 4}
    response = await batch(town, rows)
    told = response.json()
    assert response.status_code == 207
    assert (told["rows"], told["stored"], told["broken"]) == (40, 37, 3)
    assert told["counts"] == {"new": 37, "changed": 0, "known": 0, "older": 0}
    broken = {one["row"]: [fault["field"] for fault in one["errors"]] for one in told["results"]}
    assert {row: fields for row, fields in broken.items() if fields} == {
        4: ["TrangThai", "ThoiDiemXuLy"],
        11: [""],
        40: ["MaHoSo"],
    }
    assert await state_of(town, "H17.15-261110-0038") is State.PROCESSING
    assert await state_of(town, "H17.15-261110-0003") is None


async def test_a_batch_sent_again_changes_nothing(town: Town) -> None:
    first = await batch(town, many(25))
    again = await batch(town, many(25))
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json()["counts"] == {"new": 0, "changed": 0, "known": 25, "older": 0}


async def test_json_lines_are_read_line_by_line(town: Town) -> None:
    lines = [json.dumps(one).encode() for one in many(3)]
    body = b"\n".join([lines[0], b"", b"{", DEEP, lines[1], b"\xff", lines[2], b""])
    response = await batch(town, body, "application/x-ndjson; charset=utf-8")
    told = response.json()
    assert [one["row"] for one in told["results"] if one["errors"]] == [3, 4, 6]
    assert [one["row"] for one in told["results"] if one["result"] == "new"] == [1, 5, 7]


async def test_the_envelope_of_the_national_service_is_opened(town: Town) -> None:
    response = await batch(
        town, {"service": "DongBoHoSoMC", "isUpdating": "True", "data": [dict(SYNCED)]}
    )
    assert response.json()["counts"]["new"] == 1


async def test_of_rows_that_tell_no_moment_the_later_one_is_newer(town: Town) -> None:
    states = [4, 5, 4, 9]
    rows = [{"MaHoSo": CODE, "TrangThai": state} for state in states]
    await batch(town, rows)
    status = await town.book.get(CODE)
    assert status
    assert status.state is State.DONE
    assert [step.state for step in status.history] == [State(state) for state in states]


async def test_any_order_of_a_batch_leads_to_the_same_dossier(town: Town) -> None:
    rows = [
        at("20261111080000", 2, DonViXuLy="Bộ phận một cửa"),
        at("20261112080000", 5, NoiDungBoSung="Thiếu ảnh"),
        at("20261114080000", 4, NgayHenTra="20261125"),
        at("20261118080000", 9),
    ]
    seen = []
    for number, order in enumerate(permutations(rows)):
        code = f"H17.15-261110-{1000 + number}"
        await batch(town, [{**one, "MaHoSo": code} for one in order])
        status = await town.book.get(code)
        assert status
        seen.append((status.state, status.unit, status.due_at, status.stays, len(status.history)))
    assert len(set(map(str, seen))) == 1


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ([], 422),
        ({"rows": []}, 422),
        ("chữ", 422),
        (b"[{]", 400),
        ([{}] * (bodies.MOST_ROWS + 1), 413),
        (b" " * (17 * 1_048_576), 413),
    ],
    ids=["none", "no-list", "text", "no-json", "too-many", "too-long"],
)
async def test_a_batch_that_cannot_be_read_is_told_why(
    town: Town, content: Any, status: int
) -> None:
    response = await batch(town, content)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_batch_may_be_longer_than_other_requests(town: Town) -> None:
    rows = [{**one, "GhiChu": "x" * 1000} for one in many(100)]
    assert (await batch(town, rows)).status_code == 200


async def test_nothing_is_lost_when_the_database_takes_nothing(town: Town) -> None:
    async with read_only(town.database):
        assert (await batch(town, many(3))).status_code == 503
    assert (await batch(town, many(3))).json()["counts"]["new"] == 3


async def test_a_name_that_is_told_twice_is_refused_by_its_name(town: Town) -> None:
    twice = b'{"TrangThaiHoSo": "2", "TrangThaiHoSo": "3"}'
    headers = {**town.writer, "Content-Type": "application/json"}
    alone = await town.client.put(f"/v1/dossiers/{CODE}", content=twice, headers=headers)
    assert alone.status_code == 422
    assert [one["field"] for one in alone.json()["errors"]] == ["TrangThaiHoSo"]
    row = twice.replace(b"{", f'{{"MaHoSo": "{CODE}", '.encode(), 1)
    lines = await batch(town, row + b"\n" + json.dumps(PROGRESS).encode(), "application/x-ndjson")
    assert (lines.status_code, lines.json()["broken"]) == (207, 1)
    assert lines.json()["results"][0]["errors"][0]["field"] == "TrangThaiHoSo"
    envelope = await batch(town, b'{"data": [], "data": [' + row + b"]}")
    assert (envelope.status_code, envelope.json()["errors"][0]["field"]) == (422, "data")


async def test_what_is_sent_every_night_without_a_moment_is_known(town: Town) -> None:
    results = []
    for _ in range(3):
        results.append((await put(town, SYNCED))["result"])
        town.clock.now += timedelta(days=1)
    assert results == ["new", "known", "known"]


async def test_a_clock_that_is_fast_by_hours_hides_nothing(town: Town) -> None:
    told = await put(town, at("20261122230000", 10), status=422)
    assert "đồng hồ" in told["errors"][0]["message"]
    assert await state_of(town) is None
