"""Portals look up dossiers; what they are told gives away no code and no factor."""

import io
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog

from api.app import create_app
from api.limits import CountsInMemory, Limiter, Limits
from api.logs import configure_logs
from api.machine_keys import Scope
from bot.dossiers.ports import Terms
from bot.dossiers.tries import BY_ADDRESS
from tests.api.conftest import serving
from tests.api.dossiers.conftest import CODE, FACTOR, Town, bearer
from tests.support.one_stop import PROGRESS, SYNCED

pytestmark = pytest.mark.anyio

OTHER = "H17.15-261110-0013"


@pytest.fixture(autouse=True)
async def known(town: Town) -> None:
    record = {**SYNCED, "ThoiDiemCapNhat": "20261120093000"}
    for one in (PROGRESS, record):
        response = await town.client.put(f"/v1/dossiers/{CODE}", json=one, headers=town.writer)
        assert response.status_code == 200


async def look_up(client: httpx.AsyncClient, code: str = CODE, factor: str = FACTOR) -> Any:
    return await client.post("/v1/dossiers/lookup", json={"code": code, "factor": factor})


async def test_code_and_factor_open_the_dossier(town: Town) -> None:
    response = await look_up(town.client, " h17.15 – 261110 – 0012")
    told = response.json()
    assert response.status_code == 200
    assert told["due_at"] == "2026-11-24T17:00:00+07:00"
    assert (told["code"], told["state"], told["state_name"]) == (CODE, 9, "Đã xử lý xong")
    assert told["applicant"] == "N*** V*** A***"
    assert told["payments"] == [{"name": "Lệ phí hộ tịch", "amount": 8000, "paid": None}]
    assert "Trần Thị Bình" not in response.text


async def test_a_wrong_code_and_a_wrong_factor_are_the_same_answer(town: Town) -> None:
    answers = [
        await look_up(town.client, code, factor)
        for code, factor in ((CODE, "0000"), (OTHER, FACTOR), (OTHER, "0000"), (CODE, ""))
    ]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert len({str(sorted(one.headers.items())) for one in answers}) == 1


async def test_whoever_guesses_has_to_wait_whether_or_not_there_is_a_dossier(town: Town) -> None:
    bodies = []
    for code in (CODE, OTHER):
        for _ in range(5):
            assert (await look_up(town.client, code, "0000")).status_code == 404
        refused = await look_up(town.client, code, "0000")
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "60"
        bodies.append(refused.content)
    assert bodies[0] == bodies[1]
    assert (await look_up(town.client)).status_code == 429
    town.clock.now += timedelta(seconds=61)
    assert (await look_up(town.client)).status_code == 200


@pytest.mark.parametrize(
    ("code", "factor", "fields"),
    [
        ("ABC", FACTOR, {"code"}),
        ("H17.15-261310-0012", FACTOR, {"code"}),
        ("Н17.15-261110-0012", FACTOR, {"code"}),
        ("' OR 1=1 --", "12a4", {"code", "factor"}),
        (CODE, "12", {"factor"}),
        (CODE, "５６７８", {"factor"}),
        (CODE, "0912345678", {"factor"}),
        ("1" * 1000, FACTOR, {"code"}),
    ],
)
async def test_what_is_written_wrongly_is_told_without_asking_the_desk(
    town: Town, code: str, factor: str, fields: set[str]
) -> None:
    response = await look_up(town.client, code, factor)
    assert response.status_code == 422
    assert {one["field"] for one in response.json()["errors"]} == fields
    assert code not in response.text


async def test_while_the_source_is_away_the_last_known_time_is_told_to_the_owner(
    town: Town,
) -> None:
    async with town.client_with(town.desk(is_away=True)) as client:
        right, wrong = await look_up(client), await look_up(client, OTHER)
    assert (right.status_code, wrong.status_code) == (503, 503)
    assert right.json()["last_known_at"] == "2026-11-20T09:30:00+07:00"
    assert "last_known_at" not in wrong.json()
    assert right.json()["detail"] == wrong.json()["detail"]
    assert "không trả lời" in right.json()["detail"]
    assert right.json()["title"] == wrong.json()["title"] == "Hệ thống hồ sơ không trả lời"


