"""`motcua doctor` tells whether alerts can go by template, and how many are left today."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring.doctor.findings import Finding, Mark
from api.wiring.doctor.zns import look_at_zns
from bot.channels.zalo_oa.pairs import TokenPair
from bot.channels.zalo_oa.sealing import new_key
from tests.support.examined import a_setting, now, told
from tests.support.local_http import Answered, Fault, LocalHttp
from tests.support.zalo_oa_events import APP_ID, OA_ID, OA_SECRET_KEY
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_oauth import OAuth
from tests.support.zalo_zns import QUOTA, TEMPLATE_ID, Templates

pytestmark = pytest.mark.anyio


class Counter:
    """Zalo's server of template messages, and the settings of a program that sends through it."""

    def __init__(self, folder: Path, server: LocalHttp, zalo: Templates) -> None:
        self.server = server
        self.zalo = zalo
        access, refresh = zalo.oauth.give_pair()
        at = now().timestamp()
        self.pair = TokenPair(access, refresh, at + 3600.0, at, OA_ID)
        self.settings = a_setting(
            folder,
            public_url="https://motcua.example.gov.vn",
            zalo_oa_app_id=APP_ID,
            zalo_oa_app_secret=APP_SECRET,
            zalo_oa_secret_key=OA_SECRET_KEY,
            zalo_zns_api_url=server.url,
            zalo_zns_template_id=TEMPLATE_ID,
            token_key=new_key(),
        )

    async def look(self, **changes: object) -> list[Finding]:
        settings: Settings = self.settings.model_copy(update=changes)
        return [await look_at_zns(settings, now().timestamp(), self.pair)]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    zalo = Templates(OAuth(APP_ID, APP_SECRET, OA_ID))
    with LocalHttp(zalo.send) as server:
        yield Counter(tmp_path, server, zalo)


async def test_what_is_left_today_is_told(counter: Counter) -> None:
    assert "499 tin trên 500" in told(await counter.look(), Mark.WELL)


async def test_a_quota_that_is_used_up_is_to_be_looked_at(counter: Counter) -> None:
    counter.zalo.quota["remainingQuota"] = "0"
    assert "0 tin trên 500" in told(await counter.look(), Mark.LOOK)


@pytest.mark.parametrize("quota", [{}, {"remainingQuota": -1}, {"remainingQuota": "9" * 400}])
async def test_a_quota_that_cannot_be_read_is_told_as_such(
    counter: Counter, quota: dict[str, object]
) -> None:
    counter.zalo.quota = quota
    assert "không cho biết" in told(await counter.look(), Mark.WELL)


async def test_a_token_that_zalo_refuses_is_wrong_and_not_shown(counter: Counter) -> None:
    counter.zalo.oauth.give_pair()
    findings = await counter.look()
    assert "-124" in told(findings, Mark.WRONG)
    assert counter.pair.access not in repr(findings)


async def test_a_server_that_is_not_zalos_is_told_by_the_name_of_its_setting(
    counter: Counter,
) -> None:
    counter.server.fail(QUOTA, Fault(answer=Answered(b"<html>", 404)))
    assert "ZALO_ZNS_API_URL" in told(await counter.look(), Mark.WRONG)


async def test_without_a_template_or_an_address_it_is_said_what_that_means(
    counter: Counter,
) -> None:
    assert "khi nhắn lại" in told(await counter.look(zalo_zns_template_id=""), Mark.OFF)
    for address in ("", "http://motcua.example.gov.vn"):
        assert "PUBLIC_URL" in told(await counter.look(public_url=address), Mark.LOOK)
    counter.pair = TokenPair("a", "r", 1.0, 0.0)
    assert TEMPLATE_ID in told(await counter.look(), Mark.WELL)
    assert counter.server.asked == []
