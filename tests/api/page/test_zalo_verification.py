"""Zalo looks at the start page to see whose domain it is, before it takes a webhook address."""

from pathlib import Path

import httpx
import pytest

from api.app import create_app
from tests.api.conftest import serving

pytestmark = pytest.mark.anyio
TAG = '<meta name="zalo-platform-site-verification" content="'


@pytest.mark.parametrize("code", ["", "GTcnSB_B2MPytA1gfzecS7"])
async def test_the_start_page_shows_the_code_of_zalo_where_there_is_one(
    tmp_path: Path, code: str
) -> None:
    async with serving(tmp_path / "var") as services:
        services.zalo_verification = code
        transport = httpx.ASGITransport(app=create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
            page = await client.get("/")

    assert (f'{TAG}{code}">' in page.text) is bool(code)
    assert (TAG in page.text) is bool(code)
