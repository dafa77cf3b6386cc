"""`motcua doctor` asks Zalo whose token it is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring.build import open_database
from api.wiring.doctor.findings import Mark
from api.wiring.doctor.zalo_oa import look_at_zalo_oa
from api.wiring.zalo import zalo_office
from bot.channels.zalo_oa.sealing import new_key
from tests.support.examined import a_setting, marks, now, told
from tests.support.zalo_oa_events import APP_ID, OA_ID, OA_SECRET_KEY
from tests.support.zalo_oa_messages import GET_OA
from tests.support.zalo_oa_server import APP_SECRET, ZaloOaServer

pytestmark = pytest.mark.anyio


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


@pytest.fixture
async def settings(tmp_path: Path, zalo: ZaloOaServer) -> Settings:
    """Of an Official Account that has given consent."""
    settings = a_setting(
        tmp_path,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_secret_key=OA_SECRET_KEY,
        zalo_oa_api_url=zalo.url,
        zalo_oauth_url=zalo.url,
        token_key=new_key(),
    )
    async with open_database(settings) as database, zalo_office(settings, database) as office:
        await office.keeper.consent(zalo.oauth.authorise(), "", OA_ID)
    return settings


@pytest.mark.parametrize("name", ["oaid", "oa_id"])
async def test_a_token_that_zalo_takes_is_well_and_its_account_named(
    settings: Settings, zalo: ZaloOaServer, name: str
) -> None:
    zalo.account = {name: OA_ID, "name": "Phường Bến Nghé"}
    findings = await look_at_zalo_oa(settings, now)
    assert marks(findings) == {Mark.WELL, Mark.OFF}
    assert f"Phường Bến Nghé (mã {OA_ID})" in told(findings, Mark.WELL)


async def test_a_token_that_zalo_refuses_is_wrong_and_not_shown(
    settings: Settings, zalo: ZaloOaServer
) -> None:
    token = zalo.oauth.access_token
    zalo.oauth.access_token = "another"  # noqa: S105 - made up
    findings = await look_at_zalo_oa(settings, now)
    assert "-216" in told(findings, Mark.WRONG)
    assert "motcua zalo authorize" in told(findings, Mark.WRONG)
    assert token
    assert token not in repr(findings)


async def test_a_token_of_another_account_is_wrong(settings: Settings, zalo: ZaloOaServer) -> None:
    zalo.account = {"oaid": "42", "name": "Phường khác"}
    assert "Phường khác" in told(await look_at_zalo_oa(settings, now), Mark.WRONG)


async def test_an_answer_without_id_and_name_is_told_as_such(
    settings: Settings, zalo: ZaloOaServer
) -> None:
    zalo.account = {"oaid": None, "name": ["x"]}
    assert "không rõ" in told(await look_at_zalo_oa(settings, now), Mark.WELL)


async def test_a_token_that_has_ended_is_not_tried(settings: Settings, zalo: ZaloOaServer) -> None:
    findings = await look_at_zalo_oa(settings, lambda: now() + timedelta(days=3))
    assert "motcua serve" in told(findings, Mark.LOOK)
    assert not zalo.http.asked_of(GET_OA)


async def test_offline_zalo_is_not_asked(settings: Settings, zalo: ZaloOaServer) -> None:
    assert marks(await look_at_zalo_oa(settings, now, offline=True)) == {Mark.WELL, Mark.OFF}
    assert not zalo.http.asked_of(GET_OA)


async def test_a_zalo_that_cannot_be_reached_is_told(settings: Settings) -> None:
    away = settings.model_copy(update={"zalo_oa_api_url": "http://127.0.0.1:1"})
    assert "ZALO_OA_API_URL" in told(await look_at_zalo_oa(away, now), Mark.WRONG)