async def test_where_the_code_alone_is_enough_only_state_and_days_are_told(town: Town) -> None:
    async with town.client_with(town.desk(terms=Terms(is_open=True))) as client:
        told = (await look_up(client, factor="")).json()
    assert told["state_and_days_only"] is True
    assert told["due_at"] is not None
    assert not any(told[name] for name in ("applicant", "unit", "procedure_name", "payments"))
    assert told["history"] == []


async def test_where_nothing_is_connected_nobody_looks_up_anything(town: Town) -> None:
    async with town.client_with(town.desk(terms=Terms())) as client:
        response = await look_up(client)
    assert response.status_code == 404
    assert "chưa mở" in response.json()["detail"]


async def test_without_a_desk_there_is_no_such_route(tmp_path: Any) -> None:
    async with serving(tmp_path / "other") as services:
        services.dossiers = services.book = services.keys = None
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            assert (await look_up(client)).status_code == 404
            assert (await client.put(f"/v1/dossiers/{CODE}", json={})).status_code == 404


def a_code(number: int) -> str:
    return f"H17.15-261110-{number:04}"


async def test_the_citizens_of_a_portal_with_a_key_do_not_wait_for_one_another(town: Town) -> None:
    _, key = await town.keys.add("Cổng tỉnh", frozenset({Scope.LOOK_UP}), None)
    town.client.headers.update(bearer(key))
    for number in range(100, 100 + BY_ADDRESS.free + 5):
        assert (await look_up(town.client, a_code(number), "0000")).status_code == 404
    assert (await look_up(town.client)).status_code == 200
    for _ in range(5):
        assert (await look_up(town.client, OTHER, "0000")).status_code == 404
    assert (await look_up(town.client, OTHER)).status_code == 429


async def test_without_a_key_all_of_one_address_wait(town: Town) -> None:
    for number in range(100, 100 + BY_ADDRESS.free):
        assert (await look_up(town.client, a_code(number), "0000")).status_code == 404
    assert (await look_up(town.client)).status_code == 429


async def test_a_portal_with_a_key_asks_more_than_one_person_may(town: Town) -> None:
    town.services.limiter = Limiter(CountsInMemory(time.monotonic), Limits(3, 1_000, 10))
    _, key = await town.keys.add("Cổng tỉnh", frozenset({Scope.LOOK_UP}), None)
    told = [await look_up(town.client, a_code(number)) for number in range(5)]
    assert [one.status_code for one in told] == [404, 404, 404, 429, 429]
    town.client.headers.update(bearer(key))
    told = [await look_up(town.client, a_code(number)) for number in range(5)]
    assert {one.status_code for one in told} == {404}


async def test_a_wrong_key_or_one_of_another_scope_looks_up_nothing(town: Town) -> None:
    for header, status in ((bearer("mc_aaaaaaaaaa_" + "b" * 43), 401), (town.writer, 403)):
        town.client.headers.update(header)
        assert (await look_up(town.client)).status_code == status


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logs("debug", stream)
    yield stream
    structlog.reset_defaults()


def without_times(lines: str) -> str:
    """Return a log without its numbers: moments hold any four digits now and then."""
    return re.sub(r'"(timestamp|duration_ms)": ("[^"]*"|[\d.]+)', "", lines)


async def test_logs_tell_neither_code_nor_factor(town: Town, logged: io.StringIO) -> None:
    for code, factor in ((CODE, FACTOR), (CODE, "4321"), ("hỏng 0912", "98")):
        await look_up(town.client, code, factor)
    lines = without_times(logged.getvalue())
    assert lines.count("/v1/dossiers/lookup") == 3
    for secret in (CODE, "0012", FACTOR, "4321", "0912"):
        assert secret not in lines
