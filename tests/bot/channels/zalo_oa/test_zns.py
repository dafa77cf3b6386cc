"""Alerts as template messages: case 36, against a server that refuses what Zalo refuses."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.errors import (
    ChannelBroken,
    DeliveryFailed,
    FateUnknown,
    PartRefused,
    RecipientGone,
    TryLater,
)
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.events import read_event
from bot.channels.zalo_oa.phones import international
from bot.channels.zalo_oa.zns import (
    PARAMETERS,
    VALUE_CHARACTERS,
    DossierAlert,
    Zns,
    check_template_data,
)
from bot.channels.zalo_oa.zns_ports import Fate
from tests.support import zalo_zns
from tests.support.local_http import Answered, Fault, LocalHttp
from tests.support.zalo_oa_channel import TokensInMemory
from tests.support.zalo_oa_events import APP_ID, OA_ID, a_payload
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_oauth import OAuth
from tests.support.zalo_tokens import Clock
from tests.support.zalo_zns import TEMPLATE, TEMPLATE_ID, MemoryZnsLog, Templates

CHANGED = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def an_alert(**changes: object) -> DossierAlert:
    alert = DossierAlert(
        phone="0912 345 678",
        reference="dk-17-1",
        dossier_code="H17.15-250710-0012",
        procedure="Đăng ký khai sinh",
        status="Đã có kết quả",
        due="25/11/2026",
    )
    return replace(alert, **changes)  # type: ignore[arg-type]


class Desk:
    """Sends alerts to the server."""

    def __init__(self, server: LocalHttp, templates: Templates, client: httpx.AsyncClient) -> None:
        self.server = server
        self.templates = templates
        self.tokens = TokensInMemory(templates.oauth)
        self.log = MemoryZnsLog()
        self.clock = Clock()
        api = Api(client, Brake(self.clock, lambda: 0.0), "ZALO_ZNS_API_URL")
        self.zns = Zns(api, self.tokens, self.log, TEMPLATE_ID, self.clock)

    def fate(self) -> Fate:
        (row,) = self.log.rows.values()
        return row.fate


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    templates = Templates(OAuth(APP_ID, APP_SECRET, OA_ID))
    with LocalHttp(templates.send) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            yield Desk(server, templates, client)


@pytest.mark.anyio
async def test_an_alert_is_sent_as_zalo_wants_it(desk: Desk) -> None:
    assert await desk.zns.send(an_alert())
    (sent,) = desk.templates.delivered
    assert sent == {
        "phone": "84912345678",
        "template_id": TEMPLATE_ID,
        "template_data": {
            "ma_ho_so": "H17.15-250710-0012",
            "thu_tuc": "Đăng ký khai sinh",
            "trang_thai": "Đã có kết quả",
            "ngay_hen_tra": "25/11/2026",
        },
        "tracking_id": an_alert().tracking_id,
        "sending_mode": "1",
    }
    assert desk.fate() is Fate.SENT


@pytest.mark.anyio
async def test_case_36_a_duplicate_status_change_gives_one_notification(desk: Desk) -> None:
    sent = await asyncio.gather(*(desk.zns.send(an_alert()) for _ in range(10)))
    assert sorted(sent) == [False] * 9 + [True]
    assert not await desk.zns.send(an_alert(status="Đã trả kết quả", due=""))
    assert await desk.zns.send(an_alert(reference="dk-17-2", status="Đã trả kết quả"))
    assert await desk.zns.send(an_alert(reference="dk-18-1", phone="0387654321"))
    assert len(desk.templates.delivered) == 3


@pytest.mark.anyio
@pytest.mark.parametrize("phone", ["113", "0243 825 1234", "", "không có", "+1 202 555 0100"])
async def test_case_36_a_wrong_phone_is_not_even_sent(desk: Desk, phone: str) -> None:
    with pytest.raises(RecipientGone, match="phone"):
        await desk.zns.send(an_alert(phone=phone))
    assert desk.server.asked == []
    assert desk.log.rows == {}
    assert await desk.zns.fate(an_alert(phone=phone)) is None


@pytest.mark.anyio
async def test_case_36_data_that_is_missing_is_refused_before_and_by_zalo(desk: Desk) -> None:
    with pytest.raises(PartRefused, match="ma_ho_so"):
        await desk.zns.send(an_alert(dossier_code=" "))
    assert desk.server.asked == []
    desk.templates.answers.append(-111)
    with pytest.raises(PartRefused, match="-111"):
        await desk.zns.send(an_alert())
    assert desk.fate() is Fate.REFUSED
    assert not await desk.zns.send(an_alert())


@pytest.mark.anyio
async def test_case_36_minus_124_renews_the_token_once_and_sends_once(desk: Desk) -> None:
    desk.templates.oauth.give_pair()
    assert await desk.zns.send(an_alert())
    assert desk.tokens.renewals == 1
    assert len(desk.templates.delivered) == 1
    assert len(desk.server.asked) == 2


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("code", "error", "fate"),
    [
        (-32, TryLater, Fate.WAITING),
        (-100, TryLater, Fate.WAITING),
        (-108, RecipientGone, Fate.REFUSED),
        (-109, ChannelBroken, Fate.WAITING),
        (-111, PartRefused, Fate.REFUSED),
        (-112, PartRefused, Fate.REFUSED),
        (-113, PartRefused, Fate.REFUSED),
        (-115, ChannelBroken, Fate.WAITING),
        (-118, RecipientGone, Fate.REFUSED),
        (-119, RecipientGone, Fate.REFUSED),
        (-9999, PartRefused, Fate.REFUSED),
    ],
)
async def test_every_refusal_has_its_class_and_its_fate(
    desk: Desk, code: int, error: type[DeliveryFailed], fate: Fate
) -> None:
    desk.templates.answers.append(code)
    with pytest.raises(error, match=str(code)):
        await desk.zns.send(an_alert())
    assert desk.fate() is fate is await desk.zns.fate(an_alert())
    assert await desk.zns.send(an_alert()) is (fate is Fate.WAITING)


@pytest.mark.anyio
async def test_a_line_that_breaks_is_tried_once_more_under_the_same_tracking_id(
    desk: Desk,
) -> None:
    desk.server.fail(TEMPLATE, Fault(cut=True), Fault(cut=True))
    for _ in range(2):
        with pytest.raises(FateUnknown):
            await desk.zns.send(an_alert())
    assert not await desk.zns.send(an_alert())
    assert len({sent["tracking_id"] for sent in desk.templates.delivered}) == 1
    assert len(desk.templates.delivered) == 2


@pytest.mark.anyio
async def test_an_address_that_is_not_zalo_is_told_by_the_name_of_its_setting(desk: Desk) -> None:
    desk.server.fail(TEMPLATE, Fault(answer=Answered(b"<html>", 404)))
    with pytest.raises(ChannelBroken, match="ZALO_ZNS_API_URL"):
        await desk.zns.send(an_alert())


@pytest.mark.anyio
async def test_case_36_the_report_of_a_delivery_is_matched_by_its_tracking_id(desk: Desk) -> None:
    await desk.zns.send(an_alert())
    report = {"msg_id": "m1", "tracking_id": an_alert().tracking_id, "delivery_time": "1"}
    payload = a_payload("user_received_message", message=report, recipient={"id": "84912345678"})
    arrival = read_event(payload, json.dumps(payload).encode(), CHANGED, OA_ID)
    assert arrival is not None
    assert "84912345678" not in repr(arrival)
    assert await desk.zns.note_delivered(arrival.reference, 5.0)
    assert desk.fate() is Fate.DELIVERED
    assert not await desk.zns.note_delivered("zns:hs-của-ai-khác", 5.0)
    assert not await desk.zns.note_delivered("m1", 5.0)


@given(st.text(), st.text(), st.text(), st.text())
def test_a_tracking_id_fits_tells_nothing_and_is_of_the_change_not_of_its_words(
    reference: str, other: str, status: str, procedure: str
) -> None:
    alert = an_alert(reference=reference, status=status, procedure=procedure)
    assert len(alert.tracking_id) <= 48
    assert alert.tracking_id.isascii()
    assert alert.tracking_id == an_alert(reference=reference).tracking_id
    same = alert.tracking_id == an_alert(reference=other, status=status).tracking_id
    assert same is (reference == other)


@given(st.text(), st.text(), st.text())
def test_every_alert_with_a_code_has_values_that_zalo_takes(
    procedure: str, status: str, due: str
) -> None:
    words = {"procedure": f"A {procedure}", "status": f"B {status}", "due": due}
    data = check_template_data(an_alert(**words).template_data)
    assert data.keys() == set(PARAMETERS) == zalo_zns.PARAMETERS
    assert max(len(value) for value in data.values()) <= VALUE_CHARACTERS


@pytest.mark.parametrize("name", ["mã", "ma-ho-so", "", "1a", "a b"])
def test_a_parameter_whose_name_is_not_plain_ascii_is_refused(name: str) -> None:
    with pytest.raises(PartRefused):
        check_template_data({name: "x"})


@given(st.sampled_from("35789"), st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_a_mobile_number_is_the_same_however_it_is_written(first: str, rest: str) -> None:
    national = f"{first}{rest}"
    written = [f"0{national}", f"+84{national}", f"0084 {national}", national, f"84-{national}"]
    assert {international(one) for one in written} == {f"84{national}"}


def test_neither_phone_nor_code_shows_in_an_alert() -> None:
    shown = repr(an_alert())
    assert "912" not in shown
    assert "250710" not in shown
