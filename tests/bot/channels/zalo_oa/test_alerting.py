"""Which way somebody who follows a dossier is reached; the server refuses as Zalo does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from bot.channels.alerts import Alert, AlertKind, Told
from bot.channels.errors import ChannelBroken, FateUnknown, Resting, TryLater
from bot.channels.zalo_oa.alerting import REST_SECONDS, Templates, ZaloOaWay
from bot.channels.zalo_oa.api import Api
from bot.channels.zalo_oa.brake import Brake
from bot.channels.zalo_oa.sealing import Seal, new_key
from bot.channels.zalo_oa.sharing import GivenPhones
from bot.channels.zalo_oa.zns import VALUE_CHARACTERS, Zns
from bot.channels.zalo_oa.zns_ports import CLAIM_SECONDS, Fate
from bot.dossiers.status import DossierStatus, State
from bot.messages import ConversationKey
from tests.support import zalo_zns
from tests.support.local_http import Fault, LocalHttp
from tests.support.zalo_oa_channel import NOW, TokensInMemory, a_book
from tests.support.zalo_oa_events import APP_ID, CITIZEN, OA_ID
from tests.support.zalo_oa_server import APP_SECRET
from tests.support.zalo_oauth import OAuth
from tests.support.zalo_phones import MemorySealedPhones
from tests.support.zalo_tokens import Clock
from tests.support.zalo_zns import TEMPLATE, TEMPLATE_ID, MemoryZnsLog

pytestmark = pytest.mark.anyio

LAN = ConversationKey("zalo_oa", CITIZEN)
SOMEBODY = ConversationKey("zalo_oa", "anonymous:726:b2c4")
HOUR, DAY = 3600.0, 86_400.0
DUE = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
STATUS = DossierStatus(
    code="H17.15-250710-0012",
    state=State.DONE,
    changed_at=datetime(2026, 11, 22, 1, tzinfo=UTC),
    as_of=datetime(2026, 11, 22, 1, tzinfo=UTC),
    procedure_name="Đăng ký khai sinh",
    due_at=DUE,
)


def an_alert(age: float, key: ConversationKey = LAN, **changes: object) -> Alert:
    alert = Alert(key, STATUS, frozenset({AlertKind.CHANGE}), "12-ab-3", NOW - age)
    return replace(alert, **changes)  # type: ignore[arg-type]


class Desk:
    """Tells alerts of people, one of whom gave her number."""

    def __init__(self, server: LocalHttp, zalo: zalo_zns.Templates, api: Api, clock: Clock) -> None:
        self.server = server
        self.zalo = zalo
        self.clock = clock
        self.log = MemoryZnsLog()
        self.store = MemorySealedPhones(LAN)
        self.phones = GivenPhones(self.store, Seal(new_key()))
        zns = Zns(api, TokensInMemory(zalo.oauth), self.log, TEMPLATE_ID, clock)
        self.zns = zns
        self.way = self.a_way()

    def a_way(self, *, terse: bool = False) -> ZaloOaWay:
        templates = Templates(self.zns, self.phones, a_book(), self.clock, terse=terse)
        return ZaloOaWay(lambda: NOW, templates)

    async def give(self, phone: str = "84912345678") -> None:
        assert await self.phones.keep(LAN, self.phones.close(phone), NOW)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    zalo = zalo_zns.Templates(OAuth(APP_ID, APP_SECRET, OA_ID))
    with LocalHttp(zalo.send) as server:
        async with httpx.AsyncClient(base_url=server.url) as client:
            clock = Clock(NOW)
            api = Api(client, Brake(clock, lambda: 0.0), "ZALO_ZNS_API_URL")
            yield Desk(server, zalo, api, clock)


@pytest.mark.parametrize("hours", [0, 47, 48, 49, 168])
async def test_case_33_within_seven_days_it_is_a_message(desk: Desk, hours: int) -> None:
    await desk.give()
    assert await desk.way.tell(an_alert(hours * HOUR)) is Told.MESSAGE
    assert desk.server.asked == []


@pytest.mark.parametrize(("hours", "told"), [(48, Told.MESSAGE), (49, Told.HOLD)])
async def test_an_operator_who_pays_for_no_message_has_it_held_after_two_days(
    desk: Desk, hours: int, told: Told
) -> None:
    assert await ZaloOaWay(lambda: NOW, pays=False).tell(an_alert(hours * HOUR)) is told


async def test_case_33_after_seven_days_it_goes_by_template_to_the_number_she_gave(
    desk: Desk,
) -> None:
    await desk.give()
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.TEMPLATED
    (sent,) = desk.zalo.delivered
    assert sent["phone"] == "84912345678"
    assert sent["template_data"] == {
        "ma_ho_so": "H17.15-250710-0012",
        "thu_tuc": "Đăng ký khai sinh",
        "trang_thai": a_book().say("dossier_state.done"),
        "ngay_hen_tra": "25/11/2026",
    }


async def test_case_33_who_gave_no_number_is_told_when_she_writes_again(desk: Desk) -> None:
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.HOLD
    assert await desk.way.tell(an_alert(8 * DAY, SOMEBODY)) is Told.HOLD
    assert await ZaloOaWay(lambda: NOW).tell(an_alert(8 * DAY)) is Told.HOLD
    assert desk.server.asked == []


async def test_a_number_is_of_no_use_once_its_owner_follows_nothing(desk: Desk) -> None:
    await desk.give()
    desk.store.following.clear()
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.HOLD


async def test_a_number_whose_key_is_lost_is_erased_and_the_alert_held(desk: Desk) -> None:
    other = GivenPhones(desk.store, Seal(new_key()))
    assert await other.keep(LAN, other.close("84912345678"), NOW)
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.HOLD
    assert desk.store.rows == {}


async def test_case_36_the_same_change_goes_out_once_in_whatever_words(desk: Desk) -> None:
    await desk.give()
    later = replace(STATUS, state=State.RETURNED, due_at=None)
    for status in (STATUS, STATUS, later):
        assert await desk.way.tell(an_alert(8 * DAY, status=status)) is Told.TEMPLATED
    assert len(desk.zalo.delivered) == 1
    assert await desk.way.tell(an_alert(8 * DAY, reference="12-ab-4")) is Told.TEMPLATED
    assert len(desk.zalo.delivered) == 2


@pytest.mark.parametrize("code", [-108, -111, -118, -119, -9999])
async def test_what_zalo_refuses_for_good_is_held(desk: Desk, code: int) -> None:
    await desk.give()
    desk.zalo.answers.append(code)
    for _ in range(2):
        assert await desk.way.tell(an_alert(8 * DAY)) is Told.HOLD
    assert len(desk.server.asked) == 1


@pytest.mark.parametrize(
    ("code", "error"), [(-32, TryLater), (-109, ChannelBroken), (-115, ChannelBroken)]
)
async def test_what_may_work_later_is_tried_again_and_sent_once(
    desk: Desk, code: int, error: type[Exception]
) -> None:
    await desk.give()
    desk.zalo.answers.append(code)
    with pytest.raises(error, match=str(code)):
        await desk.way.tell(an_alert(8 * DAY))
    desk.clock.now += HOUR
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.TEMPLATED
    assert len(desk.zalo.delivered) == 1


async def test_where_zalo_takes_none_from_us_the_others_are_not_even_tried(desk: Desk) -> None:
    await desk.give()
    desk.zalo.answers.append(-115)
    with pytest.raises(ChannelBroken):
        await desk.way.tell(an_alert(8 * DAY))
    with pytest.raises(Resting, match="rests") as raised:
        await desk.way.tell(an_alert(8 * DAY, reference="12-ab-4"))
    assert raised.value.after_seconds == REST_SECONDS
    assert len(desk.server.asked) == 1
    desk.clock.now += REST_SECONDS
    assert await desk.way.tell(an_alert(8 * DAY, reference="12-ab-4")) is Told.TEMPLATED


@pytest.mark.parametrize("by_status", [True, False])
async def test_where_dossiers_are_published_by_code_alone_no_procedure_is_named(
    desk: Desk, *, by_status: bool
) -> None:
    await desk.give()
    status = replace(STATUS, terse=by_status)
    way = desk.a_way(terse=not by_status)
    assert await way.tell(an_alert(8 * DAY, status=status)) is Told.TEMPLATED
    (sent,) = desk.zalo.delivered
    assert STATUS.procedure_name not in str(sent)


async def test_one_that_may_have_arrived_is_sent_once_more_and_never_twice(desk: Desk) -> None:
    await desk.give()
    desk.server.fail(TEMPLATE, Fault(cut=True), Fault(cut=True))
    for _ in range(2):
        with pytest.raises(FateUnknown):
            await desk.way.tell(an_alert(8 * DAY))
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.TEMPLATED
    assert len(desk.zalo.delivered) == 2


async def test_one_whose_sender_died_is_not_taken_for_sent(desk: Desk) -> None:
    await desk.give()
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.TEMPLATED
    (row,) = desk.log.rows.values()
    desk.log.rows[row.tracking_id] = replace(row, fate=Fate.SENDING, began_at=NOW)
    with pytest.raises(TryLater, match="under way") as raised:
        await desk.way.tell(an_alert(8 * DAY))
    assert raised.value.after_seconds == CLAIM_SECONDS
    desk.clock.now += CLAIM_SECONDS
    assert await desk.way.tell(an_alert(8 * DAY)) is Told.TEMPLATED
    assert len(desk.zalo.delivered) == 2


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", AlertKind)
async def test_every_state_and_reminder_has_words_that_fit(
    desk: Desk, state: State, kind: AlertKind
) -> None:
    await desk.give()
    status = replace(STATUS, state=state, procedure_name="", due_at=None)
    alert = an_alert(8 * DAY, status=status, kinds=frozenset({kind}))
    assert await desk.way.tell(alert) is Told.TEMPLATED
    (sent,) = desk.zalo.delivered
    told = sent["template_data"]
    assert all(0 < len(value) <= VALUE_CHARACTERS for value in told.values())
    assert (a_book().say(f"dossier_state.{state.name.lower()}") == told["trang_thai"]) is (
        kind is AlertKind.CHANGE
    )


def test_neither_number_nor_code_shows_in_an_alert() -> None:
    assert "250710" not in repr(an_alert(0.0))
