"""Machines need a key of the right scope, and are told in one line what is wrong with theirs."""

import io
import json
from collections.abc import Iterator

import httpx
import pytest
import structlog
from sqlalchemy import select

from api.app import create_app
from api.limits.admission import REFUSED_KEYS
from api.logs import configure_logs
from api.machine_keys import Scope
from api.store.channel_tables import audit
from api.store.staff_looks import LOOKED
from api.wiring.dossiers.staff import StaffLook
from tests.api.dossiers.conftest import CODE, Town, bearer
from tests.support.one_stop import PROGRESS

pytestmark = pytest.mark.anyio

OWN = "vZ8qLr2TnXw5KdYb7HcMf3PsJg9AeUhQ"


async def put(town: Town, headers: dict[str, str]) -> httpx.Response:
    return await town.client.put(f"/v1/dossiers/{CODE}", json=dict(PROGRESS), headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Basic bWM6bWM="},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer mc_aaaaaaaaaa_" + "b" * 43},
        {"Authorization": "Bearer 123456"},
        {"Authorization": "Bearer " + "x" * 5000},
        {"Authorization": b"Bearer \xc3\xa9\xff".decode("latin-1")},
    ],
)
async def test_without_a_good_key_nothing_is_read_or_stored(
    town: Town, headers: dict[str, str]
) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for method, path in (("PUT", CODE), ("GET", CODE), ("POST", "batch")):
        response = await town.client.request(
            method,
            f"/v1/dossiers/{path}",
            headers={"Content-Type": b"application/json", **raw},  # type: ignore[arg-type]
            content=b"" if method == "GET" else b"no JSON: it must not be looked at",
        )
        assert response.status_code == 401, response.text
        assert response.headers["www-authenticate"] == "Bearer"
        assert "\n" not in response.json()["detail"]
    assert await town.book.get(CODE) is None


async def test_a_key_opens_its_own_scope_only(town: Town) -> None:
    assert (await put(town, town.writer)).status_code == 200
    refused = [
        await put(town, town.reader),
        await town.client.get(f"/v1/dossiers/{CODE}", headers=town.writer),
        await town.client.post("/v1/dossiers/batch", json=[PROGRESS], headers=town.reader),
    ]
    assert [one.status_code for one in refused] == [403, 403, 403]
    assert "dossiers:write" in refused[0].json()["detail"]


async def test_a_revoked_key_is_told_so_and_a_strong_key_of_theirs_is_good(town: Town) -> None:
    key_id = await town.keys.add_own(OWN, "Hệ thống cũ", frozenset({Scope.WRITE}), None)
    assert (await put(town, bearer(OWN))).status_code == 200
    await town.keys.revoke(key_id)
    refused = await put(town, bearer(OWN))
    assert refused.status_code == 401
    assert "thu hồi" in refused.json()["detail"]


async def test_a_dossier_is_read_with_a_key_and_each_look_is_audited(town: Town) -> None:
    await put(town, town.writer)
    found = await town.client.get(f"/v1/dossiers/{CODE.lower()}", headers=town.reader)
    missing = await town.client.get("/v1/dossiers/H17.15-261110-9999", headers=town.reader)
    assert (found.status_code, missing.status_code) == (200, 404)
    assert found.json()["state_name"] == "Đã xử lý xong"
    async with town.database.reading() as connection:
        rows = (await connection.execute(select(audit).where(audit.c.what == LOOKED))).all()
    told = [json.loads(row.details) for row in rows]
    assert ["(Cổng tỉnh)" in one["who"] for one in told] == [True, True]
    assert told[0]["dossier"] != told[1]["dossier"]
    shown = [StaffLook(at=town.clock(), **one) for one in told]  # as motcua dossiers audit does
    assert [one.reason for one in shown] == ["đọc qua GET /v1/dossiers"] * 2
    assert CODE not in str(rows)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    configure_logs("info", stream)
    yield stream
    structlog.reset_defaults()


async def test_logs_hold_the_template_of_the_route_and_neither_code_nor_key(
    town: Town, logged: io.StringIO
) -> None:
    await put(town, town.writer)
    await town.client.get(f"/v1/dossiers/{CODE}", headers=town.reader)
    await town.client.put("/v1/dossiers/xyz", json={}, headers=town.writer)
    lines = logged.getvalue()
    assert lines.count("/v1/dossiers/{code}") == 3
    for secret in (CODE, "xyz", "mc_", "0012"):
        assert secret not in lines


def from_address(town: Town, address: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=create_app(town.services), client=(address, 1234))
    return httpx.AsyncClient(transport=transport, base_url="http://motcua")


async def test_who_tries_many_keys_has_to_wait_and_a_good_key_still_opens(town: Town) -> None:
    wrong = bearer("mc_aaaaaaaaaa_" + "b" * 43)
    path = f"/v1/dossiers/{CODE}"
    async with from_address(town, "2001:db8:1:2::7") as client:
        tried = [await client.get(path, headers=wrong) for _ in range(REFUSED_KEYS)]
        assert {response.status_code for response in tried} == {401}
        calls = [("GET", path), ("PUT", path), ("POST", "/v1/dossiers/batch")]
        kind = {"Content-Type": "application/json"}
        for method, address in calls:
            refused = await client.request(method, address, headers={**wrong, **kind})
            assert refused.status_code == 429
            assert 1 <= int(refused.headers["retry-after"]) <= 60
            assert "Gửi sai khoá quá nhiều lần" in refused.json()["detail"]
        good = await client.put(path, json=dict(PROGRESS), headers=town.writer)
        assert good.status_code == 200
        assert (await client.get(path, headers=town.reader)).status_code == 200
    async with from_address(town, "2001:db8:1:2::8") as neighbour:
        assert (await neighbour.get(path, headers=wrong)).status_code == 429
    async with from_address(town, "2001:db8:1:3::7") as other:
        assert (await other.get(path, headers=wrong)).status_code == 401


async def test_a_good_key_is_never_counted(town: Town) -> None:
    for _ in range(REFUSED_KEYS + 1):
        assert (await put(town, town.writer)).status_code == 200
    wrong = bearer("mc_aaaaaaaaaa_" + "b" * 43)
    assert (await put(town, wrong)).status_code == 401
