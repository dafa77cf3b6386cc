"""With its settings and a consent, the program answers for an Official Account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings, load_settings
from api.wiring.services import Services
from api.wiring.web import web_services
from bot.channels.zalo_oa.sealing import new_key
from tests.api.webhooks.zalo_oa_served import PATH, Town, on_a_port
from tests.support.zalo_oa_events import APP_ID, CITIZEN, OA_SECRET_KEY, a_payload, a_text
from tests.support.zalo_oa_server import APP_SECRET, ZaloOaServer

pytestmark = pytest.mark.anyio
OTHER_OA = "388613280878808646"


@pytest.fixture
def zalo() -> Iterator[ZaloOaServer]:
    with ZaloOaServer() as zalo:
        yield zalo


def settings_of(zalo: ZaloOaServer, folder: Path) -> Settings:
    return load_settings(
        data_folder=folder,
        public_url="https://motcua.example.gov.vn",
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_secret_key=OA_SECRET_KEY,
        zalo_oa_api_url=zalo.url,
        zalo_oauth_url=zalo.url,
        token_key=new_key(),
    )


async def consent(services: Services, zalo: ZaloOaServer) -> None:
    assert services.zalo is not None
    await services.zalo.keeper.consent(zalo.oauth.authorise(), "", zalo.oauth.oa_id)


async def test_the_account_that_gave_consent_is_answered_and_no_other_of_the_app(
    tmp_path: Path, zalo: ZaloOaServer
) -> None:
    def tell(_: str) -> None: ...

    elsewhere = a_payload("user_send_text", sender={"id": "7"}, recipient={"id": OTHER_OA})
    async with (
        web_services(settings_of(zalo, tmp_path), [], tell) as services,
        on_a_port(create_app(services)) as url,
    ):
        town = Town(zalo, url + PATH)
        await consent(services, zalo)
        assert await town.arrives(elsewhere) == 200
        await town.arrives(a_text("đăng ký khai sinh cần giấy tờ gì", "m1"))

        (answer,) = await town.gets(CITIZEN, 1)
    assert "1.001193" in str(answer)
    assert zalo.messages.to("7") == []
