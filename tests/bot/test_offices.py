"""Which office of the province is told, its hours, and what its council has set."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.deciding.filing_days import FilingDay
from bot.deciding.office_asking import asks_of_an_office
from bot.deciding.offices import offices_for
from bot.deciding.place_decisions import NamedPlace, TellOffice
from bot.deciding.place_found import without_places
from bot.engine import Engine
from bot.messages import ConversationKey, IncomingMessage, Link
from bot.parse import AskedField
from bot.rendering import Desk, render, render_plain
from bot.rendering.council import council_fee
from bot.rendering.fields import field_blocks
from bot.rendering.office_facts import office_blocks
from knowledge.library import Library
from knowledge.procedure import Amount, FeeStatus, FilingChannel, Level
from knowledge.province import (
    CouncilFee,
    FormFile,
    Office,
    OfficeKind,
    ProvinceProfile,
    Shift,
)
from tests.support.builders import a_fee, a_method, a_procedure
from tests.support.desks import a_calendar, a_desk
from tests.support.fakes import FakeNlu, MemoryDialogueStore
from tests.support.places import a_gazetteer, the_place

MORNING = Shift(0, time(7, 30), time(11, 30))
CAU_GIAY = Office(
    "Một cửa Cầu Giấy", OfficeKind.COMMUNE, "Số 1", "Trang phường", "2026-11",
    wards=("Phường Cầu Giấy",), hours=(MORNING,), phone="024 3825 0000",
    map_link="https://maps.example.org/cg", fields=("Đăng ký, quản lý cư trú",),
)  # fmt: skip
NGHIA_DO = replace(CAU_GIAY, name="Một cửa Nghĩa Đô", wards=("Phường Nghĩa Đô",))
HANOI = replace(CAU_GIAY, name="Một cửa Hà Nội", kind=OfficeKind.PROVINCE, wards=())
OFFICES = (CAU_GIAY, NGHIA_DO, HANOI)
FEE = CouncilFee("1.004222", Amount(15_000), "12/2025/NQ-HĐND", "2025-12-10")


def named(*full_names: str) -> NamedPlace:
    return NamedPlace(tuple(the_place(one) for one in full_names), "")


def names(*arguments: object) -> list[str]:
    return [office.name for office in offices_for(OFFICES, *arguments)]  # type: ignore[arg-type]


def a_desk_of(**parts: object) -> Desk:
    return a_desk(profile=ProvinceProfile("Thành phố Hà Nội", **parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "mấy giờ làm việc", "phường mở cửa lúc mấy giờ", "thứ bảy có làm không",
        "t7 co lam viec ko",
        "chủ nhật có mở cửa không", "hôm nay có làm việc không", "giờ làm việc của xã",
        "số điện thoại của phường", "cho xin sđt", "địa chỉ trung tâm hành chính công",
        "uỷ ban phường ở đâu", "gọi số nào", "chiều nay uỷ ban có làm việc không",
    ],
)  # fmt: skip
def test_questions_about_an_office_are_seen(text: str) -> None:
    assert asks_of_an_office(text)


@pytest.mark.parametrize(
    "text",
    [
        "làm căn cước mất mấy ngày", "khai sinh nộp ở đâu", "đổi số điện thoại trên vneid",
        "nộp hôm nay thì bao giờ có", "giấy phép làm việc cho người nước ngoài",
        "thay đổi địa chỉ hộ kinh doanh", "cho tôi số điện thoại quán phở gần đây",
        "bot có lưu số điện thoại không", "đăng ký kết hôn thứ hai",
    ],
)  # fmt: skip
def test_other_questions_are_not(text: str) -> None:
    assert not asks_of_an_office(text)


def test_an_office_takes_what_is_of_its_level_and_fields() -> None:
    commune, province = a_procedure(), a_procedure(levels=(Level.PROVINCE,))
    land = replace(CAU_GIAY, name="Đất đai", fields=("Đất đai",))
    assert [one.name for one in offices_for((CAU_GIAY, land), commune, None, "")] == [CAU_GIAY.name]
    assert names(province, None, "") == [HANOI.name]
    assert names(commune, None, "") == [CAU_GIAY.name, NGHIA_DO.name]


def test_a_named_ward_chooses_its_office_and_a_split_one_all_that_may_serve() -> None:
    ward = named("Phường Nghĩa Đô, Thành phố Hà Nội")
    assert names(a_procedure(), ward, "") == [NGHIA_DO.name]
    split = named("Phường Dịch Vọng, Quận Cầu Giấy, Thành phố Hà Nội")
    assert names(a_procedure(), split, "") == [CAU_GIAY.name, NGHIA_DO.name]
    assert names(a_procedure(), None, "ở phường cau giay") == [CAU_GIAY.name]


def test_no_office_of_another_ward_is_told() -> None:
    far = named("Phường Dĩ An, Thành phố Hồ Chí Minh")
    assert names(a_procedure(), far, "") == []


def test_police_matters_are_taken_in_by_the_police_or_where_the_profile_says_so() -> None:
    centre, police = replace(CAU_GIAY, fields=()), replace(CAU_GIAY, name="Công an", fields=())
    residence, birth = a_procedure(), a_procedure(agency="Ủy ban nhân dân cấp xã")
    for procedure, offices in ((residence, (police, CAU_GIAY)), (birth, (centre, CAU_GIAY))):
        assert offices_for((centre, police, CAU_GIAY), procedure, None, "") == offices
    assert offices_for((centre, police), None, None, "số điện thoại công an phường") == (police,)


@pytest.mark.parametrize(
    "text", ["địa chỉ UBND phường Ba Đình ở đâu", "số điện thoại của phường Ba Đình"]
)
def test_the_centre_of_the_province_is_no_answer_to_who_asks_for_a_ward(text: str) -> None:
    for said in ((text,), ("đăng ký thường trú", text)):
        reply = anyio.run(replies, *said)
        assert "chưa có địa chỉ cơ quan của Phường Ba Đình" in reply
        assert "Một cửa" not in reply


@pytest.mark.parametrize("text", ["đường dây nóng của tỉnh", "tổng đài", "hotline"])
def test_the_hotline_is_told_with_its_source_and_without_asking_for_the_ward(text: str) -> None:
    reply = anyio.run(replies, text)
    assert "0243 000 000" in reply
    assert "Nguồn: Trang của thành phố." in reply
    assert "Bạn ở xã, phường nào" not in reply


def test_the_number_of_a_ward_is_not_that_of_the_province() -> None:
    reply = anyio.run(replies, "hotline của phường Cầu Giấy")
    assert CAU_GIAY.phone in reply
    assert "0243 000 000" not in reply


async def replies(*said: str) -> str:
    profile = ProvinceProfile(
        "Thành phố Hà Nội", "0243 000 000", "Trang của thành phố", offices=OFFICES
    )
    desk = a_desk(profile=profile)
    nlu = FakeNlu()
    library = Library.of((a_procedure(), a_procedure(code="1.000001", levels=(Level.PROVINCE,))))
    engine = Engine(nlu, library, MemoryDialogueStore(), lambda: desk)
    text = ""
    for number, message in enumerate(said):
        heard = without_places(a_gazetteer, message)
        nlu.expect(heard, asked={"where": "nộp ở đâu"} if "nộp ở đâu" in message else {})
        incoming = IncomingMessage(
            ConversationKey("test", "1"), str(number), datetime(2026, 11, 23, tzinfo=UTC), message
        )
        text = render_plain(await engine.answer(incoming))
    return text


@pytest.mark.parametrize(
    ("where", "office"),
    [
        ("phường Cầu Giấy", CAU_GIAY.name),
        ("Nghĩa Đô, Hà Nội", NGHIA_DO.name),
        ("phuong nghia do", NGHIA_DO.name),
        ("quận Cầu Giấy", CAU_GIAY.name),
    ],
)
def test_asked_where_she_lives_she_gets_her_office(where: str, office: str) -> None:
    text = anyio.run(replies, "đăng ký thường trú nộp ở đâu", where)
    assert office in text
    assert "https://maps.example.org/cg" in text


def test_asked_for_the_hours_she_need_only_name_her_ward() -> None:
    assert CAU_GIAY.name in anyio.run(replies, "mấy giờ làm việc", "phường Cầu Giấy")


@pytest.mark.parametrize("where", ["Dĩ An", "phường Dĩ An", "Đà Nẵng"])
def test_who_lives_in_another_province_gets_no_office_of_this_one(where: str) -> None:
    text = anyio.run(replies, "đăng ký thường trú nộp ở đâu", where)
    assert "Một cửa" not in text
    assert "chưa có địa chỉ" in text


def told(office: Office, day: FilingDay, today: date) -> str:
    desk = a_desk(today=today, profile=ProvinceProfile("Thành phố Hà Nội", offices=(office,)))
    return render_plain(render(TellOffice((office,), day=day), desk))


def test_hours_of_a_day_are_told_and_the_map_is_linked() -> None:
    text = told(CAU_GIAY, FilingDay(days_away=0), date(2026, 11, 23))
    assert "Thứ hai, 23/11/2026: có làm việc, 7:30–11:30." in text
    assert "Điện thoại: 024 3825 0000" in text
    assert "https://maps.example.org/cg" in text
    assert "Nguồn: Trang phường (xem lại tháng 11/2026)." in text
    assert "nghỉ" in told(CAU_GIAY, FilingDay(days_away=1), date(2026, 11, 23))


@settings(deadline=None)  # other programs may be running
@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_an_office_is_never_said_to_work_on_a_public_holiday(day: date) -> None:
    whole = tuple(Shift(weekday, time(7), time(17)) for weekday in range(7))
    text = told(replace(CAU_GIAY, hours=whole), FilingDay(days_away=0), day)
    assert ("có làm việc" in text) != (day in a_calendar().days_off)


def test_hours_and_telephone_that_are_not_published_are_said_not_to_be() -> None:
    bare = replace(CAU_GIAY, hours=(), phone="", map_link="")
    blocks = office_blocks(a_desk_of(offices=(bare,)), TellOffice((bare,), day=FilingDay(0)))
    assert str(blocks).count("chưa công bố") == 2
    assert not any(isinstance(block, Link) for block in blocks)


def test_a_fee_of_the_council_is_told_with_its_resolution_and_nothing_else() -> None:
    desk = a_desk_of(fees=(FEE,))
    text = str(field_blocks(desk, a_procedure(), AskedField.FEE, detail=False))
    assert "15.000 đồng (Nghị quyết 12/2025/NQ-HĐND ngày 10/12/2025" in text
    assert "10.000" not in text
    assert "20.000" not in text


def test_a_fee_of_one_way_of_filing_leaves_the_others() -> None:
    online = replace(FEE, amount=Amount(0), channel=FilingChannel.ONLINE)
    text = str(field_blocks(a_desk_of(fees=(online,)), a_procedure(), AskedField.FEE, detail=False))
    assert "không thu (Nghị quyết 12/2025/NQ-HĐND" in text
    assert "20.000 đồng" in text
    assert "10.000" not in text


@pytest.mark.parametrize("status", [FeeStatus.SEE_TEXT, FeeStatus.NOT_PUBLISHED])
def test_it_fills_what_the_nation_leaves_to_the_province(status: FeeStatus) -> None:
    method = a_method(fee=a_fee(status=status, text="theo quy định của HĐND cấp tỉnh"))
    for methods in ((method,), ()):
        procedure = a_procedure(methods=methods)
        text = str(field_blocks(a_desk_of(fees=(FEE,)), procedure, AskedField.FEE, detail=False))
        assert "15.000 đồng" in text
        assert "HĐND cấp tỉnh" not in text


def test_other_procedures_keep_their_fee() -> None:
    desk = a_desk_of(fees=(replace(FEE, code="1.000894"),))
    assert council_fee(desk.book, desk.profile, a_procedure(), FilingChannel.ONLINE) == ""


def test_the_form_of_a_record_is_linked() -> None:
    form = FormFile("CT01", "https://hanoi.gov.vn/ct01.docx")
    blocks = field_blocks(a_desk_of(forms=(form,)), a_procedure(), AskedField.FORMS, detail=False)
    assert Link("Tải mẫu CT01", form.link) in blocks
