"""The whole program with its own tokens: a refused token, an alert, and the report of it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread
import httpx
import pytest

from api.app import create_app
from api.store.database import Database
from api.store.zns_log import SqlZnsLog
from api.wiring.channels import FORM_PICTURE
from api.wiring.web import web_services
from api.wiring.zalo import ZaloOffice
from bot.channels.zalo_oa import tokens
from bot.channels.zalo_oa.zns import DossierAlert
from bot.channels.zalo_oa.zns_ports import Fate
from tests.api.webhooks.zalo_oa_served import PATH, Town, on_a_port
from tests.api.wiring.test_zalo_oa import settings_of
from tests.support.local_http import LocalHttp
from tests.support.zalo_oa_events import CITIZEN, OA_ID, a_payload, a_text
from tests.support.zalo_oa_server import ZaloOaServer
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_zns import TEMPLATE_ID, Templates

pytestmark = pytest.mark.anyio

ALERT = DossierAlert(
    phone="0912345678",
    reference="dk-17-1",
    dossier_code="H17.15-250710-0012",
    procedure="Đăng ký khai sinh",
    status="Đã có kết quả",
)


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


@dataclass
class Program:
    """`motcua serve` with an Official Account that gave consent."""

    town: Town
    office: ZaloOffice
    templates: Templates
    folder: Path

    async def fate(self) -> Fate:
        database = Database(f"sqlite+aiosqlite:///{self.folder}/motcua.db")
        row = await SqlZnsLog(database).find(ALERT.tracking_id)
        await database.close()
        assert row is not None
        return row.fate


@asynccontextmanager
async def a_program(zalo: ZaloOaServer, folder: Path) -> AsyncIterator[Program]:
    def tell(_: str) -> None: ...

    templates = Templates(zalo.oauth)
    with LocalHttp(templates.send) as zns:
        changes = {"zalo_zns_api_url": zns.url, "zalo_zns_template_id": TEMPLATE_ID}
        settings = settings_of(zalo, folder).model_copy(update=changes)
        async with (
            web_services(settings, [], tell) as services,
            on_a_port(create_app(services)) as url,
        ):
            assert services.zalo is not None
            await services.zalo.keeper.consent(zalo.oauth.authorise(), "", OA_ID)
            yield Program(Town(zalo, url + PATH), services.zalo, templates, folder)


async def test_case_36_an_alert_is_sent_once_and_its_delivery_is_kept(
    tmp_path: Path, zalo: ZaloOaServer
) -> None:
    async with a_program(zalo, tmp_path) as program:
        assert program.office.sends_alerts
        assert await program.office.zns.send(ALERT)
        assert not await program.office.zns.send(ALERT)
        report = {"msg_id": "zns1", "tracking_id": ALERT.tracking_id, "delivery_time": "1"}
        event = a_payload("user_received_message", recipient={"id": "84912345678"}, message=report)
        assert await program.town.arrives(event) == 200
        await program.town.arrives(a_text("xin chào", "m1"))
        await program.town.gets(CITIZEN, 1)
        with anyio.fail_after(60):
            while await program.fate() is not Fate.DELIVERED:  # noqa: ASYNC110 - the loop's doing
                await anyio.sleep(0.02)
    assert len(program.templates.delivered) == 1
    kept = (tmp_path / "motcua.db").read_bytes()
    assert b"84912345678" not in kept
    assert b"H17.15-250710-0012" not in kept


def everything_kept(folder: Path) -> bytes:
    """Return the files of the database."""
    return b"".join(file.read_bytes() for file in folder.glob("motcua.db*"))


async def test_with_a_template_numbers_are_taken_and_the_picture_of_the_form_is_served(
    tmp_path: Path, zalo: ZaloOaServer
) -> None:
    async with a_program(zalo, tmp_path) as program:
        assert await program.town.arrives(a_payload("user_submit_info")) == 200
        (answer,) = await program.town.gets(CITIZEN, 1)
        assert "không giữ lại" in answer["text"]  # she follows nothing
        address = program.town.url.removesuffix(PATH) + f"/static/{FORM_PICTURE}.png"
        async with httpx.AsyncClient() as client:
            picture = await client.get(address)
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
    kept = await anyio.to_thread.run_sync(everything_kept, tmp_path)
    assert kept
    for private in ("84900000000", "Nguyễn Thị Mẫu", "Số 1, đường Mẫu"):
        assert private.encode() not in kept


async def test_case_29_a_refused_token_is_renewed_once_and_every_answer_sent_once(
    tmp_path: Path, zalo: ZaloOaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "FRESH_SECONDS", 0.0)  # consent was given a moment ago
    people = [str(number) for number in range(100, 110)]
    async with a_program(zalo, tmp_path) as program:
        zalo.oauth.access_token = "one that Zalo has made invalid"  # noqa: S105 - made up
        for person in people:
            await program.town.arrives(a_text("xin chào", f"m{person}", person))
        for person in people:
            await program.town.gets(person, 1)
    assert [len(zalo.messages.to(person)) for person in people] == [1] * 10
    asked = [one.form["grant_type"] for one in zalo.http.asked_of(ACCESS_TOKEN)]
    assert asked == ["authorization_code", "refresh_token"]
