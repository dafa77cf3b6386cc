"""`/metrics` shows what happens to whoever has the token, and to nobody else."""

import re
import time
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import load_settings
from api.wiring.services import Services
from api.wiring.zalo import zalo_office
from tests.api.conftest import BIRTH, METRICS_TOKEN, serving
from tests.support.zalo_oa_events import APP_ID
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_tokens import KEY, Zalo, consented

pytestmark = pytest.mark.anyio

BEARER = {"Authorization": f"Bearer {METRICS_TOKEN}"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": METRICS_TOKEN},
        {"Authorization": f"Basic {METRICS_TOKEN}"},
        {"Authorization": f"Bearer {METRICS_TOKEN}x"},
        {"Authorization": f"Bearer {METRICS_TOKEN[:-1]}"},
        {"Authorization": "Bearer "},
        {"Authorization": b"Bearer \xc4\x91"},
    ],
)
async def test_without_the_right_token_nothing_is_shown(
    client: httpx.AsyncClient, headers: dict[str, str | bytes]
) -> None:
    response = await client.get("/metrics", headers=headers)  # type: ignore[arg-type]
    assert response.status_code == 401
    assert "motcua_" not in response.text


async def test_without_a_token_in_the_settings_nobody_may_ask(
    services: Services, client: httpx.AsyncClient
) -> None:
    services.metrics_token = ""
    for headers in ({}, {"Authorization": "Bearer "}, BEARER):
        response = await client.get("/metrics", headers=headers)
        assert response.status_code == 403
        assert "METRICS_TOKEN" in response.json()["detail"]


async def test_a_turn_of_the_web_is_counted_and_nothing_of_it_is_told(
    client: httpx.AsyncClient,
) -> None:
    session = (await client.post("/v1/chat/sessions")).json()["session"]
    body = {"session": session, "client_message_id": "tin-1", "text": BIRTH}
    assert (await client.post("/v1/chat/messages", json=body)).status_code == 200
    response = await client.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'motcua_turns_total{channel="web",family="answered"} 1.0' in response.text
    assert "motcua_store_up 1.0" in response.text
    assert 'motcua_queue_waiting{channel="telegram",queue="inbox"} 0.0' in response.text
    for private in (session, "tin-1", BIRTH, "khai sinh"):
        assert private not in response.text


async def test_the_end_of_zalo_s_token_is_shown(
    services: Services, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    response = await client.get("/metrics", headers=BEARER)
    assert 'expiry_timestamp_seconds{channel="zalo_oa"}' not in response.text
    with Zalo() as zalo:
        settings = load_settings(
            data_folder=tmp_path / "var",
            zalo_oa_app_id=APP_ID,
            zalo_oa_app_secret=APP_SECRET,
            zalo_oa_secret_key="khoa",  # noqa: S106 - of this test
            token_key=KEY,
            zalo_oauth_url=zalo.url,
        )
        database = services.backlog._database  # type: ignore[attr-defined]
        async with zalo_office(settings, database) as office:
            await consented(zalo, office.keeper)
            services.zalo = office
            response = await client.get("/metrics", headers=BEARER)
    (line,) = re.findall(r'(?m)^motcua_token_expiry.*channel="zalo_oa"} (\S+)$', response.text)
    assert 80_000 < float(line) - time.time() < 100_000


async def test_metrics_are_served_while_the_database_is_away(tmp_path: Path) -> None:
    async with serving(tmp_path) as services:
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            (tmp_path / "motcua.db").rename(tmp_path / "away.db")
            (tmp_path / "motcua.db").mkdir()
            await services.backlog._database.engine.dispose()  # type: ignore[attr-defined]
            response = await client.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    assert "motcua_store_up 0.0" in response.text
