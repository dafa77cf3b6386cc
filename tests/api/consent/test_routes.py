"""The consent pages: nobody without a link of ours gets anywhere, and every ending is told."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from markupsafe import escape

from api.app import create_app
from api.settings import Settings, load_settings
from api.wiring.build import open_database
from api.wiring.zalo import CALLBACK_PATH, START_PATH, ZaloOffice, zalo_office
from bot.channels.errors import ChannelBroken
from tests.api.conftest import serving
from tests.support.local_http import Answered, Fault
from tests.support.zalo_oa_events import APP_ID, OA_ID
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_oauth import ACCESS_TOKEN
from tests.support.zalo_tokens import KEY, Zalo

pytestmark = pytest.mark.anyio

PUBLIC = "https://motcua.example.gov.vn"


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    with Zalo() as zalo:
        yield zalo


def zalo_settings(folder: Path, zalo: Zalo) -> Settings:
    return load_settings(
        data_folder=folder,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_secret_key="khoá ký sự kiện",  # noqa: S106 - made up
        token_key=KEY,
        zalo_oauth_url=zalo.url,
    )


class Site:
    """The server, and the operator's browser."""

    def __init__(self, office: ZaloOffice, browser: httpx.AsyncClient) -> None:
        self.office = office
        self.browser = browser

    async def link(self) -> str:
        """What `motcua zalo authorize --web` prints, without the host."""
        state = await self.office.consents.begin(f"{PUBLIC}{CALLBACK_PATH}")
        return f"{START_PATH}?{urlencode({'state': state})}"

    async def click(self, link: str) -> str:
        """The address to which Zalo sends the browser back after “Cho phép”."""
        state = dict(httpx.URL(link).params)["state"]
        address = await self.office.consents.address(state)
        async with httpx.AsyncClient() as at_zalo:
            back = (await at_zalo.get(address)).headers["location"]
        return str(back).removeprefix(PUBLIC)


@asynccontextmanager
async def a_site(folder: Path, zalo: Zalo) -> AsyncIterator[Site]:
    settings = zalo_settings(folder, zalo)
    async with (
        serving(folder) as services,
        open_database(settings) as database,
        zalo_office(settings, database) as office,
    ):
        services.zalo = office
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as browser:
            yield Site(office, browser)


@pytest.fixture
async def site(tmp_path: Path, zalo: Zalo) -> AsyncIterator[Site]:
    async with a_site(tmp_path / "var", zalo) as site:
        yield site


async def test_an_operator_goes_from_the_link_to_zalo_and_back(site: Site, zalo: Zalo) -> None:
    link = await site.link()
    start = await site.browser.get(link)
    assert start.status_code == 200
    state = dict(httpx.URL(link).params)["state"]
    assert str(escape(await site.office.consents.address(state))) in start.text
    assert "Sang Zalo để cấp quyền" in start.text
    done = await site.browser.get(await site.click(link))
    assert done.status_code == 200
    assert "Đã được cấp quyền" in done.text
    assert await site.office.keeper.current() == zalo.oauth.access_token


async def test_looking_at_the_link_does_not_use_it_up(site: Site) -> None:
    link = await site.link()
    for _ in range(3):
        assert (await site.browser.get(link)).status_code == 200
    assert (await site.browser.get(await site.click(link))).status_code == 200
    assert (await site.browser.get(link)).status_code == 403


async def test_the_other_replica_answers_too(site: Site, tmp_path: Path, zalo: Zalo) -> None:
    back = await site.click(await site.link())
    async with a_site(tmp_path / "var", zalo) as other:
        assert (await other.browser.get(back)).status_code == 200
    assert await site.office.keeper.current() == zalo.oauth.access_token


@pytest.mark.parametrize("state", ["", "x", "gAAAAABm", "<script>", "%00", "đoán"])
@pytest.mark.parametrize("path", [START_PATH, CALLBACK_PATH])
async def test_without_a_link_of_ours_nothing_happens(
    site: Site, zalo: Zalo, path: str, state: str
) -> None:
    code = zalo.oauth.authorise()
    page = await site.browser.get(path, params={"state": state, "code": code, "oa_id": OA_ID})
    assert page.status_code == 403
    assert "motcua zalo authorize --web" in page.text
    assert "<script>" not in page.text
    assert zalo.http.asked_of(ACCESS_TOKEN) == []


async def test_the_same_return_twice_is_told_and_asks_zalo_once(site: Site, zalo: Zalo) -> None:
    back = await site.click(await site.link())
    assert (await site.browser.get(back)).status_code == 200
    again = await site.browser.get(back)
    assert again.status_code == 403
    assert "mọi việc đã xong" in again.text
    assert len(zalo.http.asked_of(ACCESS_TOKEN)) == 1


async def test_a_refusal_at_zalo_is_told_and_uses_nothing_up(site: Site) -> None:
    link = await site.link()
    state = dict(httpx.URL(link).params)["state"]
    page = await site.browser.get(CALLBACK_PATH, params={"state": state})
    assert page.status_code == 400
    assert "Zalo chưa cấp quyền" in page.text
    assert (await site.browser.get(await site.click(link))).status_code == 200


async def test_a_code_that_zalo_refuses_is_told_with_its_number(site: Site, zalo: Zalo) -> None:
    back = await site.click(await site.link())
    zalo.oauth.broken = "<b>code expired</b>"
    page = await site.browser.get(back)
    assert page.status_code == 502
    assert "-14000" in page.text
    assert "code expired" not in page.text
    with pytest.raises(ChannelBroken):
        await site.office.keeper.current()


@pytest.mark.parametrize("fault", [Fault(cut=True), Fault(answer=Answered(b"<html>", 502))])
async def test_a_line_that_breaks_is_told(site: Site, zalo: Zalo, fault: Fault) -> None:
    back = await site.click(await site.link())
    zalo.http.fail(ACCESS_TOKEN, fault)
    page = await site.browser.get(back)
    assert page.status_code == 502
    assert "Zalo không trả lời" in page.text


async def test_no_page_shows_or_keeps_a_secret(site: Site, zalo: Zalo) -> None:
    back = await site.click(await site.link())
    page = await site.browser.get(back)
    secrets = [token for pair in zalo.oauth.given for token in pair]
    assert secrets
    assert not [secret for secret in [*secrets, APP_SECRET, KEY] if secret in page.text]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


async def test_a_parameter_of_great_length_is_refused(site: Site) -> None:
    page = await site.browser.get(CALLBACK_PATH, params={"code": "x" * 10_000, "state": "x"})
    assert page.status_code == 422


async def test_where_zalo_is_off_the_pages_are_not_there(client: httpx.AsyncClient) -> None:
    assert (await client.get(START_PATH)).status_code == 404
    assert (await client.get(CALLBACK_PATH)).status_code == 404
